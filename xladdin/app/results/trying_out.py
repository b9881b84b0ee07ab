"""方案试算 over a ledger: its months under the schemes of the master as it is now.

Only what was returned is tried: of whom nothing is kept, nobody knows what they had.  What could not
be tried, and what of the schemes makes figures count otherwise, is told, each once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from xladdin.books.trial.trial_book import TITLE, book
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptForm
from xladdin.company.month_results import LeftOut, MonthResults, PersonResult
from xladdin.company.simulation import DOWN, UP, Compared, Simulation, Tried, Untried
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .kept_scores import KeptBy
from .ledger_results import KeptMonths, whole_months
from .result_files import ResultFile
from .simulating import NOT_ON_ROSTER, Trying

FILE_NAME = "方案试算_{first}至{last}.xlsx"
"""What it is called where nobody says otherwise."""
TRIAL = ResultFile("方案试算", TITLE)
NOT_RETURNED = "台账里没有收到这个月的考核表"
UNREADABLE = "台账里有得分，当时的方案读不出来"
UNKNOWN = "（名册里没有）"
WORST = 5
"""So many of the largest falls are told in words; the workbook has all."""


@dataclass(frozen=True)
class Asked:
    """Which months, by which schemes (ids or names; none named: all), out of which ledger."""

    first: Period | None = None
    last: Period | None = None
    schemes: Sequence[str] = ()
    url: str | None = None


def try_out(master: Path, company: Company, asked: Asked) -> tuple[Simulation, list[Problem]]:
    """The months of the ledger under the company's schemes, and what is to be told.

    Raises ProblemsFound where there is no ledger, where it cannot be read or somebody has touched it,
    where nothing of these months is kept, and for a scheme that nobody knows.
    """
    kept = whole_months(master, company, asked.first, asked.last, asked.url)
    if not kept.forms:
        message = f"台账里没有{_span(kept.months)}考核表的得分，没有可以试算的"
        raise ProblemsFound([Problem("nothing_kept", message, Place(file=kept.name))])
    wanted = _wanted(company, kept, asked.schemes)
    reading = _Months(company, kept, wanted)
    if not reading.periods:
        message = f"台账里{_span(kept.months)}没有用所选方案的考核表，没有可以试算的"
        raise ProblemsFound([Problem("nothing_kept", message, Place(file=kept.name))])
    found = Trying(company).of([reading.month(period) for period in reading.periods])
    found = replace(
        found,
        company=company.name,
        months=kept.months,
        empty=tuple(month for month in kept.months if month not in reading.periods),
        origin=f"改前的得分取自台账 {kept.name}，改后按总表现在的方案重算。",
    )
    return found, [*kept.problems, *_told(found, reading, kept.name)]


def write_trial(
    found: Simulation, path: Path, *, overwrite: bool = False, sealing: Sealing = UNSEALED
) -> list[Problem]:
    """Write the workbook, a file of its owner's alone; what comes back is to be said of its password.

    Raises ProblemsFound where it cannot be written, or something else is there.
    """
    TRIAL.check_name(path)
    made = workbook_bytes(book(found), {}, Letterhead(found.company))
    return TRIAL.write(made, path, overwrite=overwrite, sealing=sealing)


def _span(months: Sequence[Period]) -> str:
    if not months:
        return ""
    first, last = months[0].label, months[-1].label
    return first if first == last else f"{first}至{last}"


def _wanted(company: Company, kept: KeptMonths, names: Sequence[str]) -> Collection[str] | None:
    """Ids of the schemes that are asked for, by what they are or were called; None: all."""
    if not names:
        return None
    then = (form.scheme for form in kept.forms.values() if form.scheme is not None)
    known = {id(one): one for one in (*company.library.schemes, *then)}.values()
    ids = {word: one.id for one in known for word in (one.id, one.name)}
    unknown = [name for name in names if name not in ids]
    if unknown:
        have = "、".join(dict.fromkeys(one.name for one in known))
        message = f"没有考核方案「{'」「'.join(unknown)}」；有：{have}"
        raise ProblemsFound([Problem("unknown_scheme", message, Place(file=company.file))])
    return {ids[name] for name in names}


@dataclass
class _Months:
    """The kept months as results, with whoever has none."""

    company: Company
    kept: KeptMonths
    wanted: Collection[str] | None
    differing: int = 0
    """In how many forms the master has other figures than the ledger."""
    by_month: dict[Period, list[KeptForm]] = field(default_factory=dict)
    people: dict[Period, set[str]] = field(default_factory=dict)
    """Who has any form, by month."""
    kept_by: dict[int, KeptBy] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for form in self.kept.forms.values():
            self.people.setdefault(form.period, set()).add(form.person)
            if self._is_wanted(form.scheme):
                self.by_month.setdefault(form.period, []).append(form)

    @property
    def periods(self) -> list[Period]:
        """The months of which something is kept."""
        return sorted(self.by_month)

    def _is_wanted(self, scheme: Scheme | None) -> bool:
        return self.wanted is None or (scheme is not None and scheme.id in self.wanted)

    def month(self, period: Period) -> MonthResults:
        forms = self.by_month[period]
        left_out: list[LeftOut] = []
        results: list[PersonResult] = []
        for form in forms:
            found = self._result(form)
            if isinstance(found, LeftOut):
                left_out.append(found)
            else:
                results.append(found)
        # Whoever has a form by another scheme is not asked about: it was not lost.
        left_out += self._without(period, self.people[period])
        return MonthResults(self.company.name, period, tuple(results), tuple(left_out))

    def _result(self, form: KeptForm) -> PersonResult | LeftOut:
        employee = self.company.people.get(form.person)
        if employee is None:
            return LeftOut(_stranger(form.person), NOT_ON_ROSTER)
        if form.scheme is None:
            return LeftOut(employee, UNREADABLE)
        # By identity: to hash a scheme takes long.
        key = id(form.scheme)
        if key not in self.kept_by:
            self.kept_by[key] = KeptBy(self.company, form.scheme)
        closed = form.period in self.kept.closed
        result, differs = self.kept_by[key].result(employee, form, closed=closed)
        self.differing += differs
        return result

    def _without(self, period: Period, there: Collection[str]) -> Iterator[LeftOut]:
        """Who was there in a month, is appraised, and returned nothing."""
        for employee in self.company.employees:
            if employee.id in there or presence(employee, period).absent:
                continue
            scheme = self.company.scheme_of(employee)
            if scheme is not None and self._is_wanted(scheme):
                yield LeftOut(employee, NOT_RETURNED)


def _stranger(id_: str) -> Employee:
    return Employee(id=id_, name=UNKNOWN, department="—", position="—")


def _told(found: Simulation, reading: _Months, name: str) -> Iterator[Problem]:
    """What could not be told, and what counts otherwise."""
    at = Place(file=name)
    if found.empty:
        months = "、".join(month.label for month in found.empty)
        which = "" if reading.wanted is None else "所选方案"
        message = f"台账里没有这些月份{which}的考核表，没有试算：{months}"
        yield warning("month_not_kept", message, at)
    if reading.differing:
        message = (
            f"{reading.differing} 人月的数据，总表和台账不一样或台账空着：按台账，空着的按总表补；"
            "逐处列在月度汇总（xladdin summary）的提醒里"
        )
        yield warning("ledger_differs", message, at)
    yield from (warning("scheme_changed", text, at) for text in found.changes)
    yield from (warning("not_tried", _untried(one), at) for one in found.untried)


def _untried(one: Untried) -> str:
    return f"{one.employee.name}（{one.employee.id}）{one.months}没有试算：{one.why}"


# In words.


def told_in_words(found: Simulation) -> Iterator[str]:
    """The answer in words: who changes grade, what it costs."""
    up, down = found.moved(UP), found.moved(DOWN)
    yield f"{found.origin}共试算 {len(found.tried)} 人月（{found.people} 人）。"
    yield f"等级变的 {up + down} 人月：升 {up}，降 {down}。"
    grades = (f"{name} {before}→{after}" for name, before, after in found.distribution)
    yield f"各等级人月：{'，'.join(grades)}。"
    falls = [one for one in found.worst_first if one.move == DOWN]
    for one in falls[:WORST]:
        yield f"　降：{_fall(one)}"
    if more := len(falls[WORST:]):
        yield f"　另有 {more} 人月降等级。"
    yield f"奖金系数合计：{_sums(found.coefficients)}。"
    yield f"奖金合计（元）：{_sums(found.bonuses)}。"
    if unpaid := sum(one.bonuses is None for one in found.tried):
        yield f"　其中 {unpaid} 人月缺奖金基数，奖金算不出，没有计入。"
    if found.untried:
        yield f"没有试算的 {len(found.not_tried)} 人月，原因逐个写明。"


def _fall(one: Tried) -> str:
    person, (before, after) = one.before.employee, one.grades
    scores = f"{_points(one.before.total)}→{_points(one.after.total)}"
    return f"{person.name}（{person.id}）{one.period.label} {scores}，{before}→{after}"


def _points(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _sums(sums: Compared) -> str:
    sign = "+" if sums.gained > 0 else ""
    return f"{plain(sums.before)} → {plain(sums.after)}（{sign}{plain(sums.gained)}）"
