"""What the sheets of the summary workbook share: head, columns, a sheet that is a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xladdin.books import parts
from xladdin.company.month_results import MonthResults
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import (
    Blank,
    CellOf,
    Compare,
    Condition,
    Expr,
    FirstMatch,
    If,
    IsNumber,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Related,
    Same,
    SumWhere,
    Text,
    Var,
    add,
    cases,
    number,
)
from xladdin.formula.questions import none
from xladdin.formula.walk import substitute
from xladdin.layout.cell_rules import Check, Highlight
from xladdin.layout.cells import Block, Orientation, Paper, Sheet
from xladdin.layout.styles import (
    CENTER,
    HEAD,
    INPUT,
    MISSING,
    MUTED,
    PLAIN,
    SCORE,
    TEXT,
    Style,
)
from xladdin.layout.tables.table import NUMBER, Column, Table, TableCell
from xladdin.scoring import keys
from xladdin.scoring.model import coefficient_expression, grade_expression

NAME = Style(bold=True)
POINTS = CENTER.shown_as("0.00")
RATE = CENTER.shown_as("0.0%")
MONEY = Style(align="right", number_format="#,##0.00")
MONEY_INPUT = replace(INPUT, align="right", number_format="#,##0.00")
MONEY_BOLD = replace(MONEY, bold=True)
GREY_ID = Style(color=MUTED, align="center", number_format="@")
CHANGE = CENTER.shown_as("+0.00;-0.00;0.00")
COUNT = CENTER.shown_as("0")
WHOLE = CENTER.shown_as("0")
RANK = Style(bold=True, align="center", number_format="0")
TOTAL = SCORE

HIDDEN_WIDTH = 14.0
"""Wide enough that a hidden head does not make the row high."""
Row = Mapping[str, TableCell]


@dataclass(frozen=True, slots=True)
class Wide:
    """A column with its width."""

    column: Column
    width: float


def entry(
    key: str,
    head: str,
    width: float,
    style: Style = TEXT,
    check: Check | None = None,
) -> Wide:
    """A column of what is known, or of what a clerk fills in."""
    return Wide(Column(key, head, style, HEAD, check=check), width)


def with_highlights(wide: Wide, highlights: tuple[Highlight, ...]) -> Wide:
    """The same column with cells that light up."""
    return replace(wide, column=replace(wide.column, highlights=highlights))


def computed(
    key: str,
    head: str,
    width: float,
    formula: Expr,
    style: Style = CENTER,
    highlights: tuple[Highlight, ...] = (),
) -> Wide:
    """A column that the workbook works out."""
    return Wide(Column(key, head, style, HEAD, formula=formula, highlights=highlights), width)


def helper(key: str, formula: Expr) -> Wide:
    """A hidden column that others read."""
    return Wide(Column(key, key, CENTER, HEAD, formula=formula, hidden=True), HIDDEN_WIDTH)


def known(key: str) -> Wide:
    """A hidden column of what is known."""
    return Wide(Column(key, key, CENTER, HEAD, hidden=True), HIDDEN_WIDTH)


def table(key: str, columns: Sequence[Wide], rows: Iterable[Row]) -> Table:
    """A table without empty rows: its people are those of the month."""
    return Table(key, tuple(each.column for each in columns), tuple(rows), spare=0)


def table_sheet(
    name: str,
    above: Sequence[Block],
    columns: Sequence[Wide],
    made: Table,
    *,
    kept: int = 0,
    orientation: Orientation = Orientation.LANDSCAPE,
    color: str = "",
) -> Sheet:
    """A sheet whose table stays headed on every page and in view; ``kept`` columns stay, too."""
    top = sum(block.height for block in above)
    return Sheet(
        name,
        tuple(each.width for each in columns),
        tuple(above),
        Paper(orientation, repeat=(top, top)),
        freeze=(top + 1, kept),
        protected=False,
        table=made,
        tab_color=color,
    )


def head(results: MonthResults, what: str, width: int, told: str = "") -> list[Block]:
    """Title and a sentence under it, over so many columns."""
    blocks = [parts.title_text(f"{results.period.label}{what}", width)]
    return [*blocks, parts.note(told, width, PLAIN)] if told else blocks


def sparkline(key: str, head: str, width: float, shown: tuple[str, str]) -> Wide:
    """A column of small lines over other columns of the row."""
    return Wide(Column(key, head, CENTER, HEAD, sparkline=shown), width)


def looked_up(column: str, place: Var, *, text: bool = False) -> Expr:
    """What another table's column holds in a row; ``place`` says which."""
    return CellOf(Range(column), place, text=text)


def place_of(column: str, key: str = "id") -> Expr:
    """In which row of another table's column the row's own text stands."""
    return FirstMatch(Var(key, text=True), Range(column))


def no_number(key: str) -> Highlight:
    """Marks a cell of a row in which no number stands."""
    return Highlight(Not(IsNumber(Var(key))), MISSING)


def opens(table: str, value: str, among: tuple[Same, ...] = ()) -> Expr:
    """1 in the first row with a value, 0 in others that share it: each value is counted once."""
    same = (Same(Range(f"{table}.{value}"), Var(value, text=True)), *among)
    first = If(none(PlaceWhere(same, above=Var(NUMBER))), number(1), number(0))
    return If(IsNumber(Var(value)), first, number(0))


def dense_place(table: str, value: str, opens: str, among: tuple[Condition, ...] = ()) -> Expr:
    """One more than there are different higher values; the column ``opens`` tells them apart."""
    higher: tuple[Condition, ...] = (
        Related(Range(f"{table}.{value}"), Rel.GT, Var(value)),
        *among,
    )
    counted = SumWhere(Range(f"{table}.{opens}"), higher)
    return If(IsNumber(Var(value)), add(counted, number(1)), Text("—"))


def of_scheme(choices: Sequence[Expr], which: str = "which") -> Expr:
    """What the row's own scheme says: the one whose number (from 1) stands in a column."""
    if len(set(choices)) == 1:
        return choices[0]
    branches = tuple(
        (Compare(Rel.EQ, Var(which), number(i)), each) for i, each in enumerate(choices, start=1)
    )
    return cases(branches, Blank())


def graded(schemes: Sequence[Scheme], score: str) -> Expr:
    """The grade of a column's score by the row's scheme."""
    found = of_scheme([grade_expression(scheme.grades, Var(score)) for scheme in schemes])
    return If(IsNumber(Var(score)), found, Blank())


def coefficient_of(schemes: Sequence[Scheme], score: str) -> Expr:
    """What the row's scheme pays for the grade in the column ``grade``."""
    grade = {keys.GRADE: Var("grade", text=True)}
    found = [substitute(coefficient_expression(scheme.grades), grade) for scheme in schemes]
    return If(IsNumber(Var(score)), of_scheme(found), Blank())
