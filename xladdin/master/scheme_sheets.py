"""Sheets of the master workbook about schemes: schemes, elements of competency, grades."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xladdin.company.choosing import COMPETENCY, FORMS
from xladdin.domain.scheme_faults import DEFAULT_CAP, NOTHING_JUDGED
from xladdin.domain.sizes import (
    LABEL,
    LONGEST_LIST,
    MOST_ELEMENTS,
    MOST_GRADES,
    MOST_INDICATORS,
    MOST_LEVELS,
    MOST_SECTIONS,
    SENTENCE,
    STARS,
)
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    FirstMatch,
    If,
    IsEmpty,
    Least,
    Lists,
    Not,
    NthName,
    Num,
    PlaceWhere,
    Range,
    Rel,
    SumWhere,
    Text,
    Var,
    add,
    cases,
    number,
)
from xladdin.layout.tables.table import NUMBER

from .cell_demands import MOST, Cells, outside, unreadable
from .cell_kinds import Kind
from .constraints import (
    SHEET_NAMES,
    Demand,
    Identifier,
    Listed,
    Refers,
    Required,
    SumsTo100,
    Unique,
    UniqueId,
    Unused,
    demand,
)
from .position_sheets import TOTAL_FORMAT, TOTAL_HEAD, TOTAL_WIDTH, id_column
from .result_columns import RESULT_COLUMNS, result_demands
from .row_questions import (
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
from .sheet_spec import Case, Column, Computed, Rule, SheetSpec, bounds

SCHEME_ID = Column(
    "scheme",
    "考核方案",
    Kind.TEXT,
    "属于哪个考核方案，从列表中选择名称；写编号也认。",
    20.0,
    True,
    ("方案", "方案名称", "方案编号"),
    refers="schemes.called",
)


COMPETENT = word("form", FORMS[COMPETENCY])
SCORING = word("form", *(label for form, label in FORMS.items() if form != COMPETENCY))
OWN_GRADE = same("grades.owner", "own")
OWN_GRADES = CountWhere((OWN_GRADE,))
OWN_INDICATORS = CountWhere((same("indicators.weighed", "own"),))
OWN_JUDGED = CountWhere((same("indicators.judged_for", "own"),))
OWN_ELEMENTS = CountWhere((same("elements.owner", "own"),))
OWN_SECTIONS = SumWhere(Range("indicators.opens"), (same("indicators.weighed", "own"),))
ASKS_CUSTOMERS = some(Var("asked"))
CLAIMS = (range(1, 9), range(9, 17), range(17, 25))
"""Of so many positions of a scheme it is asked whether an earlier scheme is for them."""
NO_STARS = "能力考核须填星级对应：1 至 5 星依次对应的等级"
UNLIMITED = "无"
"""In the cell of a scheme's highest total: there is none."""
NO_LIMIT = (UNLIMITED, "不限", "无上限", "不封顶", "没有")
SCALE_ALIASES = {"百分制": "100", "十分制": "10", "五分制": "5", "100分": "100"}
SCALE_ALIASES |= {"10分": "10", "5分": "5"}
_UNREADABLE_CAP = both(
    Not(word("cap", UNLIMITED)), unreadable("cap", Decimal(0), MOST), Not(COMPETENT)
)


def _empty(sheet: str, what: str, wrong: Expr) -> Demand:
    said = f"“{SHEET_NAMES[sheet]}”表中还没有这个方案"
    return demand(
        "scheme_empty",
        both(filled("name"), equal(text("own"), text("ref")), wrong),
        said,
        "name",
        says=lambda case: f"「{case.sheet(sheet)}」表里没有「{case.said('name')}」的{what}",
    )


def _total(sheet: str, what: str, when: Expr) -> SumsTo100:
    some_there = some(OWN_INDICATORS if sheet == "indicators" else OWN_ELEMENTS)
    return SumsTo100(
        "total",
        "lacking",
        "weights_total",
        "权重",
        "name",
        lambda _: f"各{what}权重",
        "name",
        both(when, some_there),
    )


def _most(code: str, when: Expr, count: Expr, most: int, what: str) -> Demand:
    return demand(
        code,
        both(when, Compare(Rel.GT, count, number(most))),
        f"一个方案最多 {most} {what}",
        "name",
        says=lambda case: f"一个方案最多 {most} {what}，现有 {case.value(count)} 个",
    )


def _sums(column: str, of_indicators: str = "") -> tuple[Expr, Expr]:
    """Over a scheme's elements, and over its indicators."""
    return (
        SumWhere(Range(f"elements.{column}"), (same("elements.owner", "own"),)),
        SumWhere(
            Range(f"indicators.{of_indicators or column}"), (same("indicators.weighed", "own"),)
        ),
    )


def _highest() -> Expr:
    """Additions lift the total above 100 only as far as they go, and as the scheme lets them."""
    reach = add(
        number(100), SumWhere(Range("indicators.bonus"), (same("indicators.owner", "own"),))
    )
    return cases(
        (
            (is_number("cap"), Least(reach, Var("cap"))),
            (IsEmpty(Var("cap")), Least(reach, Num(DEFAULT_CAP))),
        ),
        reach,
    )


def _star(n: int) -> Expr:
    return NthName(Var("stars"), n)


def _level(n: int) -> Expr:
    """In which row of the grades the level of n stars stands; 0: in none."""
    return FirstMatch(told(text("own"), "|", _star(n)), Range("grades.once_name"))


def _no_level(n: int) -> Expr:
    return both(Not(equal(_star(n), NOTHING)), none(_level(n)))


def _falls(n: int) -> Expr:
    """More stars stand for a worse level; levels that are none do not count."""
    return both(some(_level(n)), Compare(Rel.LT, _level(n), _level(n + 1)))


def _claim(names: Iterable[int]) -> Expr:
    """Which of the scheme's positions an earlier scheme of the kind is for; 0: none."""
    tests = []
    for n in names:
        name = NthName(Var("positions"), n)
        earlier = (same("schemes.kin", "kin"), Lists(Range("schemes.positions"), name))
        test = both(Not(equal(name, NOTHING)), some(PlaceWhere(earlier, above=Var(NUMBER))))
        tests.append((test, number(n)))
    nobody = either(IsEmpty(Var("positions")), IsEmpty(Var("kin")))
    return If(nobody, number(0), cases(tuple(tests), number(0)))


def _claimed(case: Case) -> str:
    told_ = []
    for name in case.said("positions").split("、"):
        earlier = (same("schemes.kin", "kin"), Lists(Range("schemes.positions"), Text(name)))
        place = case.value(PlaceWhere(earlier, above=Var(NUMBER)))
        if place:
            first_ = case.entries("schemes.name")[int(place) - 1]
            at = case.place("schemes", place, "positions")
            told_.append(f"岗位「{name}」已适用「{first_}」（{at}），此处不会自动采用")
    return "；".join(told_)


SCHEME = Refers("scheme", "schemes", "unknown_scheme", ("ref", "label"))
OWNER = (
    Computed("owner", cell("schemes.own", "scheme_at")),
    Computed("form_of", cell("schemes.form", "scheme_at")),
)
"""The id and the form of the scheme that a row belongs to."""
WHOLE = Computed(
    "whole", figure("schemes.total", "scheme_at"), "方案合计", TOTAL_WIDTH, TOTAL_FORMAT
)
"""What the weights of the row's scheme add up to, in sight of whoever changes one."""


def of_form(*forms: str) -> Expr:
    """The row's scheme is of one of these forms."""
    return word("form_of", *(FORMS[form] for form in forms))


OF_KPI, OF_COMPETENCY = of_form("monthly", "sales"), of_form(COMPETENCY)


def misplaced(wrong: Expr, said: str) -> Demand:
    """The row's scheme is not of the form that the sheet is for."""
    return demand("wrong_form", wrong, said, "scheme", says=_misplaced)


def _misplaced(case: Case) -> str:
    name, form = (case.there("schemes", "scheme_at", key) for key in ("name", "form"))
    return f"「{name}」是{form}，这张表的内容用不上"


def orphans(stray: Expr) -> tuple[Computed, Computed]:
    """Ids and names of rows whose scheme is not known: whoever speaks of them must wait."""
    return (
        Computed("orphan_id", If(stray, text("ref"), NOTHING)),
        Computed("orphan_name", If(stray, text("name"), NOTHING)),
    )


SCHEMES = SheetSpec(
    "schemes",
    "考核方案",
    "每个方案一行。指标的权重合计必须是 100%，“当前合计”随时显示。照一个方案再建一个，用“复制方案”。",
    (
        Column("name", "方案名称", Kind.TEXT, "名字，不能重复。", 24.0, True, longest=LABEL),
        Column(
            "form",
            "表的种类",
            Kind.CHOICE,
            "月度考核、销售考核 或 能力考核。",
            11.0,
            True,
            words=FORMS,
        ),
        Column("positions", "适用岗位", Kind.NAMES, "多个用顿号隔开；不填表示所有岗位。", 22.0),
        Column(
            "title",
            "表头标题",
            Kind.TEXT,
            "打印在表头上的标题（不含年月）。",
            24.0,
            True,
            longest=LABEL,
        ),
        Column("form_no", "表单编号", Kind.KEY, "印在表上的编号，可以不填。", 12.0),
        Column("version", "版本", Kind.WHOLE, "改动后加 1。", 7.0, bounds=bounds(1)),
        Column("weights_editable", "权重可改", Kind.YES_NO, "表上的权重能不能改。", 9.0),
        Column(
            "cap",
            "总分上限",
            Kind.NUMBER,
            "加分以后最多多少分；不限写“无”。",
            9.0,
            path=("total", "cap"),
            instead=NO_LIMIT,
            bounds=bounds(0, above=True),
        ),
        Column(
            "floor", "总分下限", Kind.NUMBER, "减分以后最少多少分。", 9.0, path=("total", "floor")
        ),
        Column(
            "scale",
            "分制",
            Kind.CHOICE,
            "总分旁边再按 10 分制或 5 分制显示一遍（保留两位小数）；不填只显示百分制。",
            9.0,
            aliases=SCALE_ALIASES,
        ),
        Column(
            "self_weight",
            "自评权重",
            Kind.POINTS,
            "主观评分的指标加一列自评：30% 即自评占30%、上级评占70%；0% 只看上级评；不填没有自评。",
            9.0,
            bounds=bounds(0, 100),
        ),
        Column("missing", "缺评处理", Kind.CHOICE, "能力考核：某来源没有评分时怎么办。", 16.0),
        Column(
            "least_peers",
            "同事最少人数",
            Kind.WHOLE,
            "能力考核：少于几人时不给本人看同事均值。",
            12.0,
            bounds=bounds(1, 10),
        ),
        Column(
            "bias_limit",
            "偏差上限",
            Kind.NUMBER,
            "能力考核：评价人偏离多少分时提示。",
            9.0,
            bounds=bounds(0, above=True),
        ),
        Column(
            "stars", "星级对应", Kind.NAMES, "能力考核：1 至 5 星依次对应的等级，用顿号隔开。", 26.0
        ),
        Column("note", "说明", Kind.LONG, "能力考核：考核目的。", 40.0, longest=SENTENCE),
        *RESULT_COLUMNS,
        id_column("方案", 22.0),
    ),
    (
        Required(),
        *result_demands(SCORING, COMPETENT),
        Required(("stars",), both(COMPETENT, ASKS_CUSTOMERS), says=lambda _: NO_STARS),
        Cells(only={"cap": Not(COMPETENT), "stars": COMPETENT}, but=("cap",)),
        Demand(Rule(_UNREADABLE_CAP, Text("总分上限应为数字或“无”"), "cap")),
        demand(
            "out_of_range", outside("cap", Decimal(0), None, above=True), "总分上限应大于0", "cap"
        ),
        Identifier(),
        UniqueId("方案编号"),
        Unique(("name",), "duplicate_name", "方案名称"),
        Listed(),
        _empty("indicators", "指标", both(SCORING, none(OWN_INDICATORS))),
        _empty("elements", "要素", both(COMPETENT, none(OWN_ELEMENTS))),
        _empty("grades", "等级", both(either(SCORING, COMPETENT), none(OWN_GRADES))),
        _total("indicators", "指标", SCORING),
        _total("elements", "要素", COMPETENT),
        _most("too_many_indicators", SCORING, OWN_INDICATORS, MOST_INDICATORS, "个指标"),
        _most("too_many", SCORING, OWN_SECTIONS, MOST_SECTIONS, "个分项"),
        _most("too_many", SCORING, OWN_GRADES, MOST_GRADES, "个等级"),
        _most("too_many", COMPETENT, OWN_ELEMENTS, MOST_ELEMENTS, "个要素"),
        _most("too_many", COMPETENT, OWN_GRADES, MOST_LEVELS, "个等级"),
        demand("too_few", both(COMPETENT, equal(OWN_GRADES, number(1))), "等级至少要有2项", "name"),
        demand(
            "level_names_long",
            both(
                COMPETENT,
                Compare(
                    Rel.GT, SumWhere(Range("grades.room"), (OWN_GRADE,)), number(LONGEST_LIST + 1)
                ),
            ),
            f"各等级名称合计太长，Excel 的下拉列表最多 {LONGEST_LIST} 个字",
            "name",
        ),
        demand(
            "too_few",
            both(COMPETENT, filled("stars"), equal(_star(STARS), NOTHING)),
            f"星级对应至少要有{STARS}项",
            "stars",
        ),
        demand(
            "too_many",
            both(COMPETENT, Not(equal(_star(STARS + 1), NOTHING))),
            f"星级对应最多{STARS}项",
            "stars",
        ),
        demand(
            "unknown_level",
            both(COMPETENT, some(OWN_GRADES), either(*map(_no_level, range(1, STARS + 1)))),
            "星级对应的等级不在“等级系数”表中",
            "stars",
        ),
        demand(
            "star_order",
            both(COMPETENT, either(*map(_falls, range(1, STARS)))),
            "星级从 1 星写到 5 星：星越多，对应的等级不能越低",
            "stars",
        ),
        Unused(
            ("form_no", "version", "weights_editable", "cap", "floor", "scale", "self_weight"),
            COMPETENT,
            lambda _: "能力考核",
        ),
        Unused(
            ("missing", "least_peers", "bias_limit", "stars"),
            SCORING,
            lambda _: "这种考核表",
        ),
        demand(
            "unused_value",
            both(SCORING, is_number("self_weight"), some(OWN_INDICATORS), none(OWN_JUDGED)),
            "没有主观评分的指标，自评权重没有用上",
            "self_weight",
            notice=True,
            says=lambda _: NOTHING_JUDGED,
        ),
        demand(
            "position_claimed",
            either(*(some(Var(f"claimed_{i}")) for i in range(len(CLAIMS)))),
            "有的岗位已适用前面的方案，此处不会自动采用",
            "positions",
            notice=True,
            says=_claimed,
        ),
    ),
    (
        Computed("kin", cases(((COMPETENT, Text("能力")), (SCORING, Text("考核"))), NOTHING)),
        Computed(
            "total",
            If(IsEmpty(Var("ref")), NOTHING, If(COMPETENT, *_sums("weight", "share"))),
            TOTAL_HEAD,
            TOTAL_WIDTH,
            TOTAL_FORMAT,
        ),
        Computed("rated", If(is_number("self_weight"), Text("1"), NOTHING)),
        Computed("lacking", If(COMPETENT, *_sums("lack"))),
        Computed("asked", SumWhere(Range("elements.asked"), (same("elements.owner", "own"),))),
        Computed("first_grade", PlaceWhere((OWN_GRADE,))),
        Computed("last_grade", PlaceWhere((OWN_GRADE,), last=True)),
        Computed("top", If(COMPETENT, figure("grades.points", "first_grade"), _highest())),
        Computed(
            "bottom",
            If(
                COMPETENT,
                figure("grades.points", "last_grade"),
                If(is_number("floor"), Var("floor"), number(0)),
            ),
        ),
        *(Computed(f"claimed_{i}", _claim(names)) for i, names in enumerate(CLAIMS)),
    ),
    leading=("total",),
)
