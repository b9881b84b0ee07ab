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
from xladdin.layout.cell_rules import Between, Check, Highlight
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
    FIGURE,
    HEAD,
    INPUT,
    LABEL,
    RESULT,
    SCORE,
    SECTION,
    TEXT,
    Style,
)
from xladdin.scoring import keys

from . import head

SHEET_NAME = "考核表"
COLUMNS = (
    ("项目", 9.0),
    ("具体指标", 14.0),
    ("指标权重", 8.0),
    ("评分原则", 38.0),
    ("指标定义/计算公式", 27.0),
    ("数据来源方式", 10.0),
    ("数据来源岗位", 10.0),
    ("数据来源表单", 13.0),
    ("备注", 20.0),
    ("目标值", 12.0),
)
TARGET = len(COLUMNS) - 1
OWN = TARGET + 1
"""Where the self-rating stands, if there is one."""
HINT = "黄色格子由考核人填写；橙色表示还没有填，红色表示填写有误。得分、等级、系数自动计算。"
APPEAL = "对考核结果有异议的，可以在签字时注明，并向人力资源部门书面申诉。"
WEIGHT = Style(align="center", number_format="0%")


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
        rated = (("自评", 9.0), ("实际/上级评", 12.0)) if self.of_self else (("实际达成", 12.0),)
        return (*COLUMNS, *rated, ("得分", 10.0))

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
    caption = "　".join(part for part in (f"表单编号：{scheme.form_no}",) if scheme.form_no)
    at = _Columns.of(scheme)
    time = (head.TIME, 3 + at.more)
    blocks = [
        parts.title(Given(head.TITLE, scheme.title), at.width, caption),
        parts.note(f"{HINT}{wording.who_rates(scheme)}", at.width),
        head.row(((head.EMPLOYEE_ID, 1), (head.NAME, 1), (head.POST, 3), time)),
        parts.head_row(name for name, _ in at.all),
    ]
    repeated = sum(block.height for block in blocks)
    blocks += [_section(scheme, section, at) for section in scheme.sections]
    if scheme.adjustments:
        blocks.append(parts.joined(_adjustment(item, at) for item in scheme.adjustments))
    blocks.append(parts.joined((*_outcome(scheme, at), *_closing(at))))
    paper = Paper(Orientation.LANDSCAPE, (repeated - 1, repeated - 1))
    widths = tuple(width for _, width in at.all)
    return Sheet(SHEET_NAME, widths, tuple(blocks), paper, freeze=(repeated, 2))


def _section(scheme: Scheme, section: Section, at: _Columns) -> Block:
    """A section: its items beside one merged heading, then its subtotal."""
    name = f"{section.name}\n（{wording.percent(section.weight)}）"
    items = [_item(scheme, row, item, at) for row, item in enumerate(section.indicators)]
    count = len(items)
    cells = [
        Cell(0, 0, Fixed(name), SECTION, rows=count),
        *(cell for item in items for cell in item),
        Cell(count, 0, Fixed(wording.subtotal_label(section)), LABEL, cols=at.scored),
        Cell(
            count,
            at.scored,
            Result(keys.subtotal(section.id)),
            SCORE,
            highlights=(entry.missing(keys.subtotal(section.id)),),
        ),
    ]
    return Block(tuple(cells), count + 1)


def _item(scheme: Scheme, row: int, item: Indicator, at: _Columns) -> list[Cell]:
    rule = wording.rule_text(item, brief=True, editable=scheme.weights_editable, scheme=scheme)
    return [
        Cell(row, 1, Fixed(item.name), CENTER),
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
    looks = (CENTER, CENTER, CENTER, TEXT)
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
    rule = wording.adjustment_text(item)
    points, counted = keys.points(item.id), keys.counted(item.id)
    cells = (
        Cell(0, 0, Fixed(item.name), SECTION, cols=2),
        Cell(0, 2, Fixed(wording.adjustment_limit(item)), CENTER),
        Cell(0, 3, Fixed(rule), TEXT),
        Cell(0, 4, Fixed(item.criteria), TEXT),
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
    return Block(cells, 1, {0: 30.0})


def _signed(item: Adjustment) -> str:
    """How what counts is shown: with the sign by which it changes the total."""
    low, high = item.span
    above, below = "+" if high > 0 else "-", "-" if low < 0 else "+"
    return f'"{above}"0.00;"{below}"0.00;0.00'


def _outcome(scheme: Scheme, at: _Columns) -> list[Block]:
    """最终得分, 等级, 绩效奖金系数; and the sum of the weights where they may be edited."""
    outcome = parts.spread([*_results(scheme, at)], 30)
    cells = tuple(
        replace(cell, highlights=(entry.missing(keys.TOTAL),))
        if cell.content == Result(keys.TOTAL)
        else cell
        for cell in outcome.cells
    )
    blocks = [Block(cells, outcome.height, outcome.heights)]
    return [_weights(at), *blocks] if scheme.weights_editable else blocks


def _results(scheme: Scheme, at: _Columns) -> Iterator[tuple[Content, Style, int]]:
    """The results, and beside the total the same out of the scheme's own scale."""
    points, scaled = RESULT.shown_as("0.00"), scheme.scale != FULL
    yield Fixed("绩效考核最终得分"), HEAD, 2
    yield Result(keys.TOTAL), points, 2
    if scaled:
        yield Fixed(wording.scaled_label(scheme)), HEAD, 1
        yield Result(keys.SCALED), points, 1
    yield Fixed("等级"), HEAD, 1
    yield Result(keys.GRADE), RESULT, 2
    yield Fixed("绩效奖金系数"), HEAD, 2
    yield Result(keys.COEFFICIENT), RESULT.shown_as("0.0#"), (1 if scaled else 3) + at.more


def _weights(at: _Columns) -> Block:
    """The sum of the weights, red unless it is 100%."""
    key = keys.WEIGHT_TOTAL
    off = Compare(Rel.LT, Var(key), number(1))
    over = Compare(Rel.GT, Var(key), number(1))
    marks = tuple(Highlight(test, ALERT) for test in (off, over))
    cells = (
        Cell(0, 0, Fixed("权重合计（须为100%）"), LABEL, cols=2),
        Cell(0, 2, Result(key), FIGURE.shown_as("0.0%"), highlights=(*marks, entry.missing(key))),
        Cell(
            0, 3, Fixed("权重可以按岗位调整，合计不是 100% 时不计总分。"), TEXT, cols=at.width - 3
        ),
    )
    return Block(cells, 1, {0: 22.0})


def _closing(at: _Columns) -> list[Block]:
    """自我评价, 领导评价, the three signatures, and the right to appeal."""
    signature = Style(valign="vcenter", align="left")
    row: list[tuple[Content, Style, int]] = [
        (Fixed("被考核人签字"), LABEL, 2),
        (Fixed("　　　　　　　　日期："), signature, 2),
        (Fixed("直接上级"), LABEL, 1),
        (Fixed("　　　　　　　　日期："), signature, 3),
        (Fixed("部门负责人"), LABEL, 1),
        (Fixed("　　　　　　　　日期："), signature, 3 + at.more),
    ]
    return [
        parts.comment_box("自我评价", "comment.self", at.width, 2),
        parts.comment_box("领导评价", "comment.superior", at.width, 2),
        parts.spread(row, 34),
        parts.note(APPEAL, at.width),
    ]
