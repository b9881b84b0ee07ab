from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from xladdin.intake.marks import Marks, sheet_marks


def book_bytes(cells: dict[str, object], formats: dict[str, str]) -> bytes:
    book = Workbook()
    sheet = book.active
    for address, value in cells.items():
        sheet[address] = value
    for address, code in formats.items():
        sheet[address].number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_error_values_percentages_and_formulas_without_value_are_told() -> None:
    cells = {"A1": "x", "B1": 1.05, "C2": "#N/A", "A4": "=1+1", "D4": 0.07, "E4": 3, "F4": "5"}
    data = book_bytes(cells, {"B1": "0%", "D4": '0.0"%"', "E4": "#,##0", "F4": "0.00%"})
    assert sheet_marks(data) == {
        "Sheet": Marks(
            {(0, 1): "105%", (1, 2): "#N/A", (3, 0): "=1+1", (3, 3): "7%"}, height=4, width=6
        )
    }


def test_cells_without_address_count_from_the_left(tmp_path: Path) -> None:
    sheet = '<worksheet xmlns="x"><sheetData><row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>'
    assert sheet_marks(minimal(sheet))["甲"] == Marks({(0, 1): "#REF!"}, height=1, width=2)


def test_a_sheet_without_styles_or_cells() -> None:
    assert sheet_marks(minimal('<worksheet xmlns="x"/>')) == {"甲": Marks()}


def test_what_is_no_xlsx_raises_what_the_caller_expects() -> None:
    with pytest.raises(zipfile.BadZipFile):
        sheet_marks(b"PK\x03\x04")


def minimal(sheet: str) -> bytes:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="x" xmlns:r="{relation}"><sheets>'
        '<sheet name="甲" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="y">'
        '<Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return stream.getvalue()
