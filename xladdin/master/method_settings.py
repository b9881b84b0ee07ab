"""Which columns of the indicators' sheet each scoring method uses, for which of its settings, and
what may stand in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.sizes import LABEL
from xladdin.formula.nodes import Compare, Expr, Length, Rel, Text, Var, number
from xladdin.schemes.labels import CHOICE_LABELS

from .cell_demands import formula_like, misread, outside
from .cell_kinds import Kind
from .constraints import Demand, Required, demand
from .row_questions import both, word
from .sheet_spec import Bounds, Case, Rule, bounds

ANY_NUMBER, POSITIVE = Bounds(), bounds(0, above=True)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a method: its column, its field, and how the cell is read for this method."""

    column: str
    path: tuple[str, ...]
    kind: Kind
    required: bool = False
    bounds: Bounds = ANY_NUMBER

    def of(self, owner: Any) -> Any:
        """The setting in a method (or adjustment); None where a part of the way is missing."""
        for name in self.path:
            owner = getattr(owner, name, None)
        return owner


def _parameter(
    column: str, kind: Kind, *path: str, required: bool = False, limits: Bounds = ANY_NUMBER
) -> Parameter:
    return Parameter(column, path or (column,), kind, required, limits)


_DEDUCTION = "deduction"

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "percent": (
        _parameter("cap", Kind.RATIO),
        _parameter("floor", Kind.RATIO),
        _parameter("zero_target", Kind.CHOICE),
    ),
    "veto": (
        _parameter(_DEDUCTION, Kind.NUMBER, "per_event", required=True),
        _parameter("zero_at", Kind.NUMBER, required=True, limits=POSITIVE),
        _parameter("effect", Kind.CHOICE, "whole_form", "effect"),
        _parameter("effect_grade", Kind.TEXT, "whole_form", "grade"),
    ),
    "deduct": (
        _parameter(_DEDUCTION, Kind.NUMBER, "per_event", required=True, limits=POSITIVE),
        _parameter("cap", Kind.NUMBER, limits=POSITIVE),
    ),
    "steps": (
        _parameter("basis", Kind.CHOICE),
        _parameter("inclusive", Kind.YES_NO),
        _parameter("below", Kind.RATIO),
    ),
    "step_deduct": (
        _parameter(_DEDUCTION, Kind.NUMBER, "points", required=True, limits=POSITIVE),
        _parameter("step", Kind.MEASURE, required=True, limits=POSITIVE),
        _parameter("started", Kind.CHOICE),
    ),
    "linear": (_parameter("basis", Kind.CHOICE), _parameter("below", Kind.RATIO)),
    "pass_fail": (_parameter("bound", Kind.MEASURE), _parameter("inclusive", Kind.YES_NO)),
    "deadline": (
        _parameter("measure", Kind.CHOICE),
        _parameter(_DEDUCTION, Kind.NUMBER, "per_day", required=True, limits=POSITIVE),
        _parameter("floor", Kind.NUMBER),
    ),
    "judgement": (),
    "bonus": (_parameter("cap", Kind.NUMBER, required=True, limits=POSITIVE),),
    "deduction": (_parameter("cap", Kind.NUMBER, required=True, limits=POSITIVE),),
}
"""Method (or kind of adjustment) -> its settings."""

ADJUSTMENTS = frozenset({"bonus", "deduction"})

COLUMNS = frozenset(item.column for settings in PARAMETERS.values() for item in settings)
"""Every column that holds a setting of some method."""

STEP_KINDS = {"steps": "steps", "judgement": "bands", "linear": "ends"}
"""Method -> the kind of its lines on the sheet of steps; the other methods have none."""

HEADS = {
    "cap": "封顶",
    "floor": "保底",
    "zero_target": "目标为0时",
    "deduction": "每次扣分",
    "zero_at": "否决次数",
    "effect": "整表影响",
    "effect_grade": "封顶等级",
    "basis": "比较依据",
    "inclusive": "含界限",
    "below": "最低档以下",
    "step": "级差",
    "started": "不足一级",
    "bound": "达标线",
    "measure": "计量方式",
}
"""What the columns of settings are called."""

METHODS = {**METHOD_LABELS, "bonus": "加分项", "deduction": "减分项"}
"""Method (or kind of adjustment) -> what it is called in a cell."""


def scored_by(*kinds: str) -> Expr:
    """The indicator is scored by one of these methods."""
    return word("method", *(METHODS[kind] for kind in kinds))


ADJUSTING = scored_by(*sorted(ADJUSTMENTS))
KNOWN_METHOD = scored_by(*METHODS)


def called(case: Case) -> str:
    """The row's method, as a message begins with it."""
    return f"「{case.said('method')}」"


def users_of(column: str) -> list[str]:
    """The methods that have a setting in this column."""
    return [
        kind for kind, items in PARAMETERS.items() if any(one.column == column for one in items)
    ]


def demanded_settings() -> Iterator[Required]:
    """Settings without which a method cannot score."""
    for kind, items in PARAMETERS.items():
        for item in items:
            if item.required:
                yield Required(
                    (item.column,), scored_by(kind), "parameter_missing", says=_needs(item.column)
                )


def _needs(column: str) -> Callable[[Case], str]:
    return lambda case: f"{called(case)}须填「{case.head(column)}」"


def setting_rules() -> Iterator[Demand]:
    """Each method's settings hold what the method reads there."""
    for kind, items in PARAMETERS.items():
        for item in items:
            yield from _setting(scored_by(kind), item)


def _setting(when: Expr, item: Parameter) -> Iterator[Demand]:
    key, head = item.column, HEADS[item.column]
    words = CHOICE_LABELS[key].values() if item.kind is Kind.CHOICE else ()
    unit_at = "step_at" if key == "step" else "unit_at"
    wrongs = [*misread(key, item.kind, words, unit_at)]
    if item.kind is Kind.TEXT:
        wrongs = [(Compare(Rel.GT, Length(Var(key)), number(LABEL)), f"最多{LABEL}个字")]
    for wrong, what in wrongs:
        yield Demand(Rule(both(when, wrong), Text(head + what), key))
    if item.kind is Kind.TEXT:
        odd = formula_like(key)
        yield Demand(replace(odd, wrong=both(when, odd.wrong)))
    if item.bounds.above:
        low = outside(key, item.bounds.low, None, above=True)
        yield demand("out_of_range", both(when, low), f"{head}应大于{item.bounds.low}", key)
