"""付款转化 of the shop's report: T+1 and T+4 of thirteen months, and which of them are final.

A customer who asks on a month's last day may pay until the end of the fourth day after it: until the
records reach that far, the month's figure is provisional, whoever says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xladdin.analysis.metric import PEOPLE, Metric
from xladdin.analysis.metrics import shop
from xladdin.analysis.month_figures import MONTHS
from xladdin.analysis.shop_figures import ShopFigures, final_on
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.metric_lines import Part, behind_metric, command_behind
from xladdin.domain.quantities import LAST_DATE
from xladdin.formula.nodes import (
    Compare,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Rel,
    Text,
    Var,
    cases,
    number,
)
from xladdin.formula.questions import equal
from xladdin.layout.cell_rules import Behind, Between, Check, Highlight
from xladdin.layout.cells import Asked, Block, Cell, Fixed, Result, Sheet
from xladdin.layout.styles import ALERT, CENTER, LABEL, NOTE, Style

from .report_shop_conclusions import IS_FINAL, PROVISIONAL, SOON_FINAL
from .report_shop_work import rates

SHEET_NAME = "付款转化"
HEADS = (
    "月份",
    "询单人数",
    "T+1付款",
    "T+1转化率",
    "T+4付款",
    "T+4转化率",
    "比上个月",
    "好坏",
    "最终的日子",
    "是不是最终",
)
WIDTHS = (13.0, 12.0, 12.0, 12.0, 12.0, 12.0, 15.0, 9.0, 14.0, 26.0)
WIDTH = len(WIDTHS)
SOON_PAID = "T+1付款人数"
OF_COLUMNS: Mapping[str, tuple[Metric, Part]] = {
    "asked": (shop.ASKED, Part.FIGURE),
    "soon": (shop.CONVERTED_SOON, Part.ABOVE),
    "soon_share": (shop.CONVERTED_SOON, Part.FIGURE),
    "paid": (shop.PAID, Part.FIGURE),
    "share": (shop.CONVERTED, Part.FIGURE),
}
CHART_ROWS = 11
UNTIL, TITLE = "paying.until", "paying.title"
TITLES = (TITLE, SOON_FINAL)
TOLD = (
    "T+1：问的当天和第二天付了款的；T+4：当天到第4天付了款的。月底最后几天问的客户，要到下月4日才知道付没付，"
    "所以记录没有到那一天的月份是暂定的，以后会变高，不和别的月份比好坏。记录到哪一天可以改。"
)
DAY_ZERO = dt.date(1899, 12, 30)
"""A spreadsheet's day 0."""


def serial(day: dt.date) -> int:
    """A day as a spreadsheet counts it."""
    return (day - DAY_ZERO).days


def state_key(month: int) -> str:
    """The cell that says whether a month is final."""
    return f"paying.{month}.state"


def _key(month: int, what: str) -> str:
    return f"paying.{month}.{what}"


def model(figures: ShopFigures) -> dict[str, Expr]:
    """Each month's row."""
    found: dict[str, Expr] = {}
    for month, period in enumerate(figures.months):
        final = final_on(period)
        open_ = Text(f"暂定，{final.month}月{final.day}日以后才最终")
        reached = Compare(Rel.GE, Var(UNTIL), number(serial(final)))
        found[state_key(month)] = cases(
            ((Not(IsNumber(Var(UNTIL))), open_), (reached, Text(IS_FINAL))), open_
        )
        cells = {
            "asked": keys.value(shop.ASKED.id, month),
            "soon": keys.above(shop.CONVERTED_SOON.id, month),
            "soon_share": keys.value(shop.CONVERTED_SOON.id, month),
            "paid": keys.value(shop.PAID.id, month),
            "share": keys.value(shop.CONVERTED.id, month),
        }
        found |= {_key(month, what): rp.or_dash(Var(cell)) for what, cell in cells.items()}
        if month:
            now, before = (Var(keys.value(shop.CONVERTED.id, one)) for one in (month, month - 1))
            is_final = equal(Var(state_key(month), text=True), Text(IS_FINAL))
            short = say.in_short(shop.CONVERTED, now, before)
            judged = say.judged(shop.CONVERTED, now, before)
            found[_key(month, "change")] = If(is_final, short, Text(say.NO_FIGURE))
            found[_key(month, "judged")] = If(is_final, judged, Text(""))
    soon = final_on(figures.period, shop.SOONEST_DAYS)
    found[SOON_FINAL] = cases(
        (
            (Not(IsNumber(Var(UNTIL))), Text(PROVISIONAL)),
            (Compare(Rel.GE, Var(UNTIL), number(serial(soon))), Text(IS_FINAL)),
        ),
        Text(PROVISIONAL),
    )
    found[TITLE] = _title()
    return found


def _title() -> Expr:
    share, soon = Var(keys.value(shop.CONVERTED.id)), Var(keys.value(shop.CONVERTED_SOON.id))
    scale = shop.CONVERTED.scale
    from_ = [
        Text("询单转化率：T+1 "),
        say.told(scale, soon),
        Text("，T+4 "),
        say.told(scale, share),
    ]
    final = equal(Var(state_key(keys.NOW), text=True), Text(IS_FINAL))
    told = Join((*from_, If(final, Text(""), Text("（暂定）"))))
    return If(IsNumber(share), If(IsNumber(soon), told, Text("询单转化率")), Text("询单转化率"))


def sheet(figures: ShopFigures) -> Sheet:
    """Months from the latest back, and a chart of both rates."""
    lines = {shop.CONVERTED_SOON: "T+1", shop.CONVERTED: "T+4"}
    height = rp.chart_height(CHART_ROWS)
    charts = tuple(rates(figures, lines, rp.pixels(WIDTHS), height, TITLE))
    blocks = [
        *rp.head(figures, "询单转化率：T+1、T+4", WIDTH),
        _until(figures),
        rp.heads(HEADS),
        *_rows(figures),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 26.0}),
        *([rp.framed(charts, CHART_ROWS, WIDTH)] if charts else []),
    ]
    return rp.one_page(rp.sheet(SHEET_NAME, WIDTHS, blocks))


def _until(figures: ShopFigures) -> Block:
    """The last day that the records know of."""
    until = figures.recorded_until
    known = None if until is None else Decimal(serial(until))
    asked = Cell(
        0,
        2,
        Asked(UNTIL, known),
        rp.EDITABLE.shown_as("yyyy-mm-dd"),
        check=Check(Between(Decimal(1), LAST_DATE, date=True), "", "请填日期，如 2026-11-05。"),
        highlights=(Highlight(IsEmpty(Var(UNTIL)), rp.EMPTY_INPUT),),
    )
    told = Fixed("这一天以后的付款，记录里还没有。")
    cells = (
        Cell(0, 0, Fixed("记录到哪一天"), LABEL, cols=2),
        asked,
        Cell(0, 3, told, Style(border=False, size=9), cols=WIDTH - 3),
    )
    return Block(cells, 1, {0: 22.0})


def _rows(figures: ShopFigures) -> Iterator[Block]:
    people, rate = CENTER.shown_as(rp.number_format(PEOPLE)), CENTER.shown_as("0.0%")
    for month in reversed(range(MONTHS)):
        period = figures.months[month]
        state, judged = state_key(month), _key(month, "judged")
        is_open = Not(equal(Var(state, text=True), Text(IS_FINAL)))
        cells = [
            Cell(0, 0, Fixed(keys.month_text(period)), rp.LEFT_LABEL),
            *(
                rp.led(rp.result(0, col, _key(month, what), look), _behind(figures, month, what))
                for col, what, look in (
                    (1, "asked", people),
                    (2, "soon", people),
                    (3, "soon_share", rate),
                    (4, "paid", people),
                    (5, "share", rate),
                )
            ),
            *_changes(month, judged),
            Cell(0, 8, Fixed(final_on(period).isoformat()), CENTER),
            Cell(0, 9, Result(state), CENTER, highlights=(Highlight(is_open, ALERT),)),
        ]
        yield Block(tuple(cells), 1)


def _behind(figures: ShopFigures, month: int, what: str) -> Behind | None:
    """This month's sessions; of other months the command that lists them."""
    metric, part = OF_COLUMNS[what]
    if month == keys.NOW:
        how = f"，这个数是“{SOON_PAID}”一列的和" if part is Part.ABOVE else ""
        return behind_metric(figures, metric, part, how)
    return command_behind(figures, metric, figures.months[month])


def _changes(month: int, judged: str) -> Iterator[Cell]:
    if not month:
        yield Cell(0, 6, Fixed(say.NO_FIGURE), CENTER)
        yield Cell(0, 7, Fixed(""), CENTER)
        return
    yield rp.result(0, 6, _key(month, "change"))
    yield Cell(0, 7, Result(judged), CENTER, highlights=rp.lights(judged))
