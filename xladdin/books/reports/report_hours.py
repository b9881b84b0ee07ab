"""时段: when requests come, by weekday and hour, and how fast they are answered by the hour."""

from __future__ import annotations

from dataclasses import replace

from xladdin.analysis.metric import NOTHING, PIECES, SECONDS
from xladdin.analysis.month_figures import HOURS, WEEKDAYS, MonthFigures
from xladdin.analysis.record_lines import View
from xladdin.books import parts
from xladdin.formula.nodes import Blank, CountNumbers, Expr, If, SumNumbers, Var
from xladdin.formula.questions import some
from xladdin.layout.cell_rules import Heat
from xladdin.layout.cells import Block, Cell, Fixed, Shaded, Sheet
from xladdin.layout.drawings import ColumnsAndLine, Series
from xladdin.layout.styles import CENTER, HEAD, LABEL, NOTE, Style

from . import report_keys as keys
from . import report_parts as rp
from .report_lines import behind, behind_hour, behind_hours, behind_weekday
from .report_months import quotient

SHEET_NAME = "时段"
WIDTHS = (11.5, *(4.7,) * HOURS, 7.0)
"""So wide that letters of 8 points need not be made smaller on paper."""
WIDTH = len(WIDTHS)
CHART_ROWS = 9
"""With these the sheet is one page."""
TOLD = (
    "每格是这个星期几、这个钟点提出的请求条数，颜色越深越多；没有请求的格子是0。“9”指9:00至9:59。"
    "点一下数，看它是从哪些行来的；右边一列是左边各格的和。"
)
SMALL = Style(size=8, align="center", locked=False, number_format="0")
REPLY = "reply_mean"


def model() -> dict[str, Expr]:
    """Sums by hour and by weekday, and each hour's share."""
    found: dict[str, Expr] = {}
    for hour in range(HOURS):
        cells = tuple(Var(keys.of_hour(day, hour)) for day in range(1, len(WEEKDAYS) + 1))
        found[keys.of_day(hour, "total")] = _sum(cells)
    every = tuple(Var(keys.of_day(hour, "total")) for hour in range(HOURS))
    found[keys.ALL_HOURS] = _sum(every)
    for hour in range(HOURS):
        total = Var(keys.of_day(hour, "total"))
        share = quotient(total, Var(keys.ALL_HOURS), keys.METRICS["solved"].scale)
        found[keys.of_day(hour, "share")] = share
    for day in range(1, len(WEEKDAYS) + 1):
        found[_weekday(day)] = _sum(tuple(Var(keys.of_hour(day, hour)) for hour in range(HOURS)))
    return found


def _sum(cells: tuple[Var, ...]) -> Expr:
    return If(some(CountNumbers(cells)), SumNumbers(cells), Blank())


def _weekday(day: int) -> str:
    return f"hours.weekday.{day}"


def sheet(figures: MonthFigures) -> Sheet:
    """The heat map, and the hours of the day below it."""
    blocks = [
        *rp.head(figures, "时段：请求什么时候来", WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1),
        _heads(),
        _heat(figures),
        *_hours(figures),
        _chart(),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _heads() -> Block:
    cells = [Cell(0, 0, Fixed("星期"), HEAD)]
    cells += [
        Cell(0, 1 + hour, Fixed(f"{hour}", keys.of_day(hour, "name")), HEAD)
        for hour in range(HOURS)
    ]
    return Block((*cells, Cell(0, 1 + HOURS, Fixed("合计"), HEAD)), 1, {0: 22.0})


def _heat(figures: MonthFigures) -> Block:
    known = bool(figures.hours)
    rows = []
    for day, name in enumerate(WEEKDAYS, start=1):
        cells = [Cell(0, 0, Fixed(name), rp.LEFT_LABEL)]
        for hour in range(HOURS):
            readings = figures.hours.get((day, hour), {})
            count = readings.get(keys.REQUESTS, NOTHING).value or 0 if known else None
            cell = rp.asked(0, 1 + hour, keys.of_hour(day, hour), count, PIECES)
            small = Cell(0, 1 + hour, cell.content, SMALL, check=cell.check)
            # Where nobody knows the hours, they are asked for; an hour without a request has 0.
            lines = behind(figures, View.HOUR, [(hour, day)])
            marked = small if known else replace(small, highlights=cell.highlights)
            cells.append(rp.led(marked, lines))
        whole = rp.result(0, 1 + HOURS, _weekday(day), CENTER.shown_as("#,##0"))
        cells.append(rp.led(whole, behind_weekday(figures, day)))
        rows.append(Block(tuple(cells), 1, {0: 20.0}))
    table = parts.joined(rows)
    heat = Shaded(0, 1, len(WEEKDAYS), HOURS, Heat())
    return Block(table.cells, table.height, table.heights, shades=(heat,))


def _hours(figures: MonthFigures) -> list[Block]:
    small = Style(size=8, align="center")
    total = [Cell(0, 0, Fixed("合计（条）"), LABEL)]
    lines = [behind_hour(figures, hour) for hour in range(HOURS)]
    total += [
        rp.led(rp.result(0, 1 + hour, keys.of_day(hour, "total"), LABEL_SMALL), lines[hour])
        for hour in range(HOURS)
    ]
    every = rp.result(0, 1 + HOURS, keys.ALL_HOURS, LABEL.shown_as("#,##0"))
    total.append(rp.led(every, behind_hours(figures)))
    share = [Cell(0, 0, Fixed("占全天"), rp.LEFT_LABEL)]
    share += [
        rp.led(
            rp.result(0, 1 + hour, keys.of_day(hour, "share"), small.shown_as("0.0%")), lines[hour]
        )
        for hour in range(HOURS)
    ]
    share.append(Cell(0, 1 + HOURS, Fixed(""), CENTER))
    reply = [Cell(0, 0, Fixed("响应（秒）"), rp.LEFT_LABEL)]
    for hour in range(HOURS):
        value = figures.by_hour.get(hour, {}).get(REPLY, NOTHING).value
        cell = rp.asked(0, 1 + hour, keys.of_day(hour, "reply"), value, SECONDS)
        # A small hour without a request has no reply time: that asks nobody for one.
        reply.append(Cell(0, 1 + hour, cell.content, SMALL, check=cell.check, behind=lines[hour]))
    reply.append(Cell(0, 1 + HOURS, Fixed(""), CENTER))
    return [Block(tuple(cells), 1, {0: 20.0}) for cells in (total, share, reply)]


LABEL_SMALL = Style(size=8, bold=True, align="center", fill=LABEL.fill, number_format="#,##0")


def _chart() -> Block:
    hours = range(HOURS)
    chart = ColumnsAndLine(
        0,
        0,
        "一天里的请求（条）和平均响应（秒，右轴）",
        tuple(keys.of_day(hour, "name") for hour in hours),
        (
            Series("请求（条）", tuple(keys.of_day(hour, "total") for hour in hours)),
            Series("平均响应（秒，右轴）", tuple(keys.of_day(hour, "reply") for hour in hours)),
        ),
        rp.pixels(WIDTHS),
        rp.chart_height(CHART_ROWS),
        unit="条",
        line_unit="秒",
    )
    return rp.framed((chart,), CHART_ROWS, WIDTH)
