"""Read a master workbook: everything that can be read, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import Employee
from xladdin.domain.quantities import Unit
from xladdin.formula.evaluate import text_of
from xladdin.intake.careful_lines import former_employees
from xladdin.intake.exports.mapping import How, Mapping
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import FileOrPath, handed_in
from xladdin.intake.text import clean, written_text
from xladdin.ooxml.addresses import position
from xladdin.ooxml.opening import OpenedFile
from xladdin.problems import Place, Problem

from .as_typed import tell_unlike
from .assembling import SCHEME_SHEETS, library_of
from .figure_rows import with_figures
from .finding import Book, find_sheets
from .former_staff import FORMER
from .growth_rows import growths_of
from .judging import Judge
from .known_masters import read_once
from .lines import Notes
from .raw_models import Part, validated
from .roster_sheet import ROSTER
from .typed_over import tell_typed_over


def read_master(source: FileOrPath) -> tuple[Company, list[Problem]]:
    """The company, without what is wrong, and every problem with its sheet and cell."""
    handed = handed_in(source)
    return read_once(
        handed.file, lambda: master_of(handed.name, *handed.grids(lambda _: 0, hidden=True))
    )


def read_sheets(
    file: OpenedFile, grids: list[Grid], problems: list[Problem]
) -> tuple[Company, list[Problem]]:
    """The same, where somebody has read the sheets already."""
    return read_once(file, lambda: master_of(file.name, grids, problems))


def master_of(
    file: str, grids: list[Grid], problems: list[Problem]
) -> tuple[Company, list[Problem]]:
    """The same, out of a workbook's sheets and what is wrong with it as a file."""
    if not grids:
        return Company(file=file), problems
    if not grids[0].sheet:
        message = "总表应为 Excel 工作簿（.xlsx），这是文本文件"
        return Company(file=file), [*problems, Problem("not_workbook", message, Place(file))]
    notes = Notes()
    notes.extend(problems)
    book = find_sheets(file, grids, notes)
    company = replace(_company(book, notes), file=file)
    return company, _in_order(notes.problems, grids)


def _company(book: Book, notes: Notes) -> Company:
    judge = Judge(book, notes)
    judge.judge()
    library = library_of(judge, book, notes)
    employees = _employees(judge, notes)
    raters = _raters(judge, notes) if book.usable("roster") else ()
    company = Company(
        employees,
        library,
        raters=raters,
        settings=_settings(judge, notes),
        mappings=_mappings(judge),
    )
    if book.usable("roster", "figures"):
        _tell_former(judge, notes)
    if book.usable("roster", *SCHEME_SHEETS):
        company = replace(with_figures(company, judge, notes), growths=growths_of(judge))
    tell_unlike(judge, book, notes)
    tell_typed_over(book, notes)
    return company


def _employees(judge: Judge, notes: Notes) -> tuple[Employee, ...]:
    found = []
    keys = [column.key for column in ROSTER.columns]
    for row in judge.rows("roster"):
        part = Part(row.line.place)
        part.take_all(row, *keys)
        found.append(validated(Employee, part, notes))
    return tuple(employee for employee in found if employee)


def _raters(judge: Judge, notes: Notes) -> tuple[Assignment, ...]:
    found = []
    for row in judge.rows("raters"):
        part = Part(row.line.place)
        part.take_all(row, "ratee", "source", "rater")
        rater = text_of(row.computed("who"))
        part.put(_listed(judge, row.at("ratee_at"), "id"), "ratee")
        if row.at("rater_at") >= 0:
            part.put(rater, "rater_id")
            part.put(_listed(judge, row.at("rater_at"), "name"), "rater")
        if row.get("source") != Source.CUSTOMER or row.get("rater"):
            people = [
                judge.roster[at] for at in (row.at("ratee_at"), row.at("rater_at")) if at >= 0
            ]
            others = [person.line.key for person in people]
            found.append(validated(Assignment, part, notes, others))
    return tuple(line for line in found if line)


def _listed(judge: Judge, place: int, key: str) -> str:
    """What the roster says of a person; empty where nobody is meant."""
    return "" if place < 0 else str(judge.roster[place].get(key) or "")


def _tell_former(judge: Judge, notes: Notes) -> None:
    """Figures of months before of people who are no longer listed."""
    former: dict[str, list[Place]] = {}
    for row in judge.rows("figures"):
        if row.computed(FORMER):
            who = " ".join(filter(None, (row.get("employee"), row.get("name"))))
            former.setdefault(who, []).append(row.where("employee"))
    notes.extend(former_employees(former))


def _settings(judge: Judge, notes: Notes) -> tuple[Setting, ...]:
    found: list[Setting] = []
    for row in judge.rows("settings"):
        name, value, remark = (row.get(key) or "" for key in ("setting", "value", "remark"))
        value = value or clean(written_text(row.line.raw("value")))
        known = row.line.key in notes.broken and name in [one.name for one in found]
        if name and not known:
            found.append(Setting(name, value, remark))
    return tuple(found)


def _mappings(judge: Judge) -> tuple[Mapping, ...]:
    found = []
    for row in judge.rows("mappings"):
        column, target, unit, how = (row.get(key) for key in ("column", "target", "unit", "how"))
        remark, by, condition = (row.get(key) or "" for key in ("remark", "by", "condition"))
        if column and target:
            known, way = Unit(unit) if unit else None, How(how) if how else None
            found.append(Mapping(column, target, known, remark, way, by, condition))
    return tuple(found)


def _in_order(problems: list[Problem], grids: list[Grid]) -> list[Problem]:
    """By sheet, row and column, as a clerk goes through the workbook; the file as a whole first."""
    order = {grid.sheet: i for i, grid in enumerate(grids)}

    def key(problem: Problem) -> tuple[int, int, int]:
        place = problem.place
        try:
            row, column = position(place.cell)
        except ValueError:
            row = column = 0
        return order.get(place.sheet, -1), row, column

    return sorted(problems, key=key)
