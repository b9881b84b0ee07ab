"""考核结果: every month's total and grade as the ledger has them, last year beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    LEAST_PEOPLE,
    Appraised,
    DebriefFigures,
)
from xladdin.analysis.metric import PEOPLE
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.formula.nodes import (
    Expr,
    If,
    IsNumber,
    Join,
    Not,
    Round,
    Text,
    Var,
    number,
)
from xladdin.formula.questions import both
from xladdin.layout import theme
from xladdin.layout.cell_rules import Between, Check
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Columns
from xladdin.layout.styles import CENTER, HEAD, NOTE, Style

from . import report_debrief_keys as keys
from .report_debrief_beside import beside_team, compared_columns, in_all
from .report_debrief_parts import head, middle_cell, middle_name, sheet_of, state, wanted

SHEET_NAME = "考核结果"
WIDTHS = (14.0, 14.0, 12.0, 14.0, 12.0, 16.0, 10.0, 16.0, 16.0)
WIDTH = len(WIDTHS)
CHART_ROWS = 9
TITLE_KEY, TOLD_KEY = "title.appraisal", "told.appraisal"
OWN = "总分和等级取自台账里收回的考核表；没有的是黄格，可以补填。月平均是各月总分的平均，没有总分的月份不算。"
TEAM = f"平均分是本部门有总分的人的平均，不到{LEAST_PEOPLE}人的月份不给。没有的是黄格，可以补填。"
HIGHEST = Decimal(1000)


def beside(month: int, what: str) -> str:
    """A cell of a month's row: change, judged."""
    return f"c.appraisal.{month}.{what}"


def counted(side: str) -> str:
    """How many months have a total."""
    return f"a.count.{side}"


def model(figures: DebriefFigures) -> dict[str, Expr]:
    """What the sheet works out."""
    found: dict[str, Expr] = {}
    for month in keys.MONTHS:
        now, before = (Var(keys.mark(side, month)) for side in (keys.THIS, keys.LAST))
        found[beside(month, "change")] = say.in_short(APPRAISAL, now, before)
        found[beside(month, "judged")] = say.judged(APPRAISAL, now, before)
    for side in keys.SIDES:
        marks = [Var(keys.mark(side, month)) for month in keys.MONTHS]
        tests = [
            both(IsNumber(one), keys.inside(month))
            for one, month in zip(marks, keys.MONTHS, strict=True)
        ]
        sums = keys.summed(list(zip(marks, tests, strict=True)))
        many = Var(counted(side))
        found[counted(side)] = keys.summed([(number(1), test) for test in tests])
        found[f"a.sum.{side}"] = sums
        average = keys.quotient(Var(f"a.sum.{side}"), many, APPRAISAL.scale)
        found[keys.year(APPRAISAL.id, side)] = If(IsNumber(many), average, Text(say.NO_FIGURE))
    now, before = (Var(keys.year(APPRAISAL.id, side)) for side in (keys.THIS, keys.LAST))
    mid = Var(keys.year_middle(APPRAISAL.id, keys.THIS))
    found |= {
        in_all(APPRAISAL.id, "change"): say.in_short(APPRAISAL, now, before),
        in_all(APPRAISAL.id, "judged"): say.judged(APPRAISAL, now, before),
        in_all(APPRAISAL.id, "mid"): beside_team(figures, APPRAISAL, now, mid),
        TOLD_KEY: _told(),
        TITLE_KEY: _title(),
    }
    return found


def _title() -> Expr:
    now, before = (Var(keys.year(APPRAISAL.id, side)) for side in (keys.THIS, keys.LAST))
    told = Join(
        (
            Text("考核总分月平均"),
            say.told(APPRAISAL.scale, now),
            Text("，"),
            keys.beside_last(APPRAISAL, now, before),
        )
    )
    return If(IsNumber(now), told, Text("考核总分：今年没有"))


def _told() -> Expr:
    """The mean of the totals of both years, each with its months."""
    now, before = (Var(keys.year(APPRAISAL.id, side)) for side in (keys.THIS, keys.LAST))

    def mean(side: str, of: Var) -> Expr:
        months = Join((Text("（"), Round(Var(counted(side)), 0), Text("个月）")))
        return Join((Var(keys.LABEL[side], text=True), say.told(APPRAISAL.scale, of), months))

    compared = Join(
        (Text("，"), mean(keys.LAST, before), Text("，"), keys.beside_last(APPRAISAL, now, before))
    )
    alone = Join((Text("，"), Var(keys.LABEL[keys.LAST], text=True), Text("没有考核结果，不比较")))
    told = Join(
        (
            Text("考核总分月平均："),
            mean(keys.THIS, now),
            If(IsNumber(before), compared, alone),
            Text("。"),
        )
    )
    return If(Not(IsNumber(now)), Text("考核总分：今年没有考核结果，请在“考核结果”里填。"), told)


def sheet(figures: DebriefFigures) -> Sheet:
    """A row a month, the means below, a chart."""
    last, this = figures.years
    second = "等级" if figures.employee else "人数"
    first = "总分" if figures.employee else "平均分"
    heads = (
        "月份", f"{last}年{first}", f"{last}年{second}", f"{this}年{first}", f"{this}年{second}", "变化", "好坏",
        f"{last}年\n{middle_name(figures)}", f"{this}年\n{middle_name(figures)}",
    )  # fmt: skip
    blocks = [
        *head(figures, SHEET_NAME, WIDTH),
        Block((Cell(0, 0, Fixed(OWN if figures.employee else TEAM), NOTE, cols=WIDTH),), 1),
        rp.heads(heads, 32.0),
        *(_month(figures, month) for month in keys.MONTHS),
        _means(figures),
        *_grades(figures),
        rp.gap(WIDTH, 6),
        _chart(figures),
    ]
    return sheet_of(SHEET_NAME, WIDTHS, blocks)


def _month(figures: DebriefFigures, month: int) -> Block:
    cells = [
        Cell(0, 0, Fixed(f"{month}月", f"a.head.{month}"), rp.CENTERED_LABEL),
        rp.result(0, 5, beside(month, "change")),
        state(0, 6, beside(month, "judged")),
    ]
    for col, side in ((1, keys.LAST), (3, keys.THIS)):
        period = keys.period(figures, side, month)
        known = figures.appraised.get(period, Appraised())
        inside = keys.inside(month)
        cells.append(wanted(_total(0, col, keys.mark(side, month), known.total), inside))
        second = _second(figures, col + 1, keys.grade(side, month), known)
        cells.append(wanted(second, inside))
    for col, side in ((7, keys.LAST), (8, keys.THIS)):
        known_middle = figures.middles.get((APPRAISAL.id, keys.period(figures, side, month)))
        key = keys.middle(APPRAISAL.id, side, month)
        cells.append(
            _plain(middle_cell(0, col, key, known_middle, APPRAISAL.scale, keys.inside(month)))
        )
    return Block(tuple(cells), 1, {0: 17.0})


def _total(row: int, col: int, key: str, known: Decimal | None) -> Cell:
    return _plain(rp.asked(row, col, key, known, APPRAISAL.scale))


def _plain(cell: Cell) -> Cell:
    """Totals may lie above 100."""
    if cell.check is None:
        return cell
    check = Check(Between(Decimal(0), HIGHEST), "", "请填总分，如 92.5；没有就空着。")
    return replace(cell, check=check)


def _second(figures: DebriefFigures, col: int, key: str, known: Appraised) -> Cell:
    if figures.employee is None:
        return rp.asked(0, col, key, known.people or None, PEOPLE)
    return replace(rp.asked_text(0, col, key, known.grade), style=CENTER_TEXT)


CENTER_TEXT = Style(align="center", locked=False)


def _means(figures: DebriefFigures) -> Block:
    strong = Style(bold=True, align="center", fill=theme.QUIET, number_format="0.00")
    small = Style(align="center", fill=theme.QUIET)
    cells = [
        Cell(0, 0, Fixed("月平均"), rp.CENTERED_LABEL),
        rp.result(0, 1, keys.year(APPRAISAL.id, keys.LAST), strong),
        rp.result(0, 2, counted(keys.LAST), small.shown_as('0"个月"')),
        rp.result(0, 3, keys.year(APPRAISAL.id, keys.THIS), strong),
        rp.result(0, 4, counted(keys.THIS), small.shown_as('0"个月"')),
        rp.result(0, 5, in_all(APPRAISAL.id, "change")),
        state(0, 6, in_all(APPRAISAL.id, "judged")),
    ]
    for col, side in ((7, keys.LAST), (8, keys.THIS)):
        known = figures.year_middles.get((APPRAISAL.id, keys.year_of(figures, side)))
        key = keys.year_middle(APPRAISAL.id, side)
        cells.append(_plain(middle_cell(0, col, key, known, APPRAISAL.scale)))
    return Block(tuple(cells), 1, {0: 20.0})


def _grades(figures: DebriefFigures) -> Sequence[Block]:
    """Of a department: how often each grade was given, in months of people."""
    names = list(dict.fromkeys(name for each in figures.grades.values() for name in each))
    if figures.employee is not None or not names:
        return ()
    shown, rest = names, names[WIDTH - 1 :]
    if rest:
        shown, rest = names[: WIDTH - 2], names[WIDTH - 2 :]
    others = [f"其余{len(rest)}种"] if rest else []
    rows = [
        Block(
            tuple(
                Cell(0, col, Fixed(text), HEAD)
                for col, text in enumerate(("等级（人次）", *shown, *others))
            ),
            1,
            {0: 20.0},
        )
    ]
    for year in figures.years:
        counts = figures.grades.get(year, {})
        cells = [Cell(0, 0, Fixed(f"{year}年"), rp.CENTERED_LABEL)]
        several = [[name] for name in shown] + ([rest] if rest else [])
        for col, group in enumerate(several, start=1):
            many = Decimal(sum(counts.get(name, 0) for name in group)) if counts else None
            cells.append(Cell(0, col, Fixed(many), CENTER.shown_as("#,##0")))
        rows.append(Block(tuple(cells), 1))
    return [rp.gap(WIDTH, 6), rp.together(rows)]


def _chart(figures: DebriefFigures) -> Block:
    marks = {side: [keys.mark(side, month) for month in keys.MONTHS] for side in keys.SIDES}
    mid = [keys.middle(APPRAISAL.id, keys.THIS, month) for month in keys.MONTHS]
    series = compared_columns(marks[keys.LAST], marks[keys.THIS], mid, middle_name(figures))
    chart = Columns(
        0,
        0,
        APPRAISAL.name,
        tuple(f"a.head.{month}" for month in keys.MONTHS),
        series,
        rp.pixels(WIDTHS),
        rp.chart_height(CHART_ROWS),
        unit="分",
        minimum=Decimal(0),
        title_key=TITLE_KEY,
    )
    return rp.framed((chart,), CHART_ROWS, WIDTH)


def hidden() -> list[str]:
    """What no page shows."""
    return [TITLE_KEY, *(f"a.sum.{side}" for side in keys.SIDES)]
