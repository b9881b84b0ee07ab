"""Workbooks with error values that only some programs write can be read."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from xladdin.intake.odd_errors import with_known_errors
from xladdin.intake.sheets import read_workbook


def workbook(error: str) -> bytes:
    """A workbook whose A1 holds an error, as the program would store it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_formula("A1", "=1/0", None, "#DIV/0!")
        sheet.write("B1", "张三")
    target = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w") as package:
        for info in source.infolist():
            part = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<v>#DIV/0!</v>", f"<v>{error}</v>".encode())
            package.writestr(info, part)
    return target.getvalue()


@pytest.mark.parametrize("error", ["#", "#UNKNOWN!", ""])
def test_an_odd_error_does_not_close_the_book(error: str) -> None:
    grids, problems = read_workbook("名册.xlsx", workbook(error))
    assert problems == []
    assert grids[0].rows[0][1] == "张三"


def test_known_errors_stay() -> None:
    with zipfile.ZipFile(io.BytesIO(with_known_errors(workbook("#REF!")))) as package:
        assert b"<v>#REF!</v>" in package.read("xl/worksheets/sheet1.xml")
