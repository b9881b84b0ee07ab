"""Sheet 反馈单: what the employee gets to see and signs: levels and means, nobody's name."""

from __future__ import annotations

from xladdin.domain.competency import CompetencyScheme, Element, Source
from xladdin.domain.quantities import plain
from xladdin.layout.cells import Block, Cell, Content, Fixed, Result, Sheet
from xladdin.layout.styles import CENTER, HEAD, LABEL, PLAIN, RESULT, SECTION, TEXT, Style
from xladdin.scoring import competency as keys

from . import head, parts
from .competency_overview import outcome_height

SHEET_NAME = "反馈单"
WIDTHS = (19.0, 33.0, 13.0, 16.0, 13.0, 13.0)
WIDTH = len(WIDTHS)
APPEAL = (
    "对结果有异议的，可以在签字时注明，并向人力资源部门书面申诉。签字只表示已经看过，不表示同意。"
)


def feedback_sheet(scheme: CompetencyScheme) -> Sheet:
    """The employee's copy, made to be printed alone."""
    blocks = (
        parts.title(Fixed("能力考核结果反馈单"), WIDTH),
        head.row(((head.NAME, 1), (head.TIME, 3))),
        parts.head_row(("能力要素", "行为要点", "我的自评", "同事均值", "客户均值", "结果等级")),
        *(_element(scheme, element) for element in scheme.elements),
        _outcome(scheme),
        parts.note(_told(scheme), WIDTH, PLAIN),
        parts.joined(
            (
                parts.comment_box("面谈记录", "comment.talk", WIDTH, 1, 70),
                parts.comment_box("本人意见", "comment.self", WIDTH, 1, 56),
                _signatures(),
                parts.note(APPEAL, WIDTH),
            )
        ),
    )
    return Sheet(SHEET_NAME, WIDTHS, blocks)


def _told(scheme: CompetencyScheme) -> str:
    """What the figures mean, and what is not shown."""
    points = "，".join(f"{level.name} {plain(level.points)}" for level in scheme.levels)
    peers = (
        f"同事评价匿名；参评同事少于 {scheme.least_peers} 人时，不显示同事均值和会透露它的等级。"
        if scheme.elements_of(Source.PEER)
        else ""
    )
    return f"均值按等级的分值计算：{points}。{peers}"


def _element(scheme: CompetencyScheme, element: Element) -> Block:
    behaviours = "\n".join(f"· {text}" for text in element.behaviours)
    customer = element.rated_by(Source.CUSTOMER)
    peer = element.rated_by(Source.PEER)
    mean = CENTER.shown_as("0.00")
    cells = (
        Cell(0, 0, Fixed(element.name), SECTION),
        Cell(0, 1, Fixed(behaviours), TEXT),
        Cell(0, 2, Result(keys.mean(Source.SELF, element.id)), mean),
        Cell(0, 3, Result(keys.shown(element.id)) if peer else Fixed("—"), mean),
        Cell(
            0,
            4,
            Result(keys.mean(Source.CUSTOMER, element.id)) if customer else Fixed("—"),
            mean,
        ),
        Cell(0, 5, Result(keys.shown_result_level(element.id)), CENTER),
    )
    levels = (level.name for level in scheme.levels)
    return Block(cells, 1, {0: parts.room_for(levels, CENTER, WIDTHS[5], 44.0)})


def _outcome(scheme: CompetencyScheme) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("综合等级"), HEAD, 1),
        (Result(keys.SHOWN_LEVEL), RESULT, 1),
        (Fixed("奖励与改进"), HEAD, 1),
        (Result(keys.SHOWN_REWARD), RESULT, 3),
    ]
    return parts.spread(row, outcome_height(scheme, WIDTHS[1], sum(WIDTHS[3:])))


def _signatures() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("本人签字"), LABEL, 1),
        (Fixed("　　　　　　　　日期："), TEXT, 1),
        (Fixed("主管签字"), LABEL, 1),
        (Fixed("　　　　　　　　日期："), TEXT, 3),
    ]
    return parts.spread(row, 30)
