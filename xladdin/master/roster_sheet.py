"""The roster: who is appraised, in which position, by which scheme."""

from __future__ import annotations

from xladdin.company.choosing import COMPETENCY, FORMS, SCHEME_AT, SCHEME_ID, YES
from xladdin.domain.people import STATE_LABELS, STATE_WORDS, State
from xladdin.domain.sizes import LABEL
from xladdin.formula.nodes import (
    Compare,
    Contains,
    CountWhere,
    If,
    IsEmpty,
    Length,
    Lists,
    Not,
    Range,
    Rel,
    Text,
    Var,
    cases,
    number,
)
from xladdin.intake.near_names import hint
from xladdin.intake.roster import ROSTER as ROSTER_HEADS
from xladdin.intake.superiors import NOBODY, several_superiors
from xladdin.intake.text import name_key
from xladdin.layout.tables.table import NUMBER

from .cell_demands import Cells
from .cell_kinds import DASHES, Kind
from .constraints import Listed, Required, Unique, demand
from .row_questions import (
    NEVER,
    NOTHING,
    both,
    cell,
    either,
    equal,
    filled,
    first,
    is_number,
    none,
    some,
    text,
    told,
    word,
)
from .sheet_spec import Case, Column, Computed, SheetSpec

NO_SUPERIOR = tuple(sorted(word for word in NOBODY - DASHES if word))
FORBIDDEN = tuple("/\\:*?\"<>|.,;'`~!@#$%^&()+={}[] ，。；：、（）")
LONGEST_EMPLOYEE_ID = 32


LISTED_FOR = Lists(Range("schemes.positions"), text("position"))
KNOWN_TO_SCHEMES = some(Var("claims"))
LOST_SCHEME = both(filled("scheme"), IsEmpty(Var("used")))


def _unknown_post(case: Case) -> str:
    name, sheet = case.said("position"), case.sheet("positions")
    known = [
        *case.entries("positions.name"),
        *(one for names in case.entries("schemes.positions") for one in names.split("、")),
    ]
    return f"「{sheet}」表里没有岗位「{name}」{hint(name, known)}"


def _unknown_scheme(case: Case) -> str:
    name, sheet = case.said("scheme"), case.sheet("schemes")
    if case.value(some(Var("scheme_at"))):
        return f"「{name}」是能力考核方案，这里只填月度或销售考核方案"
    forms = case.entries("schemes.form")
    known = [
        key
        for column in ("id", "name")
        for key, form in zip(case.entries(f"schemes.{column}"), forms, strict=True)
        if form != FORMS[COMPETENCY]
    ]
    return f"「{sheet}」表里没有月度或销售考核方案「{name}」{hint(name, known)}"


def _unknown_superior(case: Case) -> str:
    name = case.said("superior")
    sources = ("roster.name", "positions.name", "positions.superior")
    known = [one for source in sources for one in case.entries(source)]
    return f"名册里没有叫「{name}」的人，也没有这个岗位{hint(name, known)}"


def _ambiguous_superior(case: Case) -> str:
    name = case.said("superior")
    pairs = zip(case.entries("roster.name"), case.entries("roster.id"), strict=True)
    ids = [id_ for one, id_ in pairs if name_key(one) == name_key(name)]
    return several_superiors(name, ids)


_ID = told("|", text("id"))
ROSTER = SheetSpec(
    "roster",
    "员工名册",
    "每人一行。工号不能重复；岗位、考核方案从列表中选择，考核方案不填时按岗位自动确定。",
    (
        Column(
            "name",
            "姓名",
            Kind.TEXT,
            "员工姓名。",
            11.0,
            True,
            ROSTER_HEADS["name"][1:],
            longest=LABEL,
            person=True,
        ),
        Column(
            "id",
            "工号",
            Kind.KEY,
            "字母、数字或汉字，不能重复。",
            11.0,
            True,
            ROSTER_HEADS["id"][1:],
        ),
        Column(
            "department",
            "部门",
            Kind.TEXT,
            "所属部门。",
            14.0,
            True,
            ROSTER_HEADS["department"][1:],
            longest=LABEL,
        ),
        Column(
            "position",
            "岗位",
            Kind.TEXT,
            "从“岗位”表中选择。",
            14.0,
            True,
            ROSTER_HEADS["position"][1:],
            refers="positions.name",
            longest=LABEL,
        ),
        Column(
            "superior",
            "直接上级",
            Kind.TEXT,
            "上级的姓名；有同名的写工号，没有上级的不填。",
            12.0,
            False,
            ROSTER_HEADS["superior"][1:],
            longest=LABEL,
            person=True,
        ),
        Column(
            "scheme",
            "考核方案",
            Kind.TEXT,
            "不填则按岗位确定。",
            26.0,
            False,
            ROSTER_HEADS["scheme"][1:],
            refers="schemes.name",
            longest=LABEL,
        ),
        Column(
            "joined",
            "入职日期",
            Kind.DATE,
            "写了，入职以前的月份不出表，不满的月份在表上写明。",
            12.0,
            False,
            ROSTER_HEADS["joined"][1:],
        ),
        Column(
            "left",
            "离职日期",
            Kind.DATE,
            "最后一个工作日；以后的月份不再出表。",
            12.0,
            False,
            ROSTER_HEADS["left"][1:],
        ),
        Column(
            "state",
            "状态",
            Kind.CHOICE,
            "不填是在职；离职的请填离职日期，停薪的不出表。",
            9.0,
            False,
            ROSTER_HEADS["state"][1:],
            words={state.value: label for state, label in STATE_LABELS.items()},
            aliases={word: state.value for word, state in STATE_WORDS.items()},
        ),
        Column(
            "bonus_base",
            "奖金基数",
            Kind.NUMBER,
            "本人每月的绩效奖金基数，元；不填用考核方案的。",
            11.0,
            False,
            ("绩效基数", "绩效奖金基数", "绩效工资基数", "绩效工资标准"),
            added=True,
        ),
        Column(
            "nickname",
            "昵称",
            Kind.TEXT,
            "聊天工具和店铺系统中的名字，可以不填。",
            14.0,
            False,
            ROSTER_HEADS["nickname"][1:],
            longest=LABEL,
        ),
    ),
    (
        Required(),
        Cells(),
        demand(
            "employee_id",
            either(
                Contains(text("id"), FORBIDDEN),
                Contains(_ID, ("|-", "|_")),
                Compare(Rel.GT, Length(Var("id")), number(LONGEST_EMPLOYEE_ID)),
            ),
            f"工号只能用字母、数字、汉字、- 和 _，最多{LONGEST_EMPLOYEE_ID}个",
            "id",
            says=lambda case: (
                f"工号「{case.said('id')[:40]}」含有不能用的字符："
                f"只能用字母、数字、汉字、- 和 _，最多{LONGEST_EMPLOYEE_ID}个"
            ),
        ),
        Unique(("id",), "duplicate_employee", "工号", whole=True),
        Listed(ref=True),
        demand(
            "unknown_position",
            both(filled("position"), none(Var("position_at")), Not(KNOWN_TO_SCHEMES)),
            told("“岗位”表中没有“", text("position"), "”"),
            "position",
            says=_unknown_post,
        ),
        demand(
            "unknown_scheme",
            LOST_SCHEME,
            told("“考核方案”表中没有月度、销售考核“", text("scheme"), "”"),
            "scheme",
            says=_unknown_scheme,
        ),
        demand(
            "unknown_position",
            both(filled("position"), none(Var("position_at")), KNOWN_TO_SCHEMES),
            told("“岗位”表中没有“", text("position"), "”，出不了工作分析表"),
            "position",
            notice=True,
            says=lambda case: (
                f"「{case.sheet('positions')}」表里没有岗位「{case.said('position')}」，"
                "出不了工作分析表"
            ),
        ),
        demand(
            "left_before_joining",
            If(
                both(is_number("joined"), is_number("left")),
                Compare(Rel.LT, Var("left"), Var("joined")),
                NEVER,
            ),
            "离职日期早于入职日期",
            "left",
        ),
        demand(
            "left_without_date",
            both(word("state", STATE_LABELS[State.LEFT]), IsEmpty(Var("left"))),
            "已离职，没有填离职日期，哪个月都不出表；离职前的月份要出表，请填上",
            "state",
            notice=True,
        ),
        demand(
            "own_superior",
            both(filled("superior"), equal(Var("superior_at"), Var(NUMBER))),
            "直接上级写的是本人，按没有上级处理，不生成主管评",
            "superior",
            notice=True,
        ),
        demand(
            "ambiguous_superior",
            both(
                filled("superior"),
                none(Var("superior_at")),
                some(first("roster.again", "superior")),
            ),
            told("名册里有几位“", text("superior"), "”，请写工号"),
            "superior",
            notice=True,
            says=_ambiguous_superior,
        ),
        demand(
            "unknown_superior",
            both(
                filled("superior"),
                Not(word("superior", *NO_SUPERIOR)),
                none(first("roster.ref", "superior")),
                none(first("roster.label", "superior")),
                none(first("positions.label", "superior")),
                none(first("positions.superior", "superior")),
            ),
            told("名册和“岗位”表中都没有“", text("superior"), "”"),
            "superior",
            notice=True,
            says=_unknown_superior,
        ),
    ),
    (
        Computed(
            "position_at",
            cases(
                (
                    (
                        some(first("positions.label", "position")),
                        first("positions.label", "position"),
                    ),
                ),
                first("positions.ref", "position"),
            ),
        ),
        Computed(
            "superior_at",
            If(
                either(IsEmpty(Var("superior")), word("superior", *NO_SUPERIOR)),
                number(0),
                cases(
                    (
                        (
                            some(first("roster.ref", "superior")),
                            first("roster.ref", "superior"),
                        ),
                    ),
                    first("roster.alias", "superior"),
                ),
            ),
        ),
        Computed(
            "post",
            If(some(Var("position_at")), cell("positions.label", "position_at"), text("position")),
        ),
        Computed("claims", If(IsEmpty(Var("position")), number(0), CountWhere((LISTED_FOR,)))),
        Computed(
            "exempt",
            If(equal(cell("positions.unappraised", "position_at"), Text(YES)), Text(YES), NOTHING),
        ),
        Computed("scheme_at", SCHEME_AT),
        Computed("used", SCHEME_ID),
        Computed(
            "lost",
            If(
                either(LOST_SCHEME, both(none(Var("position_at")), none(Var("claims")))),
                Text("1"),
                NOTHING,
            ),
        ),
        Computed(
            "used_name",
            If(
                IsEmpty(Var("id")),
                NOTHING,
                If(
                    IsEmpty(Var("used")),
                    If(
                        both(filled("exempt"), IsEmpty(Var("scheme"))), Text("无需考核"), Text("无")
                    ),
                    cell("schemes.label", "scheme_at"),
                ),
            ),
            "检查：适用方案",
            26.0,
        ),
    ),
)
