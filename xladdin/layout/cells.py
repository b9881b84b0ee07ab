"""Cells, blocks, sheets and books as plain values.

Builders return blocks; blocks are stacked into sheets; nothing here knows XlsxWriter, and nobody
types an address: a formula names its variables, and placement says where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import Literal, TypeAlias

from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Expr
from xladdin.formula.solving import Solver

from . import theme
from .calls import Call
from .cell_rules import Behind, Check, Highlight, Shade
from .drawings import Chart
from .styles import Style
from .tables.table import Table


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same in every copy of the book; with a key, formulas may read it."""

    value: str | Decimal | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """Differs per copy; empty where a copy has no value.  Every slot is given or asked."""

    key: str
    default: str | Decimal | None = None


@dataclass(frozen=True, slots=True)
class Given(Slot):
    """Filled in by whoever makes the copy: identity, names, targets, figures of a system.

    One that comes back changed is for a person to decide.
    """

    open: bool = False
    """Whether its cell is unlocked all the same: a figure may be wrong, and one that was left blank
    is asked of whoever has the form."""


@dataclass(frozen=True, slots=True)
class Asked(Slot):
    """To be filled in by people; what it comes with is a draft that they may change."""


@dataclass(frozen=True, slots=True)
class Result:
    """Computed by the book's model under this key, in Excel and in Python."""

    key: str
    measured: bool = False
    """Whether its row is made high enough for the text that it has when it is written."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """A figure of another cell once more for a chart to draw, or #N/A, which none draws."""

    of: str
    key: str


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The company's name as the letterhead has it, whoever writes the copy."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of another sheet: to its head, where none is named."""

    text: str
    sheet: str
    cell: str = "A1"


Content: TypeAlias = Fixed | Given | Asked | Result | Plotted | CompanyName | Link | Call


@dataclass(frozen=True, slots=True)
class Cell:
    """Content at a place inside its block, over one or more rows and columns."""

    row: int
    col: int
    content: Content
    style: Style
    rows: int = 1
    cols: int = 1
    check: Check | None = None
    highlights: tuple[Highlight, ...] = ()
    sparkline: tuple[str, str] | None = None
    """A small picture of other cells over it, from one key to another; the cell must not be merged."""
    behind: Behind | None = None

    def shifted(self, rows: int) -> Cell:
        return replace(self, row=self.row + rows)


@dataclass(frozen=True, slots=True)
class Shaded:
    """An area of a block whose numbers are seen beside each other."""

    row: int
    col: int
    rows: int
    cols: int
    shade: Shade


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that belong together: a page is not broken inside one where that can be had."""

    cells: tuple[Cell, ...]
    height: int
    """Rows that the block takes up."""
    heights: Mapping[int, float] = field(default_factory=dict)
    """Least height of single rows, in points; the text may make them taller."""

    growing: frozenset[int] = frozenset()
    """Rows that grow while somebody types in them; their text must stand in unmerged cells."""
    charts: tuple[Chart, ...] = ()
    shades: tuple[Shaded, ...] = ()

    def at(self, row: int) -> Block:
        """The same block, so many rows further down."""
        return Block(
            tuple(cell.shifted(row) for cell in self.cells),
            self.height,
            {row + own: points for own, points in self.heights.items()},
            frozenset(row + own for own in self.growing),
            tuple(replace(chart, row=chart.row + row) for chart in self.charts),
            tuple(replace(area, row=area.row + row) for area in self.shades),
        )


class Orientation(StrEnum):
    """How the page lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


_QUIET = f"&8&K{theme.MUTED.removeprefix('#')}"
LONGEST_FOOTER = 255
"""Characters that Excel takes."""


def footer(left: str = "打印于 &D", right: str = "由 xladdin 生成") -> str:
    """The foot of every page, in small grey letters: left, the page, right.

    What a scheme is called must not be read as a code: ``escaped``.
    """
    whole = f"&L{_QUIET}{left}&C{_QUIET}第 &P 页，共 &N 页&R{_QUIET}{right}"
    return whole if len(whole) <= LONGEST_FOOTER else footer()


def escaped(text: str) -> str:
    """A text as it stands in a footer."""
    return text.replace("&", "&&")


FOOTER = footer()


@dataclass(frozen=True, slots=True)
class Paper:
    """How a sheet is printed."""

    orientation: Orientation = Orientation.PORTRAIT
    repeat: tuple[int, int] | None = None
    """First and last row repeated at the head of every page."""
    footer: str = FOOTER
    squeeze: bool = True
    """Whether a sheet that nearly fits one page is made smaller; small print would be unreadable."""
    large: bool = False
    """On A3, for sheets too wide to be read on A4."""


@dataclass(frozen=True)
class Sheet:
    """One worksheet: blocks under each other."""

    name: str
    widths: tuple[float, ...]
    """Column widths, in characters of the standard font."""
    blocks: tuple[Block, ...]
    paper: Paper = Paper()
    freeze: tuple[int, int] | None = None
    """Rows and columns that stay in view."""
    protected: bool = True
    visibility: Literal["visible", "very_hidden"] = "visible"
    table: Table | None = None
    """A table that stands under the blocks, from the first column on."""
    tab_color: str = ""
    screen_rows: int = 0
    """So many rows at the top are for the screen alone, and are not printed."""
    screen_cols: int = 0
    """The same of the last columns."""

    def __post_init__(self) -> None:
        """Raise ValueError for a cell beyond the last column: it would have no width."""
        if self.table is not None and len(self.table.columns) != len(self.widths):
            raise ValueError(f"{self.name}: {len(self.table.columns)} columns in the table")
        for cell in self.cells:
            if cell.col + cell.cols > len(self.widths):
                raise ValueError(f"{self.name}: {cell.content} stands beyond the last column")

    # Placed once: writing a book asks for its cells again and again.
    @cached_property
    def placed(self) -> tuple[Block, ...]:
        """The blocks with their cells at their rows in the sheet."""
        found, row = [], 0
        for block in self.blocks:
            found.append(block.at(row))
            row += block.height
        return tuple(found)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for block in self.placed for cell in block.cells)

    @property
    def growing(self) -> frozenset[int]:
        """The rows that grow while somebody types in them."""
        found = {row for block in self.placed for row in block.growing}
        if self.table is not None:
            first = self.table_top + 1
            found.update(range(first, first + self.table.height))
        return frozenset(found)

    @property
    def table_top(self) -> int:
        """The row of the table's head."""
        return sum(block.height for block in self.blocks)

    @property
    def last_row(self) -> int:
        """The last row in which something stands; a chart may take up all rows of its block."""
        ends = [cell.row + cell.rows - 1 for cell in self.cells]
        below = accumulate(block.height for block in self.blocks)
        ends += [end - 1 for block, end in zip(self.blocks, below, strict=True) if block.charts]
        if self.table is not None:
            ends.append(self.table_top + self.table.height)
        return max(ends, default=0)


@dataclass(frozen=True, slots=True)
class Properties:
    """Document properties, as shown under 文件 > 信息."""

    title: str
    subject: str = ""
    company: str = ""
    keywords: str = ""


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets, and the model that computes its results."""

    sheets: tuple[Sheet, ...]
    model: Mapping[str, Expr]
    properties: Properties
    names: Mapping[str, str] = field(default_factory=dict)
    """Further defined names, and the formula of each as a file stores it."""
    private: bool = False
    """Whether an office program that saves it is to leave out who did."""
    named_cells: bool = True
    """Whether every cell with a key has a defined name, so that it is found again."""

    # Worked out once: a book is written for many people.
    @cached_property
    def keyed(self) -> tuple[tuple[str, Sheet, Cell], ...]:
        """Every cell that has a key, with its sheet."""
        return tuple(
            (cell.content.key, sheet, cell)
            for sheet in self.sheets
            for cell in sheet.cells
            if isinstance(cell.content, Fixed | Slot | Result | Plotted) and cell.content.key
        )

    @cached_property
    def own_values(self) -> Mapping[str, Value]:
        """What stands in cells by itself: what is fixed, and what slots hold until they are filled."""
        found: dict[str, Value] = {}
        for key, _, cell in self.keyed:
            match cell.content:
                case Fixed(value=value):
                    found[key] = value
                case Slot(default=default):
                    found.setdefault(key, default)
        return found

    @cached_property
    def solver(self) -> Solver:
        return Solver(self.model)
