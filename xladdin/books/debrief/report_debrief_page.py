"""述职报告: the page that is handed in: five measures, what they say, measures to take, a closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    MEASURES,
    DebriefFigures,
    Measure,
)
from xladdin.analysis.metric import Metric
from xladdin.books.reports import report_parts as rp
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Content, Fixed, Result, Sheet
from xladdin.layout.styles import CENTER, LABEL, NOTE, Style

from . import report_debrief_appraisals as appraisals
from . import report_debrief_keys as keys
from . import report_debrief_training as training
from .report_debrief_beside import in_all
from .report_debrief_parts import STANDING, head, middle_cell, middle_name, sheet_of, state
from .report_debrief_words import (
    CLOSING,
    EFFECT,
    EFFECT_NAME,
    LACKING,
    OVERALL,
    draft_key,
    sentence_key,
)

SHEET_NAME = "述职报告"
TITLE = "客服述职报告"
WIDTHS = (19.0, 6.0, 11.0, 11.0, 15.0, 9.0, 11.0, 14.0)
WIDTH = len(WIDTHS)
HEADS = ("指标", "单位", "", "", "变化", "好坏", "", "和中位数比")
SPARE = 2
TALL, LINE = 30.0, 20.0


def sheet(figures: DebriefFigures) -> Sheet:
    """A page or two, to be signed."""
    blocks = [
        *head(figures, TITLE, WIDTH, right=6),
        _who(figures),
        rp.heading("一、总体情况", WIDTH),
        _told(OVERALL, TALL),
        rp.heading("二、去年和今年", WIDTH),
        _heads(figures),
        *(_row(figures, of) for of in MEASURES),
        _effect(),
        _appraisal(figures),
        _small(LACKING),
        rp.heading("三、逐项说明", WIDTH),
        *_sentences(),
        rp.together((rp.heading("四、对策和建议", WIDTH), _drafts())),
        rp.together((rp.heading("五、结语", WIDTH), _told(CLOSING, 46.0), *_signatures(figures))),
    ]
    return sheet_of(SHEET_NAME, WIDTHS, blocks, STANDING)


def _who(figures: DebriefFigures) -> Block:
    one = figures.employee
    told = (
        [("姓名", one.name), ("部门", one.department), ("岗位", one.position)]
        if one
        else [("部门", figures.name), ("人数", f"{figures.people}人"), ("范围", "部门全体")]
    )
    cells: list[Cell] = []
    for (label, text), (at, to, cols) in zip(told, ((0, 1, 2), (3, 4, 1), (5, 6, 2)), strict=True):
        cells += [Cell(0, at, Fixed(label), LABEL), Cell(0, to, Fixed(text), CENTER, cols=cols)]
    cells += [
        Cell(1, 0, Fixed("时间段"), LABEL),
        Cell(1, 1, Result(keys.SPAN), CENTER, cols=WIDTH - 1),
    ]
    return Block(tuple(cells), 2, {0: LINE, 1: LINE})


def _heads(figures: DebriefFigures) -> Block:
    """The years are called as far as they go: 去年同期, 今年1月至10月."""
    plain = rp.heads(HEADS, 30.0).cells
    named: dict[int, Content] = {
        2: Result(keys.LABEL[keys.LAST]),
        3: Result(keys.LABEL[keys.THIS]),
        6: Fixed(f"今年\n{middle_name(figures)}"),
    }
    cells = tuple(replace(cell, content=named.get(cell.col, cell.content)) for cell in plain)
    return Block(cells, 1, {0: 30.0})


def _told(key: str, height: float) -> Block:
    return Block((rp.told(0, 0, key, cols=WIDTH),), 1, {0: height})


def _small(key: str) -> Block:
    return Block((Cell(0, 0, Result(key, measured=True), NOTE, cols=WIDTH),), 1, {0: 22.0})


def _row(figures: DebriefFigures, of: Measure) -> Block:
    known = figures.year_middles.get((of.id, figures.year))
    mid = middle_cell(0, 6, keys.year_middle(of.id, keys.THIS), known, of.year.scale)
    return Block(
        (*_figures(of.year, of.id, of.year.name), _again(mid), _beside(of.id)), 1, {0: LINE}
    )


def _again(mid: Cell) -> Cell:
    """A median that stands on another sheet as an input: here it is read."""
    key = getattr(mid.content, "key", "")
    return Cell(0, mid.col, Result(f"shown.{key}"), CENTER.shown_as(mid.style.number_format))


def _figures(metric: Metric, of: str, name: str) -> tuple[Cell, ...]:
    shown = CENTER.shown_as(rp.number_format(metric.scale))
    strong = Style(bold=True, align="center", number_format=rp.number_format(metric.scale))
    return (
        Cell(0, 0, Fixed(name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(metric.scale.name), CENTER),
        rp.result(0, 2, in_all(of, "last"), shown),
        rp.result(0, 3, in_all(of, "this"), strong),
        rp.result(0, 4, in_all(of, "change")),
        state(0, 5, in_all(of, "judged")),
    )


def _beside(of: str) -> Cell:
    return rp.result(0, 7, in_all(of, "mid"))


def _effect() -> Block:
    """The fifth measure: before and after stand where last year and this one do."""
    name = f"{EFFECT_NAME}\n（左为培训前，右为后）"
    note = Cell(0, 6, Fixed("见“培训效果”"), Style(align="center", color=theme.MUTED), cols=2)
    return Block((*_figures(training.METRIC, EFFECT, name), note), 1, {0: 28.0})


def _appraisal(figures: DebriefFigures) -> Block:
    known = figures.year_middles.get((APPRAISAL.id, figures.year))
    key = keys.year_middle(APPRAISAL.id, keys.THIS)
    mid = middle_cell(0, 6, key, known, APPRAISAL.scale)
    shown = CENTER.shown_as("0.00")
    cells = (
        Cell(0, 0, Fixed("考核总分（月平均）"), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(APPRAISAL.scale.name), CENTER),
        rp.result(0, 2, keys.year(APPRAISAL.id, keys.LAST), shown),
        rp.result(
            0,
            3,
            keys.year(APPRAISAL.id, keys.THIS),
            Style(bold=True, align="center", number_format="0.00"),
        ),
        rp.result(0, 4, in_all(APPRAISAL.id, "change")),
        state(0, 5, in_all(APPRAISAL.id, "judged")),
        _again(mid),
        _beside(APPRAISAL.id),
    )
    return Block(cells, 1, {0: LINE})


def _sentences() -> Iterator[Block]:
    told = [(of.called, sentence_key(of)) for of in MEASURES]
    told.append(("培训", training.key(1, "told")))
    told.append(("考核", appraisals.TOLD_KEY))
    for i, (called, key) in enumerate(told, start=1):
        cells = (
            Cell(0, 0, Fixed(f"{i}. {called}"), rp.LEFT_LABEL),
            rp.told(0, 1, key, cols=WIDTH - 1),
        )
        yield Block(cells, 1, {0: TALL})


def _drafts() -> Block:
    rows = [rp.heads(("", "措施（草稿，请改写）", "", "", "", "", "完成日期", "目标"))]
    first = rows[0].cells
    merged = Cell(0, 1, first[1].content, first[1].style, cols=5)
    rows[0] = Block((first[0], merged, *first[6:]), 1, {0: 22.0})
    drafts = [*(of.id for of in MEASURES), "survey"]
    for i, what in enumerate(drafts, start=1):
        cells = (
            Cell(0, 0, Fixed(str(i)), CENTER),
            rp.told(0, 1, draft_key(what), cols=5),
            rp.asked_day(0, 6, f"{draft_key(what)}.due"),
            rp.asked_text(0, 7, f"{draft_key(what)}.aim"),
        )
        rows.append(Block(cells, 1, {0: TALL}))
    for i in range(1, SPARE + 1):
        cells = (
            Cell(0, 0, Fixed(str(len(drafts) + i)), CENTER),
            rp.asked_text(0, 1, draft_key(f"spare{i}"), cols=5),
            rp.asked_day(0, 6, f"{draft_key(f'spare{i}')}.due"),
            rp.asked_text(0, 7, f"{draft_key(f'spare{i}')}.aim"),
        )
        rows.append(Block(cells, 1, {0: LINE}))
    return rp.together(rows)


def _signatures(figures: DebriefFigures) -> Iterator[Block]:
    yield rp.gap(WIDTH, 6)
    comment = (
        Cell(0, 0, Fixed("上级意见"), LABEL),
        rp.asked_text(0, 1, "superior.comment", cols=WIDTH - 1),
    )
    yield Block(comment, 1, {0: 40.0})
    who = "述职人" if figures.employee else "部门负责人"
    cells = (
        Cell(0, 0, Fixed(f"{who}签字"), LABEL),
        Cell(0, 1, Fixed(""), CENTER, cols=2),
        Cell(0, 3, Fixed("上级签字"), LABEL),
        Cell(0, 4, Fixed(""), CENTER, cols=2),
        Cell(0, 6, Fixed("日期"), LABEL),
        rp.asked_day(0, 7, "signed.day"),
    )
    yield Block(cells, 1, {0: 26.0})
