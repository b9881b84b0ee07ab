"""Sheets of the master workbook that set how it works: settings, names in exports."""

from __future__ import annotations

from xladdin.company.company_settings import (
    ANSWER_SETTING,
    APPEAL_SETTING,
    DELIVERER,
    MONTH_SETTING,
    MOST_APPEAL_DAYS,
    MOST_SETTLING_DAYS,
    MOST_TEAM,
    ORDER_SETTING,
    REPORT_TARGET,
    SCALING_SETTING,
    SEAL_SETTING,
    SERVICE_LEVEL,
    SETTLING_SETTING,
    TEAM_BUDGET,
    TEAM_SETTING,
    TRAINING,
    UNIT_SETTING,
    first_settings,
)
from xladdin.company.team_budgets import COLONS
from xladdin.domain.budget_rules import BOTH_WAYS, CENT, ONLY_DOWN, YUAN
from xladdin.formula.nodes import Contains, Digits, Expr, If, Not, Text, Var, number
from xladdin.intake.exports.mapping import (
    HOW_LABELS,
    OF_RECORDS,
    OF_TABLES,
    SPECIAL,
    TWO_COLUMNS,
    How,
)
from xladdin.intake.near_names import hint

from .cell_demands import Cells, no_month
from .cell_kinds import Kind
from .constraints import Demand, Required, Unique, demand
from .position_sheets import UNIT_ALIASES
from .row_questions import NEVER, both, either, filled, first, none, text, told, word
from .sheet_spec import Case, Column, Computed, Rule, SheetSpec

KNOWN_TARGETS = (*SPECIAL, *OF_TABLES, *OF_RECORDS)
"""What a column may stand for that is no indicator."""
KNOWN_SETTINGS = (*(one.name for one in first_settings()), SCALING_SETTING, UNIT_SETTING)
_NAMED_AFTER = (
    DELIVERER,
    *(f"{TEAM_BUDGET[:-1]}{colon}" for colon in "：:"),
    REPORT_TARGET,
    SERVICE_LEVEL,
    TRAINING,
)
"""How settings begin that end with the name of a post, a department, or a figure of the reports."""
SCALINGS = (ONLY_DOWN, BOTH_WAYS)
_DAYS = tuple(map(str, range(MOST_SETTLING_DAYS + 1)))
_APPEAL_DAYS = tuple(map(str, range(1, MOST_APPEAL_DAYS + 1)))
_TEAMS = tuple(map(str, range(1, MOST_TEAM + 1)))
_TWO = tuple(HOW_LABELS[how] for how in TWO_COLUMNS)
_HOW_ALIASES = {
    "合计": How.SUM, "总和": How.SUM, "平均": How.MEAN, "均值": How.MEAN, "个数": How.COUNT,
    "加权": How.WEIGHTED, "比率": How.RATIO, "相除": How.RATIO, "比例": How.SHARE, "中位": How.MEDIAN,
    "期末": How.LAST, "月末值": How.LAST, "最后一天": How.LAST,
}  # fmt: skip


def _unknown_indicator(case: Case) -> str:
    target = case.said("target")
    known = [one for key in ("id", "name") for one in case.entries(f"indicators.{key}")]
    return f"没有一个考核方案有指标「{target}」{hint(target, [*known, *KNOWN_TARGETS])}"


def _unknown_setting(case: Case) -> str:
    name = case.said("setting")
    # Spreadsheets find who delivers by the whole text: with another colon it is another text.
    meant = name.translate(COLONS)
    known = (meant,) if meant.startswith(DELIVERER) else KNOWN_SETTINGS
    return f"没有设置项「{name}」，内容没有用上{hint(name, known)}"


def _begins(*beginnings: str) -> Expr:
    """The name of the setting begins with one of these; a bar stands in no name."""
    return Contains(told("|", text("setting")), tuple(f"|{one}" for one in beginnings))


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
        # A row with nothing else in it is none, whatever dash stands here.
        Required(when=either(filled("value"), filled("remark"))),
        Cells(),
        Unique(("setting",), "duplicate_setting", "设置项"),
        Demand(
            Rule(
                # Asked of the month alone: other settings may be numbers, which have no length.
                If(word("setting", MONTH_SETTING), no_month("value"), NEVER),
                Text("月份请写成 2026-11 的样子"),
                "value",
            )
        ),
        # Whatever is neither would leave open what holds people's pay.
        demand(
            "bad_setting",
            both(word("setting", SEAL_SETTING), filled("value"), Not(word("value", "是", "否"))),
            f"{SEAL_SETTING}请写 是 或 否",
            "value",
        ),
        demand(
            "bad_setting",
            both(word("setting", SETTLING_SETTING), filled("value"), Not(word("value", *_DAYS))),
            f"{SETTLING_SETTING}请写 0 至 {MOST_SETTLING_DAYS} 的整数",
            "value",
        ),
        demand(
            "bad_setting",
            both(word("setting", ORDER_SETTING), filled("value"), Not(word("value", "是", "否"))),
            f"{ORDER_SETTING}请写 是 或 否",
            "value",
        ),
        *(
            demand(
                "bad_setting",
                both(word("setting", days), filled("value"), Not(word("value", *_APPEAL_DAYS))),
                f"{days}请写 1 至 {MOST_APPEAL_DAYS} 的整数，是几个工作日",
                "value",
            )
            for days in (APPEAL_SETTING, ANSWER_SETTING)
        ),
        demand(
            "bad_setting",
            both(word("setting", TEAM_SETTING), filled("value"), Not(word("value", *_TEAMS))),
            f"{TEAM_SETTING}请写 1 至 {MOST_TEAM} 的整数",
            "value",
        ),
        demand(
            "bad_setting",
            both(word("setting", SCALING_SETTING), filled("value"), Not(word("value", *SCALINGS))),
            f"{SCALING_SETTING}请写 {ONLY_DOWN} 或 {BOTH_WAYS}",
            "value",
        ),
        demand(
            "bad_setting",
            both(word("setting", UNIT_SETTING), filled("value"), Not(word("value", CENT, YUAN))),
            f"{UNIT_SETTING}请写 {CENT} 或 {YUAN}",
            "value",
        ),
        demand(
            "unknown_setting",
            both(
                both(filled("setting"), filled("value")),
                Not(word("setting", *KNOWN_SETTINGS)),
                Not(_begins(*_NAMED_AFTER)),
            ),
            "没有这个设置项，内容没有用上",
            "setting",
            notice=True,
            says=_unknown_setting,
        ),
        demand(
            "unknown_source",
            both(
                _begins(DELIVERER),
                none(first("indicators.delivered_as", "setting")),
            ),
            f"没有一个指标的数据来源岗位叫这个；应写成 {DELIVERER}客服组长 的样子",
            "setting",
            notice=True,
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
    most_spare=12,
)

MAPPINGS = SheetSpec(
    "mappings",
    "导入对照",
    "系统导出表的列名对应哪个指标；可以自己增加行。",
    (
        Column(
            "column",
            "导出列名",
            Kind.TEXT,
            "导出表里的列名；几列相加写 中评数+差评数。",
            24.0,
            True,
        ),
        Column(
            "target",
            "对应指标",
            Kind.TEXT,
            "指标名称或编号；工号、姓名、昵称、月份、日期、不导入 也写在这里；名册和数据表的列名写 部门、岗位、目标值 等；工单、会话、订单的列名写 提出时间、解决时间、下单时间 等。",
            24.0,
            True,
        ),
        Column("unit", "单位", Kind.CHOICE, "导出表里的单位。", 10.0, aliases=UNIT_ALIASES),
        Column(
            "how",
            "汇总方式",
            Kind.CHOICE,
            "一人有几行（每天、每单、每个账号一行）时怎样合成一个月的数字。空着：常见的指标按惯例，别的不导入，会提醒。",
            11.0,
            words={how.value: label for how, label in HOW_LABELS.items()},
            aliases={word: how.value for word, how in _HOW_ALIASES.items()},
        ),
        Column(
            "by",
            "除以或加权列",
            Kind.TEXT,
            "求和相除：除以哪一列；加权平均：按哪一列加权。写导出表里的列名。",
            16.0,
            synonyms=("除以", "加权列", "除以/加权列", "分母"),
        ),
        Column(
            "condition",
            "条件",
            Kind.TEXT,
            "只算哪些行，如 是、满意、非常满意、评价=满意、<=30；占比一定要写。工单等的时间列：日月年 或 月日年。",
            16.0,
        ),
        Column("remark", "说明", Kind.LONG, "", 36.0),
    ),
    (
        Required(),
        Cells(),
        demand(
            "missing_value",
            both(word("how", *_TWO), Not(filled("by"))),
            told(text("how"), "要写除以或加权列"),
            "by",
        ),
        demand(
            "how_unclear",
            both(filled("by"), Not(word("how", *_TWO))),
            Text("这里要选加权平均或求和相除"),
            "how",
        ),
        demand(
            "missing_value",
            both(word("how", HOW_LABELS[How.SHARE]), Not(filled("condition"))),
            Text("占比要写条件，如 是、满意、评价=满意"),
            "condition",
        ),
        demand(
            "unused_value",
            both(word("target", *KNOWN_TARGETS), filled("how")),
            Text("只有指标的列用得到汇总方式"),
            "how",
            notice=True,
        ),
        Unique(("column", "target"), "duplicate_mapping", "导入对照", notice=True),
        demand(
            "unknown_indicator",
            both(
                filled("target"),
                Not(word("target", *KNOWN_TARGETS)),
                none(first("indicators.ref", "target")),
                none(first("indicators.name", "target")),
            ),
            told("没有一个考核方案有指标“", text("target"), "”"),
            "target",
            notice=True,
            says=_unknown_indicator,
        ),
    ),
)
