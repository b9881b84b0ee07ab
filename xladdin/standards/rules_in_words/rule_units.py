"""What an item is measured in, and what is to be reached: by its rule, its target, its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import Unit, written

from .rule_parts import Context, Unread
from .rule_text import NUM, UNIT, Figure, figure, normal

_ONE = re.compile(
    rf"[^0-9]{{0,12}}?[≥≤<>]?(?P<a>{NUM})(?P<u>{UNIT})?(?:以上|以下|以内|之内|内|/[月天日周])?"
)
_NONE = re.compile(r"(?:无|零|没有)[^0-9]{0,10}")
_RATE = re.compile(r".{0,40}(?:率|满意度|占比|比例|比重)(?:\(.{0,20}\))?")
_MONEY = re.compile(
    r".{0,40}(?:销售额|金额|客单价|回款|收入|费用|成本|营业额|业绩额|利润)(?:\(.{0,20}\))?"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A unit, and the target in it, if there is one."""

    unit: Unit
    value: Decimal | None = None
    completion: bool = False
    notes: tuple[str, ...] = ()


def rate_itself(name: str) -> bool:
    """Whether a name is that of a share: 满意率, 客户满意度."""
    return _RATE.fullmatch(name) is not None


def figure_in(text: str) -> Figure | None:
    """The one figure of a cell: ``≥95%``, ``30秒以内``, ``50万``; None for anything else."""
    said = normal(text)
    if _NONE.fullmatch(said):
        return Figure(Decimal(0), Unit.TIMES)
    found = _ONE.fullmatch(said)
    return figure(found["a"], found["u"]) if found else None


def unit_of(name: str) -> Unit:
    """What a bare figure of this name is in."""
    if rate_itself(name):
        return Unit.PERCENT
    return Unit.YUAN if _MONEY.fullmatch(name) else Unit.NUMBER


def in_unit(found: Figure, unit: Unit, name: str) -> Figure | None:
    """A figure in a unit; a bare one is taken for it.  None where it is in another one."""
    if found.unit is unit:
        return found
    if found.unit is not None:
        return None
    if unit is Unit.PERCENT:
        if found.value > 10:
            return Figure(found.value / 100, unit)
        return Figure(found.value, unit) if 0 <= found.value <= 1 else None
    return Figure(found.value, unit)


def goal_of(context: Context, stated: Figure | None) -> Goal | Unread:
    """Unit and target: what the rule says and what the form's column says must agree."""
    own = figure_in(context.target) if context.target.strip() else None
    if context.target.strip() and own is None:
        return Unread(f"目标“{context.target.strip()[:30]}”没有读成一个数")
    unit = _unit(context, stated, own)
    found = []
    for one in (stated, own):
        if one is None:
            continue
        known = in_unit(one, unit, context.name)
        if known is None:
            return Unread("目标的单位前后不一样")
        found.append(known.value)
    if len(set(found)) > 1:
        first, second = (written(value, unit) for value in found)
        return Unread(f"评分标准里的目标是{first}，目标一列是{second}，对不上")
    return Goal(unit, found[0] if found else None)


def _unit(context: Context, *figures: Figure | None) -> Unit:
    known = [one.unit for one in figures if one is not None and one.unit is not None]
    if known:
        return known[0]
    actual = figure_in(context.actual) if context.actual.strip() else None
    if actual is not None and actual.unit is not None and not any(figures):
        return actual.unit
    return unit_of(context.name)
