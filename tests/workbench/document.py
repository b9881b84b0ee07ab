"""An open workbook in LibreOffice. A UNO call costs about 2.5 ms, so sheets are read whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from .addresses import Area, address
from .unobridge import properties
from .values import ErrorText, OfficeValue

Addresses: TypeAlias = set[str]
Guard: TypeAlias = Callable[[str], AbstractContextManager[None]]

PDF_FILTER = "calc_pdf_Export"
XLSX_FILTER = "Calc MS Excel 2007 XML"

# com.sun.star.sheet.FormulaResult.ERROR and the sum of the CellFlags that hold content.
_ERROR_RESULTS = 4
_CONTENT = 1 | 2 | 4 | 16

# LibreOffice stops drawing circles here, without a word.
_CIRCLE_LIMIT = 1000


class TooManyInvalidCells(RuntimeError):
    """LibreOffice marks at most 1000 invalid cells on a sheet; the list would be incomplete."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"{sheet}: {_CIRCLE_LIMIT} or more invalid cells, too many to list")


class Document:
    """Sheets are given by name, cells by A1 address. Made by `Office.open`.

    Methods raise `OfficeError` for an unknown sheet or address.
    """

    def __init__(self, component: Any, guard: Guard) -> None:
        self._component = component
        self._guard = guard

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets in tab order, hidden ones too."""
        return list(self._component.Sheets.ElementNames)

    def sheet(self, name: str) -> Any:
        """The sheet itself, for what has no method here."""
        return self._sheet(name)

    def page_style(self, sheet: str) -> Any:
        """How pages of a sheet look."""
        styles = self._component.StyleFamilies.getByName("PageStyles")
        return styles.getByName(self._sheet(sheet).PageStyle)

    def grid(self, sheet: str) -> list[list[OfficeValue]]:
        """Return the values from A1 to the end of the used area: numbers, texts, "", errors.

        Booleans are 1.0 and 0.0, dates are serial numbers, errors are `ErrorText`.
        """
        with self._guard(f"reading {sheet}"):
            rows = [list(row) for row in self._used(sheet).getDataArray()]
            # A None stands for an error value; only then is its text worth more calls.
            errors = self.error_cells(sheet) if any(None in row for row in rows) else {}
        for place, text in errors.items():
            area = Area.parse(place)
            rows[area.top - 1][area.left - 1] = text
        return rows

    def formulas(self, sheet: str) -> list[list[str]]:
        """Return the formulas of the used area in LibreOffice's own grammar; constants as text."""
        with self._guard(f"reading the formulas of {sheet}"):
            return [list(row) for row in self._used(sheet).getFormulaArray()]

    def get(self, sheet: str, place: str) -> OfficeValue:
        """Return one value, as `grid` gives it."""
        with self._guard(f"reading {sheet}!{place}"):
            cell = self._range(sheet, place).getCellByPosition(0, 0)
            if cell.getError():
                return ErrorText(cell.String)
            value: OfficeValue = cell.getDataArray()[0][0]
            return value

    def set(self, sheet: str, place: str, value: float | Decimal | str | None) -> None:
        """Write a value; None empties the cell. Validations do not object; see `invalid_cells`.

        A text is stored as it is, also one that starts with an equals sign.
        """
        with self._guard(f"writing {sheet}!{place}"):
            cell = self._range(sheet, place).getCellByPosition(0, 0)
            if value is None:
                cell.clearContents(_CONTENT)
            elif isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(float(value))

    def recalculate(self) -> None:
        """Calculate every formula again, volatile or not."""
        with self._guard("recalculating"):
            self._component.calculateAll()

    def error_cells(self, sheet: str) -> dict[str, ErrorText]:
        """Return the cells whose formula gives an error, with the text of that error."""
        with self._guard(f"looking for errors in {sheet}"):
            page = self._sheet(sheet)
            areas = page.queryFormulaCells(_ERROR_RESULTS).RangeAddresses
            places = [place for area in areas for place in _cells(area)]
            return {p: ErrorText(page.getCellRangeByName(p).String) for p in places}

    def invalid_cells(self, sheet: str) -> Addresses:
        """Return the addresses of the cells whose value breaks their own data validation.

        A merged area counts as its first cell. Raises `TooManyInvalidCells` from 1000 on.
        """
        with self._guard(f"checking the validations of {sheet}"):
            page = self._sheet(sheet)
            page.clearArrows()
            shapes, before = page.DrawPage, page.DrawPage.Count
            page.showInvalid()
            # Each circle is anchored to its cell, so no position has to be measured.
            circles = range(before, shapes.Count)
            complete = len(circles) < _CIRCLE_LIMIT
            anchors = [shapes.getByIndex(i).Anchor for i in circles if complete]
            found = {_local(anchor.AbsoluteName) for anchor in anchors}
            page.clearArrows()
        if not complete:
            raise TooManyInvalidCells(sheet)
        return found

    def pdf(self, path: Path | str) -> Path:
        """Print all visible sheets to a PDF file."""
        return self.save_as(path, PDF_FILTER)

    def save(self) -> None:
        """Write it where it was opened from, with the password that opened it."""
        with self._guard("saving"):
            self._component.store()

    def save_as(self, path: Path | str, filter_name: str = XLSX_FILTER) -> Path:
        """Write a copy through a LibreOffice export filter and return its path."""
        target = Path(path).resolve()
        with self._guard(f"writing {target.name}"):
            self._component.storeToURL(target.as_uri(), properties(FilterName=filter_name))
        return target

    def _sheet(self, name: str) -> Any:
        return self._component.Sheets.getByName(name)

    def _range(self, sheet: str, place: str) -> Any:
        return self._sheet(sheet).getCellRangeByName(place)

    def _used(self, name: str) -> Any:
        sheet = self._sheet(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def _cells(area: Any) -> list[str]:
    """List the addresses in a UNO CellRangeAddress, which counts from 0."""
    rows = range(area.StartRow + 1, area.EndRow + 2)
    columns = range(area.StartColumn + 1, area.EndColumn + 2)
    return [address(row, column) for row in rows for column in columns]


def _local(absolute: str) -> str:
    """Turn `$'a sheet'.$B$2` into `B2`; sheet names may hold dots and dollars."""
    return absolute.rpartition(".")[2].replace("$", "")
