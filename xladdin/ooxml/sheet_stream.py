"""One pass over a sheet's XML: which row and cell it is in, however the file numbers them."""

from __future__ import annotations

from .addresses import MOST_COLUMNS, MOST_ROWS, number
from .limits import LONGEST_CELL
from .refused import DamagedError, TooLargeError
from .streaming import Allowance, Attributes, Stream

_DIGITS = "0123456789"


def place_of(row: int, column: int) -> int:
    """A cell's row and column (from 0) as one number, in the order in which sheets hold cells."""
    return row * MOST_COLUMNS + column


def row_and_column(place: int) -> tuple[int, int]:
    """The row and column (from 0) of a cell's number."""
    return divmod(place, MOST_COLUMNS)


class SheetStream(Stream):
    """Knows its place; what becomes of the cells is for who builds on it.

    Raises DamagedError for cells outside of rows, rows outside of a sheet, two lists of rows.
    """

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self._columns: dict[str, int] = {}
        self._from, self._to = -1, 0
        self._row_text: str | None = None
        self._row = self._column = -1
        self._in_sheet = self._in_row = self._in_cell = False
        self._place = 0
        self._began = 0
        self.starts = {
            "sheetData": self._sheet,
            "row": self._start_row,
            "c": self._start_cell,
        }
        self.ends = {"sheetData": self._end_sheet, "row": self._end_row, "c": self._end_cell}

    def _sheet(self, _: Attributes) -> None:
        if self._from >= 0:
            raise DamagedError("two lists of rows")
        self._in_sheet = True
        self._from = self.position

    def _end_sheet(self) -> None:
        self._in_sheet = False
        self._to = self.end

    def _start_row(self, attributes: Attributes) -> None:
        if not self._in_sheet:
            return
        if self._in_row:
            raise DamagedError("row within a row")
        self._in_row = True
        self._row_text = text = attributes.get("r")
        self._row = self._row + 1 if text is None else _row_number(text) - 1
        self._column = -1
        self._begin_row(attributes)

    def _begin_row(self, attributes: Attributes) -> None:
        """A row of the sheet begins."""

    def _end_row(self) -> None:
        self._in_row = False

    def _start_cell(self, attributes: Attributes) -> None:
        if not self._in_sheet:
            return
        if not self._in_row or self._in_cell:
            raise DamagedError("cell outside of a row")
        self._in_cell = True
        self._began = self.position
        address = attributes.get("r")
        row = self._row
        if address is None:
            self._column += 1
        else:
            letters = address.rstrip(_DIGITS)
            self._column = self._columns.get(letters, -1)
            if self._column < 0:
                self._column = self._columns[letters] = _column_number(letters)
            digits = address[len(letters) :]
            if digits != self._row_text:  # nearly never: a cell says the number of its row
                row = _row_number(digits) - 1
        if row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            raise DamagedError(f"cell outside of a sheet: {address}")
        self._place = row * MOST_COLUMNS + self._column
        self._begin_cell(attributes)

    def _begin_cell(self, attributes: Attributes) -> None:
        """A cell begins, at ``_place``."""

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        self._in_cell = False
        if self.position - self._began > LONGEST_CELL:
            raise TooLargeError("一格里的内容太多")
        self._finish_cell()

    def _finish_cell(self) -> None:
        """All of the cell has been told."""


def _row_number(digits: str) -> int:
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        row = int(digits)
        if 1 <= row <= MOST_ROWS:
            return row
    raise DamagedError(f"row {digits[:40]}")


def _column_number(letters: str) -> int:
    if letters.isascii() and letters.isalpha() and len(letters) <= 3:
        column = number(letters)
        if column <= MOST_COLUMNS:
            return column - 1
    raise DamagedError(f"column {letters[:40]}")
