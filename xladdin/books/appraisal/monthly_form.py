"""Sheet 考核表: the form itself, with all ten columns of RS201331, target and score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.books import entry, parts, wording
from xladdin.domain.data_sources import DataSource
from xladdin.domain.raw import FULL
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.formula.nodes import Compare, Rel, Var, number
from xladdin.layout import theme
from xladdin.layout.cell_rules import Between, Check, DataBar, Highlight
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
    Shaded,
    Sheet,
    escaped,
    footer,
)
from xladdin.layout.styles import (
    ALERT,
    CENTER,
    GRAND,
    HEAD,
    INPUT,
    LABEL,
    NAME,
    PROGRESS,
    REMARK,
    SCORE,
    SECTION,
    SIGNED,
    SOURCE,
    SUBTOTAL,
    SUBTOTAL_SCORE,
    TEXT,
    Style,
)
from xladdin.scoring import keys

from . import head
from . import monthly_labels as labels

SHEET_NAME = "考核表"
RULE = "评分原则"
COLUMNS = (
    ("项目", 8.0),
    ("具体指标", 15.0),
    ("指标权重", 8.0),
    (RULE, 60.0),
    ("指标定义/计算公式", 20.0),
    ("数据来源方式", 8.5),
    ("数据来源岗位", 8.5),
    ("数据来源表单", 8.5),
    ("备注", 16.0),
    ("目标值", 11.0),
)
TARGET = len(COLUMNS) - 1
OWN = TARGET + 1
"""Where the self-rating stands, if there is one."""
HINT = "黄色格子还要填，填好变白；红色表示填写有误。得分、等级、系数自动计算，缺项会写明。"
WEIGHTS_HINT = "权重可以按岗位调整，合计不是 100% 时不计总分。"
APPEAL = "对考核结果有异议的，可以在签字时注明，并向人力资源部门书面申诉。"
WEIGHT = Style(align="center", number_format="0%")
SCREEN_ROWS = 1
"""The bar at the top, which is not printed."""
SECOND_BOX = 5
"""The column in which the superior's comment begins."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a scheme's form: one more where people rate themselves."""

    of_self: bool

    @classmethod
    def of(cls, scheme: Scheme) -> _Columns:
        return cls(any(map(scheme.asks_self, scheme.indicators)))

    @property
    def all(self) -> tuple[tuple[str, float], ...]:
        """Title and width of each."""
        # What the self-rating takes is taken from the rules: the page is as wide as before.
        columns = tuple(
            (name, width - 9.5 if self.of_self and name == RULE else width)
            for name, width in COLUMNS
        )
        rated = (("自评", 9.0), ("实际/上级评", 11.0)) if self.of_self else (("实际达成", 11.0),)
        return (*columns, *rated, ("得分", 8.5))

    @property
    def width(self) -> int:
        return len(self.all)

    @property
    def more(self) -> int:
        """By how many columns the form is wider than the usual one."""
        return int(self.of_self)

    @property
    def actual(self) -> int:
        return self.width - 2

    @property
    def scored(self) -> int:
        return self.width - 1


def form_sheet(scheme: Scheme) -> Sheet:
    """The form of a scheme, ready to be filled in, printed and signed."""
    caption = f"表单编号：{scheme.form_no}" if scheme.form_no else ""
    at = _Columns.of(scheme)
    time = (head.TIME, 3 + at.more)
    blocks = [
        _screen_bar(scheme, at),
        parts.title(Given(head.TITLE, scheme.title), at.width, caption),
        head.row(((head.EMPLOYEE_ID, 1), (head.NAME, 1), (head.POST, 3), time)),
        parts.head_row((name for name, _ in at.all), 31.5),
    ]
    repeated = sum(block.height for block in blocks)
    blocks += [_section(scheme, section, at) for section in scheme.sections]
    if scheme.adjustments:
        blocks.append(parts.joined(_adjustment(item, at) for item in scheme.adjustments))
    blocks.append(parts.joined((*_outcome(scheme, at), *_closing(at))))
    paper = Paper(Orientation.LANDSCAPE, (repeated - 1, repeated - 1), made_from(scheme))
    widths = tuple(width for _, width in at.all)
    return Sheet(
        SHEET_NAME, widths, tuple(blocks), paper, freeze=(repeated, 2), screen_rows=SCREEN_ROWS
    )


def made_from(scheme: Scheme) -> str:
    """The foot of a scheme's pages: which scheme, in which version."""
    return footer(right=f"由 xladdin 生成，{escaped(scheme.name)} 第{scheme.version}版")


def _screen_bar(scheme: Scheme, at: _Columns) -> Block:
    """What to do, and of how many indicators there is a score."""
    count = len([*scheme.indicators])
    cols = at.width - at.actual + 1
    done = Cell(
        0,
        at.width - cols,
        Result(labels.PROGRESS),
        PROGRESS.shown_as(f'"已填 "0" / {count}"'),
        cols=cols,
    )
    weights = WEIGHTS_HINT if scheme.weights_editable else ""
    return parts.screen_bar(f"{HINT}{weights}{wording.who_rates(scheme)}", at.width, done, count)


def _section(scheme: Scheme, section: Section, at: _Columns) -> Block:
    """A section: its items beside one merged heading, then its subtotal."""
    items = [_item(scheme, row, item, at) for row, item in enumerate(section.indicators)]
    count = len(items)
    summed = scheme.weights_editable and section == scheme.sections[-1]
    first = 3 if summed else 0
    cells = [
        Cell(0, 0, labels.section_name(scheme, section), SECTION, rows=count),
        *(cell for item in items for cell in item),
        *(_weights(count) if summed else ()),
        Cell(count, first, labels.subtotal_name(scheme, section), SUBTOTAL, cols=at.scored - first),
        Cell(
            count,
            at.scored,
            Result(keys.subtotal(section.id)),
            SUBTOTAL_SCORE,
            highlights=(entry.missing(keys.subtotal(section.id)),),
        ),
    ]
    bars = tuple(
        Shaded(row, at.scored, 1, 1, DataBar(theme.BAR_DONE, labels.full_points(scheme, item)))
        for row, item in enumerate(section.indicators)
    )
    return Block(tuple(cells), count + 1, {count: 17.5}, shades=bars)


def _item(scheme: Scheme, row: int, item: Indicator, at: _Columns) -> list[Cell]:
    rule = wording.form_rule(item, scheme)
    return [
        Cell(row, 1, Fixed(item.name), NAME),
        _weight(scheme, row, item),
        Cell(row, 3, Fixed(rule), TEXT),
        Cell(row, 4, Fixed(item.definition), TEXT),
        *_source(row, item.source, item.remark),
        _target(row, item),
        *_ratings(scheme, row, item, at),
        Cell(row, at.scored, Result(keys.score(item.id)), SCORE),
    ]


def _source(row: int, source: DataSource, remark: str) -> list[Cell]:
    texts = (source.way, source.post, source.form, remark)
    looks = (SOURCE, SOURCE, SOURCE, REMARK)
    return [
        Cell(row, 5 + col, Fixed(text), look)
        for col, (text, look) in enumerate(zip(texts, looks, strict=True))
    ]


def _weight(scheme: Scheme, row: int, item: Indicator) -> Cell:
    key, value = keys.weight(item.id), item.weight / 100
    look = WEIGHT.shown_as(entry.percent_format(value))
    if not scheme.weights_editable:
        return Cell(row, 2, Fixed(value, key), look)
    told = "请填百分比；全部指标的权重合计必须是 100%。"
    check = Check(Between(Decimal(0), Decimal(1)), told, f"{item.name}的权重：{told}", "指标权重")
    look = replace(INPUT, number_format=look.number_format)
    return Cell(row, 2, Asked(key, value), look, check=check, highlights=(entry.missing(key),))


def _target(row: int, item: Indicator) -> Cell:
    if not item.uses_target:
        return Cell(row, TARGET, Fixed("—"), CENTER)
    key, look = keys.target(item.id), INPUT.shown_as(entry.number_format(item.unit))
    marks = (entry.missing(key), entry.out_of_range(key, item.unit))
    check = entry.figure_check(item.unit, item.name, "目标值")
    return Cell(
        row, TARGET, Given(key, item.target, open=True), look, check=check, highlights=marks
    )


def _ratings(scheme: Scheme, row: int, item: Indicator, at: _Columns) -> list[Cell]:
    """The actual; of an indicator that two people rate, both their ratings."""
    if not at.of_self:
        return [_actual(row, item, at)]
    if not scheme.asks_self(item):
        return [Cell(row, OWN, Fixed("—"), CENTER), _actual(row, item, at)]
    own = scheme.self_weight
    return [
        _rating(item, keys.self_rating(item.id), (row, OWN), counts=own != 0),
        _rating(item, keys.actual(item.id), (row, at.actual), counts=own != FULL),
    ]


def _rating(item: Indicator, key: str, at: tuple[int, int], *, counts: bool) -> Cell:
    """One of two ratings; one that does not count may stay empty."""
    marks = (entry.missing(key),) if counts else ()
    return Cell(
        *at,
        Asked(key),
        INPUT.shown_as(entry.number_format(item.unit)),
        check=entry.rating_check(item, key),
        highlights=(*marks, entry.between_bands(item, key)),
    )


def _actual(row: int, item: Indicator, at: _Columns) -> Cell:
    key, look = keys.actual(item.id), INPUT.shown_as(entry.number_format(item.unit))
    wrong = (
        entry.refused(key, keys.score(item.id))
        if item.subjective
        else entry.out_of_range(key, item.unit)
    )
    check = entry.actual_check(item)
    slot = Asked(key) if item.subjective else entry.figure(key, item.source)
    return Cell(row, at.actual, slot, look, check=check, highlights=(entry.missing(key), wrong))


def _adjustment(item: Adjustment, at: _Columns) -> Block:
    """One row of 加减分: criteria, source, points, and what of them counts."""
    rule = f"{item.criteria}。{wording.adjustment_text(item)}"
    points, counted = keys.points(item.id), keys.counted(item.id)
    cells = (
        Cell(0, 0, Fixed(item.name), SECTION, cols=2),
        Cell(0, 2, Fixed(wording.adjustment_limit(item)), CENTER),
        Cell(0, 3, Fixed(rule), TEXT, cols=2),
        *_source(0, item.source, item.remark),
        *(Cell(0, col, Fixed("—"), CENTER) for col in range(TARGET, at.actual)),
        Cell(
            0,
            at.actual,
            entry.figure(points, item.source),
            INPUT.shown_as('General"分"'),
            check=entry.points_check(item),
            highlights=(entry.beyond(points, item.low, item.high), entry.unscored(counted)),
        ),
        Cell(
            0,
            at.scored,
            Result(counted),
            SCORE.shown_as(_signed(item)),
            highlights=(entry.missing(counted),),
        ),
    )
    return Block(cells, 1, {0: 20.0})


def _signed(item: Adjustment) -> str:
    """How what counts is shown: with the sign by which it changes the total."""
    low, high = item.span
    above, below = "+" if high > 0 else "-", "-" if low < 0 else "+"
    return f'"{above}"0.00;"{below}"0.00;0.00'


def _outcome(scheme: Scheme, at: _Columns) -> list[Block]:
    """最终得分, 等级, 绩效奖金系数."""
    outcome = parts.spread([*_results(scheme, at)], 28)
    cells = tuple(
        replace(cell, highlights=(entry.missing(keys.TOTAL),))
        if cell.content == Result(keys.TOTAL)
        else cell
        for cell in outcome.cells
    )
    return [Block(cells, outcome.height, outcome.heights)]


def _results(scheme: Scheme, at: _Columns) -> Iterator[tuple[Content, Style, int]]:
    """The results, and beside the total the same out of the scheme's own scale."""
    points, scaled = GRAND.shown_as("0.00"), scheme.scale != FULL
    yield Fixed("绩效考核最终得分"), HEAD, 2
    yield Result(keys.TOTAL), points, 2
    if scaled:
        yield Fixed(wording.scaled_label(scheme)), HEAD, 1
        yield Result(keys.SCALED), points, 1
    yield Fixed("等级"), HEAD, 1
    yield Result(keys.GRADE), GRAND, 2
    yield Fixed("绩效奖金系数"), HEAD, 2
    yield Result(keys.COEFFICIENT), GRAND.shown_as("0.0#"), (1 if scaled else 3) + at.more


def _weights(row: int) -> list[Cell]:
    """The sum of the weights, red unless it is 100%; in the row of the last subtotal."""
    key = keys.WEIGHT_TOTAL
    off = Compare(Rel.LT, Var(key), number(1))
    over = Compare(Rel.GT, Var(key), number(1))
    marks = tuple(Highlight(test, ALERT) for test in (off, over))
    look = LABEL.shown_as("0.0%")
    return [
        Cell(row, 0, Fixed("权重合计"), LABEL, cols=2),
        Cell(row, 2, Result(key), look, highlights=(*marks, entry.missing(key))),
    ]


def _closing(at: _Columns) -> list[Block]:
    """自我评价 and 领导评价 beside each other, the three signatures, and the right to appeal."""
    who: list[tuple[Content, Style, int]] = [
        (Fixed("被考核人签字"), SIGNED, 2),
        (Fixed("日期："), SIGNED, 2),
        (Fixed("直接上级"), SIGNED, 1),
        (Fixed("日期："), SIGNED, 3),
        (Fixed("部门负责人"), SIGNED, 1),
        (Fixed("日期："), SIGNED, 3 + at.more),
    ]
    boxes = [
        parts.comment_cells("自我评价", "comment.self", 0, SECOND_BOX),
        parts.comment_cells("领导评价", "comment.superior", SECOND_BOX, at.width - SECOND_BOX),
    ]
    return [
        Block(tuple(cell for box in boxes for cell in box), 1, {0: 40.0}),
        parts.spread(who, 26),
        parts.note(APPEAL, at.width),
    ]
