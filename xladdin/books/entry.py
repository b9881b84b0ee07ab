"""What a clerk may enter where: number formats, ranges, prompts and errors by unit and method."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.data_sources import DataSource
from xladdin.domain.quantities import Unit, UnitFacts, facts, plain, written
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator
from xladdin.formula.nodes import (
    AnyOf,
    Compare,
    CountNumbers,
    Expr,
    IsNumber,
    Not,
    Rel,
    Var,
    all_of,
    number,
    one_of,
)
from xladdin.layout.cell_rules import AtMost, Between, Check, Highlight, Holds
from xladdin.layout.cells import Asked, Given
from xladdin.layout.styles import ALERT, MISSING
from xladdin.scoring import keys

NUMBER_FORMATS = {
    Unit.PERCENT: "0.00%",
    Unit.YUAN: "#,##0.00",
    Unit.DATE: "yyyy-mm-dd",
    Unit.NUMBER: "General",
}
COMMENT_LIMIT = 500


def number_format(unit: Unit) -> str:
    """How figures of a unit are shown: with their unit, so that nobody has to guess it."""
    return NUMBER_FORMATS.get(unit, f'General"{facts(unit).suffix}"')


def percent_format(value: Decimal) -> str:
    """A percentage with as many decimals as it has: ``0%``, ``0.5%`` (never a bare point)."""
    decimals = max(0, -int((value * 100).normalize().as_tuple().exponent))
    return f"0.{'0' * decimals}%" if decimals else "0%"


def figure(key: str, source: DataSource) -> Given | Asked:
    """The slot of a figure: given where a system supplies it, asked where somebody counts."""
    return Given(key, open=True) if source.fetched else Asked(key)


def figure_check(unit: Unit, title: str, what: str) -> Check:
    """A figure in the plausible range of its unit."""
    known = facts(unit)
    rule = Between(known.low, known.high, whole=known.whole, date=unit is Unit.DATE)
    return Check(rule, f"{what}：{_how(unit, known)}", f"{title}：{_how(unit, known)}", title)


def _how(unit: Unit, known: UnitFacts) -> str:
    if unit is Unit.DATE:
        return "请填日期，如 2026-11-03。"
    low, high = written(known.low, unit), written(known.high, unit)
    if unit is Unit.PERCENT:
        return f"请填百分比，如 65%，范围 {low} 至 {high}。"
    whole = "整数" if known.whole else "数字"
    unit_word = f"（单位：{known.label}）" if known.suffix else ""
    return f"请填{whole}{unit_word}，范围 {low} 至 {high}，不要写文字。"


def actual_check(item: Indicator) -> Check:
    """What may be entered as an indicator's actual."""
    if not item.subjective:
        return figure_check(item.unit, item.name, "实际达成")
    return rating_check(item, keys.actual(item.id))


def rating_check(item: Indicator, key: str) -> Check:
    """What may be entered as a rating of a judged indicator: points inside one of its bands."""
    bands = item.method.described
    ranges = "、".join(band.ends for band in bands)
    told = "；".join(f"{band.ends}分：{band.text}" for band in bands)
    error = f"{item.name}只能打 {ranges} 分，两档之间的分数不能填。"
    return Check(Holds(_in_band(item, key)), told, error, item.name)


def between_bands(item: Indicator, key: str) -> Highlight:
    """Marks a rating that lies in none of the bands."""
    return Highlight(all_of((IsNumber(Var(key)), Not(_in_band(item, key)))), ALERT)


def _in_band(item: Indicator, key: str) -> Expr:
    return one_of(tuple(band.holds(Var(key)) for band in item.method.described))


def points_check(item: Adjustment) -> Check:
    """What may be entered for an addition or a deduction."""
    signs = "加分写正数，减分写负数；" if item.low < 0 else ""
    told = f"请填 {plain(item.low)} 至 {plain(item.high)} 的数字；{signs}没有则不填。"
    return Check(Between(item.low, item.high), told, f"{item.name}：{told}", item.name)


def comment_check(title: str) -> Check:
    """A free text of a bearable length."""
    told = f"最多 {COMMENT_LIMIT} 字；换行请按 Alt+Enter。"
    return Check(AtMost(COMMENT_LIMIT), told, f"{title}不能超过 {COMMENT_LIMIT} 字。", title)


def missing(key: str) -> Highlight:
    """Marks a cell in which no number stands."""
    return Highlight(Compare(Rel.EQ, CountNumbers((Var(key),)), number(0)), MISSING)


def refused(key: str, score: str) -> Highlight:
    """Marks a figure that was entered but cannot be scored."""
    unscored = Compare(Rel.EQ, CountNumbers((Var(score),)), number(0))
    return Highlight(all_of((IsNumber(Var(key)), unscored)), ALERT)


def unscored(score: str) -> Highlight:
    """Marks an entry that counts as none only where nothing stands there: of it there is no score."""
    return Highlight(Compare(Rel.EQ, CountNumbers((Var(score),)), number(0)), ALERT)


def beyond(key: str, low: Decimal, high: Decimal) -> Highlight:
    """Marks a figure below ``low`` or above ``high``."""
    below = Compare(Rel.LT, Var(key), number(low))
    above = Compare(Rel.GT, Var(key), number(high))
    return Highlight(AnyOf((below, above)), ALERT)


def out_of_range(key: str, unit: Unit) -> Highlight:
    """Marks a figure outside the plausible range of its unit."""
    known = facts(unit)
    return beyond(key, known.low, known.high)
