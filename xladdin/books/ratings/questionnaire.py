"""客户满意度问卷 (FORMS B, 客户评): a few plain questions, one to five stars each."""

from __future__ import annotations

from xladdin.books import identity, parts
from xladdin.domain.competency import CompetencyScheme, Element, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Compare, Rel, Text, Var
from xladdin.layout.cell_rules import Check, Choice, Highlight
from xladdin.layout.cells import Asked, Block, Book, Cell, Fixed, Given, Properties, Result, Sheet
from xladdin.layout.styles import (
    ANSWER,
    GOOD,
    LETTER,
    PROGRESS,
    QUESTION,
    SECTION,
)
from xladdin.layout.styles import SERVED as SERVED_LOOK

from . import rating

FORM = "questionnaire"
SHEET_NAME = "满意度问卷"
TITLE = "客户服务满意度问卷"
WIDTHS = (8.0, 64.0, 22.0)
SERVED = "head.served"
STARS = ("5", "4", "3", "2", "1")
HINT = "在黄色格子里选 1 至 5 星；选好变白。"
GREETING = (
    "您好！感谢您选择我们。为了把服务做得更好，想请您花一分钟说说这次服务的感受，一共只有几个问题。"
    "本问卷匿名：我们只看汇总的结果，不会告诉客服是谁填写的。"
)
CLOSING = "填完请保存，把文件发回给我们。谢谢您！"
MEANING = "5 星＝非常满意，4 星＝满意，3 星＝一般，2 星＝不满意，1 星＝非常不满意"


def book(scheme: CompetencyScheme) -> Book:
    """The blueprint of a customer's questionnaire."""
    origin = identity.Origin(FORM, scheme.id, scheme.fingerprint())
    sheets = (_sheet(scheme), identity.identity_sheet(origin, (identity.TOKEN,)))
    model = rating.model(scheme, Source.CUSTOMER)
    return Book(sheets, model, Properties(title=TITLE), private=True)


def known_as(employee: Employee) -> str:
    """Customers know the employee by the name in the chat, and need to know no other."""
    return employee.nickname or employee.name


def values(employee: Employee, period: Period, token: str) -> dict[str, Value]:
    """The slots of one questionnaire."""
    return {
        SERVED: f"为您服务的客服：{known_as(employee)}　　服务时间：{period.label}",
        identity.EMPLOYEE: employee.id,
        identity.PERIOD: str(period),
        identity.TOKEN: token,
    }


def _sheet(scheme: CompetencyScheme) -> Sheet:
    width = len(WIDTHS)
    asked = scheme.elements_of(Source.CUSTOMER)
    letter = Cell(0, 0, Fixed(f"{GREETING}\n{MEANING}"), LETTER, cols=width)
    blocks = [
        parts.screen_bar(HINT, width, _status()),
        parts.title(Fixed(TITLE), width),
        Block((Cell(0, 0, Given(SERVED), SERVED_LOOK, cols=width),), 1, {0: 30.0}),
        Block((letter,), 1, {0: 72.0}),
        parts.head_row(("序号", "问题", "评分（星）")),
        *(_question(scheme, i, element) for i, element in enumerate(asked, 1)),
        parts.joined(
            (
                parts.comment_box("其他\n意见", "comment.rating", width, 1, 260),
                parts.note(CLOSING, width),
            )
        ),
    ]
    return Sheet(SHEET_NAME, WIDTHS, tuple(blocks), screen_rows=rating.SCREEN_ROWS)


def _status() -> Cell:
    """How many questions are still to be answered; green once all are."""
    done = Highlight(Compare(Rel.EQ, Var(rating.STATUS, text=True), Text(rating.DONE)), GOOD)
    return Cell(0, len(WIDTHS) - 1, Result(rating.STATUS), PROGRESS, highlights=(done,))


def _question(scheme: CompetencyScheme, i: int, element: Element) -> Block:
    told = f"请从列表中选择：{MEANING}。"
    check = Check(Choice(STARS), told, "请选 1 至 5 星。", f"第 {i} 题")
    unread = rating.unrated(scheme, Source.CUSTOMER, element.id)
    stars = ANSWER.shown_as('0" 星"')
    cells = (
        Cell(0, 0, Fixed(str(i)), SECTION),
        Cell(0, 1, Fixed(element.question), QUESTION),
        Cell(0, 2, Asked(rating.rating_key(element.id)), stars, check=check, highlights=(unread,)),
    )
    return Block(cells, 1, {0: 64.0})
