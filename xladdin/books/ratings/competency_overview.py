"""Sheet 绩效总结: the means of all four sources, the result, and a radar chart, for HR."""

from __future__ import annotations

from xladdin.books import entry, parts
from xladdin.books.appraisal import head
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Element, Source
from xladdin.domain.quantities import plain
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Content, Fixed, Given, Result, Sheet
from xladdin.layout.drawings import Radar, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import (
    CENTER,
    HEAD,
    LABEL,
    PLAIN,
    RESULT,
    SCORE,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)
from xladdin.scoring import competency_model as keys

SHEET_NAME = "绩效总结"
FOR_HR = "（人力资源专用）"
FEEDBACK = "told.feedback"
"""What HR has to know of the 反馈单 that goes with it."""
WIDTHS = (19.0, 7.0, 13.6, 13.6, 13.6, 13.6, 11.0, 11.0)
"""Of the columns but that of subordinates, which only stands where they rate."""
COLORS = {
    Source.SELF: theme.SOURCES["self"],
    Source.SUPERIOR: theme.SOURCES["superior"],
    Source.PEER: theme.SOURCES["peer"],
    Source.SUBORDINATE: theme.SOURCES["subordinate"],
    Source.CUSTOMER: theme.SOURCES["customer"],
}
WARNING = (
    "本工作簿有各来源的均值和每个人的评分，只由人力资源部门保存，不发给被评人，也不发给主管；"
    "可以给他们看的都在反馈单里。"
)
USUAL = 4
"""Sources that always have a column."""
LEAST_AXES = 3
"""A radar chart of fewer elements shows nothing."""
NOT_RATED = Style(align="center", fill=theme.QUIET)
RESULT_COLOR = theme.CHART_RESULT
CHART_ROWS, CHART_ROW_HEIGHT = 12, 32.0
HIGHEST_ROW = 400.0
"""Points; Excel has rows of 409 at most."""


def name_key(element: str) -> str:
    """The cell that names an element: an axis of the chart."""
    return f"name.{element}"


def overview_sheet(scheme: CompetencyScheme) -> Sheet:
    """The summary of one employee."""
    widths = _widths(scheme)
    width = len(widths)
    blocks = (
        parts.title(Given(head.TITLE, f"{SHEET_NAME}{FOR_HR}"), width),
        parts.note(WARNING, width, PLAIN),
        head.row(((head.EMPLOYEE_ID, 3), (head.NAME, width - 5))),
        head.row(((head.POST, 3), (head.TIME, width - 5))),
        _means(scheme),
        _outcome(scheme),
        parts.note(_told(scheme), width, PLAIN),
        *([_chart(scheme)] if len(scheme.elements) >= LEAST_AXES else []),
        parts.joined(
            (
                parts.spread([(Fixed("反馈单"), LABEL, 1), (Given(FEEDBACK), TEXT, width - 1)]),
                parts.comment_box("备注", "comment.hr", width, 1, 56),
                _signatures(width),
            )
        ),
    )
    return Sheet(SHEET_NAME, widths, blocks)


def _widths(scheme: CompetencyScheme) -> tuple[float, ...]:
    return WIDTHS if len(scheme.columns) == USUAL else (*WIDTHS, WIDTHS[-1])


def _means(scheme: CompetencyScheme) -> Block:
    """A row per element: weight, the mean of each source with its weight, result, level."""
    sources = [SOURCE_LABELS[source] for source in scheme.columns]
    heads = parts.head_row(("能力要素", "权重", *sources, "加权得分", "等级"))
    height = parts.room_for((level.name for level in scheme.levels), CENTER, WIDTHS[-1], 24.0)
    rows = [_element(scheme, element, height) for element in scheme.elements]
    return parts.joined((heads, *rows))


def _element(scheme: CompetencyScheme, element: Element, height: float) -> Block:
    cells = [
        Cell(0, 0, Fixed(element.name, name_key(element.id)), SECTION),
        Cell(
            0,
            1,
            Fixed(element.weight / 100),
            CENTER.shown_as(entry.percent_format(element.weight / 100)),
        ),
    ]
    for col, source in enumerate(scheme.columns, start=2):
        weight = element.weights.of(source)
        look = CENTER.shown_as(f'0.00"（{plain(weight)}%）"' if weight else "0.00")
        key = keys.mean(source, element.id)
        # Really empty, not a dash: Excel leaves an empty cell out of the chart and draws a text
        # as 0.
        unrated = Cell(0, col, Fixed(None, key), NOT_RATED)
        cells.append(Cell(0, col, Result(key), look) if element.rated_by(source) else unrated)
    cells += [
        Cell(0, 2 + len(scheme.columns), Result(keys.result(element.id)), SCORE),
        Cell(0, 3 + len(scheme.columns), Result(keys.result_level(element.id)), CENTER),
    ]
    return Block(tuple(cells), 1, {0: height})


def _outcome_height(scheme: CompetencyScheme, level_width: float, reward_width: float) -> float:
    """The row of the result: high enough for any level's name and reward."""
    names = parts.room_for((level.name for level in scheme.levels), RESULT, level_width, 30.0)
    return parts.room_for((level.reward for level in scheme.levels), RESULT, reward_width, names)


def _outcome(scheme: CompetencyScheme) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("综合得分"), HEAD, 1),
        (Result(keys.TOTAL), RESULT.shown_as("0.00"), 2),
        (Fixed("综合等级"), HEAD, 1),
        (Result(keys.LEVEL), RESULT, 1),
        (Fixed("奖励与改进"), HEAD, 1),
        (Result(keys.REWARD), RESULT, len(_widths(scheme)) - 6),
    ]
    block = parts.spread(row, _outcome_height(scheme, WIDTHS[4], sum(_widths(scheme)[6:])))
    cells = tuple(
        parts.highlighted(cell, entry.missing(keys.TOTAL))
        if cell.content == Result(keys.TOTAL)
        else cell
        for cell in block.cells
    )
    return parts.joined((Block(cells, block.height, block.heights), _missing(scheme)))


def _missing(scheme: CompetencyScheme) -> Block:
    """Which ratings the total lacks, with room for all of them."""
    widths = _widths(scheme)
    height = parts.room_for([keys.longest_missing(scheme)], TEXT, sum(widths[1:]), 24.0)
    row: list[tuple[Content, Style, int]] = [
        (Fixed("还缺的评级"), LABEL, 1),
        (Result(keys.MISSING), TEXT, len(widths) - 1),
    ]
    return parts.spread(row, min(height, HIGHEST_ROW))


def bounds(scheme: CompetencyScheme) -> str:
    """From which mean on a level is earned, in words."""
    return "，".join(
        f"{level.name} {'≥' if level.sign == '>=' else '＞'}{plain(level.lower)}"
        if level.lower is not None
        else f"其余{level.name}"
        for level in scheme.levels
    )


def _told(scheme: CompetencyScheme) -> str:
    """How the result comes about, in words."""
    missing = {
        "spread": "某一来源没有评分时，其权重按比例分给已有评分的来源。",
        "incomplete": "计入的来源缺少评分时，该要素不出结果。",
    }[scheme.missing]
    every = all(scheme.elements_of(source) == scheme.elements for source in scheme.columns)
    partly = (
        ""
        if every
        else "灰色格表示该来源不评这个要素，雷达图中也不画；只评一两个要素的来源不成线，图中没有。"
    )
    return (
        f"括号内为该来源在本要素中的权重，没有括号的只作参考。综合等级：{bounds(scheme)}。"
        f"{missing}{partly}"
    )


def _chart(scheme: CompetencyScheme) -> Block:
    """The elements by source, and the result; a source of one or two elements makes no line."""
    ids = [element.id for element in scheme.elements]
    lines = [
        Series(SOURCE_LABELS[s], tuple(keys.mean(s, id_) for id_ in ids), COLORS[s])
        for s in scheme.sources
        if len(scheme.elements_of(s)) >= LEAST_AXES
    ]
    lines.append(Series("加权得分", tuple(keys.result(id_) for id_ in ids), RESULT_COLOR))
    chart = Radar(
        0,
        0,
        "各要素评分（按来源）",
        tuple(name_key(id_) for id_ in ids),
        tuple(lines),
        int(sum(map(column_points, _widths(scheme))) * PIXELS_PER_POINT) - 6,
        int(CHART_ROWS * CHART_ROW_HEIGHT * PIXELS_PER_POINT) - 6,
        max(level.points for level in scheme.levels),
    )
    frame = Cell(0, 0, Fixed(""), Style(), rows=CHART_ROWS, cols=len(_widths(scheme)))
    heights = dict.fromkeys(range(CHART_ROWS), CHART_ROW_HEIGHT)
    return Block((frame,), CHART_ROWS, heights, charts=(chart,))


def _signatures(width: int) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("经办人签字"), SIGNED, 2),
        (Fixed("日期："), SIGNED, 2),
        (Fixed("复核人签字"), SIGNED, 2),
        (Fixed("日期："), SIGNED, width - 6),
    ]
    return parts.spread(row, 30)
