"""The only module that knows XlsxWriter: a book and one copy's values become a workbook."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xladdin.formula.evaluate import Value
from xladdin.formula.excel import excel
from xladdin.ooxml.addresses import quoted_sheet

from . import charts, logos, theme, validations
from .calls import Call
from .cell_rules import Behind, Check, Highlight, Shade
from .cells import (
    Book,
    Cell,
    CompanyName,
    Fixed,
    Link,
    Orientation,
    Plotted,
    Result,
    Sheet,
    Slot,
)
from .lean_package import FormulaColumn, LeanWorkbook
from .letterhead import NOBODY, Letterhead
from .measure import LEAST_ROW, row_heights, text_of
from .pages import MARGINS, plan
from .place import (
    Places,
    address,
    columns,
    defined_name,
    inputs,
    keyed_cells,
    results,
)
from .privacy import ask_for_privacy
from .saved import EPOCH, saved_by_us
from .sight import View, is_open, view_of
from .styles import DRAWN, FILLED, INPUT_FILL, Look, Style
from .tables.places import defined_names, formula_name, formulas, last_row, plain_places
from .tables.table import Column, Table
from .writer_options import (
    area_text,
    cached_value,
    format_options,
    shade_options,
    table_options,
)

__all__ = ["macro_workbook", "saved_by_us", "workbook_bytes"]

A3_PAPER, A4_PAPER = 8, 9
AS_TEXT = "@"
CALCULATED_BY = 191029
"""The engine of Excel 2019 and later; an older number would have them compute anew."""
SPARKLINE = {
    # Columns: not every program prints lines.  From 0, so that small changes stay small.
    "type": "column",
    "series_color": theme.BAR,
    "last_point": True,
    "last_color": theme.CHART_DARK,
    "min": 0,
}
NOT_AVAILABLE = "#N/A"
POINTS_AND_ROOM = 120
"""The upper end of small lines of points."""
PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


def workbook_bytes(
    book: Book, values: Mapping[str, Value], letterhead: Letterhead = NOBODY
) -> bytes:
    """The .xlsx file of one copy: every formula with the value that it computes.

    Raises any warning of XlsxWriter (a dropped feature) as an error: it would be a bug here.
    """
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        growing = {i: sheet.growing for i, sheet in enumerate(book.sheets, start=1)}
        workbook = LeanWorkbook(stream, growing)
        # Else Excel computes anew, and asks at closing whether to save what nobody has touched.
        workbook.set_calc_mode("auto", CALCULATED_BY)
        workbook.calc_on_load = False
        _Writing(workbook, book, values, letterhead).write()
        workbook.close()
    content = stream.getvalue()
    return ask_for_privacy(content) if book.private else content


def macro_workbook(sheets: Mapping[str, Iterable[Iterable[str]]], project: bytes) -> bytes:
    """A workbook of texts with a VBA project, whose modules are ThisWorkbook, Sheet1, Sheet2..."""
    stream, texts_only = io.BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, {"in_memory": True, **texts_only}) as workbook:
        workbook.set_properties({"created": EPOCH})
        workbook.add_vba_project(io.BytesIO(project), is_stream=True)
        for name, rows in sheets.items():
            worksheet = workbook.add_worksheet(name)
            for row, texts in enumerate(rows):
                worksheet.write_row(row, 0, texts)
    return stream.getvalue()


_PREPARING = Worksheet()


@lru_cache(maxsize=20_000)
def _prepared(formula: str, expand_future_functions: bool = False) -> str:
    """XlsxWriter's preparation of a formula: slow, and the copies of a book repeat them all."""
    prepared: str = _PREPARING._prepare_formula(formula, expand_future_functions)
    return prepared


@dataclass
class _Writing:
    """One workbook being written."""

    workbook: Workbook
    book: Book
    values: Mapping[str, Value]
    letterhead: Letterhead = NOBODY
    formats: dict[Style | Look, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inputs = inputs(self.book, self.values)
        self.columns = columns(self.book)
        self.results = results(self.book, self.values, self.columns)
        self.known = self.inputs | self.results
        self.everywhere = Places(self.book, None)

    def write(self) -> None:
        """Sheets, names and properties."""
        properties = self.book.properties
        self.workbook.set_properties(
            {
                "title": properties.title,
                "subject": properties.subject,
                "company": properties.company,
                "keywords": properties.keywords,
                "created": EPOCH,
            }
        )
        for sheet in self.book.sheets:
            worksheet = self.workbook.add_worksheet(sheet.name)
            worksheet._prepare_formula = _prepared
            self._sheet(sheet, worksheet)
        for key, sheet, cell in self._first_cells():
            place = f"={quoted_sheet(sheet.name)}!{address(cell.row, cell.col)}"
            self.workbook.define_name(defined_name(key), place)
        names = {**defined_names(self.book), **formulas(self.book), **self.book.names}
        for name, formula in names.items():
            self.workbook.define_name(name, formula)

    def _first_cells(self) -> list[tuple[str, Sheet, Cell]]:
        seen: dict[str, tuple[str, Sheet, Cell]] = {}
        for key, sheet, cell in keyed_cells(self.book) if self.book.named_cells else ():
            seen.setdefault(key, (key, sheet, cell))
        return list(seen.values())

    def _sheet(self, sheet: Sheet, worksheet: Worksheet) -> None:
        places = Places(self.book, sheet)
        for col, width in enumerate(sheet.widths):
            worksheet.set_column(col, col, width)
        heights = row_heights(sheet, lambda cell: text_of(cell, self.known))
        for row, points in heights.items():
            worksheet.set_row(row, round(points, 2))
        for cell in sheet.cells:
            self._cell(cell, worksheet, places)
        for block in sheet.placed:
            for chart in block.charts:
                charts.add(self.workbook, worksheet, chart, self.everywhere)
            for area in block.shades:
                last = (area.row + area.rows - 1, area.col + area.cols - 1)
                self._shade(area.shade, (area.row, area.col, *last), worksheet, places)
        if sheet.table is not None:
            self._table(sheet, sheet.table, worksheet)
        _page(sheet, worksheet, heights)
        _open_at(sheet, worksheet, view_of(sheet, heights, self._is_empty))
        if sheet.protected:
            worksheet.protect("", PROTECTION)
        if sheet.visibility == "very_hidden":
            worksheet.very_hidden()
        if sheet.tab_color:
            worksheet.set_tab_color(sheet.tab_color)

    def _is_empty(self, cell: Cell) -> bool:
        """Whether this copy leaves something to be filled in there."""
        return self.inputs.get(getattr(cell.content, "key", "")) in (None, "")

    def _table(self, sheet: Sheet, table: Table, worksheet: Worksheet) -> None:
        top, last = sheet.table_top, len(table.columns) - 1
        texts = {
            column.key: "=" + formula_name(table, column)
            for column in table.columns
            if column.formula is not None
        }
        options = table_options(table, texts, self._format)
        worksheet.set_default_row(LEAST_ROW)
        worksheet.add_table(top, 0, top + table.height, last, options)
        # Each of its cells, for whoever would add another table above it.
        worksheet.table_cells.clear()
        plain, bottom = plain_places(self.book, sheet, table), top + table.height
        if table.spare:
            bottom = last_row(sheet, table)
        keys = []
        for col, column in enumerate(table.columns):
            below = self._format(column.style.below_the_table)
            worksheet.set_column(col, col, sheet.widths[col], below, {"hidden": column.hidden})
            self._column(table, column, (top + 1, col), texts.get(column.key), worksheet)
            if column.sparkline is not None:
                self._sparklines(sheet, table, column.sparkline, (top + 1, col), worksheet)
            area = (top + 1, col, bottom, col)
            self._rules(column.check, column.highlights, area, worksheet, plain)
            if column.bar is not None:
                self._shade(column.bar, (top + 1, col, top + table.height, col), worksheet, plain)
            if column.style.number_format == AS_TEXT:
                keys.append(area_text(*area))
        if table.spare:
            self._drawn_once_filled(sheet, table, worksheet)
        worksheet.ignore_errors({"number_stored_as_text": " ".join(keys)} if keys else {})

    def _drawn_once_filled(self, sheet: Sheet, table: Table, worksheet: Worksheet) -> None:
        """Rows that are empty have no lines on paper, only the grid of the screen.

        Below all other rules: what is wrong is seen first.
        """
        first, shown = sheet.table_top + 1 + len(table.rows), len(table.columns) - 1
        while table.columns[shown].hidden:
            shown -= 1
        filled = f"=LEN($A{first + 1})>0"
        options = {"type": "formula", "criteria": filled, "format": self._format(DRAWN)}
        worksheet.conditional_format(first, 0, last_row(sheet, table), shown, options)

    def _column(
        self,
        table: Table,
        column: Column,
        first: tuple[int, int],
        formula: str | None,
        worksheet: Worksheet,
    ) -> None:
        """What stands in a column: entries, or one formula with the value of each row."""
        look, (top, col) = self._format(column.style), first
        # Of an empty row nothing is printed.
        bare = self._format(column.style.below_the_table)
        filled, empty = (
            FormulaColumn(worksheet, col, formula, each) if formula else None
            for each in (look, bare)
        )
        for row, value in enumerate(self.columns[table.range_of(column).name]):
            spare = row >= len(table.rows) and table.spare > 0
            computed, look = (empty, bare) if spare else (filled, look)
            _lead(worksheet, top + row, col, table.behind.get((row, column.key)), look)
            if computed is not None:
                computed.write(top + row, value)
                continue
            number_format = table.number_formats.get((row, column.key))
            own = self._format(column.style.shown_as(number_format)) if number_format else look
            _constant(worksheet, top + row, col, value, own)

    def _sparklines(
        self,
        sheet: Sheet,
        table: Table,
        shown: tuple[str, str],
        first: tuple[int, int],
        worksheet: Worksheet,
    ) -> None:
        """A line in each cell of a column, over other columns of its row."""
        keys = [column.key for column in table.columns]
        left, right = (keys.index(key) for key in shown)
        for row in range(first[0], first[0] + table.height):
            area = f"{quoted_sheet(sheet.name)}!{area_text(row, left, row, right)}"
            worksheet.add_sparkline(
                row, first[1], {"range": area, **SPARKLINE, "max": POINTS_AND_ROOM}
            )

    def _rules(
        self,
        check: Check | None,
        highlights: tuple[Highlight, ...],
        area: tuple[int, int, int, int],
        worksheet: Worksheet,
        places: Mapping[str, str],
    ) -> None:
        """What may be entered in some cells, and how they light up."""
        if check is not None:
            worksheet.data_validation(*area, validations.options(check, places))
        for highlight in highlights:
            options = {
                "type": "formula",
                "criteria": "=" + excel(highlight.when, places),
                "format": self._format(highlight.look),
            }
            worksheet.conditional_format(*area, options)

    def _shade(
        self,
        shade: Shade,
        area: tuple[int, int, int, int],
        worksheet: Worksheet,
        places: Mapping[str, str],
    ) -> None:
        """How the numbers of an area look beside each other."""
        worksheet.conditional_format(*area, shade_options(shade, places))

    def _cell(self, cell: Cell, worksheet: Worksheet, places: Places) -> None:
        look = self._format(cell.style)
        if cell.rows > 1 or cell.cols > 1:
            last = (cell.row + cell.rows - 1, cell.col + cell.cols - 1)
            worksheet.merge_range(cell.row, cell.col, *last, "", look)
        _lead(worksheet, cell.row, cell.col, cell.behind, look)
        self._content(cell, worksheet, places, look)
        last_cell = (cell.row + cell.rows - 1, cell.col + cell.cols - 1)
        if cell.check is not None:
            here = (cell.row, cell.col, cell.row, cell.col)
            self._rules(cell.check, (), here, worksheet, places)
        if cell.sparkline is not None:
            first, end = (self.everywhere[key] for key in cell.sparkline)
            area = f"{first}:{end.rpartition('!')[2]}"
            worksheet.add_sparkline(cell.row, cell.col, {"range": area, **SPARKLINE})
        whole = (cell.row, cell.col, *last_cell)
        self._rules(None, cell.highlights, whole, worksheet, places.by_name)
        if is_open(cell) and cell.style.fill == INPUT_FILL:
            # Below all other rules: what is wrong stays so.
            filled = f"=LEN({address(cell.row, cell.col)})>0"
            options = {"type": "formula", "criteria": filled, "format": self._format(FILLED)}
            worksheet.conditional_format(*whole, options)

    def _content(self, cell: Cell, worksheet: Worksheet, places: Places, look: Format) -> None:
        match cell.content:
            case Result(key=key):
                text = "=" + excel(self.book.model[key], places)
                cached = cached_value(self.results[key])
                worksheet.write_formula(cell.row, cell.col, text, look, cached)
            case Plotted(of=of):
                known = self.results[of] if of in self.results else self.inputs.get(of)
                drawn = cached_value(known) if isinstance(known, Decimal) else NOT_AVAILABLE
                text = f"=IF(ISNUMBER({places[of]}),{places[of]},NA())"
                worksheet.write_formula(cell.row, cell.col, text, look, drawn)
            case Fixed(value=value):
                _constant(worksheet, cell.row, cell.col, value, look)
            case CompanyName():
                room = logos.insert(worksheet, cell, self.letterhead.logo)
                beside = self._format(replace(cell.style, indent=room)) if room else look
                _constant(worksheet, cell.row, cell.col, self.letterhead.company, beside)
            case Slot(key=key):
                _constant(worksheet, cell.row, cell.col, self.inputs.get(key), look)
            case Call(values=values) as call:
                area, text = call.area(cell.row, cell.col), call.text(places)
                worksheet.write_dynamic_array_formula(*area, text, look, cached_value(values[0]))
                for row, spilled in enumerate(values[1:], start=cell.row + 1):
                    _constant(worksheet, row, cell.col, spilled, look)
            case Link(text=text, sheet=sheet, cell=aim):
                target = f"internal:{quoted_sheet(sheet)}!{aim}"
                worksheet.write_url(cell.row, cell.col, target, look, text)

    def _format(self, style: Style | Look) -> Format:
        if style not in self.formats:
            self.formats[style] = self.workbook.add_format(format_options(style))
        return self.formats[style]


def _lead(worksheet: Worksheet, row: int, col: int, behind: Behind | None, look: Format) -> None:
    """Whoever clicks on the cell is led elsewhere; its own content is written over the link's text."""
    if behind is not None:
        target = f"internal:{quoted_sheet(behind.sheet)}!{behind.area}"
        worksheet.write_url(row, col, target, look, "", behind.tip or None)


def _constant(worksheet: Worksheet, row: int, col: int, value: Value, look: Format) -> None:
    """Text is always written as text: a name beginning with ``=`` is not a formula."""
    if value is None or value == "":
        worksheet.write_blank(row, col, None, look)
    elif isinstance(value, Decimal):
        worksheet.write_number(row, col, float(value), look)
    else:
        worksheet.write_string(row, col, str(value), look)


def _page(sheet: Sheet, worksheet: Worksheet, heights: Mapping[int, float]) -> None:
    paper = sheet.paper
    worksheet.set_paper(A3_PAPER if paper.large else A4_PAPER)
    if paper.orientation is Orientation.LANDSCAPE:
        worksheet.set_landscape()
    worksheet.set_margins(**MARGINS)
    worksheet.center_horizontally()
    worksheet.set_footer(paper.footer, {"scale_with_doc": False, "margin": 0.25})
    spare = sheet.table is not None and sheet.table.spare
    worksheet.hide_gridlines(1 if spare else 2)
    if sheet.visibility == "visible":
        # Calc prints a hidden sheet too once it has a print area.
        last_col = len(sheet.widths) - 1 - sheet.screen_cols
        worksheet.print_area(sheet.screen_rows, 0, sheet.last_row, last_col)
    if paper.repeat is not None:
        worksheet.repeat_rows(*paper.repeat)
    pages = plan(sheet, heights)
    if pages.one_page:
        worksheet.fit_to_pages(1, 1)
    else:
        worksheet.fit_to_pages(1, 0)
        worksheet.set_h_pagebreaks(list(pages.breaks))


def _open_at(sheet: Sheet, worksheet: Worksheet, view: View) -> None:
    """Zoom, what stays in view, where the cursor stands."""
    worksheet.set_zoom(view.zoom)
    if sheet.freeze and (sheet.table is not None or not view.whole):
        worksheet.freeze_panes(*sheet.freeze, view.top, sheet.freeze[1])
    if view.cursor is not None:
        at = view.cursor
        worksheet.set_selection(at.row, at.col, at.row + at.rows - 1, at.col + at.cols - 1)
