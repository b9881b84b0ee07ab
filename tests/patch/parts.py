"""Looking at a workbook file from outside: its parts, and its cells as two readers see them."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.workbench.repair import repair_problems
from tests.workbench.validator import schema_errors
from xladdin.ooxml.addresses import address
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import open_workbook, workbook_of

Cells = dict[str, list[list[object]]]


def opened(path: Path) -> Workbook:
    """A workbook that can be opened."""
    book, problems = open_workbook(path)
    assert book is not None, problems
    return book


def again(book: Workbook) -> Workbook:
    """What a reader of the saved file would open."""
    return workbook_of(book.to_bytes())


def parts(data: bytes | Path) -> dict[str, bytes]:
    """Every part and its bytes."""
    content = data.read_bytes() if isinstance(data, Path) else data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before: bytes | Path, after: bytes | Path) -> set[str]:
    """The parts that differ, are new, or are gone."""
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def cells(data: bytes | Path) -> Cells:
    """Every value, as calamine reads it."""
    content = data.read_bytes() if isinstance(data, Path) else data
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {
            name: [
                list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }


def filled(data: bytes | Path) -> dict[tuple[str, str], object]:
    """Every value that is not empty, by sheet and address."""
    return {
        (name, address(r, c)): value
        for name, rows in cells(data).items()
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if value != ""
    }


def differing(before: bytes | Path, after: bytes | Path) -> dict[tuple[str, str], object]:
    """What the cells hold now that held something else; None where they are empty now."""
    old, new = filled(before), filled(after)
    places = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    return {place: new.get(place) for place in places}


def by_openpyxl(data: bytes | Path, sheet: str) -> Worksheet:
    """A sheet as openpyxl reads it, without its warnings of what it would drop."""
    content = data.read_bytes() if isinstance(data, Path) else data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))[sheet]


def sound(data: bytes, path: Path) -> Path:
    """Write a workbook and insist that neither the schema nor Excel's repair has a complaint."""
    path.write_bytes(data)
    assert [str(problem) for problem in repair_problems(path)] == []
    assert [str(error) for error in schema_errors(path)] == []
    return path
