"""Sheets of the master workbook about positions: posts, duties, standards (FORMS A)."""

from __future__ import annotations

from xladdin.company.choosing import YES, by_position
from xladdin.domain.positions import StandardKind
from xladdin.domain.quantities import FACTS, Unit
from xladdin.domain.sizes import LABEL, MOST_DUTIES, SENTENCE
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    Filled,
    FirstMatch,
    If,
    IsEmpty,
    Lists,
    Not,
    Range,
    Rel,
    Same,
    SumWhere,
    Var,
    number,
)
from xladdin.layout.tables.table import NUMBER
from xladdin.schemes.labels import CHOICE_LABELS

from .cell_demands import Cells
from .cell_kinds import Kind
from .constraints import Identifier, Listed, Refers, Required, SumsTo100, Unique, UniqueId, demand
from .row_questions import (
    NOTHING,
    both,
    cell,
    equal,
    figure,
    filled,
    first,
    is_number,
    none,
    same,
    some,
    text,
    told,
    word,
)
from .sheet_spec import RESTORED, Case, Column, Computed, SheetSpec, bounds

TOTAL_HEAD, TOTAL_WIDTH, TOTAL_FORMAT = "当前合计", 10.0, "0.0%"
UNIT_ALIASES = {"%": "percent", "个": "piece", "单": "piece", "￥": "yuan", "¥": "yuan"}
DIRECTION_ALIASES = {"正向": "higher", "反向": "lower", "高": "higher", "低": "lower"}


def unit_place(unit: Unit) -> Expr:
    """In which row of the units a unit stands."""
    return number(1 + tuple(FACTS).index(unit))


def unit_at() -> Expr:
    """In which row of the units the row's own unit stands; 0 where the cell says none."""
    return If(IsEmpty(Var("unit")), unit_place(Unit.NUMBER), first("lists.unit", "unit"))


def lacks(key: str) -> Computed:
    """1 where a share is missing: a sum over it would say nothing."""
    return Computed("lack", If(is_number(key), number(0), number(1)))


POSITION_ID = Column(
    "position",
    "岗位",
    Kind.TEXT,
    "属于哪个岗位，从列表中选择名称；写编号也认。",
    16.0,
    True,
    ("岗位名称", "岗位编号"),
    refers="positions.called",
)


def id_column(what: str, width: float) -> Column:
    """The id of a template: people need not care for it."""
    return Column(
        "id",
        f"{what}编号",
        Kind.KEY,
        f"可以不填，由名称生成；可以写汉字。填过、发过表的不要再改：表和历史成绩靠它对应。要换{what}的名称，用“改名”。",
        width,
        aside=True,
    )


OWN = same("duties.owner", "own")
OWN_DUTIES = CountWhere((OWN,))


def _too_many(case: Case) -> str:
    return f"具体工作最多{MOST_DUTIES}项，现有{case.value(OWN_DUTIES)}项"


def _without_duties(case: Case) -> str:
    return f"「{case.sheet('duties')}」表里没有「{case.said('name')}」的工作，出不了工作分析表"


UNAPPRAISED = word("unappraised", YES)
BY_POSITION = by_position(text("name"))
CLAIMED = Lists(Range("schemes.positions"), text("name"))


def _without_scheme(case: Case) -> str:
    return (
        f"没有考核方案适用岗位「{case.said('name')}」：在「{case.sheet('schemes')}」表的“适用岗位”里写上它；"
        f"不做月度考核的，在“{case.head('unappraised')}”写“是”"
    )


def _claimed_unappraised(case: Case) -> str:
    return (
        f"岗位「{case.said('name')}」写了{case.head('unappraised')}，「{case.sheet('schemes')}」表里却有方案"
        "适用它；按无需考核处理，要考核请把“是”去掉"
    )


def _unknown_duty(case: Case) -> str:
    post = case.there("positions", "position_at", "name")
    return f"「{case.sheet('duties')}」表里，{post}没有重要性为 {case.said('rank')} 的工作"


OWNER = Computed("owner", cell("positions.own", "position_at"))
"""The id of the position that a row belongs to."""
POSITION = Refers("position", "positions", "unknown_position")

POSITIONS = SheetSpec(
    "positions",
    "岗位",
    "每个岗位一行，就是工作分析表的表一。换名称请用“改名”：各张表里一次改好。",
    (
        Column("name", "岗位名称", Kind.TEXT, "从事岗位名字。", 14.0, True, longest=LABEL),
        Column("department", "所在部门", Kind.TEXT, "我的部门名字。", 16.0, True, longest=LABEL),
        Column("superior", "上级岗位", Kind.TEXT, "我的上级岗位名字。", 14.0, True, longest=LABEL),
        Column("subordinates", "下级岗位", Kind.NAMES, "多个用顿号隔开。", 20.0),
        Column(
            "part_time",
            "有无兼职",
            Kind.CHOICE,
            "有 或 无。",
            10.0,
            words={"有": "有", "无": "无"},
            aliases={"是": "有", "否": "无"},
        ),
        Column(
            "unappraised",
            "无需考核",
            Kind.YES_NO,
            "这个岗位不做月度考核的写“是”，批量生成时不出考核表。",
            9.0,
            added=True,
        ),
        Column("age", "年龄", Kind.TEXT, "", 12.0, longest=SENTENCE, path=("requirements", "age")),
        Column(
            "sex",
            "性别",
            Kind.TEXT,
            "不限、男、女。",
            8.0,
            longest=SENTENCE,
            path=("requirements", "sex"),
        ),
        Column(
            "native_place",
            "籍贯",
            Kind.TEXT,
            "",
            8.0,
            longest=SENTENCE,
            path=("requirements", "native_place"),
        ),
        Column(
            "education",
            "学历",
            Kind.TEXT,
            "",
            18.0,
            longest=SENTENCE,
            path=("requirements", "education"),
        ),
        Column(
            "marital_status",
            "婚姻状况",
            Kind.TEXT,
            "",
            10.0,
            longest=SENTENCE,
            path=("requirements", "marital_status"),
        ),
        Column(
            "experience",
            "经验要求",
            Kind.LONG,
            "",
            30.0,
            longest=SENTENCE,
            path=("requirements", "experience"),
        ),
        Column(
            "knowledge",
            "知识要求",
            Kind.LONG,
            "",
            30.0,
            longest=SENTENCE,
            path=("requirements", "knowledge"),
        ),
        Column(
            "ability",
            "能力要求",
            Kind.LONG,
            "",
            30.0,
            longest=SENTENCE,
            path=("requirements", "ability"),
        ),
        Column(
            "other",
            "其他要求",
            Kind.LONG,
            "",
            24.0,
            longest=SENTENCE,
            path=("requirements", "other"),
        ),
        Column("note", "说明", Kind.LONG, "", 24.0, longest=SENTENCE),
        Column("company", "所属公司", Kind.TEXT, "两家公司有同名岗位时填写。", 14.0),
        id_column("岗位", 24.0),
    ),
    (
        Required(),
        Cells(),
        Identifier(),
        UniqueId("岗位编号", made=("company", "name")),
        Unique(("company", "name"), "duplicate_name", "岗位名称", blank=("company",)),
        Listed(),
        SumsTo100(
            "total",
            "lacking",
            "time_total",
            "占用时间",
            "name",
            lambda _: "占用时间",
            "name",
            Compare(Rel.GT, OWN_DUTIES, number(0)),
        ),
        demand(
            "too_many",
            Compare(Rel.GT, OWN_DUTIES, number(MOST_DUTIES)),
            f"“职责”表中最多{MOST_DUTIES}项",
            "name",
            says=_too_many,
        ),
        demand(
            "position_empty",
            both(filled("name"), equal(text("own"), text("ref")), none(OWN_DUTIES)),
            "“职责”表中还没有这个岗位",
            "name",
            notice=True,
            says=_without_duties,
        ),
        demand(
            "position_without_scheme",
            both(
                filled("name"),
                equal(text("own"), text("ref")),
                Not(UNAPPRAISED),
                none(BY_POSITION),
                none(Var("appraised")),
            ),
            "没有方案适用这个岗位；不考核的，“无需考核”写“是”",
            "name",
            notice=True,
            says=_without_scheme,
        ),
        demand(
            "unappraised_claimed",
            both(filled("name"), UNAPPRAISED, some(CountWhere((CLAIMED,)))),
            "写了无需考核，却有方案适用这个岗位；按无需考核处理",
            "unappraised",
            notice=True,
            says=_claimed_unappraised,
        ),
    ),
    (
        Computed(
            "fresh",
            If(
                equal(FirstMatch(text("department"), Range("positions.department")), Var(NUMBER)),
                text("department"),
                NOTHING,
            ),
        ),
        Computed(
            "total",
            If(IsEmpty(Var("ref")), NOTHING, SumWhere(Range("duties.share"), (OWN,))),
            TOTAL_HEAD,
            TOTAL_WIDTH,
            TOTAL_FORMAT,
        ),
        Computed("lacking", SumWhere(Range("duties.lack"), (OWN,))),
        Computed(
            "appraised",
            CountWhere((same("roster.post", "name"), Filled(Range("roster.used")))),
        ),
    ),
    leading=("total",),
)

DUTIES = SheetSpec(
    "duties",
    "职责",
    "每项工作一行，就是工作分析表的表二。同一岗位的占用时间合计必须是 100%，重要性不能重复。",
    (
        POSITION_ID,
        Column(
            "rank", "重要性", Kind.WHOLE, "1 为最重要，依次递增。", 9.0, True, bounds=bounds(1, 99)
        ),
        Column(
            "text",
            "具体工作",
            Kind.LONG,
            "做什么；衡量标准可以写在括号里，也可以写在“衡量标准”表。",
            60.0,
            True,
            longest=SENTENCE,
        ),
        Column(
            "share",
            "占用时间",
            Kind.POINTS,
            "如 10%；同一岗位合计 100%。",
            11.0,
            True,
            ("占用时间%",),
            bounds=bounds(0, 100),
        ),
        RESTORED,
    ),
    (
        Required(),
        Cells(),
        POSITION,
        Unique(("owner", "rank"), "duplicate_rank", "重要性序号"),
    ),
    (
        OWNER,
        lacks("share"),
        Computed(
            "whole", figure("positions.total", "position_at"), "岗位合计", TOTAL_WIDTH, TOTAL_FORMAT
        ),
    ),
    leading=("whole",),
)

STANDARDS = SheetSpec(
    "standards",
    "衡量标准",
    "每条可衡量的标准一行，对应“职责”表中的一项工作；可以由它起草考核方案。",
    (
        POSITION_ID,
        Column("rank", "重要性", Kind.WHOLE, "对应“职责”表中的重要性序号。", 9.0, True),
        Column("text", "标准文字", Kind.LONG, "表上括号里的写法。", 36.0, True, longest=SENTENCE),
        Column(
            "subject", "衡量对象", Kind.TEXT, "衡量什么，如 报审通过率。", 18.0, True, longest=LABEL
        ),
        Column(
            "kind",
            "标准类型",
            Kind.CHOICE,
            "从列表中选择。",
            12.0,
            True,
            words={kind.value: CHOICE_LABELS["kind"][kind.value] for kind in StandardKind},
        ),
        Column("value", "数值", Kind.MEASURE, "要求的数字。", 10.0),
        Column("unit", "单位", Kind.CHOICE, "从列表中选择。", 9.0, aliases=UNIT_ALIASES),
        Column("cycle", "周期", Kind.CHOICE, "多久一次。", 9.0),
        Column("due", "期限", Kind.DUE, "如 12-25（月日）、30（每月几日）、3 09:00。", 12.0),
        Column(
            "direction",
            "方向",
            Kind.CHOICE,
            "越高越好 或 越低越好。",
            11.0,
            aliases=DIRECTION_ALIASES,
        ),
    ),
    (
        Required(),
        Cells("unit_at"),
        POSITION,
        demand(
            "unknown_duty",
            both(
                filled("owner"),
                filled("rank"),
                none(first("duties.once_rank", "owner", "rank")),
                none(
                    CountWhere((same("duties.owner", "owner"), Same(Range("duties.rank"), NOTHING)))
                ),
            ),
            told("“职责”表中没有第", text("rank"), "项"),
            "rank",
            says=_unknown_duty,
        ),
    ),
    (OWNER, Computed("unit_at", unit_at())),
)
