"""Sections: indicators that are weighed and told together, by what their rows say of it."""

from __future__ import annotations

from xladdin.domain.quantities import plain
from xladdin.domain.sizes import MOST_IN_SECTION
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    CountWhere,
    Differs,
    Filled,
    If,
    IsEmpty,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Round,
    SumWhere,
    Text,
    Var,
    cases,
    mul,
    number,
)
from xladdin.layout.tables.table import NUMBER

from .cell_kinds import Kind
from .constraints import demand
from .row_questions import (
    NEVER,
    NOTHING,
    both,
    cell,
    either,
    equal,
    figure,
    filled,
    is_number,
    none,
    same,
    some,
    text,
    told,
)
from .setting_columns import ADJUSTING
from .sheet_spec import Case, Column, Computed, bounds

SECTION_WEIGHT = Column(
    "section_weight",
    "分项权重",
    Kind.POINTS,
    "权重写成分项内的（每个分项合计 100%）时，填分项占总分多少；权重直接占总分的，不用填。",
    9.0,
    bounds=bounds(0, 100, above=True),
)
"""A section's weight in the form; it is what its indicators' weights add up to, or they are
shares of the section and make 100."""
ONLY_SECTION = "考核指标"
"""The section of a scheme that names none."""

_IN_SECTION = (same("indicators.weighed", "weighed"), same("indicators.group", "group"))
_IN_SCHEME = (same("indicators.weighed", "weighed"),)
_FIRST_ID = PlaceWhere((*_IN_SECTION, Filled(Range("indicators.section_id"))))
_FIRST_WEIGHT = PlaceWhere((*_IN_SECTION, Filled(Range("indicators.section_weight"))))
_SUM = Round(Var("section_sum"), 6)
_WHOLE, _AS_STATED = equal(_SUM, number(1)), equal(_SUM, Round(Var("section_share"), 6))
_STATED = both(is_number("section_share"), filled("weighed"))
_COMPLETE = none(Var("section_lacks"))
_NESTED = If(_STATED, _WHOLE, NEVER)
_NO_SUM = If(_STATED, both(_COMPLETE, Not(either(_WHOLE, _AS_STATED))), NEVER)
_OTHER_SECTION = PlaceWhere(
    (
        same("indicators.weighed", "weighed"),
        same("indicators.section_id", "section_id"),
        Differs(Range("indicators.group"), text("group")),
    ),
    above=Var(NUMBER),
)


def _other_section_id(case: Case) -> str:
    known = case.value(CellOf(Range("indicators.section_id"), _FIRST_ID))
    section, said = case.value(Var("group")), case.said("section_id")
    return f"分项「{section}」的编号前面写的是「{known}」，这里是「{said}」，请改成一样"


def _off(case: Case) -> str:
    stated, sum_ = (case.value(Var(key)) * 100 for key in ("section_share", "section_sum"))
    return (
        f"分项「{case.value(Var('group'))}」的分项权重是 {plain(stated)}%，各指标权重合计为 "
        f"{plain(sum_)}%，应为 100%（分项内的权重）或 {plain(stated)}%（占总分的权重）"
    )


def _unstated(case: Case) -> str:
    return (
        f"分项「{case.value(Var('group'))}」的权重合计已是 100%；如果是分项内的权重，"
        f"请在「{case.head('section_weight')}」里填各分项占总分多少"
    )


def _other_weight(case: Case) -> str:
    section, known = case.value(Var("group")), case.value(Var("section_share"))
    return (
        f"分项「{section}」的分项权重前面写的是 {plain(known * 100)}%，"
        f"这里是 {plain(case.value(Var('section_weight')) * 100)}%，请改成一样"
    )


SECTION_RULES = (
    demand(
        "section_weight_conflict",
        If(
            both(_STATED, is_number("section_weight")),
            Not(equal(Var("section_share"), Var("section_weight"))),
            NEVER,
        ),
        "同一分项的分项权重前面写的不一样",
        "section_weight",
        says=_other_weight,
    ),
    demand(
        "weights_total",
        both(equal(Var("opens"), number(1)), _NO_SUM),
        told(
            "分项内权重合计",
            Round(mul(number(100), Var("section_sum")), 2),
            "%，应为 100%，或等于分项权重",
        ),
        "section_weight",
        says=_off,
    ),
    demand(
        "weights_within",
        both(
            equal(Var("opens"), number(1)),
            none(Var("share_at")),
            _WHOLE,
            Compare(Rel.GT, SumWhere(Range("indicators.weight"), _IN_SCHEME), number(1)),
        ),
        "这个分项的权重合计已是 100%：是分项内权重的，请填分项权重",
        "weight",
        notice=True,
        says=_unstated,
    ),
    demand(
        "weight_decimals",
        If(
            both(is_number("weight"), is_number("share"), _NESTED),
            Not(equal(Round(Var("share"), 4), Round(Var("share"), 9))),
            NEVER,
        ),
        "占总分的权重（分项权重×权重）最多两位小数",
        "weight",
    ),
    demand(
        "section_id_conflict",
        both(
            filled("section_id"),
            filled("weighed"),
            some(_FIRST_ID),
            Not(equal(CellOf(Range("indicators.section_id"), _FIRST_ID), text("section_id"))),
        ),
        "同一分项的编号前面写的不一样",
        "section_id",
        says=_other_section_id,
    ),
    demand(
        "duplicate_id",
        both(filled("section_id"), filled("weighed"), some(_OTHER_SECTION)),
        "另一个分项已用了这个编号",
        "section_id",
    ),
    demand(
        "too_many",
        both(
            equal(Var("opens"), number(1)),
            Compare(Rel.GT, CountWhere(_IN_SECTION), number(MOST_IN_SECTION)),
        ),
        f"一个分项最多 {MOST_IN_SECTION} 个指标",
        "section",
    ),
    demand(
        "section_guess",
        both(
            Not(ADJUSTING),
            filled("owner"),
            IsEmpty(Var("section")),
            Not(equal(Var("group", text=True), Text(ONLY_SECTION))),
        ),
        told("没有填分项，按上一行的“", text("group"), "”读"),
        "section",
        notice=True,
        says=lambda case: f"没有填分项，按上一行的「{case.value(Var('group'))}」读",
    ),
)
"""What a row may say of its section."""

SECTION_COLUMNS = (
    Computed(
        "above",
        PlaceWhere(
            (same("indicators.weighed", "weighed"), Filled(Range("indicators.section"))),
            last=True,
            above=Var(NUMBER),
        ),
    ),
    Computed(
        "group",
        cases(
            (
                (filled("section"), text("section")),
                (
                    both(filled("weighed"), some(Var("above"))),
                    cell("indicators.section", "above"),
                ),
            ),
            Text(ONLY_SECTION),
        ),
    ),
    Computed(
        "opens",
        If(
            both(filled("weighed"), none(PlaceWhere(_IN_SECTION, above=Var(NUMBER)))),
            number(1),
            number(0),
        ),
    ),
    Computed("section_share", figure("indicators.section_weight", "share_at")),
    Computed("share_at", _FIRST_WEIGHT),
    Computed("section_sum", SumWhere(Range("indicators.weight"), _IN_SECTION)),
    Computed("section_lacks", SumWhere(Range("indicators.unweighed"), _IN_SECTION)),
    Computed("unweighed", If(is_number("weight"), number(0), number(1))),
    Computed(
        "share",
        If(
            is_number("weight"),
            If(_NESTED, mul(Var("section_share"), Var("weight")), Var("weight")),
            NOTHING,
        ),
        "占总分",
        9.0,
        "0.##%",
    ),
    # Where a section's own sum is wrong that is told, not what the whole form would make of it.
    Computed("lack", If(both(is_number("weight"), Not(_NO_SUM)), number(0), number(1))),
)
"""Which section a row belongs to, and whether it is the first of it."""
