"""Sheets of the master workbook about levels: elements of competency, grades."""

from __future__ import annotations

from xladdin.domain.band_rules import (
    Band,
    gap,
    not_falling,
    open_below,
    overlap,
    unbounded,
    unlistable,
    unreachable,
    worth_no_less,
)
from xladdin.domain.sizes import LABEL, SENTENCE
from xladdin.formula.nodes import (
    CountWhere,
    Expr,
    If,
    IsEmpty,
    Length,
    Not,
    PlaceWhere,
    Round,
    SumNumbers,
    Var,
    add,
    number,
)
from xladdin.layout.tables.table import NUMBER

from .bonus_columns import PAY_COLUMNS, pay_demands
from .cell_demands import Cells
from .cell_kinds import Kind
from .constraints import (
    Demand,
    Identifier,
    Required,
    SumsTo100,
    Unique,
    UniqueId,
    Unused,
    demand,
)
from .position_sheets import TOTAL_FORMAT, TOTAL_HEAD, TOTAL_WIDTH, id_column, lacks
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
    word,
)
from .scheme_sheets import (
    OF_COMPETENCY,
    OF_KPI,
    OWNER,
    SCHEME,
    SCHEME_ID,
    WHOLE,
    misplaced,
    orphans,
)
from .sheet_spec import RESTORED, Column, Computed, SheetSpec, bounds

RATERS = ("self", "superior", "peer", "subordinate", "customer")
WEIGHT = bounds(0, 100, above=True)
LEVELS = CountWhere((same("grades.owner", "owner"),))
DESCRIPTORS = CountWhere((same("steps.mine", "once_id"),))


def _share(key: str, head: str, prompt: str) -> Column:
    path, limits = ("weights", key), bounds(0, 100)
    return Column(key, head, Kind.POINTS, prompt, 9.0, path=path, bounds=limits)


def _no_number(key: str) -> Expr:
    return both(filled(key), Not(is_number(key)))


def two_decimals() -> Demand:
    """Scores have two decimals: finer weights would not add up to 100 points."""
    fine = If(is_number("weight"), Not(equal(Round(Var("weight"), 4), Var("weight"))), NEVER)
    return demand("weight_decimals", fine, "权重最多两位小数", "weight")


ELEMENTS = SheetSpec(
    "elements",
    "能力要素",
    "能力考核方案的要素。权重合计 100%；各类评价人的权重合计也必须是 100%，自评一般为 0。",
    (
        Column("name", "要素名称", Kind.TEXT, "", 16.0, True, longest=LABEL),
        SCHEME_ID,
        Column(
            "weight", "权重", Kind.POINTS, "如 20%；同一方案合计 100%。", 8.0, True, bounds=WEIGHT
        ),
        Column("behaviours", "行为要点", Kind.LINES, "每条一行（Alt+Enter 换行）。", 44.0, True),
        _share("self", "自评权重", "一般为 0，只作参考。"),
        _share("superior", "主管权重", ""),
        _share("peer", "同事权重", ""),
        _share("customer", "客户权重", ""),
        Column(
            "question", "向客户提的问题", Kind.LONG, "有客户权重时必填。", 32.0, longest=SENTENCE
        ),
        _share("subordinate", "下级权重", "由下级匿名评价；没有的不填。"),
        id_column("要素", 18.0),
    ),
    (
        Required(),
        Cells(),
        two_decimals(),
        Identifier(),
        SCHEME,
        misplaced(OF_KPI, "这个方案不是能力考核"),
        UniqueId("要素编号", ("owner",)),
        Unique(("owner", "name"), "duplicate_name", "要素名称"),
        SumsTo100(
            "total",
            "unread",
            "weights_total",
            "评价人权重",
            "name",
            lambda _: "各评价人权重",
            "superior",
        ),
        demand(
            "question_missing",
            both(some(SumNumbers((Var("customer"),))), IsEmpty(Var("question"))),
            "客户参与评价，须写明向客户提的问题",
            "question",
        ),
        demand(
            "descriptor_count",
            both(OF_COMPETENCY, some(LEVELS), Not(equal(LEVELS, DESCRIPTORS))),
            told("“评分档位”表中有", DESCRIPTORS, "条等级描述，应为", LEVELS, "条"),
            "name",
            says=lambda case: (
                f"「{case.said('name')}」有 {case.value(DESCRIPTORS)} 条等级描述，"
                f"应为 {case.value(LEVELS)} 条"
            ),
        ),
    ),
    (
        *OWNER,
        WHOLE,
        Computed(
            "total",
            If(IsEmpty(Var("ref")), NOTHING, SumNumbers(tuple(map(Var, RATERS)))),
            TOTAL_HEAD,
            TOTAL_WIDTH,
            TOTAL_FORMAT,
        ),
        Computed("unread", If(either(*(_no_number(key) for key in RATERS)), number(1), number(0))),
        Computed("asked", If(some(SumNumbers((Var("customer"),))), number(1), number(0))),
        lacks("weight"),
        *orphans(Not(OF_COMPETENCY)),
    ),
    leading=("whole",),
)


SIBLINGS = (same("grades.owner", "owner"),)
BAND = Band(
    lower=Var("lower"),
    upper=Var("upper"),
    strict=word("sign", "＞"),
    over=Var("over"),
    over_strict=word("over_sign", "＞"),
    first=none(Var("above")),
    last=both(filled("owner"), equal(Var("end"), Var(NUMBER))),
    lowest=Var("floor"),
    highest=Var("top"),
    edge=Var("edge"),
)


GRADES = SheetSpec(
    "grades",
    "等级系数",
    "每个等级一行，从高到低；只写下限，最后一级不写下限表示其余。能力考核还要填分值。",
    (
        SCHEME_ID,
        Column("name", "等级", Kind.TEXT, "如 优秀。", 10.0, True, longest=LABEL),
        Column(
            "sign",
            "符号",
            Kind.CHOICE,
            "≥ 含下限，＞ 不含下限。",
            7.0,
            words={">=": "≥", ">": "＞"},
            aliases={"大于等于": ">=", "大于": ">", "≧": ">="},
        ),
        Column("lower", "下限", Kind.NUMBER, "从多少分起；最后一级不填。", 9.0),
        Column("upper", "上限", Kind.NUMBER, "印在表上的最高分，只用来检查有没有空档。", 9.0),
        Column("coefficient", "奖金系数", Kind.NUMBER, "绩效奖金系数。", 10.0),
        Column("points", "分值", Kind.NUMBER, "能力考核：这个等级算几分。", 8.0),
        Column("reward", "奖励与改进", Kind.LONG, "", 36.0, longest=SENTENCE),
        RESTORED,
        *PAY_COLUMNS,
    ),
    (
        Required(),
        Required(("coefficient",), OF_KPI, "missing"),
        Required(("points",), OF_COMPETENCY, "missing"),
        *pay_demands(OF_KPI),
        Cells(),
        SCHEME,
        Unique(("owner", "name"), "duplicate_grade", "等级"),
        demand(
            "grade_order",
            both(filled("owner"), unbounded(BAND)),
            "只有最后一级可以不写下限",
            "lower",
        ),
        demand(
            "grade_order",
            not_falling(BAND),
            "等级须从高到低排列：下限不低于上一级",
            "lower",
        ),
        demand(
            "grade_gap",
            open_below(BAND),
            "这一级以下的分数不属于任何等级",
            "lower",
        ),
        demand("grade_gap", both(OF_KPI, gap(BAND)), "与上一级之间有空档", "upper"),
        demand(
            "grade_overlap",
            both(OF_KPI, overlap(BAND)),
            "与上一级重叠",
            "upper",
        ),
        demand(
            "level_order",
            both(OF_COMPETENCY, worth_no_less(Var("points"), Var("over_points"))),
            "等级分值须从高到低且各不相同",
            "points",
        ),
        demand(
            "level_unreachable",
            both(OF_COMPETENCY, unreachable(BAND)),
            "最高的分值也达不到这个下限",
            "lower",
        ),
        demand(
            "level_name",
            both(OF_COMPETENCY, unlistable(text("name"), Var("points"))),
            "等级名称不能含英文逗号；只是数字的，须与分值写得一样，否则在 Excel 里选不出来",
            "name",
        ),
        Unused(("points", "restored"), OF_KPI, lambda _: "月度、销售考核的等级"),
        Unused(
            ("upper", "coefficient", "pay", "asks", "asked_share", "asked_most"),
            OF_COMPETENCY,
            lambda _: "能力考核的等级",
        ),
    ),
    (
        *OWNER,
        Computed("bonus_kind", cell("schemes.bonus_kind", "scheme_at")),
        Computed("room", add(Length(Var("name")), number(1))),
        Computed(
            "above",
            If(
                IsEmpty(Var("owner")), number(0), PlaceWhere(SIBLINGS, last=True, above=Var(NUMBER))
            ),
        ),
        Computed("end", PlaceWhere(SIBLINGS, last=True)),
        Computed("over", figure("grades.lower", "above")),
        Computed("over_points", figure("grades.points", "above")),
        Computed("top", figure("schemes.top", "scheme_at")),
        Computed("floor", figure("schemes.bottom", "scheme_at")),
        Computed("edge", BAND.edge_of),
        Computed("over_sign", cell("grades.sign", "above")),
    ),
)
