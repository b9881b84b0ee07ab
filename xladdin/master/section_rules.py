"""Sections: indicators that are weighed and told together, by what their rows say of it."""

from __future__ import annotations

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
    Text,
    Var,
    cases,
    number,
)
from xladdin.layout.tables.table import NUMBER

from .constraints import demand
from .row_questions import (
    both,
    cell,
    equal,
    filled,
    none,
    same,
    some,
    text,
    told,
)
from .setting_columns import ADJUSTING
from .sheet_spec import Case, Computed

ONLY_SECTION = "考核指标"
"""The section of a scheme that names none."""
MOST_IN_SECTION = 40

_IN_SECTION = (same("indicators.weighed", "weighed"), same("indicators.group", "group"))
_FIRST_ID = PlaceWhere((*_IN_SECTION, Filled(Range("indicators.section_id"))))
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


SECTION_RULES = (
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
)
"""Which section a row belongs to, and whether it is the first of it."""
