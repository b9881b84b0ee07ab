"""客户满意度问卷 (FORMS B, 客户评): a few plain questions, one to five stars each."""

from __future__ import annotations

from xladdin.books import identity, parts
from xladdin.domain.competency import CompetencyScheme, Element, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.cell_rules import Check, Choice
from xladdin.layout.cells import Asked, Block, Book, Cell, Fixed, Given, Properties, Sheet
from xladdin.layout.styles import INPUT, PLAIN, SECTION, Style

from . import rating

FORM = "questionnaire"
SHEET_NAME = "满意度问卷"
TITLE = "客户服务满意度问卷"
WIDTHS = (7.0, 56.0, 20.0)
SERVED = "head.served"
STARS = ("5", "4", "3", "2", "1")
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
    blocks = [
        parts.title(Fixed(TITLE), width),
        Block((Cell(0, 0, Given(SERVED), PLAIN, cols=width),), 1, {0: 22.0}),
        parts.note(
            "感谢您选择我们！请花一分钟告诉我们您的感受，在右边的黄色格子里选 1 至 5 星。",
            width,
            PLAIN,
        ),
        parts.note(MEANING, width, PLAIN),
        parts.head_row(("序号", "问题", "评分（星）")),
    ]
    asked = scheme.elements_of(Source.CUSTOMER)
    blocks += [_question(scheme, i, element) for i, element in enumerate(asked, 1)]
    blocks.append(rating.status_line(width))
    blocks.append(parts.comment_box("其他意见", "comment.rating", width, 1, 70))
    blocks.append(
        parts.note("本问卷匿名，不会告诉客服是谁填写的。填完请保存后发回给我们，谢谢！", width)
    )
    return Sheet(SHEET_NAME, WIDTHS, tuple(blocks))


def _question(scheme: CompetencyScheme, i: int, element: Element) -> Block:
    told = f"请从列表中选择：{MEANING}。"
    check = Check(Choice(STARS), told, "请选 1 至 5 星。", f"第 {i} 题")
    unread = rating.unrated(scheme, Source.CUSTOMER, element.id)
    look = Style(size=12, bold=True, align="center", fill=INPUT.fill, locked=False)
    stars = look.shown_as('0" 星"')
    cells = (
        Cell(0, 0, Fixed(str(i)), SECTION),
        Cell(0, 1, Fixed(element.question), Style(size=11)),
        Cell(0, 2, Asked(rating.rating_key(element.id)), stars, check=check, highlights=(unread,)),
    )
    return Block(cells, 1, {0: 34.0})
