"""Annual debriefs: a workbook for each person asked for, and one for a department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from xladdin.analysis import debrief_figures as of
from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    LEAST_PEOPLE,
    Appraised,
    DebriefFigures,
    Middle,
    months_of,
)
from xladdin.analysis.debrief_trainings import trainings_of
from xladdin.analysis.measuring_debrief import (
    Records,
    department_figures,
    person_figures,
    records_of,
)
from xladdin.analysis.month_figures import QualityNote
from xladdin.analysis.record_intake.record_reading import read_records
from xladdin.analysis.service_records import TABLE_LABELS, Source
from xladdin.app.results.result_files import SUFFIX, ResultFile, refused
from xladdin.books.debrief.report_debrief import TITLE, identity_of, with_what_was_kept
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptForm
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.files import make_folder, reason, safe_name
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, ProblemsFound, errors, warning
from xladdin.scoring import keys

from .kept_reports import NONE_KEPT, KeptReports, put_back_told, told_of
from .month_report import data_notes, engine_over

DEBRIEF = ResultFile("述职报告", TITLE)
Kept = Mapping[tuple[str, Period], KeptForm]
NO_KEPT: Kept = {}
MOST_NAMED = 10


Progress = Callable[[int, int, str], None]
"""Told how many are done, of how many, and whose comes next."""


def _silent(done: int, count: int, name: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose debriefs of which year, out of what, and where they go."""

    year: int
    out: Path
    """A workbook where one is asked for, else a folder."""
    ids: Sequence[str] = ()
    department: str | None = None
    data: Sequence[Path] = ()
    engine: str = "duckdb"
    overwrite: bool = False
    sealing: Sealing = UNSEALED
    returned: KeptReports = NONE_KEPT
    """Debriefs that came back."""


@dataclass
class Made:
    """What came of it."""

    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    until: Period | None = None
    """The last month with service records."""
    put_back: list[str] = field(default_factory=list)
    """What of debriefs that came back was put back, for a person."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What all workbooks are made from."""

    company: Company
    year: int
    records: Records
    kept: Kept
    notes: tuple[QualityNote, ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()
    serving: str = ""


def debriefs(
    company: Company, asked: Asked, kept: Kept = NO_KEPT, progress: Progress = _silent
) -> Made:
    """Write a workbook for everybody asked for, and for each department asked for as a whole.

    ``kept``: what the ledger has of both years.  Where neither people nor a department are named, all are.
    Raises ProblemsFound where somebody asked for is not on the roster, where the records cannot be read,
    or where a name of a file cannot be used.
    """
    people, problems = company.selected(asked.ids, asked.department)
    if errors(problems):
        raise ProblemsFound(problems)
    made = Made(problems=problems)
    there = [one for one in people if _there(one, asked, made)]
    teams = _teams(there, asked)
    single = asked.out.suffix.lower() == SUFFIX
    if single:
        there, teams = _the_one(there, teams, asked)
    if not there and not teams:
        message = f"{asked.year}年没有要写述职报告的人"
        raise ProblemsFound([*problems, Problem("nobody", message, Place(file=company.file))])
    source = _source(company, asked, there, kept, made)
    count = len(there) + len(teams)
    for done, (name, path, figures) in enumerate(
        _figures(source, asked, there, teams, single, made)
    ):
        progress(done, count, name)
        _write(asked, path, figures, made)
    return made


def _there(one: Employee, asked: Asked, made: Made) -> bool:
    """Whether somebody worked in the year at all; who was asked for by name is told why not."""
    states = [presence(one, month) for month in months_of(asked.year)]
    if any(not state.absent for state in states):
        return True
    if asked.ids:
        message = f"{one.name}（{one.id}）{asked.year}年没有在岗的月份（{states[-1].absent}），没有写述职报告"
        made.problems.append(warning("absent_all_year", message))
    return False


def _teams(people: Sequence[Employee], asked: Asked) -> list[str]:
    """The departments of which a workbook is written: none where single people are asked for."""
    return [] if asked.ids else list(dict.fromkeys(one.department for one in people))


def _the_one(
    people: list[Employee], teams: list[str], asked: Asked
) -> tuple[list[Employee], list[str]]:
    """What a single file holds: one department, or one person.  Raises ProblemsFound for several."""
    if len(teams) == 1 and asked.department is not None:
        return [], teams
    if asked.ids and len(people) <= 1:
        return people, []
    message = "要写几份述职报告，--out 请写文件夹；只要一份的，用 --employee 写一个人，或用 --department 写一个部门"
    raise refused("several", message, asked.out)


def _source(
    company: Company, asked: Asked, people: Sequence[Employee], kept: Kept, made: Made
) -> _Source:
    """Reads the service records, where there are any."""
    if not asked.data:
        return _Source(company, asked.year, Records(), kept)
    records, problems = read_records(asked.data, company)
    made.problems += problems
    if records is None:
        raise ProblemsFound(made.problems)
    with records, engine_over(records, asked.engine) as running:
        found = records_of(running, company, asked.year)
        notes, files, serving = _of_requests(*data_notes(records))
    made.until = found.last
    if not found.of_people:
        message = (
            f"服务数据里没有{asked.year - 1}年和{asked.year}年名册上的人的请求，报告里的数要自己填"
        )
        made.problems.append(warning("no_records", message))
    elif found.last is None:
        message = f"服务数据里没有{asked.year}年的请求，报告里今年的数要自己填"
        made.problems.append(warning("no_records", message))
    made.problems += _without(company, people, found)
    made.problems += [
        warning("nobodys", f"{note.what} {note.count} 条，{note.done}{_named(note)}")
        for note in found.notes
    ]
    return _Source(company, asked.year, found, kept, notes, files, serving)


def _of_requests(
    notes: tuple[QualityNote, ...], files: tuple[tuple[str, str, int], ...], serving: str
) -> tuple[tuple[QualityNote, ...], tuple[tuple[str, str, int], ...], str]:
    """What concerns a debrief: it reads neither chats nor orders."""
    others = {label for source, label in TABLE_LABELS.items() if source is not Source.REQUESTS}
    return (
        tuple(note for note in notes if note.table not in others),
        tuple(file for file in files if file[1] not in others),
        serving,
    )


def _without(company: Company, people: Sequence[Employee], found: Records) -> Iterator[Problem]:
    """Of whom there are no records, so that nobody takes a page of blanks for a fault."""
    lacking = [one for one in people if one.id not in found.of_people]
    if lacking and found.of_people:
        names = "、".join(f"{one.name}（{one.id}）" for one in lacking[:MOST_NAMED])
        more = f" 等 {len(lacking)} 人" if len(lacking) > MOST_NAMED else ""
        message = f"服务数据里没有{names}{more}的请求，各自的报告里留了空格"
        yield warning("person_without_records", message, Place(file=company.file))


def _named(note: QualityNote) -> str:
    return f"：{note.examples}" if note.examples else ""


def _figures(
    source: _Source,
    asked: Asked,
    people: Sequence[Employee],
    teams: Sequence[str],
    single: bool,
    made: Made,
) -> Iterator[tuple[str, Path, DebriefFigures]]:
    """Every workbook with its place."""
    for team in teams:
        named = safe_name(f"{asked.year}年_{team}_部门述职报告")
        path = asked.out if single else asked.out / safe_name(team) / f"{named}{SUFFIX}"
        yield team, path, _of_team(source, team, made)
    for one in people:
        named = safe_name(f"{asked.year}年_{one.id}_{one.name}_述职报告")
        path = asked.out if single else asked.out / safe_name(one.department) / f"{named}{SUFFIX}"
        yield one.name, path, _of_person(source, one, made)


def _of_person(source: _Source, one: Employee, made: Made) -> DebriefFigures:
    """One's own figures, grades and trainings; of the data only what is nobody else's."""
    figures = person_figures(source.records, source.company, source.year, one)
    appraised = {
        month: Appraised(form.total, _grade(form))
        for (person, month), form in source.kept.items()
        if person == one.id
    }
    # Counts and examples are of everybody's lines, and names of files may be those of people.
    notes = tuple(replace(note, count=None, examples="") for note in source.notes)
    figures = replace(figures, quality=notes)
    named = (one.id, one.name, one.department)
    return _whole(source, figures, appraised, one.department, named, made)


def _of_team(source: _Source, team: str, made: Made) -> DebriefFigures:
    """A department's figures, the means of its totals, and how often each grade was given."""
    figures = department_figures(source.records, source.company, source.year, team)
    appraised = {}
    for month, totals in _totals(source, team).items():
        if len(totals) >= LEAST_PEOPLE:
            mean = of.rounded(sum(totals, Decimal(0)) / len(totals), APPRAISAL.scale)
            appraised[month] = Appraised(mean, people=len(totals))
    grades = {year: _grades(source, team, year) for year in figures.years}
    figures = replace(figures, grades={year: found for year, found in grades.items() if found})
    notes = (*source.notes, *source.records.notes)
    figures = replace(figures, quality=notes, files=source.files)
    return _whole(source, figures, appraised, team, (team,), made)


def _whole(
    source: _Source,
    figures: DebriefFigures,
    appraised: Mapping[Period, Appraised],
    team: str,
    named: Sequence[str],
    made: Made,
) -> DebriefFigures:
    trainings, problems = trainings_of(source.company, named, source.year)
    made.problems += [one for one in problems if one not in made.problems]
    until = figures.until or _last_appraised(source, team)
    months, years = _appraisal_middles(source, team, until)
    return replace(
        figures,
        until=until,
        appraised=appraised,
        middles={**figures.middles, **months},
        year_middles={**figures.year_middles, **years},
        trainings=trainings,
        serving=source.serving,
    )


def _grade(form: KeptForm) -> str:
    value = form.results.get(keys.GRADE)
    return value if isinstance(value, str) and form.total is not None else ""


def _members(source: _Source, team: str) -> frozenset[str]:
    return frozenset(one.id for one in source.company.employees if one.department == team)


def _totals(source: _Source, team: str) -> Mapping[Period, list[Decimal]]:
    members = _members(source, team)
    found: dict[Period, list[Decimal]] = {}
    for (person, month), form in source.kept.items():
        if person in members and form.total is not None:
            found.setdefault(month, []).append(form.total)
    return found


def _last_appraised(source: _Source, team: str) -> int | None:
    """The last month of the year with a total, where no record says how far the year has gone."""
    months = [month.month for month in _totals(source, team) if month.year == source.year]
    return max(months, default=None)


def _grades(source: _Source, team: str, year: int) -> Mapping[str, int]:
    """How often each grade was given; nothing where so few people have one that it is theirs."""
    members = _members(source, team)
    given = [
        (person, grade)
        for (person, month), form in source.kept.items()
        if person in members and month.year == year and (grade := _grade(form))
    ]
    if len({person for person, _ in given}) < LEAST_PEOPLE:
        return {}
    return dict(Counter(grade for _, grade in given).most_common())


def _appraisal_middles(
    source: _Source, team: str, until: int | None
) -> tuple[Mapping[tuple[str, Period], Middle], Mapping[tuple[str, int], Middle]]:
    """Medians of totals: by month, and of everybody's own mean of a year."""
    totals = _totals(source, team)
    months = {
        (APPRAISAL.id, month): of.middle(values, APPRAISAL.scale)
        for month, values in totals.items()
    }
    years = {}
    for year in (source.year - 1, source.year):
        shown = set(months_of(year)[: until or of.YEAR_MONTHS])
        own: dict[str, list[Decimal]] = {}
        for (person, month), form in source.kept.items():
            if person in _members(source, team) and month in shown and form.total is not None:
                own.setdefault(person, []).append(form.total)
        means = [sum(values, Decimal(0)) / len(values) for values in own.values()]
        if means:
            years[APPRAISAL.id, year] = of.middle(means, APPRAISAL.scale)
    return months, years


def _write(asked: Asked, path: Path, figures: DebriefFigures, made: Made) -> None:
    """One that cannot be written keeps no other from being written."""
    try:
        make_folder(path.parent, private=True)
        own = asked.returned.of(identity_of(figures))
        book, lines = with_what_was_kept(figures, own)
        content = workbook_bytes(book, {})
        made.problems += DEBRIEF.write(
            content, path, overwrite=asked.overwrite, sealing=asked.sealing
        )
        made.problems += told_of(own, lines, str(path))
        if told := put_back_told(own, lines):
            made.put_back.append(told)
        made.written.append(path)
    except ProblemsFound as found:
        made.problems += found.problems
    except OSError as error:
        message = f"建不了文件夹：{reason(error)}"
        made.problems.append(Problem("not_written", message, Place(file=str(path.parent))))
