"""What a monthly form costs: stamped, written in full, and by other tools with the same cells.

``python benchmarks/forms.py [--rounds 5]`` prints CPU milliseconds a workbook, each way in turn within one
process, and how many times as much as a stamped one.

- *stamped*: what ``generate`` does for everybody after the first of a shape, the score included.
- *in full*: ``workbook_bytes``, which plans and writes the whole form.
- *XlsxWriter*: a script by hand with the same cells, formats, validations, conditional formats, names; all
  texts, formulas, heights and values are known beforehand.
- *openpyxl*: opens a form, fills in the slots, saves it.
- *zip*: the parts of a finished form packed again with the standard library.
- *floor*: only what differs from form to form deflated and summed up, its text known beforehand.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter

from xladdin.books.appraisal import monthly
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.excel import excel
from xladdin.layout import validations
from xladdin.layout.cells import Book, Cell, Fixed, Result, Sheet, Slot
from xladdin.layout.measure import row_heights, text_of
from xladdin.layout.place import Places, address, defined_name, inputs, results
from xladdin.layout.stamp import Stamps
from xladdin.layout.writer import workbook_bytes
from xladdin.layout.writer_options import cached_value, format_options
from xladdin.schemes.library import Library
from xladdin.scoring.model import input_defaults

PERIOD = Period("2026-10")
VARYING = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
Values = Mapping[str, Value]
Way = Callable[[Values], object]


def people(scheme: Scheme, count: int) -> list[dict[str, Value]]:
    """Slots of so many people, with nine in ten figures there."""
    chance = random.Random(1)  # noqa: S311
    found = []
    for number in range(count):
        name = chance.choice("王李张刘陈") + "".join(chance.choices("梓萱雨桐子涵", k=2))
        employee = Employee(
            id=f"QC{number:06d}", name=name, department=f"客服{number % 9}部", position="售后客服"
        )
        values = dict(monthly.values(scheme, employee, PERIOD, []))
        for key in input_defaults(scheme):
            if key.startswith("actual") and chance.random() < 0.9:
                values[key] = Decimal(chance.randint(0, 20_000)) / chance.choice((1, 100, 20_000))
        found.append(values)
    return found


class ByHand:
    """A script that writes the same cells with XlsxWriter; all that can be is worked out before."""

    def __init__(self, book: Book, first: Values) -> None:
        self.book = book
        known = {**inputs(book, first), **results(book, first)}
        self.sheets = [
            (sheet, row_heights(sheet, lambda cell: text_of(cell, known)), self._cells(sheet))
            for sheet in book.sheets
        ]
        self.results = results(book, first)

    def _cells(self, sheet: Sheet) -> list[tuple[Cell, str, Any, list[tuple[str, Any]]]]:
        places = Places(self.book, sheet)
        return [
            (
                cell,
                "=" + excel(self.book.model[cell.content.key], places)
                if isinstance(cell.content, Result)
                else "",
                validations.options(cell.check, places) if cell.check else None,
                [("=" + excel(one.when, places.by_name), one.look) for one in cell.highlights],
            )
            for cell in sheet.cells
        ]

    def __call__(self, values: Values) -> bytes:
        """One workbook."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        formats: dict[Any, Any] = {}

        def looks(style: Any) -> Any:
            if style not in formats:
                formats[style] = book.add_format(format_options(style))
            return formats[style]

        for sheet, heights, cells in self.sheets:
            made = book.add_worksheet(sheet.name)
            for col, width in enumerate(sheet.widths):
                made.set_column(col, col, width)
            for row, height in heights.items():
                made.set_row(row, height)
            for cell, formula, check, highlights in cells:
                self._write(made, cell, formula, looks(cell.style), values)
                area = (cell.row, cell.col, cell.row + cell.rows - 1, cell.col + cell.cols - 1)
                if check:
                    made.data_validation(*area, check)
                for when, look in highlights:
                    options = {"type": "formula", "criteria": when, "format": looks(look)}
                    made.conditional_format(*area, options)
            made.protect("")
            made.fit_to_pages(1, 1)
        for key, sheet, cell in self.book.keyed:
            place = f"='{sheet.name}'!{address(cell.row, cell.col)}"
            book.define_name(defined_name(key), place)
        book.close()
        return stream.getvalue()

    def _write(self, made: Any, cell: Cell, formula: str, look: Any, values: Values) -> None:
        at = (cell.row, cell.col)
        if cell.rows > 1 or cell.cols > 1:
            made.merge_range(*at, cell.row + cell.rows - 1, cell.col + cell.cols - 1, "", look)
        match cell.content:
            case Result(key=key):
                made.write_formula(*at, formula, look, cached_value(self.results[key]))
                return
            case Slot(key=key):
                value = values.get(key)
            case Fixed(value=value):
                pass
            case _:
                value = getattr(cell.content, "text", None)
        if isinstance(value, Decimal):
            made.write_number(*at, float(value), look)
        elif value:
            made.write_string(*at, str(value), look)
        else:
            made.write_blank(*at, None, look)


def by_openpyxl(book: Book, template: bytes) -> Way:
    """A form opened, its slots filled in, and saved."""
    slots = [
        (key, sheet.name, address(cell.row, cell.col).replace("$", ""))
        for key, sheet, cell in book.keyed
        if isinstance(cell.content, Slot)
    ]

    def way(values: Values) -> bytes:
        opened = openpyxl.load_workbook(io.BytesIO(template))
        for key, sheet, place in slots:
            value = values.get(key)
            if value is not None:
                opened[sheet][place] = float(value) if isinstance(value, Decimal) else value
        stream = io.BytesIO()
        opened.save(stream)
        return stream.getvalue()

    return way


def by_zip(template: bytes) -> Way:
    """All parts packed again."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    def way(_: Values) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in parts.items():
                made.writestr(name, data)
        return stream.getvalue()

    return way


def floor(template: bytes) -> Way:
    """The parts that differ, deflated at the quickest and summed up."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        parts = [package.read(name) for name in VARYING]

    def way(_: Values) -> int:
        size = 0
        for data in parts:
            packer = zlib.compressobj(1, wbits=-15)
            size += len(packer.compress(data) + packer.flush()) + zlib.crc32(data) % 2
        return size

    return way


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    scheme = Library.shipped().schemes[0]
    book, everybody = monthly.book(scheme), people(scheme, 1000)
    template, stamps = workbook_bytes(book, everybody[0]), Stamps()
    for values in everybody:  # every shape is there: a group's forms are many more than its shapes
        stamps.workbook(book, values)
    ways: dict[str, tuple[Way, int]] = {
        "stamped": (lambda values: stamps.workbook(book, values), 300),
        "in full": (lambda values: workbook_bytes(book, values), 10),
        "XlsxWriter": (ByHand(book, everybody[0]), 10),
        "openpyxl": (by_openpyxl(book, template), 3),
        "zip": (by_zip(template), 20),
        "floor": (floor(template), 300),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (way, count) in ways.items():
            begun = time.process_time()
            for values in everybody[:count]:
                way(values)
            spent[name].append((time.process_time() - begun) / count * 1000)
    ours = statistics.median(spent["stamped"])
    for name, times in spent.items():
        middle = statistics.median(times)
        print(
            f"{name:12} {middle:8.3f} ms  {middle / ours:7.1f} x  ({min(times):.3f}..{max(times):.3f})"
        )


if __name__ == "__main__":
    main()
