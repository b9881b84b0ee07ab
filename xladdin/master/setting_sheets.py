"""Sheets of the master workbook that set how it works: settings, names in exports."""

from __future__ import annotations

from xladdin.company.company_settings import MONTH_SETTING
from xladdin.formula.nodes import Digits, If, Not, Text, Var, number
from xladdin.intake.exports.mapping import MONTH, PERSON, UNUSED

from .cell_demands import Cells, no_month
from .cell_kinds import Kind
from .constraints import Demand, Required, Unique, demand
from .position_sheets import UNIT_ALIASES
from .row_questions import both, filled, first, hint, none, text, told, word
from .sheet_spec import Case, Column, Computed, Rule, SheetSpec

SPECIAL = (*PERSON, MONTH, UNUSED)


def _unknown_indicator(case: Case) -> str:
    target = case.said("target")
    known = [one for key in ("id", "name") for one in case.entries(f"indicators.{key}")]
    return f"没有一个考核方案有指标「{target}」{hint(target, [*known, *SPECIAL])}"


SETTINGS = SheetSpec(
    "settings",
    "设置",
    "公司名称等设置。",
    (
        Column("setting", "设置项", Kind.TEXT, "", 18.0, True),
        Column("value", "内容", Kind.TEXT, "", 30.0),
        Column("remark", "说明", Kind.LONG, "", 40.0),
    ),
    (
        Required(),
        Cells(),
        Unique(("setting",), "duplicate_setting", "设置项"),
        Demand(
            Rule(
                both(word("setting", MONTH_SETTING), no_month("value")),
                Text("月份请写成 2026-11 的样子"),
                "value",
            )
        ),
    ),
    (
        Computed(
            "month_digits",
            If(
                both(word("setting", MONTH_SETTING), filled("value")),
                Digits(Var("value")),
                number(0),
            ),
        ),
    ),
)

MAPPINGS = SheetSpec(
    "mappings",
    "导入对照",
    "系统导出表的列名对应哪个指标；可以自己增加行。",
    (
        Column("column", "导出列名", Kind.TEXT, "导出表里的列名。", 24.0, True),
        Column(
            "target",
            "对应指标",
            Kind.TEXT,
            "指标名称或编号；工号、姓名、昵称也写在这里。",
            24.0,
            True,
        ),
        Column("unit", "单位", Kind.CHOICE, "导出表里的单位。", 10.0, aliases=UNIT_ALIASES),
        Column("remark", "说明", Kind.LONG, "", 36.0),
    ),
    (
        Required(),
        Cells(),
        Unique(("column", "target"), "duplicate_mapping", "导入对照", notice=True),
        demand(
            "unknown_indicator",
            both(
                filled("target"),
                Not(word("target", *SPECIAL)),
                none(first("indicators.id", "target")),
                none(first("indicators.name", "target")),
            ),
            told("没有一个考核方案有指标“", text("target"), "”"),
            "target",
            notice=True,
            says=_unknown_indicator,
        ),
    ),
)
