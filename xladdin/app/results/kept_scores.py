"""A person's month from the ledger: what was kept holds, and where the master differs it is told.

In a month that is still open, what the returned form left blank is completed from the master, since
figures of systems often come later than the form; in a closed month nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xladdin.app.generating.planning import named
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptForm
from xladdin.company.month_results import PersonResult
from xladdin.company.score_inputs import figures, score_inputs
from xladdin.domain.people import Employee
from xladdin.domain.quantities import Unit, plain, written
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, solve
from xladdin.problems import Problem, warning
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults, missing_items, score_model
from xladdin.scoring.scorer import scorer_of

DIFFERS, COMPLETED, LEFT_BLANK = "ledger_differs", "ledger_completed", "ledger_blank"
PARTLY = "表上空着的，按总表的数据补上"
BLANK = "空着"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing that a form may say: its key, and how messages call and show it."""

    key: str
    what: str
    unit: Unit | None = None
    stated_by_scheme: bool = False
    """Whether a blank cell of the master may mean what the scheme says."""

    def shown(self, value: Value) -> str:
        if not isinstance(value, Decimal):
            return BLANK if value is None else f"「{value}」"
        return plain(value) if self.unit is None else written(value, self.unit)


@dataclass(frozen=True, slots=True)
class _Part:
    """An indicator or an adjustment: the key of its points, and what a form says of it."""

    name: str
    key: str
    asked: tuple[_Asked, ...]


def joined(
    company: Company, employee: Employee, form: KeptForm, scheme: Scheme, *, closed: bool
) -> tuple[PersonResult, list[Problem]]:
    """The month of one person as the ledger has it, and every figure at which the master differs."""
    comparing = _Comparing(company, employee, form, scheme, closed)
    return comparing.result(), comparing.problems


class KeptBy:
    """Forms of one scheme as the ledger has them: the result of ``joined`` for whoever asks for many.

    What the ledger has complete is taken as it is, and nothing is scored again.
    """

    def __init__(self, company: Company, scheme: Scheme) -> None:
        self._company, self._scheme = company, scheme
        self._defaults = input_defaults(scheme)
        self._points = tuple(part.key for part in _parts(scheme))
        self._results = score_model(scheme).keys()

    def result(
        self, employee: Employee, form: KeptForm, *, closed: bool
    ) -> tuple[PersonResult, bool]:
        """One person's month, and whether the master has another figure than the form anywhere."""
        actuals = self._company.actuals_of(employee, form.period)
        ours = figures(self._scheme, actuals) if actuals else {}
        ours = {key: value for key, value in ours.items() if value is not None}
        said = form.inputs
        differs = any(key in said and said[key] != value for key, value in ours.items())
        blank = any(key in said and said[key] is None for key in ours)
        kept = form.results
        scored = all(isinstance(kept.get(key), Decimal) for key in self._points)
        if blank or not scored or not self._results <= kept.keys():
            found, _ = joined(self._company, employee, form, self._scheme, closed=closed)
            return found, differs
        known: dict[str, Value] = {**self._defaults, **ours}
        for key, value in said.items():
            if key in known and (value is not None or closed):
                known[key] = value
        values = {**known, **kept}
        missing = () if form.total is not None else missing_items(self._scheme, values, values)
        made = PersonResult(
            employee, self._scheme, values, tuple(missing), corrected=form.corrected
        )
        return made, differs


@dataclass
class _Comparing:
    """One person's form beside what the master says of the same month."""

    company: Company
    employee: Employee
    form: KeptForm
    scheme: Scheme
    closed: bool
    problems: list[Problem] = field(default_factory=list)
    completed: bool = False

    @cached_property
    def ours(self) -> Mapping[str, Value]:
        """What the master says, by the keys of the form."""
        actuals = self.company.actuals_of(self.employee, self.form.period)
        found = figures(self.scheme, actuals)
        return {key: value for key, value in found.items() if value is not None}

    @cached_property
    def inputs(self) -> dict[str, Value]:
        """What the form says, and what was given with it as the master has it."""
        known: dict[str, Value] = {**input_defaults(self.scheme), **self.ours}
        for key, value in self.form.inputs.items():
            if key in known and (value is not None or self.closed):
                known[key] = value
        return known

    @cached_property
    def again(self) -> Mapping[str, Value]:
        """Scored once more, from the form and the master together."""
        return scorer_of(self.scheme).values(self.inputs)

    def result(self) -> PersonResult:
        """The month as it counts."""
        points = {part.key: self._points(part) for part in _parts(self.scheme)}
        values = {**self.again, **self.form.results, **points}
        if self.completed:
            model = score_model(self.scheme)
            rest = {key: tree for key, tree in model.items() if key not in points}
            values |= solve(rest, {**self.inputs, **points})
        if not self.problems:
            self._compare_whole(values)
        missing = tuple(missing_items(self.scheme, values, values))
        note = PARTLY if self.completed else ""
        return PersonResult(
            self.employee, self.scheme, values, missing, note, corrected=self.form.corrected
        )

    def _points(self, part: _Part) -> Value:
        """An item's points: those that were kept, else those of what the master adds."""
        kept, again = self.form.results.get(part.key), self.again.get(part.key)
        blank = [one for one in part.asked if self._is_blank(one) and one.key in self.ours]
        for one in blank:
            self._tell_blank(part, f"的{one.what}", one.shown(self.ours[one.key]))
        differing = [one for one in part.asked if one not in blank and self._differs(one)]
        for one in differing:
            theirs = one.shown(self.ours.get(one.key))
            self._tell(part, f"的{one.what}", one.shown(self.form.inputs[one.key]), theirs)
        if blank and not self.closed:
            return again
        if not isinstance(kept, Decimal) and isinstance(again, Decimal) and not blank:
            self._tell_blank(part, "的得分", plain(again))
            return kept if self.closed else again
        if not blank and not differing and isinstance(kept, Decimal) and kept != again:
            self._tell(part, "的得分", plain(kept), _shown(again))
        return kept

    def _is_blank(self, one: _Asked) -> bool:
        return one.key in self.form.inputs and self.form.inputs[one.key] is None

    def _differs(self, one: _Asked) -> bool:
        said = self.form.inputs.get(one.key)
        if said is None or (one.stated_by_scheme and one.key not in self.ours):
            return False
        return said != self.ours.get(one.key)

    def _compare_whole(self, values: Mapping[str, Value]) -> None:
        """Nothing differs item by item: the scheme may have been changed since."""
        now = self.company.scheme_of(self.employee)
        if now is None or not isinstance(values.get(keys.TOTAL), Decimal):
            return
        actuals = self.company.actuals_of(self.employee, self.form.period)
        today = scorer_of(now).values(score_inputs(now, actuals))
        asked = ((keys.TOTAL, "总分"), (keys.GRADE, "等级"), (keys.COEFFICIENT, "系数"))
        for key, what in asked:
            if values.get(key) != today[key]:
                theirs = (
                    f"{_shown(today[key])}（方案改过）"
                    if now != self.scheme
                    else _shown(today[key])
                )
                self._say(
                    DIFFERS, f"的{what}：台账 {_shown(values.get(key))}，总表现在 {theirs}，按台账"
                )

    def _tell(self, part: _Part, what: str, kept: str, ours: str) -> None:
        self._say(DIFFERS, f"的「{part.name}」{what}：台账 {kept}，总表 {ours}，按台账")

    def _tell_blank(self, part: _Part, what: str, ours: str) -> None:
        code, end = (LEFT_BLANK, "月份已关闭，没有补") if self.closed else (COMPLETED, "按总表补上")
        self.completed = self.completed or not self.closed
        self._say(code, f"的「{part.name}」{what}：台账{BLANK}，总表 {ours}，{end}")

    def _say(self, code: str, message: str) -> None:
        self.problems.append(warning(code, f"{named(self.employee)}{message}", self.form.place))


def _shown(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value or BLANK)


def _parts(scheme: Scheme) -> Iterator[_Part]:
    for item in scheme.indicators:
        asked = [_Asked(keys.actual(item.id), "实际", item.unit)]
        if item.uses_target:
            asked.append(_Asked(keys.target(item.id), "目标", item.unit, stated_by_scheme=True))
        if scheme.asks_self(item):
            asked.append(_Asked(keys.self_rating(item.id), "自评"))
        yield _Part(item.name, keys.score(item.id), tuple(asked))
    for extra in scheme.adjustments:
        points = _Asked(keys.points(extra.id), "分数")
        yield _Part(extra.name, keys.counted(extra.id), (points,))
