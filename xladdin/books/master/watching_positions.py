"""Checks of the sheets about positions, and of the settings."""

from __future__ import annotations

from xladdin.formula.nodes import Compare, Expr, If, Join, Rel, Text, Var, all_of
from xladdin.formula.ranges.nodes import FirstMatch, Range, SumWhere
from xladdin.layout.tables.table import NUMBER

from .asking import (
    Computed,
    Rule,
    filled,
    none,
    off,
    repeated,
    same,
    started_or_empty,
    text,
    unknown,
)
from .watch import Watch

TOTAL, TOTAL_HEAD, TOTAL_WIDTH, TOTAL_FORMAT = "total", "当前合计", 10.0, "0.0%"

FRESH = "fresh"
"""A department where it stands first, for the list of departments."""


def _fresh() -> Expr:
    first = FirstMatch(text("department"), Range("positions.department"))
    return If(Compare(Rel.EQ, first, Var(NUMBER)), text("department"), Text(""))


POSITIONS = Watch(
    computed=(
        Computed(FRESH, "检查：部门首次出现", _fresh(), 14.0, hidden=True),
        Computed(
            TOTAL,
            TOTAL_HEAD,
            started_or_empty("id", SumWhere(Range("duties.share"), same("duties", position="id"))),
            TOTAL_WIDTH,
            number_format=TOTAL_FORMAT,
        ),
    ),
    rules=(
        repeated("positions", "岗位编号重复", "id"),
        repeated("positions", "同一公司的岗位名称重复", "company", "name"),
        Rule(none(*same("duties", position="id")), Text("“职责”表中还没有这个岗位")),
        off(TOTAL, "合计", TOTAL),
    ),
)

DUTIES = Watch(
    rules=(
        unknown("position", "岗位", "positions.id"),
        repeated("duties", "同一岗位的重要性重复", "position", "rank"),
    )
)

STANDARDS = Watch(
    rules=(
        unknown("position", "岗位", "positions.id"),
        Rule(
            all_of((filled("rank"), none(*same("duties", position="position", rank="rank")))),
            Join((Text("“职责”表中没有第"), text("rank"), Text("项"))),
            "rank",
        ),
    )
)

SETTINGS = Watch(rules=(repeated("settings", "设置项重复", "setting"),))

MAPPINGS = Watch(rules=(repeated("mappings", "导出列名重复", "column"),))
