"""One sheet to be changed: cells set by address, rows appended below a head."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area, address, position
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.xml import Element, main

from . import formulas, order
from .cell_elements import Value, has_formula, shows_text, write_value
from .rows import Rows
from .style_part import Shown, Styles
from .table_parts import Table, tables_of
from .workbook import Workbook


class SheetPatch:
    """The changes of one sheet; they take effect in the workbook's package at once."""

    def __init__(self, book: Workbook, name: str) -> None:
        """RefusedError where the workbook has no such sheet."""
        self.book = book
        self.entry = book.entry(name)

    @property
    def root(self) -> Element:
        return self.book.package.xml(self.entry.part)

    @cached_property
    def rows(self) -> Rows:
        data = self.root.find(main("sheetData"))
        if data is None:
            data = xml.new("sheetData")
            xml.insert_ordered(self.root, data, order.SHEET)
        return Rows(data, self.book.package.kept_rows(self.entry.part))

    @cached_property
    def merged(self) -> list[Area]:
        return [Area.parse(item.get("ref", "")) for item in self.root.iter(main("mergeCell"))]

    @cached_property
    def fixed(self) -> list[Area]:
        return formulas.fixed_areas(self.rows)

    @property
    def tables(self) -> list[Table]:
        return tables_of(self.book.package, self.entry.part)

    @cached_property
    def styles(self) -> Styles:
        return Styles(self.book)

    def anchor(self, place: str) -> tuple[int, int]:
        """The cell that holds the value: of a merged area the first.

        Whoever asks for it begins something new: no row of what was done before is needed.
        """
        self.rows.rest()
        row, column = position(place)
        for area in self.merged:
            if (row, column) in area:
                return area.top, area.left
        return row, column

    def text(self, place: str) -> str:
        """What a cell holds, as the file writes it; empty for an empty cell."""
        cell = self.rows.cell(*self.anchor(place))
        return "" if cell is None else shows_text(cell, self.book.strings)

    def is_formula(self, place: str) -> bool:
        cell = self.rows.cell(*self.anchor(place))
        return cell is not None and has_formula(cell)

    def style(self, row: int, column: int) -> str | None:
        """The style of a cell; where it does not exist, what it would be shown in."""
        cell = self.rows.cell(row, column)
        if cell is not None:
            return cell.get("s")
        element = self.rows.row(row)
        if element is not None and element.get("customFormat") in ("1", "true"):
            return element.get("s")
        return self._column_style(column)

    @cached_property
    def _columns(self) -> list[Element]:
        return self.root.findall(f"{main('cols')}/{main('col')}")

    def _column_style(self, column: int) -> str | None:
        if column not in self._column_styles:
            around = (
                item.get("style")
                for item in self._columns
                if int(item.get("min", "0")) <= column <= int(item.get("max", "0"))
            )
            self._column_styles[column] = next(around, None)
        return self._column_styles[column]

    @cached_property
    def _column_styles(self) -> dict[int, str | None]:
        """What was looked up: asked for each cell that is written, and changed by nobody."""
        return {}

    def set(self, place: str, value: Value, shown: Shown | None = None) -> None:
        """Put a value into a cell, in the style that the cell has; RefusedError within arrays.

        ``shown`` sees to it that a number looks like what it is, in a style like the cell's, as
        Excel does when somebody types 65%.  A day is always shown as one.
        """
        row, column = self.anchor(place)
        formulas.refuse_fixed(self.fixed, row, column)
        if value is None and self.rows.cell(row, column) is None:
            return
        cell = self.make_cell(row, column)
        if has_formula(cell):
            formulas.unshare(self.rows, cell)
            self.book.forget_calculation_order()
        write_value(cell, value, date1904=self.book.date1904)
        self.book.values_changed = True
        shown = Shown.DATE if isinstance(value, dt.date) else shown
        if shown is not None:
            self.show(place, shown)

    def look_like(self, place: str, model: str) -> None:
        """Give a cell the style of another."""
        self.make_cell(*self.anchor(place)).set("s", self.style(*self.anchor(model)) or "0")

    def is_text(self, place: str) -> bool:
        """Whether a cell takes for text whatever is typed into it."""
        return self.styles.is_text(self.style(*self.anchor(place)))

    def is_date(self, place: str) -> bool:
        """Whether a cell shows a number as a date."""
        return self.styles.shown(self.style(*self.anchor(place))) is Shown.DATE

    def show(self, place: str, shown: Shown, unit: str | None = None) -> None:
        """Have a cell show its number, now or later, as what it is, behind it no unit but this."""
        row, column = self.anchor(place)
        style = self.style(row, column)
        wanted = self.styles.as_shown(style, shown, unit)
        if wanted != (style or "0"):
            self.make_cell(row, column).set("s", wanted)

    def make_cell(self, row: int, column: int) -> Element:
        """A cell to be changed; a new one is shown as its place was shown before."""
        self.book.package.edit(self.entry.part)
        cell = self.rows.make_cell(row, column, self.style(row, column))
        self._widen(row, column)
        return cell

    def _widen(self, row: int, column: int) -> None:
        known = self._used
        if known is None or (row, column) in known[1]:
            return
        area = known[1].with_cell(row, column)
        known[0].set("ref", str(area))
        self._used = known[0], area

    @cached_property
    def _used(self) -> tuple[Element, Area] | None:
        """What the sheet says of the cells that it uses; None where that is no area."""
        dimension = self.root.find(main("dimension"))
        try:
            return None if dimension is None else (dimension, Area.parse(dimension.get("ref", "")))
        except ValueError:
            return None

    def refuse(self, code: str, message: str, row: int, column: int) -> RefusedError:
        """A reason that names this sheet and a cell of it."""
        return RefusedError(code, message, self.entry.name, address(row, column))
