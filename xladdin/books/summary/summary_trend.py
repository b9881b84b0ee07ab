"""趋势: totals of twelve months with small lines of 12 and 3, and the company's mean."""

from __future__ import annotations

from dataclasses import replace

from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.formula.nodes import (
    Blank,
    CountNumbers,
    CountWhere,
    Expr,
    If,
    IsNumber,
    Range,
    Rel,
    Related,
    Round,
    SumNumbers,
    SumWhere,
    Var,
    div,
    number,
    sub,
)
from xladdin.formula.questions import both, some
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.drawings import Lines, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import LABEL, PLAIN
from xladdin.layout.tables.table import TableCell
from xladdin.scoring.model import Model

from . import summary_parts as sp
from .summary_ranking import TABLE as RANKING

SHEET_NAME = "趋势"
TABLE = "trend"
TOLD = "以前的月份按现在的考核方案和总表里的数据算出；没有数据的月份空着，不算进平均。"
TOLD_OF_LEDGER = (
    "以前的月份取自台账，关闭的月份就是关闭时的总分；台账里没有的，按现在的考核方案和总表里的数据算出。"
    "没有数据的月份空着，不算进平均。"
)
SHORT = 3
LOWEST = number(-1_000_000)
CHART_ROWS, CHART_ROW = 10, 20.0
LEAST_MONTHS = 2


def _month(i: int) -> str:
    return f"m{i}"


def sheet(results: MonthResults) -> Sheet:
    """A row per person."""
    months = results.months
    last = len(months)
    monthly = [
        *(sp.entry(_month(i), m, 7.5, sp.POINTS) for i, m in enumerate(months[:-1], start=1)),
        sp.computed(_month(last), months[-1], 7.5, _CURRENT, sp.TOTAL),
    ]
    whole, short = (_month(1), _month(last)), (_month(last - SHORT + 1), _month(last))
    columns = [
        sp.entry("name", "姓名", 9, sp.NAME),
        sp.entry("department", "部门", 10),
        sp.sparkline("line12", "近12个月", 20, whole),
        sp.sparkline("line3", "近3个月", 10, short),
        sp.computed("mean3", "3月平均", 8, _mean(range(last - SHORT + 1, last + 1)), sp.POINTS),
        sp.computed("mean12", "12月平均", 8, _mean(range(1, last + 1)), sp.POINTS),
        sp.computed("change", "较上月", 8, _change(last), sp.CHANGE),
        *monthly,
        sp.entry("id", "工号", 9, sp.GREY_ID),
        sp.helper("at", sp.place_of(f"{RANKING}.id")),
    ]
    people = sorted(results.people, key=lambda one: (one.employee.department, one.employee.id))
    table = sp.table(TABLE, columns, (_row(results, one) for one in people))
    width = len(columns) - 1
    above = [
        *sp.head(results, "绩效趋势", width, TOLD_OF_LEDGER if results.origin else TOLD),
        *_chart(results, tuple(each.width for each in columns[:width])),
        _means(results),
    ]
    return sp.table_sheet(SHEET_NAME, above, columns, table, kept=1)


_CURRENT = sp.looked_up(f"{RANKING}.total", Var("at"))


def _mean(months: range) -> Expr:
    cells = tuple(Var(_month(i)) for i in months)
    return If(
        some(CountNumbers(cells)), Round(div(SumNumbers(cells), CountNumbers(cells)), 2), Blank()
    )


def _change(last: int) -> Expr:
    now, before = Var(_month(last)), Var(_month(last - 1))
    return If(both(IsNumber(now), IsNumber(before)), Round(sub(now, before), 2), Blank())


def _row(results: MonthResults, one: PersonResult) -> sp.Row:
    person = one.employee
    known = results.history.get(person.id, {})
    row: dict[str, TableCell] = {
        "name": person.name,
        "department": person.department,
        "id": person.id,
    }
    for i, month in enumerate(results.months[:-1], start=1):
        row[_month(i)] = known.get(month)
    return row


def _average(i: int) -> str:
    return f"trend.mean.{i}"


def _label(i: int) -> str:
    return f"trend.month.{i}"


def mean_key() -> str:
    """The company's mean of the current month."""
    return _average(12)


def model(results: MonthResults) -> Model:
    """The company's mean of each month."""
    found: Model = {}
    for i in range(1, len(results.months) + 1):
        month = Range(f"{TABLE}.{_month(i)}")
        numbers = (Related(month, Rel.GE, LOWEST),)
        count = CountWhere(numbers)
        found[_average(i)] = If(
            some(count), Round(div(SumWhere(month, numbers), count), 2), Blank()
        )
    return found


def _means(results: MonthResults) -> Block:
    first = 7
    cells = [Cell(0, 0, Fixed("公司平均"), LABEL, cols=first)]
    for i, month in enumerate(results.months, start=1):
        at = first + i - 1
        cells.append(Cell(0, at, Result(_average(i)), LABEL.shown_as("0.00")))
        cells.append(Cell(1, at, Fixed(f"{month.month}月", _label(i)), PLAIN_MONTH))
    return Block(tuple(cells), 2, {0: 20.0, 1: 14.0})


PLAIN_MONTH = replace(PLAIN, align="center")


def _chart(results: MonthResults, widths: tuple[float, ...]) -> list[Block]:
    """The company's mean, from the first month on that anybody has a total in."""
    known = {month for totals in results.history.values() for month in totals}
    first = next((i for i, m in enumerate(results.months, start=1) if m in known), 12)
    shown = range(first, len(results.months) + 1)
    if len(shown) < LEAST_MONTHS:
        return []
    chart = Lines(
        0,
        0,
        "公司平均分",
        tuple(_label(i) for i in shown),
        (Series("公司平均分", tuple(_average(i) for i in shown), theme.CHART_DARK),),
        int(sum(map(column_points, widths)) * PIXELS_PER_POINT) - 6,
        int(CHART_ROWS * CHART_ROW * PIXELS_PER_POINT) - 6,
        unit="分",
    )
    frame = Cell(0, 0, Fixed(""), PLAIN, rows=CHART_ROWS, cols=len(widths))
    heights = dict.fromkeys(range(CHART_ROWS), CHART_ROW)
    return [Block((frame,), CHART_ROWS, heights, charts=(chart,))]
