"""评分表 (FORMS B): one rater's ratings of one employee, a workbook per rater and ratee.

A colleague's or a customer's form is anonymous: it says who is rated and carries a token that only
HR's list can resolve; nothing in it tells who filled it in.
"""

from __future__ import annotations

from collections.abc import Mapping

from xladdin.books import identity, parts
from xladdin.books.appraisal import head
from xladdin.domain.competency import (
    ANONYMOUS,
    SOURCE_LABELS,
    CompetencyScheme,
    Element,
    Source,
)
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import (
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Rel,
    Text,
    Var,
    number,
    one_of,
    sub,
    total,
)
from xladdin.layout.cell_rules import Check, Choice, Highlight
from xladdin.layout.cells import (
    Asked,
    Block,
    Book,
    Cell,
    Content,
    Fixed,
    Given,
    Orientation,
    Paper,
    Properties,
    Result,
    Sheet,
)
from xladdin.layout.styles import (
    ANSWER,
    CENTER,
    GOOD,
    LETTER,
    MISSING,
    NOTE,
    PROGRESS,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)
from xladdin.scoring.competency_model import picked, starred

FORMS = {
    Source.SELF: "rating_self",
    Source.SUPERIOR: "rating_superior",
    Source.PEER: "rating_peer",
    Source.SUBORDINATE: "rating_subordinate",
}
SHEET_NAME = "评分表"
LEAST_COMMENT = 64.0
LEAST_ELEMENT, MOST_ELEMENT, ROOM = 56.0, 130.0, 290.0
ELEMENT_WIDTH, BEHAVIOUR_WIDTH, RATING_WIDTH = 16.0, 34.0, 14.0
LEVELS_WIDTH = 84.0
"""Shared by the levels' columns."""
STATUS, DONE = "status", "已全部评完"
SCREEN_ROWS = 1
HINT = "在黄色格子里点一下，从列表中选；选好变白。"
GREETING = {
    Source.SELF: "您好！请用几分钟回顾一下这段时间的工作：",
    Source.SUPERIOR: "您好！请抽出约 10 分钟：",
    Source.PEER: "您好！请抽出约 5 分钟，凭平时一起工作的印象来评，没有标准答案。",
    Source.SUBORDINATE: "您好！请抽出约 5 分钟，凭平时一起工作的印象来评，没有标准答案。",
    Source.CUSTOMER: "",
}
ASKED = {
    Source.SELF: "请对照行为要点和等级描述，给自己评级。",
    Source.SUPERIOR: "请根据平时观察和工作表现，逐项评级。主管评价是考核的主要依据。",
    Source.PEER: "本表匿名：请勿填写自己的姓名。人力资源部门只用编号核对是否收齐，不会告诉被评人和主管是谁写的。",
    Source.SUBORDINATE: "本表匿名：您评的是自己的上级，请勿填写自己的姓名。人力资源部门只用编号核对是否收齐，"
    "不会告诉被评人和他的主管是谁写的。",
    Source.CUSTOMER: "",
}


def rating_key(element: str) -> str:
    """The level given to an element."""
    return f"rating.{element}"


def book(scheme: CompetencyScheme, source: Source) -> Book:
    """The blueprint of a source's rating form; customers have a questionnaire of their own."""
    elements = scheme.elements_of(source)
    label = SOURCE_LABELS[source]
    origin = identity.Origin(FORMS[source], scheme.id, scheme.fingerprint())
    extra = (identity.TOKEN,) if source in ANONYMOUS else (identity.TOKEN, identity.RATER)
    sheets = (_sheet(scheme, source, elements), identity.identity_sheet(origin, extra))
    properties = Properties(title=f"{scheme.title}（{label}）", subject=scheme.name)
    return Book(sheets, model(scheme, source), properties, private=source in ANONYMOUS)


def model(scheme: CompetencyScheme, source: Source) -> dict[str, Expr]:
    """How many elements are still to be rated."""
    read = tuple(readable(scheme, source, e.id) for e in scheme.elements_of(source))
    left = sub(number(len(read)), total(read))
    done = Compare(Rel.EQ, total(read), number(len(read)))
    return {STATUS: If(done, Text(DONE), Join((Text("还有"), left, Text("项没有评"))))}


def readable(scheme: CompetencyScheme, source: Source, element: str) -> Expr:
    """1 where the rating is a level (customers: 1 to 5 stars), else 0."""
    given = Var(rating_key(element))
    if source is Source.CUSTOMER:
        return starred(given, [number(1)] * len(scheme.stars), number(0))
    if any(level.numeric for level in scheme.levels):
        return picked(scheme, given, [number(1)] * len(scheme.levels), number(0))
    text = Var(given.name, text=True)
    levels = tuple(Compare(Rel.EQ, text, Text(level.name)) for level in scheme.levels)
    return If(IsNumber(given), number(0), If(one_of(levels), number(1), number(0)))


def unrated(scheme: CompetencyScheme, source: Source, element: str) -> Highlight:
    """Marks a cell in which no rating stands that can be read."""
    return Highlight(Compare(Rel.EQ, readable(scheme, source, element), number(0)), MISSING)


def values(
    employee: Employee,
    period: Period,
    scheme: CompetencyScheme,
    source: Source,
    token: str,
    rater_id: str = "",
) -> dict[str, Value]:
    """The slots of one form; the rater's id goes only into forms that are not anonymous."""
    found = head.values(employee, period, f"{scheme.title}（{SOURCE_LABELS[source]}）")
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    found[identity.TOKEN] = token
    if source not in ANONYMOUS:
        found[identity.RATER] = rater_id
    return found


def given(ratings: Mapping[str, str]) -> dict[str, Value]:
    """Ratings by element as slots."""
    return {rating_key(element): level for element, level in ratings.items()}


def _sheet(scheme: CompetencyScheme, source: Source, elements: tuple[Element, ...]) -> Sheet:
    # What few elements leave of the page is for words.
    height = row_height(len(elements))
    comment = max(LEAST_COMMENT, ROOM + LEAST_COMMENT - height * len(elements))
    names = [level.name for level in scheme.levels]
    columns = [LEVELS_WIDTH / len(names)] * len(names)
    widths = (ELEMENT_WIDTH, BEHAVIOUR_WIDTH, *columns, RATING_WIDTH)
    width = len(widths)
    above = [
        _screen_bar(width),
        parts.title(Given(head.TITLE, scheme.title), width),
        *_head(len(names)),
        _letter(scheme, source, width),
    ]
    blocks = [
        *above,
        parts.head_row(("能力要素", "行为要点", *names, "评级")),
        *(_element(scheme, source, element, height) for element in elements),
        parts.joined(
            (
                parts.comment_box("评语与建议", "comment.rating", width, 1, comment),
                *_closing(source, width),
            )
        ),
    ]
    top = sum(block.height for block in above)
    paper = Paper(Orientation.LANDSCAPE, repeat=(top, top))
    return Sheet(
        SHEET_NAME, widths, tuple(blocks), paper, freeze=(top + 1, 0), screen_rows=SCREEN_ROWS
    )


def row_height(elements: int) -> float:
    """Points of an element's row: few elements have the room of the page to themselves."""
    return max(LEAST_ELEMENT, min(MOST_ELEMENT, ROOM / elements))


def _screen_bar(width: int) -> Block:
    """What to do, and how many elements are still to be rated; green once all are."""
    done = Highlight(Compare(Rel.EQ, Var(STATUS, text=True), Text(DONE)), GOOD)
    status = Cell(0, width - 2, Result(STATUS), PROGRESS, cols=2, highlights=(done,))
    return parts.screen_bar(HINT, width, status)


def _letter(scheme: CompetencyScheme, source: Source, width: int) -> Block:
    """Greeting, what it is for, what is asked, and what becomes of it."""
    lines = (f"{GREETING[source]}{scheme.purpose}", _asked(scheme, source))
    told = Cell(0, 0, Fixed("\n".join(line for line in lines if line)), LETTER, cols=width)
    return Block((told,), 1)


def _head(levels: int) -> list[Block]:
    """Name, post and time beside each other, where there are columns enough."""
    rest = levels - 1
    if rest < 2:
        return [
            head.row(((head.NAME, 1), (head.POST, rest + 1))),
            head.row(((head.TIME, rest + 3),)),
        ]
    return [head.row(((head.NAME, 1), (head.POST, rest // 2), (head.TIME, rest - rest // 2)))]


def _asked(scheme: CompetencyScheme, source: Source) -> str:
    """What the rater is asked to do, and what becomes of it."""
    if source is not Source.SELF:
        return ASKED[source]
    counts = any(element.weights.self > 0 for element in scheme.elements)
    return ASKED[source] + (
        "自评按方案规定的权重计入结果。" if counts else "自评只作参考，不计入结果。"
    )


def _element(scheme: CompetencyScheme, source: Source, element: Element, height: float) -> Block:
    """One element: what to look for, what each level looks like, and the level given."""
    names = tuple(level.name for level in scheme.levels)
    behaviours = "\n".join(f"· {text}" for text in element.behaviours)
    told = f"请从列表中选择：{'、'.join(names)}。"
    check = Check(Choice(names), told, f"{element.name}：{told}", element.name)
    key = rating_key(element.id)
    rated = unrated(scheme, source, element.id)
    look = ANSWER
    cells = [
        Cell(0, 0, Fixed(element.name), SECTION),
        Cell(0, 1, Fixed(behaviours), TEXT),
        *(Cell(0, 2 + i, Fixed(text), CENTER) for i, text in enumerate(element.descriptors)),
        Cell(0, 2 + len(names), Asked(key), look, check=check, highlights=(rated,)),
    ]
    return Block(tuple(cells), 1, {0: parts.room_for(names, look, RATING_WIDTH, height)})


def _closing(source: Source, width: int) -> list[Block]:
    """Signature of those who are named; a thank-you to those who are not."""
    if source in ANONYMOUS:
        return [parts.note("填完请直接保存，把文件原样发回人力资源部门。谢谢！", width)]
    who = {Source.SELF: "本人签字", Source.SUPERIOR: "评价人签字"}[source]
    row: list[tuple[Content, Style, int]] = [
        (Fixed(who), SIGNED, 2),
        (Fixed("日期："), SIGNED, width - 2),
    ]
    return [
        parts.spread(row, 30),
        parts.note("填完请保存，把文件原样发回人力资源部门。", width, NOTE),
    ]
