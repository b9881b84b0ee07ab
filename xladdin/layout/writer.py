"""The only module that knows XlsxWriter: a book and one copy's values become a workbook."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xladdin.formula.evaluate import Value
from xladdin.formula.excel import excel

from . import charts, checks
from .cells import Book, Cell, Chart, Fixed, Orientation, Result, Sheet, Slot
from .growing import let_rows_grow
from .measure import row_heights, text_of
from .pages import MARGINS, plan
from .place import Places, address, defined_name, inputs, keyed_cells, quoted_sheet, results
from .styles import FONT, LINE, Look, Style

A4_PAPER = 9
EPOCH = dt.datetime(2026, 1, 1)
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)
"""What reading a damaged or encrypted package may raise."""
PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


def workbook_bytes(book: Book, values: Mapping[str, Value]) -> bytes:
    """The .xlsx file of one copy: every formula with the value that it computes.

    Raises any warning of XlsxWriter (a dropped feature) as an error: it would be a bug here.
    """
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
        _Writing(workbook, book, values).write()
        workbook.close()
    growing = {i: sheet.growing for i, sheet in enumerate(book.sheets, start=1)}
    return let_rows_grow(stream.getvalue(), growing)


def saved_by_us(content: bytes) -> bool:
    """Whether a workbook is still as it was written here.

    Every office program that saves a workbook notes the time in its document properties.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            properties = package.read("docProps/core.xml").decode()
    except UNREADABLE:
        return False
    return f">{EPOCH:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" in properties


@dataclass
class _Writing:
    """One workbook being written."""

    workbook: Workbook
    book: Book
    values: Mapping[str, Value]
    formats: dict[Style | Look, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inputs = inputs(self.book, self.values)
        self.results = results(self.book, self.values)

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
            self._sheet(sheet, self.workbook.add_worksheet(sheet.name))
        for key, sheet, cell in self._first_cells():
            place = f"={quoted_sheet(sheet.name)}!{address(cell.row, cell.col)}"
            self.workbook.define_name(defined_name(key), place)

    def _first_cells(self) -> list[tuple[str, Sheet, Cell]]:
        seen: dict[str, tuple[str, Sheet, Cell]] = {}
        for key, sheet, cell in keyed_cells(self.book):
            seen.setdefault(key, (key, sheet, cell))
        return list(seen.values())

    def _sheet(self, sheet: Sheet, worksheet: Worksheet) -> None:
        places = Places(self.book, sheet)
        for col, width in enumerate(sheet.widths):
            worksheet.set_column(col, col, width)
        heights = row_heights(sheet, lambda cell: text_of(cell, self.inputs | self.results))
        for row, points in heights.items():
            worksheet.set_row(row, round(points, 2))
        for cell in sheet.cells:
            self._cell(cell, worksheet, places)
        for block in sheet.placed:
            for chart in block.charts:
                self._chart(chart, worksheet)
        _page(sheet, worksheet, heights)
        if sheet.freeze:
            worksheet.freeze_panes(*sheet.freeze)
        if sheet.protected:
            worksheet.protect("", PROTECTION)
        if sheet.visibility == "very_hidden":
            worksheet.very_hidden()

    def _cell(self, cell: Cell, worksheet: Worksheet, places: Places) -> None:
        look = self._format(cell.style)
        if cell.rows > 1 or cell.cols > 1:
            last = (cell.row + cell.rows - 1, cell.col + cell.cols - 1)
            worksheet.merge_range(cell.row, cell.col, *last, "", look)
        self._content(cell, worksheet, places, look)
        if cell.check is not None:
            options = checks.options(cell.check, places)
            worksheet.data_validation(cell.row, cell.col, cell.row, cell.col, options)
        for highlight in cell.highlights:
            options = {
                "type": "formula",
                "criteria": "=" + excel(highlight.when, places),
                "format": self._format(highlight.look),
            }
            last = (cell.row + cell.rows - 1, cell.col + cell.cols - 1)
            worksheet.conditional_format(cell.row, cell.col, *last, options)

    def _chart(self, chart: Chart, worksheet: Worksheet) -> None:
        places = Places(self.book, None)
        drawn = self.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
        for line in chart.series:
            drawn.add_series(charts.series(chart, line, places))
        drawn.set_title(charts.title(chart))
        drawn.set_y_axis(charts.axis(chart))
        drawn.set_x_axis({"num_font": charts.LETTERS})
        drawn.set_legend({"position": "bottom", "font": charts.LETTERS})
        drawn.set_size({"width": chart.width, "height": chart.height})
        drawn.show_blanks_as("gap")
        worksheet.insert_chart(chart.row, chart.col, drawn, {"object_position": 1})

    def _content(self, cell: Cell, worksheet: Worksheet, places: Places, look: Format) -> None:
        match cell.content:
            case Result(key=key):
                text = "=" + excel(self.book.model[key], places)
                cached = _cached(self.results[key])
                worksheet.write_formula(cell.row, cell.col, text, look, cached)
            case Fixed(value=value):
                _constant(worksheet, cell, value, look)
            case Slot(key=key):
                _constant(worksheet, cell, self.inputs.get(key), look)

    def _format(self, style: Style | Look) -> Format:
        if style not in self.formats:
            options = _look(style) if isinstance(style, Look) else _style(style)
            self.formats[style] = self.workbook.add_format(options)
        return self.formats[style]


def _constant(worksheet: Worksheet, cell: Cell, value: Value, look: Format) -> None:
    """Text is always written as text: a name beginning with ``=`` is not a formula."""
    if value is None or value == "":
        worksheet.write_blank(cell.row, cell.col, None, look)
    elif isinstance(value, Decimal):
        worksheet.write_number(cell.row, cell.col, float(value), look)
    else:
        worksheet.write_string(cell.row, cell.col, str(value), look)


def _cached(value: Value) -> str | float | bool:
    if isinstance(value, Decimal):
        return float(value)
    return "" if value is None else value


def _style(style: Style) -> dict[str, Any]:
    options: dict[str, Any] = {
        "font_name": FONT,
        "font_size": style.size,
        "bold": style.bold,
        "italic": style.italic,
        "font_color": style.color,
        "align": style.align,
        "valign": style.valign,
        "text_wrap": style.wrap,
        "locked": style.locked,
    }
    if style.border:
        options |= {"border": 1, "border_color": LINE}
    if style.fill:
        options["bg_color"] = style.fill
    if style.number_format:
        options["num_format"] = style.number_format
    if style.rotated:
        options["rotation"] = 270
    return options


def _look(look: Look) -> dict[str, Any]:
    return {"bg_color": look.fill, "font_color": look.color, "bold": look.bold}


def _page(sheet: Sheet, worksheet: Worksheet, heights: Mapping[int, float]) -> None:
    paper = sheet.paper
    worksheet.set_paper(A4_PAPER)
    if paper.orientation is Orientation.LANDSCAPE:
        worksheet.set_landscape()
    worksheet.set_margins(**MARGINS)
    worksheet.center_horizontally()
    worksheet.set_footer(paper.footer)
    worksheet.hide_gridlines(2)
    if sheet.visibility == "visible":
        # Calc prints a hidden sheet too once it has a print area.
        last = max(cell.row + cell.rows - 1 for cell in sheet.cells)
        worksheet.print_area(0, 0, last, len(sheet.widths) - 1)
    if paper.repeat is not None:
        worksheet.repeat_rows(*paper.repeat)
    pages = plan(sheet, heights)
    if pages.one_page:
        worksheet.fit_to_pages(1, 1)
    else:
        worksheet.fit_to_pages(1, 0)
        worksheet.set_h_pagebreaks(list(pages.breaks))
