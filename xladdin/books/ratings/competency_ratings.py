"""Sheet 评分明细: every rating, a row per rater, what it is worth, and who rates out of line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from xladdin.books import parts
from xladdin.domain.competency import CompetencyScheme, Element, Source
from xladdin.domain.quantities import plain
from xladdin.formula.nodes import Compare, Expr, Rel, Text, Var
from xladdin.layout.cell_rules import Check, Choice, Highlight
from xladdin.layout.cells import (
    Asked,
    Block,
    Cell,
    Content,
    Fixed,
    Given,
    Orientation,
    Paper,
    Result,
    Sheet,
)
from xladdin.layout.styles import (
    ALERT,
    CENTER,
    HEAD,
    INPUT,
    LABEL,
    MUTED,
    PLAIN,
    SCORE,
    SECTION,
    Style,
)
from xladdin.scoring import competency_model as keys

from .questionnaire import STARS

SHEET_NAME = "评分明细"
NOTE = (
    "本页只供人力资源部门使用，不要发给被评人，也不要发给主管。收到评分表后把评级填入黄色格子："
    "自评、主管、同事填等级，客户填 1 至 5 星；没有收到的留空，不会按 0 分计算。"
    "反馈单不随本页改变：评分改了，要重新生成。"
)
MOST_BESIDE = 12
"""Elements beside each other, at most: more would be too small to read in print."""
LEVEL_WIDTH = 11.0
NOT_RATED = Style(color=MUTED, align="center")


def who(row: int) -> str:
    """What HR sees of a row's rater: a name, or a token."""
    return f"who.{row}"


def again(row: int, band: int) -> str:
    """The same in a table further down: a key stands in one cell."""
    return f"who.{row}.{band}"


def repeated(scheme: CompetencyScheme, rows: Sequence[Source]) -> dict[str, Expr]:
    """The raters in the tables below the first one."""
    return {
        again(row, band): Var(who(row), text=True)
        for band in range(1, len(_bands(scheme.elements)))
        for row in range(1, len(rows) + 1)
    }


def ratings_sheet(scheme: CompetencyScheme, rows: Sequence[Source]) -> Sheet:
    """The ratings of all raters, means of all, and how far each rater lies from them."""
    bands = _bands(scheme.elements)
    widths = (24.0, *([LEVEL_WIDTH, 7.0] * len(bands[0])), 10.0, 9.0)
    blocks = [
        parts.title_text("评分明细（人力资源部门专用）", len(widths)),
        parts.note(_note(scheme), len(widths), PLAIN),
        *(block for i in range(len(bands)) for block in _band(scheme, rows, i, len(widths))),
        parts.note(_told(scheme), len(widths)),
    ]
    one = len(bands) == 1  # a frozen or repeated head would stand above other elements
    top = sum(block.height for block in blocks[:2])
    paper = Paper(Orientation.LANDSCAPE, repeat=(top, top + 1) if one else None)
    freeze = (top + 2, 1) if one else (top, 1)
    return Sheet(SHEET_NAME, widths, tuple(blocks), paper, freeze=freeze)


def _bands(elements: tuple[Element, ...]) -> list[tuple[Element, ...]]:
    """The elements below each other in tables that fit a page's width, about equally wide."""
    count = ceil(len(elements) / MOST_BESIDE)
    size = ceil(len(elements) / count)
    return [elements[i : i + size] for i in range(0, len(elements), size)]


def _band(scheme: CompetencyScheme, rows: Sequence[Source], band: int, width: int) -> list[Block]:
    """All raters on some elements; beside the first of them how far each rater lies from all."""
    elements, first = _bands(scheme.elements)[band], band == 0
    blocks = [
        _head(elements, first=first),
        *(_row(scheme, i, source, elements, band) for i, source in enumerate(rows, start=1)),
        _overall(elements, first=first),
    ]
    return blocks if first else [parts.note("", width), *blocks]


def _note(scheme: CompetencyScheme) -> str:
    named = "自评、主管、同事"
    return NOTE.replace(named, f"{named}、下级") if Source.SUBORDINATE in scheme.sources else NOTE


def _told(scheme: CompetencyScheme) -> str:
    points = "，".join(f"{level.name} {plain(level.points)} 分" for level in scheme.levels)
    stars = "，".join(f"{i} 星＝{name}" for i, name in enumerate(scheme.stars, start=1))
    limit = plain(scheme.bias_limit)
    return (
        f"等级分值：{points}。客户星级：{stars}。"
        f"偏差＝该评价人所评各要素与全体评价人（不含自评）均值之差的平均，超过 ±{limit} 分提示偏高或偏低。"
    )


def _head(elements: tuple[Element, ...], *, first: bool) -> Block:
    last = 1 + 2 * len(elements)
    cells = [Cell(0, 0, Fixed("评价人"), HEAD, rows=2)]
    if first:
        cells += [
            Cell(0, last, Fixed("偏差"), HEAD, rows=2),
            Cell(0, last + 1, Fixed("提示"), HEAD, rows=2),
        ]
    for i, element in enumerate(elements):
        cells += [
            Cell(0, 1 + 2 * i, Fixed(element.name), HEAD, cols=2),
            Cell(1, 1 + 2 * i, Fixed("评级"), HEAD),
            Cell(1, 2 + 2 * i, Fixed("分值"), HEAD),
        ]
    return Block(tuple(cells), 2)


def _row(
    scheme: CompetencyScheme,
    row: int,
    source: Source,
    elements: tuple[Element, ...],
    band: int,
) -> Block:
    label: Content = Result(again(row, band)) if band else Given(who(row))
    cells = [Cell(0, 0, label, LABEL)]
    height = parts.room_for((level.name for level in scheme.levels), INPUT, LEVEL_WIDTH, 22.0)
    for i, element in enumerate(elements):
        cells += _rating(scheme, element, row, source, 1 + 2 * i)
    last = 1 + 2 * len(elements)
    if band:
        return Block(tuple(cells), 1, {0: height})
    if source is Source.SELF:
        cells += [Cell(0, last + i, Fixed("—"), NOT_RATED) for i in range(2)]
        return Block(tuple(cells), 1, {0: height})
    high, low = (
        Highlight(Compare(Rel.EQ, Var(keys.flag(row), text=True), Text(word)), ALERT)
        for word in ("偏高", "偏低")
    )
    cells += [
        Cell(0, last, Result(keys.bias(row)), CENTER.shown_as("+0.00;-0.00;0.00")),
        Cell(0, last + 1, Result(keys.flag(row)), CENTER, highlights=(high, low)),
    ]
    return Block(tuple(cells), 1, {0: height})


def _rating(
    scheme: CompetencyScheme, element: Element, row: int, source: Source, col: int
) -> list[Cell]:
    """The level given and its points; a dash where the source does not rate the element."""
    if not element.rated_by(source):
        return [Cell(0, col, Fixed("—"), NOT_RATED), Cell(0, col + 1, Fixed("—"), NOT_RATED)]
    stars = source is Source.CUSTOMER
    items = STARS if stars else tuple(level.name for level in scheme.levels)
    told = f"请从列表中选择：{'、'.join(items)}{'（星）' if stars else ''}；没有收到的留空。"
    check = Check(Choice(items), told, f"{element.name}：{told}", element.name)
    look = INPUT.shown_as('0"星"') if stars else INPUT
    points = SCORE.shown_as("General")
    return [
        Cell(0, col, Asked(keys.rating(row, element.id)), look, check=check),
        Cell(0, col + 1, Result(keys.point(row, element.id)), points),
    ]


def _overall(elements: tuple[Element, ...], *, first: bool) -> Block:
    """The mean of all raters but the employee."""
    cells = [Cell(0, 0, Fixed("全体均值（不含自评）"), SECTION)]
    for i, element in enumerate(elements):
        cells += [
            Cell(0, 1 + 2 * i, Fixed(""), SECTION),
            Cell(0, 2 + 2 * i, Result(keys.overall(element.id)), SCORE),
        ]
    if first:
        cells += [Cell(0, 1 + 2 * len(elements), Fixed(""), SECTION, cols=2)]
    return Block(tuple(cells), 1, {0: 22.0})
