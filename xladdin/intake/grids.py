"""Raw cells in rows, each knowing where it stands in its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xladdin.ooxml.addresses import address
from xladdin.problems import Place

Cells = list[object]
Areas = tuple[tuple[int, int, int], ...]
Fit = Callable[[list[Cells]], int]
"""How well some rows fit what is looked for: the higher, the better."""


def cell_at(cells: Cells, column: int) -> object:
    """A row's cell; rows may be shorter than their table."""
    return cells[column] if column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or one text file (``sheet`` is empty)."""

    file: str
    rows: Sequence[Cells]
    sheet: str = ""
    lines: Sequence[int] = field(default_factory=list)
    """The line on which each row begins, where quoted cells may span several."""
    hidden: bool = False
    """Whether the workbook hides the sheet."""
    hidden_rows: frozenset[int] = frozenset()
    """Rows that a filter or a person hides, from 0; unknown in kinds of files other than .xlsx."""
    date1904: bool = False
    """Whether bare day numbers count from 1904."""
    merged: Areas = ()
    """First row, first column, last row of what is merged downwards, from 0."""
    formulas: frozenset[int] | None = None
    """Of a master workbook the cells with formulas of somebody else, as ``place_of`` numbers them."""

    def number(self, row: int) -> int:
        """The row's number as an editor or spreadsheet shows it."""
        return self.lines[row] if self.lines else row + 1

    def place(self, row: int, column: int = 0, header: str = "") -> Place:
        """Sheet and cell in a workbook, line and column name in a text file."""
        if not self.sheet:
            return Place(self.file, line=self.number(row), field=header)
        return Place(self.file, sheet=self.sheet, cell=address(row + 1, column + 1))

    def whole(self) -> Place:
        """The sheet or file itself."""
        return Place(self.file, sheet=self.sheet)
