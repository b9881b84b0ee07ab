from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from xladdin.intake.months import month_in
from xladdin.intake.roster import read_roster
from xladdin.intake.seen_numbers import SeenNumber, as_seen
from xladdin.intake.text import key_text, literal_text, written_text
from xladdin.ooxml.number_formats import parsed


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.0, "00000", "00012"),
        (13.0, '"QC"000', "QC013"),
        (2026.1, "0.00", "2026.10"),
        (1001.0, "0.00", "1001"),
        (1001.0, "#,##0", "1001"),
        (1.05, "0%", "105%"),
        (0.070000000000000007, "0%", "7%"),
        ("abc", "00000", "abc"),
        (True, "00000", "TRUE"),
    ],
)
def test_a_text_is_what_is_seen(value: object, code: str, text: str) -> None:
    assert key_text(as_seen(value, parsed(code))) == text


@given(st.floats(-1e9, 1e9), st.sampled_from(["00000", "0.00", "#,##0,"]))
def test_a_seen_number_is_its_number(value: float, code: str) -> None:
    found = as_seen(value, parsed(code))
    assert found == value
    assert isinstance(found, float)
    assert not isinstance(found, SeenNumber) or written_text(found) == found.text


def test_a_month_whose_zero_is_seen() -> None:
    assert month_in(as_seen(2026.1, parsed("0.00"))) == "2026-10"
    assert month_in(2026.1) is None


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ('="0001"', "0001"),
        ('="a""b"', 'a"b'),
        ('=""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ("=A1", "=A1"),
    ],
)
def test_texts_that_systems_protect(text: str, literal: str) -> None:
    assert literal_text(text) == literal


def test_a_roster_with_ids_as_excel_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["工号", "姓名", "部门", "岗位"])
        for row, (cell, code) in enumerate([(12, "00000"), (13, '"QC"000'), (7, "General")], 1):
            sheet.write(row, 0, cell, book.add_format({"num_format": code}))
            sheet.write_row(row, 1, [f"员工{row}", "客服部", "网销客服"])
        # 1-2, as Chinese Excel shows the date that it has made of it: a format without a code.
        day = book.add_format({"num_format": 58})
        sheet.write(1, 2, (dt.date(2026, 1, 2) - dt.date(1899, 12, 30)).days, day)
    employees, problems = read_roster(path)
    assert [one.id for one in employees] == ["00012", "QC013", "7"]
    assert [(one.code, one.place.cell) for one in problems] == [("text_is_date", "C2")]
