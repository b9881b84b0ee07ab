"""申诉清单: the appeals with what is left until the answer is due, to be answered by drop-down and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xladdin.books import identity, parts
from xladdin.books.summary import summary_parts as sp
from xladdin.company.appealing import REJECTED, UPHELD, ListedAppeal
from xladdin.formula.nodes import Compare, Expr, IsEmpty, Not, Rel, Text, Var, cases, number, one_of
from xladdin.formula.questions import NOTHING, both, equal
from xladdin.layout import theme
from xladdin.layout.cell_rules import Anything, AtMost, Check, Choice, Highlight
from xladdin.layout.cells import Book, Properties, Sheet
from xladdin.layout.styles import ALERT, CENTER, GOOD, INPUT, INPUT_TEXT, PLAIN, TEXT, Style

FORM, TITLE, SHEET_NAME = "appeals", "申诉清单", "申诉清单"
TABLE = "appeals"
HEADS = {
    "number": "编号",
    "id": "工号",
    "outcome": "答复",
    "after": "更正为",
    "answer": "答复理由",
    "by": "答复人",
}
"""Under these heads a filled-in list is read."""
LATE = "\n逾期提出"
MOST_WORDS = 500
TOLD = (
    "在黄色格里答复：选成立或不成立，成立的写更正为多少（连单位写，如 95%、30秒；“其他”不用写），"
    "都要写理由和答复人。保存，关闭，和别的表一样收回（收回考核表，或 xladdin appeals answer）。"
    "更正记进台账，原来的数也留着；再写汇总、反馈单就按更正后的算。"
)
NONE = "没有要答复的申诉。"
BOLD_CENTER = Style(bold=True, align="center")
CHOOSE, KNOWN, NO_FIGURE, NO_CHANGE = "请选答复", "请从列表选", "请写更正为", "不用写更正"
REASON, WHO = "请写理由", "请写答复人"
_OUTCOME, _AFTER = Var("outcome", text=True), Var("after", text=True)
_ANSWER, _BY = Var("answer", text=True), Var("by", text=True)
_OVERDUE = Compare(Rel.LT, Var("left"), number(0))


def book(listed: Sequence[ListedAppeal], today: dt.date, company: str = "") -> Book:
    """The workbook."""
    origin = identity.Origin(FORM, "-", str(today))
    sheets = (_sheet(listed, today), identity.identity_sheet(origin))
    properties = Properties(title=TITLE, subject=str(today), company=company)
    return Book(sheets, {}, properties, named_cells=False)


def _sheet(listed: Sequence[ListedAppeal], today: dt.date) -> Sheet:
    columns = list(_columns())
    width = sum(not each.column.hidden for each in columns)
    waiting = sum(one.is_open for one in listed)
    overdue = sum(one.is_overdue for one in listed)
    late = f"，{overdue} 条已经逾期" if overdue else ""
    counted = f"截至 {today}：{waiting} 条没有答复{late}。" if waiting else f"截至 {today}：{NONE}"
    above = [
        parts.title_text(TITLE, width),
        parts.note(f"{counted}{TOLD}", width, PLAIN),
    ]
    table = sp.table(TABLE, columns, map(_row, listed))
    color = theme.WARNED if overdue else theme.CHART_DARK
    return sp.table_sheet(SHEET_NAME, above, columns, table, kept=1, color=color)


def _columns() -> Iterator[sp.Wide]:
    yield sp.entry("name", "姓名", 8.5, sp.NAME)
    yield sp.entry("department", "部门", 10)
    yield sp.entry("month", "月份", 8.5, CENTER)
    yield sp.entry("label", "申诉项目", 15)
    yield sp.entry("stands", "现在是", 10, CENTER)
    yield sp.entry("claimed", "认为应是", 10, CENTER)
    yield sp.entry("grounds", "理由和依据", 30, TEXT)
    yield sp.entry("filed", "提出日期", 11, CENTER)
    yield sp.entry("due", "答复期限", 11, CENTER)
    state = sp.entry("state", "剩余", 16.5, BOLD_CENTER)
    yield sp.with_highlights(state, (Highlight(_OVERDUE, ALERT),))
    outcome = Check(
        Choice((UPHELD, REJECTED)), "选成立或不成立。", "请从列表中选。", HEADS["outcome"]
    )
    yield sp.entry("outcome", HEADS["outcome"], 8.5, INPUT, outcome)
    after = Check(Anything(), "成立的写更正后的数，连单位写。", "", HEADS["after"])
    yield sp.entry("after", HEADS["after"], 9.5, INPUT, after)
    reason = Check(AtMost(MOST_WORDS), "答复的理由。", f"最多 {MOST_WORDS} 字。", HEADS["answer"])
    yield sp.entry("answer", HEADS["answer"], 26, INPUT_TEXT, reason)
    yield sp.entry("by", HEADS["by"], 9, INPUT)
    todo = Not(IsEmpty(Var("told", text=True)))
    done = both(Not(IsEmpty(_OUTCOME)), IsEmpty(Var("told", text=True)))
    marks = (Highlight(todo, ALERT), Highlight(done, GOOD))
    yield sp.computed("told", "要处理", 10.5, _told(), BOLD_CENTER, marks)
    yield sp.entry("id", HEADS["id"], 8, sp.GREY_ID)
    yield sp.entry("number", HEADS["number"], 6, sp.GREY_ID)
    yield sp.known("left")
    yield sp.known("figured")


def _told() -> Expr:
    """What is still to be done in a row; empty where nothing is."""
    begun = one_of(tuple(Not(IsEmpty(each)) for each in (_AFTER, _ANSWER)))
    upheld = equal(_OUTCOME, Text(UPHELD))
    known = one_of((upheld, equal(_OUTCOME, Text(REJECTED))))
    figured = both(upheld, Compare(Rel.GT, Var("figured"), number(0)))
    return cases(
        (
            (both(IsEmpty(_OUTCOME), begun), Text(CHOOSE)),
            (IsEmpty(_OUTCOME), NOTHING),
            (Not(known), Text(KNOWN)),
            (both(figured, IsEmpty(_AFTER)), Text(NO_FIGURE)),
            (both(Not(figured), Not(IsEmpty(_AFTER))), Text(NO_CHANGE)),
            (IsEmpty(_ANSWER), Text(REASON)),
            (IsEmpty(_BY), Text(WHO)),
        ),
        NOTHING,
    )


def _row(one: ListedAppeal) -> sp.Row:
    return {
        "name": one.name,
        "department": one.department or None,
        "month": str(one.period),
        "label": one.label,
        "stands": one.stands or None,
        "claimed": one.claim or None,
        "grounds": one.grounds or None,
        "filed": f"{one.filed}{LATE if one.is_late else ''}",
        "due": str(one.due),
        "state": one.state,
        "outcome": one.outcome or None,
        "after": one.corrected or None,
        "answer": one.answer or None,
        "by": one.by or None,
        "id": one.person,
        "number": str(one.number),
        "left": Decimal(min(one.left, -1) if one.is_overdue else max(one.left, 0)),
        "figured": Decimal(bool(one.item)),
    }
