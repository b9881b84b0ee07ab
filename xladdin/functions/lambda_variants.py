"""The scoring functions of the LAMBDA pack: which methods, with which settings as parameters.

What no parameter can express becomes a function of its own: the direction, and a line on the
actual instead of on the completion.  Steps and bands have a fixed number of places; whoever needs
fewer repeats the last step, or gives a band of 0 to 0.

A rule's code asks for its settings as numbers, so each setting is given a size of its own; in the
finished tree the sizes are then replaced by variables.  A number that is neither a setting, nor
computed from settings, nor one of the few that rules contain, is an error here: a formula with an
example size left in it would be worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from itertools import permutations
from typing import Any

from pydantic import TypeAdapter

from xladdin.domain.methods import Method
from xladdin.domain.quantities import Direction
from xladdin.formula.nodes import (
    Blank,
    Expr,
    If,
    IsNumber,
    Num,
    Text,
    Var,
    add,
    all_of,
    number,
    sub,
)
from xladdin.formula.walk import variables
from xladdin.scoring.registry import expression

OWN_NUMBERS = frozenset({Decimal(0), Decimal(1)})
"""Numbers that rules contain by themselves."""
INCOMPLETE = "#参数不全"
Sizes = Mapping[str, Decimal]
"""Parameter -> a size that no other number in the tree has."""


class StrangeNumberError(Exception):
    """A rule's tree holds a number that comes from no setting: it cannot be parameterised so."""


def parameterised(expr: Expr, sizes: Sizes) -> Expr:
    """The tree with every number that came from a setting read from a variable instead.

    Raises StrangeNumberError for a number that came from nowhere.
    """
    known: dict[Decimal, Expr] = {size: Var(name) for name, size in sizes.items()}
    for (one, first), (other, second) in permutations(sizes.items(), 2):
        known.setdefault(first - second, sub(Var(one), Var(other)))
    for name, size in sizes.items():
        known.setdefault(size + 1, add(Var(name), number(1)))

    def found(node: Num) -> Expr:
        if node.value in OWN_NUMBERS:
            return node
        if node.value not in known:
            raise StrangeNumberError(f"{node.value} in {expr}")
        return known[node.value]

    replaced: Expr = _numbers_replaced(expr, found)
    return replaced


def guarded(rule: Expr, settings: Iterable[str]) -> Expr:
    """The rule, unless full points or a setting is missing, which Excel would take for 0."""
    needed = tuple(IsNumber(Var(name)) for name in ("full", *settings))
    incomplete = If(IsNumber(Var("actual")), Text(INCOMPLETE), Blank())
    return If(all_of(needed), rule, incomplete)


def _numbers_replaced(expr: Any, found: Callable[[Num], Expr]) -> Any:
    """Any part of a tree with its numbers replaced."""
    if isinstance(expr, Num):
        return found(expr)
    if isinstance(expr, tuple):
        return tuple(_numbers_replaced(part, found) for part in expr)
    if not is_dataclass(expr) or isinstance(expr, type):
        return expr
    parts = {each.name: getattr(expr, each.name) for each in fields(expr)}
    return replace(expr, **{n: _numbers_replaced(part, found) for n, part in parts.items()})


HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
STEPS = 4
BANDS = 3
METHODS: TypeAdapter[Method] = TypeAdapter(Method)
INPUTS = {"actual": "实际达成", "target": "目标", "full": "满分"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter of a function besides the figures."""

    name: str
    label: str
    size: Decimal
    share: bool = False
    """Shown as a percentage."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One function: a method whose settings are parameters."""

    name: str
    told: str
    settings: tuple[Setting, ...]
    method: Callable[[Sizes], dict[str, Any]]
    """The method's raw settings out of the parameters' sizes."""
    examples: tuple[tuple[str, ...], ...]
    """Arguments: actual, target where there is one, full points, settings."""
    direction: Direction = HIGHER
    dated: bool = False
    """Whether actual and target are dates."""

    @property
    def built(self) -> Method:
        return METHODS.validate_python(self.method(self.sizes))

    @property
    def sizes(self) -> dict[str, Decimal]:
        return {setting.name: setting.size for setting in self.settings}

    @property
    def tree(self) -> Expr:
        """The rule over figures and settings."""
        return parameterised(expression(self.built, self.direction), self.sizes)

    @property
    def parameters(self) -> tuple[str, ...]:
        read = variables(self.tree)
        return (*(name for name in INPUTS if name in read), *self.sizes)


def _setting(name: str, label: str, size: str, *, share: bool = False) -> Setting:
    return Setting(name, label, Decimal(size), share)


def _plain(kind: str, **names: str) -> Callable[[Sizes], dict[str, Any]]:
    """Fields that take one parameter each."""
    return lambda sizes: {"kind": kind} | {field: sizes[name] for field, name in names.items()}


def _stepped(sizes: Sizes) -> dict[str, Any]:
    steps = [
        {"bound": sizes[f"bound_{i}"], "share": sizes[f"share_{i}"]} for i in range(1, STEPS + 1)
    ]
    return {"kind": "steps", "steps": steps, "below": sizes["below"]}


def _line(basis: str) -> Callable[[Sizes], dict[str, Any]]:
    def ends(sizes: Sizes) -> dict[str, Any]:
        low, high = (
            {"at": sizes[f"{end}_at"], "share": sizes[f"{end}_share"]} for end in ("low", "high")
        )
        below = sizes["below"]
        return {"kind": "linear", "basis": basis, "low": low, "high": high, "below": below}

    return ends


def _banded(sizes: Sizes) -> dict[str, Any]:
    bands = [
        {"low": sizes[f"low_{i}"], "high": sizes[f"high_{i}"], "text": ""}
        for i in range(1, BANDS + 1)
    ]
    return {"kind": "judgement", "bands": bands}


def _dated(sizes: Sizes) -> dict[str, Any]:
    return _plain("deadline", per_day="per_day", floor="least_points")(sizes) | {"measure": "date"}


CAP = (
    _setting("cap_share", "封顶比例", "1.31", share=True),
    _setting("floor_share", "保底比例", "0.17", share=True),
)
BELOW = _setting("below", "其余比例", "0.053", share=True)


def _bounds(sizes: Sequence[str]) -> tuple[Setting, ...]:
    shares = ("0.97", "0.83", "0.71", "0.59")
    pairs = enumerate(zip(sizes, shares, strict=True), start=1)
    found = [
        (
            _setting(f"bound_{i}", f"第{i}档界限", bound),
            _setting(f"share_{i}", f"第{i}档比例", share, share=True),
        )
        for i, (bound, share) in pairs
    ]
    return (*(setting for pair in found for setting in pair), BELOW)


def _ends(low: str, high: str, *, share: bool = False) -> tuple[Setting, ...]:
    return (
        _setting("low_at", "起点", low, share=share),
        _setting("low_share", "起点比例", "0.37", share=True),
        _setting("high_at", "终点", high, share=share),
        _setting("high_share", "终点比例", "0.91", share=True),
        BELOW,
    )


EVENT = _setting("per_event", "每次扣分", "2.3")
SHORT = (_setting("points_off", "每档扣分", "1.7"), _setting("step_size", "每档", "0.19"))
LATE = (_setting("per_day", "每天扣分", "1.3"), _setting("least_points", "最少得分", "0.7"))
PICKED = tuple(
    _setting(f"{end}_{i}", f"第{i}档{label}", size)
    for i, sizes in enumerate((("4.1", "4.9"), ("2.1", "2.9"), ("0.3", "0.7")), start=1)
    for end, label, size in zip(("low", "high"), ("最低分", "最高分"), sizes, strict=True)
)
FALLING = ("0.65", "1", "0.6", "0.9", "0.55", "0.8", "0.45", "0.75", "0")
RISING = ("15", "1", "20", "0.9", "25", "0.8", "30", "0.6", "0")

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "PERCENT",
        "越高越好",
        CAP,
        _plain("percent", cap="cap_share", floor="floor_share"),
        (("97793.24", "109000", "20", "1", "0"), ("130", "100", "20", "1.2", "0")),
    ),
    Variant(
        "PERCENT_LOWER",
        "越低越好",
        CAP,
        _plain("percent", cap="cap_share", floor="floor_share"),
        (("0.0215", "0.02", "10", "1", "0"), ("0.017", "0.02", "10", "1.2", "0")),
        LOWER,
    ),
    Variant(
        "VETO",
        "每发生一次扣分，达到次数该项为0",
        (EVENT, _setting("zero_at", "否决次数", "3.1")),
        _plain("veto", per_event="per_event", zero_at="zero_at"),
        (("1", "10", "2", "3"), ("3", "10", "2", "3")),
    ),
    Variant(
        "DEDUCT",
        "每发生一次扣分，最多扣到上限",
        (EVENT, _setting("most_off", "最多扣分", "7.9")),
        _plain("deduct", per_event="per_event", cap="most_off"),
        (("2", "5", "1", "5"), ("9", "5", "1", "3")),
    ),
    Variant(
        "STEPS",
        "越高越好，四档；不够四档就重复最后一档",
        _bounds(("0.67", "0.61", "0.57", "0.43")),
        _stepped,
        (("0.641", "20", *FALLING), ("0.44", "20", *FALLING)),
    ),
    Variant(
        "STEPS_LOWER",
        "越低越好，四档；不够四档就重复最后一档",
        _bounds(("13.7", "17.9", "23.3", "29.1")),
        _stepped,
        (("15", "15", *RISING), ("29", "15", *RISING)),
        LOWER,
    ),
    Variant(
        "STEP_DEDUCT",
        "每低于目标一档扣分，不足一档按一档",
        SHORT,
        _plain("step_deduct", points="points_off", step="step_size"),
        (("0.93", "0.98", "10", "1", "0.02"), ("0.98", "0.98", "10", "1", "0.02")),
    ),
    Variant(
        "STEP_DEDUCT_LOWER",
        "每超过目标一档扣分，不足一档按一档",
        SHORT,
        _plain("step_deduct", points="points_off", step="step_size"),
        (("29", "24", "15", "1", "2"), ("20", "24", "15", "1", "2")),
        LOWER,
    ),
    Variant(
        "LINEAR",
        "按完成率，越高越好",
        _ends("0.61", "1.03", share=True),
        _line("completion"),
        (
            ("0.9", "0.95", "20", "0.6", "0.4", "1", "1", "0"),
            ("0.5", "0.95", "20", "0.6", "0.4", "1", "1", "0"),
        ),
    ),
    Variant(
        "LINEAR_LOWER",
        "按完成率，越低越好",
        _ends("0.61", "1.03", share=True),
        _line("completion"),
        (
            ("30", "24", "20", "0.6", "0.4", "1", "1", "0"),
            ("24", "24", "20", "0.6", "0.4", "1", "1", "0"),
        ),
        LOWER,
    ),
    Variant(
        "LINEAR_ACTUAL",
        "按实际值，越高越好",
        _ends("61", "103"),
        _line("actual"),
        (
            ("85", "10", "60", "0.4", "100", "1", "0"),
            ("55", "10", "60", "0.4", "100", "1", "0"),
        ),
    ),
    Variant(
        "LINEAR_ACTUAL_LOWER",
        "按实际值，越低越好（起点大于终点）",
        _ends("103", "61"),
        _line("actual"),
        (
            ("40", "15", "60", "0.4", "30", "1", "0"),
            ("70", "15", "60", "0.4", "30", "1", "0"),
        ),
        LOWER,
    ),
    Variant(
        "PASS_FAIL",
        "达到目标得满分，否则0分；固定达标线写在目标里",
        (),
        _plain("pass_fail"),
        (("0.92", "0.9", "10"), ("0.89", "0.9", "10")),
    ),
    Variant(
        "PASS_FAIL_LOWER",
        "不超过目标得满分，否则0分；固定达标线写在目标里",
        (),
        _plain("pass_fail"),
        (("30", "30", "10"), ("31", "30", "10")),
        LOWER,
    ),
    Variant(
        "DEADLINE",
        "实际达成里写迟交天数，按时写0",
        LATE,
        _plain("deadline", per_day="per_day", floor="least_points"),
        (("0", "5", "1", "0"), ("3", "5", "1", "0")),
    ),
    Variant(
        "DEADLINE_DATE",
        "实际达成和目标都写日期",
        LATE,
        _dated,
        (("46331", "46329", "5", "1", "0"), ("46329", "46329", "5", "1", "0")),
        dated=True,
    ),
    Variant(
        "JUDGEMENT",
        "三个评分档，第1档最好；不够三档就写0至0",
        PICKED,
        _banded,
        (
            ("4.5", "5", "4", "5", "2", "3", "0", "0"),
            ("3", "10", "4", "5", "2", "3", "0", "0"),
        ),
    ),
)
