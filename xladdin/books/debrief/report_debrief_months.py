"""月度数据 of a debrief: two years of sums, where a clerk corrects and fills in what all pages read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.debrief_figures import (
    COMPLAINING,
    ITEMS,
    MEASURES,
    YEAR_MONTHS,
    DebriefFigures,
    Item,
    Measure,
)
from xladdin.analysis.metric import Scale
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.report_months import COMPUTED, quotient
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Not, Text, Var, cases, number
from xladdin.formula.questions import NEVER, both
from xladdin.layout import theme
from xladdin.layout.cell_rules import Between, Check
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER, HEAD, NOTE, Style

from . import report_debrief_keys as keys
from .report_debrief_parts import head, sheet_of, wanted

SHEET_NAME = "月度数据"
TOLD = (
    "白格和黄格的数可以改，黄格是没有数据的，知道就补上，不知道就空着（空着不等于0）；灰底由表自己算。"
    "只知道全年数的，填在“全年（自己填）”，填了就按它算。"
)
FIRST = 2
WIDTHS = (22.0, 7.0, *(8.4,) * YEAR_MONTHS, 11.0, 11.0)
WIDTH = len(WIDTHS)
SUM, OWN = FIRST + YEAR_MONTHS, FIRST + YEAR_MONTHS + 1
MONTH = Scale("月")


def differs(of: Measure, side: str) -> str:
    """What is said where a year's figure as typed is not that of the months."""
    return f"differs.{of.id}.{side}"


def model(figures: DebriefFigures) -> dict[str, Expr]:
    """What the sheet works out."""
    found = keys.until_model(figures.year)
    for side in keys.SIDES:
        for item in ITEMS:
            found[keys.item_sum(item, side)] = _sum(figures, item, side)
        whole = _whole(figures, side)
        found[keys.whole_months(side)] = keys.summed(tuple((number(1), test) for _, test in whole))
        for measure in MEASURES:
            found |= _measure(measure, side)
    return found


def _measure(of: Measure, side: str) -> dict[str, Expr]:
    found: dict[str, Expr] = {}
    if of.below is not None:
        for month in keys.MONTHS:
            above, below = (Var(keys.item(one, side, month)) for one in (of.above, of.below))
            found[keys.value(of, side, month)] = quotient(above, below, of.metric.scale)
    own, months = Var(keys.own(of, side)), Var(keys.worked_out(of, side))
    found[keys.worked_out(of, side)] = keys.of_sums(of, side)
    found[keys.year(of.id, side)] = cases(
        ((IsNumber(own), own), (IsNumber(months), months)), Blank()
    )
    both_there = both(IsNumber(own), IsNumber(months))
    apart = Not(say.same(of.year, own, months))
    told = Text("全年数是自己填的，和按月算的不一样，请核对")
    found[differs(of, side)] = If(both_there, If(apart, told, Text("")), Text(""))
    return found


def _sum(figures: DebriefFigures, item: Item, side: str) -> Expr:
    """The months that count: of a ratio only those in which both of its numbers are known."""
    if item is COMPLAINING.above:
        return keys.summed(tuple(_whole(figures, side)))
    partner = _partner(item)
    counted = []
    for month in keys.MONTHS:
        own = Var(keys.item(item, side, month))
        tests = [IsNumber(own), keys.inside(month)]
        if partner is not None:
            tests.append(IsNumber(Var(keys.item(partner, side, month))))
        counted.append((own, both(*tests)))
    return keys.summed(tuple(counted))


def _whole(figures: DebriefFigures, side: str) -> list[tuple[Var, Expr]]:
    """The complaints of whole months."""
    found = []
    for month in keys.MONTHS:
        if not figures.parts.get(keys.period(figures, side, month)):
            own = Var(keys.item(COMPLAINING.above, side, month))
            found.append((own, both(IsNumber(own), keys.inside(month))))
    return found or [(Var(keys.UNTIL_USED), NEVER)]


def _partner(item: Item) -> Item | None:
    for measure in MEASURES:
        if measure.below is not None and item in (measure.above, measure.below):
            return measure.below if item is measure.above else measure.above
    return None


def sheet(figures: DebriefFigures) -> Sheet:
    """A table a year."""
    blocks = [
        *head(figures, SHEET_NAME, WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 18.0}),
        _until(figures),
    ]
    for side in reversed(keys.SIDES):
        rows = [_heads(figures, side)]
        rows += [row for item in ITEMS for row in _rows(figures, item, side)]
        blocks += [rp.gap(WIDTH, 6), rp.together(rows)]
    made = sheet_of(SHEET_NAME, WIDTHS, blocks)
    return replace(made, freeze=None)


def _until(figures: DebriefFigures) -> Block:
    last = None if figures.until is None else Decimal(figures.until)
    cell = rp.asked(0, 1, keys.UNTIL, last, MONTH)
    rule = Between(Decimal(1), Decimal(YEAR_MONTHS), whole=True)
    check = Check(rule, "", "请填1至12的整数；空着按12月。")
    told = "月为止；两年都只算到这个月，去年的同样几个月和今年比。空着按全年。"
    cells = (
        Cell(0, 0, Fixed("今年的数据到"), rp.LEFT_LABEL),
        replace(cell, check=check),
        Cell(0, 2, Fixed(told), NOTE, cols=WIDTH - 2),
    )
    return Block(cells, 1, {0: 20.0})


def _heads(figures: DebriefFigures, side: str) -> Block:
    year = keys.year_of(figures, side)
    cells = [
        Cell(0, 0, Fixed(f"{year}年"), HEAD),
        Cell(0, 1, Fixed("单位"), HEAD),
        Cell(0, SUM, Fixed("合计／全年"), HEAD),
        Cell(0, OWN, Fixed("全年（自己填）"), HEAD),
    ]
    parts = []
    for month in keys.MONTHS:
        label = Fixed(f"{month}月", keys.month_head(side, month))
        cells.append(Cell(0, FIRST + month - 1, label, HEAD))
        if part := figures.parts.get(keys.period(figures, side, month)):
            parts.append(f"{month}月只有{part}" if "月" in part else f"{month}月{part}")
    if not parts:
        return Block(tuple(cells), 1, {0: 26.0})
    told = f"不是整月：{'；'.join(parts)}。这些月份不算进每月投诉数。"
    cells.append(Cell(1, 0, Fixed(told), NOTE, cols=WIDTH))
    return Block(tuple(cells), 2, {0: 26.0})


def _rows(figures: DebriefFigures, item: Item, side: str) -> Iterator[Block]:
    """An item, and below the last one of a measure what comes out of it."""
    cells = [
        Cell(0, 0, Fixed(item.name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(item.scale.name), CENTER),
    ]
    for month in keys.MONTHS:
        known = figures.months.get(keys.period(figures, side, month), {}).get(item.id)
        cell = rp.asked(0, FIRST + month - 1, keys.item(item, side, month), known, item.scale)
        cells.append(wanted(cell, keys.inside(month)))
    shown = COMPUTED.shown_as(rp.number_format(item.scale))
    cells += [
        rp.result(0, SUM, keys.item_sum(item, side), shown),
        Cell(0, OWN, Fixed(""), Style(fill=theme.QUIET)),
    ]
    yield Block(tuple(cells), 1)
    for measure in MEASURES:
        if item is (measure.below or measure.above):
            yield _measured(measure, side)


def _measured(of: Measure, side: str) -> Block:
    shown = COMPUTED.shown_as(rp.number_format(of.metric.scale))
    name, unit = (of.year.name, of.year.scale.name)
    cells = [Cell(0, 0, Fixed(name), rp.LEFT_LABEL), Cell(0, 1, Fixed(unit), CENTER)]
    for month in keys.MONTHS:
        at = FIRST + month - 1
        if of.below is None:
            cells.append(Cell(0, at, Fixed(""), Style(fill=theme.QUIET)))
        else:
            cells.append(rp.result(0, at, keys.value(of, side, month), shown))
    whole = COMPUTED.shown_as(rp.number_format(of.year.scale))
    cells += [
        rp.result(0, SUM, keys.worked_out(of, side), whole),
        wanted(
            rp.asked(0, OWN, keys.own(of, side), None, of.year.scale),
            Not(IsNumber(Var(keys.worked_out(of, side)))),
        ),
    ]
    return Block(tuple(cells), 1)


def hidden() -> list[str]:
    """The keys of results that no page shows."""
    sides = [keys.whole_months(side) for side in keys.SIDES]
    years = [keys.year(of.id, side) for of in MEASURES for side in keys.SIDES]
    apart = [differs(of, side) for of in MEASURES for side in keys.SIDES]
    return [keys.UNTIL_USED, *keys.LABEL.values(), *sides, *years, *apart]
