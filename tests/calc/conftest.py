"""The fixtures of this package, and what its own tests share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw


def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures, unless somebody already has."""
    config.pluginmanager.import_plugin("tests.calc.fixtures")


@pytest.fixture
def book(calc: xw.App) -> xw.Book:
    return calc.books.add()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets[0]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A file: a protected sheet with an input cell, a date and a formula; a very hidden one."""
    path = tmp_path / "考核 表.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("得分")
        page.write("A1", 40, workbook.add_format({"locked": False}))
        page.write_formula("B1", "=A1*2", None, 80)
        page.write_datetime(
            "C1", dt.datetime(2026, 11, 5), workbook.add_format({"num_format": "yyyy-mm-dd"})
        )
        page.write_formula("D1", "=A1>1", None, True)
        page.protect()
        workbook.add_worksheet("identity").very_hidden()
        workbook.define_name("target", "=得分!$A$1")
    return path
