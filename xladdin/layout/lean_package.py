"""XlsxWriter's workbook in less memory: what a sheet's XML takes, and what cells alike take.

A master workbook may have four million cells.  As text in memory their XML takes four times what it
takes in the file; and an object for each cell, when most of a column say the same, half a gigabyte.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from types import MappingProxyType
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xladdin.formula.evaluate import Value

from .growing import Growing, let_row_grow, rows_of_part
from .writer_options import cached_value

_MOST_KEPT = 10_000
"""Values of a column: where nearly every row has its own, to keep them takes more than it saves."""


class _Kept:
    """A text that is encoded already."""

    def __init__(self, data: memoryview) -> None:
        self._data = data

    def encode(self, _: str) -> memoryview:
        return self._data


class _Utf8(io.StringIO):
    """A text that is kept as it will be written."""

    def __init__(self, growing: Collection[int]) -> None:
        super().__init__()
        self._bytes, self._growing = io.BytesIO(), growing

    def write(self, text: str) -> int:
        if self._growing:
            text = let_row_grow(text, self._growing)
        return self._bytes.write(text.encode())

    def getvalue(self) -> Any:
        return _Kept(self._bytes.getbuffer())


class _LeanPackager(Packager):  # type: ignore[misc]
    def __init__(self, growing: Growing) -> None:
        super().__init__()
        self._growing = growing

    def _filename(self, xml_filename: str) -> _Utf8:
        text = _Utf8(rows_of_part(self._growing, xml_filename))
        self.filenames.append((text, xml_filename, False))
        return text


class LeanWorkbook(Workbook):  # type: ignore[misc]
    """A workbook that is made in memory."""

    def __init__(self, stream: io.BytesIO, growing: Growing = MappingProxyType({})) -> None:
        """``growing``: rows that are to grow while somebody types."""
        super().__init__(stream, {"in_memory": True})
        self._growing = growing

    def _get_packager(self) -> Packager:
        return _LeanPackager(self._growing)


class FormulaColumn:
    """Cells of one column with one formula: those with the same value are one object."""

    def __init__(self, worksheet: Worksheet, col: int, formula: str, look: Format) -> None:
        self._worksheet, self._col, self._written = worksheet, col, (formula, look)
        self._known: dict[tuple[type, object], Any] = {}

    def write(self, row: int, value: Value) -> None:
        """A cell with the value that the formula has there."""
        shown, cells = cached_value(value), self._worksheet.table
        key = type(shown), shown
        if key in self._known:
            # The table's own cells are announced with it; there is nothing left to be checked.
            cells[row][self._col] = self._known[key]
        else:
            self._worksheet.write_formula(row, self._col, *self._written, shown)
            if len(self._known) < _MOST_KEPT:
                self._known[key] = cells[row][self._col]
