"""A range of cells, of one or several areas, as xlwings asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.utils import hex_to_rgb, int_to_rgb

from tests.workbench.addresses import Area

from .comrange import ComRange
from .formats import keys_in
from .places import apart, area_at, areas_in, cells_of, quoted, rgb, united, written
from .refusals import ComError, refused
from .values import read, read_formulas, write

if TYPE_CHECKING:
    from .sheets import Sheet

# The CellFlags that hold content: values, dates, texts, formulas.
_CONTENT = 1 | 2 | 4 | 16
_POINTS = 72 / 2540  # Calc measures in hundredths of a millimetre
_NO_COLOR = -1
_NOTHING = Area(1, 1, 0, 0)


class Range(base_classes.Range):
    """`row`, `column`, `shape` and values are those of the first area, as in Excel.

    A first area without height or width has no cells; xlwings makes such by slicing.
    """

    def __init__(self, sheet: Sheet, areas: Sequence[Area]) -> None:
        self._sheet = sheet
        self.first = areas[0]
        self.areas = tuple(area for area in areas if area.height and area.width)

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @cached_property
    def cells(self) -> Any:
        """The UNO range of the first area."""
        return cells_of(self._sheet.xl, self.first)

    @property
    def api(self) -> ComRange:
        return ComRange(self)

    def each_area(self) -> list[Range]:
        return [Range(self._sheet, [area]) for area in self.areas]

    @cached_property
    def selectable(self) -> Any:
        """The UNO object of all areas together."""
        if len(self.areas) > 1:
            return united(self._component, self._sheet.xl, self.areas)
        return self.cells if self.areas else None

    @property
    def _component(self) -> Any:
        return self._sheet.book.xl

    def _each(self) -> list[Any]:
        return [cells_of(self._sheet.xl, area) for area in self.areas]

    # Where it is.

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        return (self._sheet.xl, self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        return self.first.top

    @property
    def column(self) -> int:
        return self.first.left

    @property
    def shape(self) -> tuple[int, int]:
        return self.first.height, self.first.width

    def __len__(self) -> int:
        return sum(area.height * area.width for area in self.areas)

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        places = ",".join(written(area, row_absolute, col_absolute) for area in self.areas)
        if not external:
            return places
        book, sheet = self._sheet.book.name, self._sheet.name
        return f"{quoted(f'[{book}]{sheet}', book, sheet)}!{places}"

    def __call__(self, row: int, column: int | None = None) -> Range:
        """The cell at a position, which may lie outside of the range, or with a number."""
        if column is None:
            row, column = (part + 1 for part in divmod(row - 1, self.first.width))
        top, left = self.row + row - 1, self.column + column - 1
        if top < 1 or left < 1:
            raise ComError(f"there is no cell at {row}, {column} of {self.address}")
        return Range(self._sheet, [Area(top, left, top, left)])

    @property
    def rows(self) -> Range:
        return self

    @property
    def columns(self) -> Range:
        return self

    @property
    def current_region(self) -> Range:
        return self._grown("collapseToCurrentRegion")

    @property
    def merge_area(self) -> Range:
        return self._grown("collapseToMergedArea")

    @property
    def merge_cells(self) -> bool:
        return self.merge_area.first != self(1, 1).first

    def _grown(self, how: str) -> Range:
        cursor = self._sheet.xl.createCursorByRange(self(1, 1).cells)
        getattr(cursor, how)()
        return Range(self._sheet, [area_at(cursor.RangeAddress)])

    def merge(self, across: bool) -> None:
        assert not across, "only whole areas are merged here"
        self.cells.merge(True)

    # What it holds.

    @property
    def raw_value(self) -> Any:
        return self._read(lambda: read(self._sheet.book.formats, self.cells))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        with refused(f"writing to {self.address}"):
            book = self._sheet.book
            for area in self.areas:
                cells, shape = cells_of(self._sheet.xl, area), (area.height, area.width)
                write(book.formats, cells, shape, data, book.grammar)

    @property
    def formula(self) -> Any:
        book = self._sheet.book
        return self._read(lambda: read_formulas(book.formats, self.cells, book.grammar))

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    def _read(self, rows: Callable[[], Any]) -> Any:
        if not self.areas:
            return None
        found = rows()
        return found[0][0] if self.shape == (1, 1) else found

    def clear_contents(self) -> None:
        if self._sheet.xl.isProtected():
            self._used().raw_value = None  # clearContents would skip locked cells without a word
            return
        for cells in self._each():
            cells.clearContents(_CONTENT)

    def _used(self) -> Range:
        used = self._sheet.used_range.cells.RangeAddress
        areas = [areas_in(cells.queryIntersection(used)) for cells in self._each()]
        return Range(self._sheet, list(chain.from_iterable(areas)) or [_NOTHING])

    def add_hyperlink(
        self, address: str, text_to_display: str | None, screen_tip: str | None
    ) -> None:
        """Calc has no tips for links."""
        cell = self.cells.getCellByPosition(0, 0)
        link = self._component.createInstance("com.sun.star.text.TextField.URL")
        link.URL, link.Representation = address, text_to_display or address
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), link, False)

    @property
    def hyperlink(self) -> str:
        links = self.cells.getCellByPosition(0, 0).TextFields
        if not links.hasElements():
            raise Exception("The cell doesn't seem to contain a hyperlink!")
        url: str = links.getByIndex(0).URL
        return url

    # What can be seen.

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """Only `visible`: rectangles from top to bottom, however many areas were asked."""
        if cell_type != "visible":
            raise NotImplementedError(f"special cells of type {cell_type}")
        # One by one: asked for several areas with hidden rows, Calc loses columns.
        seen = [areas_in(cells.queryVisibleCells()) for cells in self._each()]
        return [Range(self._sheet, [area]) for area in apart(chain.from_iterable(seen))]

    @property
    def row_hidden(self) -> bool | None:
        rows = self.cells.Rows
        found = {rows.getByIndex(at).IsVisible for at in range(self.first.height)}
        return None if len(found) > 1 else not found.pop()

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        for cells in self._each():
            cells.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        columns = self.cells.Columns
        found = {columns.getByIndex(at).IsVisible for at in range(self.first.width)}
        return None if len(found) > 1 else not found.pop()

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        for cells in self._each():
            cells.Columns.IsVisible = not value

    def select(self) -> None:
        """Only on the active sheet of the active book, as in Excel."""
        book = self._sheet.book
        if book.app.active_book is not book or book.sheets.active.name != self._sheet.name:
            raise ComError("Select method of Range class failed")
        book.looked_at()
        book.xl.CurrentController.select(self.selectable)
        self._sheet.memory.selected = self.areas

    # How it looks.

    @property
    def row_height(self) -> float | None:
        rows = [self.cells.Rows.getByIndex(at) for at in range(self.first.height)]
        found = {round(row.Height * _POINTS, 1) if row.IsVisible else 0.0 for row in rows}
        return found.pop() if len(found) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        for cells in self._each():
            cells.Rows.Height = round(value / _POINTS)

    def autofit(self, axis: str | None = None) -> None:
        for cells in self._each():
            if axis in {None, "columns", "c"}:
                cells.Columns.OptimalWidth = True
            if axis in {None, "rows", "r"}:
                cells.Rows.OptimalHeight = True

    @property
    def color(self) -> tuple[int, int, int] | None:
        found = self.cells.CellBackColor
        return None if found == _NO_COLOR else rgb(found)

    @color.setter
    def color(self, value: tuple[int, int, int] | int | str | None) -> None:
        match value:
            case str():
                value = hex_to_rgb(value)
            case int():
                value = int_to_rgb(value)
        red, green, blue = value or (0, 0, 0)
        color = _NO_COLOR if value is None else red << 16 | green << 8 | blue
        for cells in self._each():
            cells.CellBackColor = color

    @property
    def number_format(self) -> str | None:
        formats = self._sheet.book.formats
        found = {formats.code_of(key) for key in keys_in(self.cells, one=self.shape == (1, 1))}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        for cells in self._each():
            cells.NumberFormat = self._sheet.book.formats.key_of(value)
