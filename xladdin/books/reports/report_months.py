"""月度数据: thirteen months of every metric, where a clerk corrects and fills in what others read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.analysis.metric import PER_DAY, PIECES, Metric, Reading, Scale, Share
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MONTHS, MonthFigures
from xladdin.domain.people import Period
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    If,
    IsNumber,
    Rel,
    Round,
    SumNumbers,
    Var,
    div,
    number,
)
from xladdin.formula.questions import both
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER, HEAD, NOTE, Style

from . import report_keys as keys
from . import report_parts as rp
from .metric_lines import Part, behind_metric, command_behind

SHEET_NAME = "月度数据"
TOLD = (
    "白格和黄格的数可以改，黄格是没有数据的，知道就补上，不知道就空着（空着不等于0）；"
    "灰底的率和合计由表自己算。改了这里，各页的数、图和文字跟着变。"
    "点指标的名字，看各月的数从哪些行来；点本月的数，看它的行。"
)
FIRST = 2
"""The column of the first month."""
WIDTHS = (24.0, 7.0, *(9.0,) * MONTHS)
DAYS = Scale("天")
HEAD_BLOCKS = 3
"""Blocks down to the head of the table."""
COMPUTED = Style(align="center", fill=theme.QUIET)
Known = Callable[[MonthFigures, Period], Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: asked for where it has what is known, else worked out."""

    name: str
    scale: Scale
    key: Callable[[int], str]
    known: Known | None = None
    metric: Metric | None = None
    """Of which metric it holds a part."""
    part: Part = Part.FIGURE


def rows() -> Iterator[Row]:
    """Every row, sums and shares below what they are made of."""
    yield Row("服务天数", DAYS, keys.days, lambda figures, month: figures.days.get(month))
    yield plain(workload.REQUESTS)
    yield computed(workload.REQUESTS_A_DAY)
    yield plain(workload.OPEN)
    for times in (workload.REPLY, workload.WAIT, workload.SOLVE):
        yield from map(plain, times)
        yield lines(times[0], f"有{times[0].name.partition('（')[0]}的请求")
    yield from share(workload.SOLVED, "已经解决的请求", "知道解决没有的请求")
    yield from share(workload.SOLVED_AT_ONCE, "一次解决的请求", "知道找过几次的请求")
    yield from share(workload.REOPENED, "重开过的请求", "知道有没有重开的请求")
    yield plain(opinions.SCORE)
    yield lines(opinions.SCORE, "评了分的请求")
    for one, words in zip(keys.CLASSES, opinions.CLASSES, strict=True):
        yield above(one, f"评价为{words}")
    yield rated()
    yield from map(computed, (*keys.CLASSES, opinions.ANSWERED))
    yield plain(opinions.COMPLAINTS)
    yield lines(opinions.COMPLAINT_SHARE, "知道是不是投诉的请求")
    yield computed(opinions.COMPLAINT_SHARE)
    yield from map(plain, (opinions.SUGGESTIONS, opinions.WORDS))


def share(metric: Metric, counted: str, out_of: str) -> tuple[Row, Row, Row]:
    """A share below the two numbers that it is made of."""
    return above(metric, counted), lines(metric, out_of), computed(metric)


def _key(metric: Metric) -> Callable[[int], str]:
    return lambda month: keys.value(metric.id, month)


def plain(metric: Metric) -> Row:
    """A figure that is known, or asked for."""
    return Row(
        metric.name,
        metric.scale,
        _key(metric),
        lambda figures, month: figures.reading(metric, month).value,
        metric,
    )


def computed(metric: Metric) -> Row:
    """A figure that the sheet works out."""
    return Row(metric.name, metric.scale, _key(metric), metric=metric)


def rated() -> Row:
    """The requests with an opinion, as the sum of the three classes."""
    first = keys.CLASSES[0]
    return Row(
        "有评价的请求",
        PIECES,
        lambda month: keys.basis(first.id, month),
        metric=first,
        part=Part.BASIS,
    )


def above(metric: Metric, name: str) -> Row:
    """The lines that a share counts."""

    def known(figures: MonthFigures, month: Period) -> int | None:
        return _if_any(figures.reading(metric, month), lambda one: one.above)

    return Row(name, PIECES, lambda month: keys.above(metric.id, month), known, metric, Part.ABOVE)


def lines(metric: Metric, name: str) -> Row:
    """The lines that a share is out of, or a mean is over."""

    def known(figures: MonthFigures, month: Period) -> int | None:
        return _if_any(figures.reading(metric, month), lambda one: one.basis)

    return Row(name, PIECES, lambda month: keys.basis(metric.id, month), known, metric, Part.BASIS)


def _if_any(reading: Reading, of: Callable[[Reading], int | None]) -> int | None:
    """A number of lines, or nothing where no line says anything: that is no 0."""
    return of(reading) if reading.basis else None


def model(metrics: Iterable[Metric] = keys.METRICS.values()) -> dict[str, Expr]:
    """What the sheet works out for each month."""
    found: dict[str, Expr] = {}
    shares = [one for one in metrics if isinstance(one.figure, Share)]
    for month in range(MONTHS):
        classes = tuple(Var(keys.above(one.id, month)) for one in keys.CLASSES)
        rated = keys.basis(keys.CLASSES[0].id, month)
        found[rated] = If(
            Compare(Rel.GT, CountNumbers(classes), number(0)), SumNumbers(classes), Blank()
        )
        for metric in shares:
            found[keys.value(metric.id, month)] = _ratio(_counted(metric, month), metric, month)
        requests, days = Var(keys.value(keys.REQUESTS, month)), Var(keys.days(month))
        found[keys.value(workload.REQUESTS_A_DAY.id, month)] = quotient(requests, days, PER_DAY)
    return found


def _counted(metric: Metric, month: int) -> Var:
    """The cell of the lines that a share counts; some of these are metrics themselves."""
    if metric is opinions.ANSWERED:
        return Var(keys.basis(keys.CLASSES[0].id, month))
    return Var(keys.above(metric.id, month))


def _ratio(counted: Var, metric: Metric, month: int) -> Expr:
    return quotient(counted, Var(keys.basis(metric.id, month)), metric.scale)


def quotient(above: Var, below: Var, scale: Scale) -> Expr:
    """One figure out of another one, as it is shown; nothing where either is missing or there is nothing."""
    places = scale.places + (2 if scale.percent else 0)
    some = Compare(Rel.GT, below, number(0))
    ratio = If(some, Round(div(above, below), places), Blank())
    return If(both(IsNumber(above), IsNumber(below)), ratio, Blank())


def sheet(figures: MonthFigures, shown: Iterable[Row] | None = None) -> Sheet:
    """A column per month."""
    width = len(WIDTHS)
    blocks = [
        *rp.head(figures, f"{SHEET_NAME}（13个月）", width),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=width),), 1, {0: 18.0}),
        _heads(figures),
        *(_row(row, figures) for row in (rows() if shown is None else shown)),
    ]
    made = rp.sheet(SHEET_NAME, WIDTHS, blocks)
    top = sum(block.height for block in blocks[:HEAD_BLOCKS])
    paper = replace(made.paper, repeat=(0, top - 1))
    return replace(made, paper=paper, freeze=(top, FIRST))


def _heads(figures: MonthFigures) -> Block:
    cells = [Cell(0, 0, Fixed("指标"), HEAD), Cell(0, 1, Fixed("单位"), HEAD)]
    for i, month in enumerate(figures.months):
        label = Fixed(keys.month_on_charts(month, figures), keys.month_label(i))
        cells.append(Cell(0, FIRST + i, label, HEAD))
        part = figures.part(month) or ("" if figures.has(month) else "没有数据")
        cells.append(Cell(1, FIRST + i, Fixed(part), NOTE))
    cells.append(Cell(1, 0, Fixed("*不是整月"), NOTE, cols=2))
    return Block(tuple(cells), 2, {0: 24.0})


def _row(row: Row, figures: MonthFigures) -> Block:
    metric = row.metric
    how = None if metric is None else command_behind(figures, metric, None)
    name = rp.led(Cell(0, 0, Fixed(row.name), rp.LEFT_LABEL), how)
    cells = [name, Cell(0, 1, Fixed(row.scale.name), CENTER)]
    for i, month in enumerate(figures.months):
        if row.known is None:
            style = COMPUTED.shown_as(rp.number_format(row.scale))
            cells.append(rp.result(0, FIRST + i, row.key(i), style))
        else:
            known = row.known(figures, month)
            cells.append(rp.asked(0, FIRST + i, row.key(i), known, row.scale))
    if metric is not None and _is_there(row, figures):
        cells[-1] = rp.led(cells[-1], behind_metric(figures, metric, row.part))
    return Block(tuple(cells), 1)


def _is_there(row: Row, figures: MonthFigures) -> bool:
    """Whether this month's number is one that lines make."""
    if row.known is not None:
        return bool(row.known(figures, figures.period))
    return bool(row.metric and figures.reading_of(row.metric).basis)
