"""逐月对比: each measure month by month, last year beside this one and the team's median beside both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.analysis.debrief_figures import LEAST_PEOPLE, MEASURES, DebriefFigures, Measure, Middle
from xladdin.analysis.metric import Metric
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.formula.nodes import Expr, If, IsNumber, Join, Text, Var
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.styles import CENTER, HEAD, NOTE, Style

from . import report_debrief_keys as keys
from .report_debrief_parts import head, middle_cell, middle_name, sheet_of, state

SHEET_NAME = "逐月对比"
WIDTHS = (21.0, *(9.6,) * 12, 11.0)
WIDTH = len(WIDTHS)
YEAR = WIDTH - 1
CHART_ROWS = 17
PALE, DARK, MIDDLE = theme.CHART_PALE, theme.CHART_DARK, theme.CHART_WARM
NOT_COMPARED = "不比"
TOLD = f"中位数是本部门各人当月数的中位数，不到{LEAST_PEOPLE}人有数的不给；它在生成时算好，改本表不会跟着变。"


def beside(of: Measure, month: int, what: str) -> str:
    """A cell of a month's column: last, this, change, judged, mid."""
    return f"c.{of.id}.{month}.{what}"


def title_key(of: Measure) -> str:
    """What a measure's chart says."""
    return f"title.{of.id}"


def in_all(metric_id: str, what: str) -> str:
    """A cell of the year's column: change, judged, mid."""
    return f"c.{metric_id}.year.{what}"


def model(figures: DebriefFigures) -> dict[str, Expr]:
    """Every computed cell of the sheet."""
    found: dict[str, Expr] = {}
    for of in MEASURES:
        for month in keys.MONTHS:
            now, before = (Var(keys.value(of, side, month)) for side in (keys.THIS, keys.LAST))
            part = _part(figures, month)
            mid = Var(keys.middle(of.id, keys.THIS, month))
            if figures.employee is not None:
                found[beside(of, month, "mid")] = keys.beside_middle(of.metric, now, mid)
            found |= {
                beside(of, month, "this"): rp.or_dash(now),
                beside(of, month, "last"): rp.or_dash(before),
                beside(of, month, "change"): say.in_short(of.metric, now, before, part),
                beside(of, month, "judged"): say.judged(of.metric, now, before, part),
            }
        found |= _year(of, figures)
    return found


def _part(figures: DebriefFigures, month: int) -> str:
    """Why the two months may not be compared in what adds up."""
    parts = (figures.parts.get(keys.period(figures, side, month)) for side in keys.SIDES)
    return next((part for part in parts if part), "")


def _year(of: Measure, figures: DebriefFigures) -> dict[str, Expr]:
    now, before = Var(keys.year(of.id, keys.THIS)), Var(keys.year(of.id, keys.LAST))
    mid = Var(keys.year_middle(of.id, keys.THIS))
    told = Join(
        (
            Text(f"{of.year.name}："),
            Var(keys.LABEL[keys.THIS], text=True),
            say.told(of.year.scale, now),
            Text("，"),
            keys.beside_last(of.year, now, before),
        )
    )
    return {
        in_all(of.id, "this"): rp.or_dash(now),
        in_all(of.id, "last"): rp.or_dash(before),
        in_all(of.id, "change"): say.in_short(of.year, now, before),
        in_all(of.id, "judged"): say.judged(of.year, now, before),
        in_all(of.id, "mid"): beside_team(figures, of.year, now, mid),
        title_key(of): If(IsNumber(now), told, Text(f"{of.year.name}：今年没有数据")),
    }


def beside_team(figures: DebriefFigures, metric: Metric, now: Var, mid: Var) -> Expr:
    """A person beside the team; a department is no member of itself."""
    if figures.employee is None:
        return Text(NOT_COMPARED)
    return keys.beside_middle(metric, now, mid)


def sheet(figures: DebriefFigures) -> Sheet:
    """A table and a chart a measure."""
    blocks = [
        *head(figures, SHEET_NAME, WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 16.0}),
    ]
    for of in MEASURES:
        blocks.append(rp.together((_table(figures, of), _chart(figures, of))))
    return sheet_of(SHEET_NAME, WIDTHS, blocks)


def _table(figures: DebriefFigures, of: Measure) -> Block:
    shown = CENTER.shown_as(rp.number_format(of.metric.scale))
    strong = Style(bold=True, align="center", number_format=rp.number_format(of.metric.scale))
    cells = [Cell(0, 0, Fixed(f"{of.metric.name}（{of.metric.scale.name}）"), HEAD)]
    own, middles = figures.employee is not None, middle_name(figures)
    names = ["今年", "去年", "变化", "好坏", f"{middles}（今年）", f"{middles}（去年）"]
    names += ["和今年中位数比"] if own else []
    cells += [Cell(row, 0, Fixed(name), rp.LEFT_LABEL) for row, name in enumerate(names, start=1)]
    for month in keys.MONTHS:
        cells += [
            Cell(0, month, Fixed(f"{month}月"), HEAD),
            rp.result(1, month, beside(of, month, "this"), strong),
            rp.result(2, month, beside(of, month, "last"), shown),
            rp.result(3, month, beside(of, month, "change"), SMALL),
            state(4, month, beside(of, month, "judged")),
        ]
        if own:
            cells.append(rp.result(7, month, beside(of, month, "mid"), SMALL))
        for row, side in ((5, keys.THIS), (6, keys.LAST)):
            known = _known(figures, of, side, month)
            key = keys.middle(of.id, side, month)
            cells.append(middle_cell(row, month, key, known, of.metric.scale, keys.inside(month)))
    cells += _year_column(figures, of)
    return Block(tuple(cells), len(names) + 1, {0: 20.0, 3: 24.0})


SMALL = Style(size=8, align="center")


def _known(figures: DebriefFigures, of: Measure, side: str, month: int) -> Middle | None:
    return figures.middles.get((of.id, keys.period(figures, side, month)))


def _year_column(figures: DebriefFigures, of: Measure) -> Sequence[Cell]:
    scale = of.year.scale
    strong = Style(
        bold=True, align="center", fill=theme.QUIET, number_format=rp.number_format(scale)
    )
    unit = "月平均" if of.below is None else "累计"
    cells = [
        Cell(0, YEAR, Fixed(unit), HEAD),
        rp.result(1, YEAR, in_all(of.id, "this"), strong),
        rp.result(2, YEAR, in_all(of.id, "last"), strong),
        rp.result(3, YEAR, in_all(of.id, "change"), SMALL),
        state(4, YEAR, in_all(of.id, "judged")),
    ]
    if figures.employee is not None:
        cells.append(rp.result(7, YEAR, in_all(of.id, "mid"), SMALL))
    for row, side in ((5, keys.THIS), (6, keys.LAST)):
        known = figures.year_middles.get((of.id, keys.year_of(figures, side)))
        cells.append(middle_cell(row, YEAR, keys.year_middle(of.id, side), known, scale))
    return cells


def compared_columns(
    last: Sequence[str], this: Sequence[str], mid: Sequence[str], called: str
) -> tuple[Series, ...]:
    """Last year pale, this one dark, the median between them."""
    found = (
        Series("去年", tuple(last), PALE),
        Series("今年", tuple(this), DARK),
        Series(f"{called}（今年）", tuple(mid), MIDDLE),
    )
    return found if mid else found[:2]


def _chart(figures: DebriefFigures, of: Measure) -> Block:
    shown = {
        side: tuple(keys.value(of, side, month) for month in keys.MONTHS) for side in keys.SIDES
    }
    mid = tuple(keys.middle(of.id, keys.THIS, month) for month in keys.MONTHS)
    # Of a department's sum its people's median is no part.
    beside_it = figures.employee is not None or of.below is not None
    lines = compared_columns(
        shown[keys.LAST], shown[keys.THIS], mid if beside_it else (), middle_name(figures)
    )
    chart = Columns(
        0,
        0,
        of.metric.name,
        tuple(keys.month_head(keys.THIS, month) for month in keys.MONTHS),
        lines,
        rp.pixels(WIDTHS),
        rp.chart_height(CHART_ROWS),
        unit="" if of.metric.scale.percent else of.metric.scale.name,
        number_format="0%" if of.metric.scale.percent else "General",
        minimum=Decimal(0),
        maximum=Decimal(1) if of.metric.scale.percent else None,
        title_key=title_key(of),
    )
    return rp.framed((chart,), CHART_ROWS, WIDTH)


def hidden() -> list[str]:
    """The titles of the charts."""
    return [title_key(of) for of in MEASURES]
