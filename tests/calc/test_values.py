"""What is written to cells and read from them, as Excel would have it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlwings as xw

from .refusals import ComError

pytestmark = pytest.mark.xdist_group("calc")


# Values.


def test_values(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["甲", 1.5, True], [None, "2026-11", dt.datetime(2026, 11, 5, 8, 30)]]
    november = dt.datetime(2026, 11, 1)
    assert sheet["A1:C2"].raw_value == (
        ("甲", 1.5, True),
        (None, november, dt.datetime(2026, 11, 5, 8, 30)),
    )
    assert sheet["C1"].value is True
    assert sheet["A2"].raw_value is None
    assert sheet["B2"].options(dates=dt.date).value == november.date()
    sheet["A1:B1"].value = 0.5
    assert sheet["A1:B1"].value == [0.5, 0.5]
    assert sheet["A1:B1"].options(numbers=int).value == [0, 0]


@pytest.mark.parametrize(
    ("typed", "value", "number_format"),
    [
        ("007", 7, "General"),
        ("-1,234.5", -1234.5, "General"),
        ("1E3", 1000, "General"),
        ("12%", 0.12, "0%"),
        ("true", True, "BOOLEAN"),
        ("2026/11/5", dt.datetime(2026, 11, 5), "yyyy/m/d"),
        ("2026年11月", dt.datetime(2026, 11, 1), "mmm-yy"),
        ("08:30", dt.datetime(1899, 12, 30, 8, 30), "h:mm"),
        ("2026-13", "2026-13", "General"),
        ("1.2.3", "1.2.3", "General"),
        ("考核", "考核", "General"),
    ],
)
def test_excel_reads_texts(sheet: xw.Sheet, typed: str, value: object, number_format: str) -> None:
    sheet["A1"].value = typed
    assert (sheet["A1"].value, sheet["A1"].number_format) == (value, number_format)


def test_texts_that_stay_texts(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1:B1"].value = ["2026-11", "'2026-11"]
    assert sheet["A1:B1"].value == ["2026-11", "2026-11"]
    assert sheet["A1:B1"].formula == (("2026-11", "2026-11"),)
    sheet["B1"].value = "12"
    assert sheet["B1"].value == 12


def test_errors(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=1/0", "=NA()", "=nothing"]
    assert sheet["A1"].raw_value == -2146826281
    assert sheet["A1:C1"].value == [None, None, None]
    assert sheet["A1:C1"].options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#NAME?"]


def test_values_of_a_file(calc: xw.App, form: Path) -> None:
    page = calc.books.open(form).sheets[0]
    assert page["A1:D1"].value == [40, 80, dt.datetime(2026, 11, 5), True]
    assert page["A1:D1"].formula == (("40", "=A1*2", "46331", "=A1>1"),)
    assert page["C1"].number_format == "yyyy-mm-dd"


def test_values_of_another_shape(sheet: xw.Sheet) -> None:
    with pytest.raises(ValueError, match="shape"):
        sheet["A1:B1"].raw_value = [[1], [2]]


# Formulas.


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A2,'考核 表'!$A$1:B3)",
        '=IF(A2>1,"a;b,c",{1,2;3,4})',
        "=SUMIFS(C:C,D:D,1)",
        "=STDEV.S(1,2)",
        "=FORECAST.LINEAR(1,A2:A3,B2:B3)",
    ],
)
def test_a_formula_comes_back_as_it_was_written(sheet: xw.Sheet, formula: str) -> None:
    sheet.book.sheets.add("考核 表")
    sheet["A1"].formula = formula
    assert sheet["A1"].formula == formula


def test_a_formula_is_calculated(sheet: xw.Sheet) -> None:
    other = sheet.book.sheets.add("考核 表")
    other["A1"].value = 7
    sheet["A1"].formula = "='考核 表'!A1*2"
    assert sheet["A1"].value == 14
    other["A1"].value = 8
    sheet.book.app.calculate()
    assert sheet["A1"].value == 16
    sheet["A2"].value = '=""'
    assert sheet["A2"].raw_value == ""
    sheet["A3"].value = "=1>0"
    assert sheet["A3"].value is True
    sheet["A3"].value = 5
    assert sheet["A3"].value == 5
    assert sheet["A3"].value is not True


def test_a_formula_for_several_cells_moves_along(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1:B3"].formula = "=A1*$A$3"
    assert sheet["B1:B3"].formula == (("=A1*$A$3",), ("=A2*$A$3",), ("=A3*$A$3",))
    assert sheet["B1:B3"].value == [3, 6, 9]


@pytest.mark.parametrize("formula", ["=IF(", "=1+)", "=1+*2"])
def test_a_formula_that_cannot_be_read(sheet: xw.Sheet, formula: str) -> None:
    with pytest.raises(ComError):
        sheet["A1"].formula = formula
