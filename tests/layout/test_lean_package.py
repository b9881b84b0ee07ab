"""A workbook in less memory is the workbook."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import xlsxwriter
from xlsxwriter.workbook import Workbook

from xladdin.formula.evaluate import Value
from xladdin.layout.lean_package import FormulaColumn, LeanWorkbook
from xladdin.layout.saved import EPOCH
from xladdin.layout.writer_options import cached_value

VALUES: tuple[Value, ...] = (
    Decimal(1),
    "",
    "甲",
    Decimal(1),
    None,
    "1",
    "甲",
    Decimal("1.0"),
    True,
)


def parts(stream: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}


def write(workbook: Workbook, *, lean: bool) -> None:
    workbook.set_properties({"created": EPOCH, "title": "总表😀"})
    sheet, look = workbook.add_worksheet("汉字"), workbook.add_format({"bold": True})
    column = FormulaColumn(sheet, 2, "=f_name", look)
    for row, value in enumerate(VALUES):
        if lean:
            column.write(row, value)
        else:
            sheet.write_formula(row, 2, "=f_name", look, cached_value(value))
    sheet.write_string(20, 0, "é\n&<")
    workbook.close()


def test_parts_are_those_that_xlsxwriter_writes() -> None:
    lean, usual = io.BytesIO(), io.BytesIO()
    write(LeanWorkbook(lean), lean=True)
    write(xlsxwriter.Workbook(usual, {"in_memory": True}), lean=False)
    assert parts(lean) == parts(usual)


def test_cells_alike_are_one_object() -> None:
    workbook = LeanWorkbook(io.BytesIO())
    sheet = workbook.add_worksheet()
    column = FormulaColumn(sheet, 0, "=f_name", workbook.add_format())
    for row, value in enumerate(VALUES):
        column.write(row, value)
    assert len({id(sheet.table[row][0]) for row in range(len(VALUES))}) == 5
    workbook.close()
