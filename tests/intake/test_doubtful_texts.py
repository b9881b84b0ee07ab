from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xladdin.intake.doubtful_texts import DIGITS_LOST, ERROR_VALUE, TEXT_IS_DATE, text_problem
from xladdin.intake.roster import read_roster
from xladdin.master.cell_kinds import Kind, read_cell
from xladdin.problems import Place

CASES: list[tuple[object, str]] = [
    (dt.datetime(2026, 3, 1), TEXT_IS_DATE),
    (dt.time(9, 30), TEXT_IS_DATE),
    ("3月1日", TEXT_IS_DATE),
    ("1-Mar", TEXT_IS_DATE),
    ("Mar-01", TEXT_IS_DATE),
    ("2026/3/1", TEXT_IS_DATE),
    ("1.23457E+17", DIGITS_LOST),
    (1.23456789012345e17, DIGITS_LOST),
    (123456789012345.0, ""),
    ("123456789012345678", ""),
    ("#N/A", ERROR_VALUE),
    ("＃REF!", ERROR_VALUE),
    ("#DIV/0!", ERROR_VALUE),
    ("# 1", ""),
    ("3-1", ""),
    ("1-2", ""),
    ("QC013", ""),
    ("E+1", ""),
    (13.0, ""),
    (True, ""),
    ("", ""),
    (None, ""),
]


@pytest.mark.parametrize(("raw", "code"), CASES, ids=[str(raw) for raw, _ in CASES])
def test_what_excel_has_made_of_a_text(raw: object, code: str) -> None:
    found = text_problem(raw, Place("名册.xlsx"))
    assert (found.code if found else "") == code
    # The master's ids are read alike.
    answer = read_cell(raw, Kind.KEY, {}, None)
    assert (answer.code if answer.guess or answer.problem else "") == code


def test_a_roster_that_excel_has_been_at(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(
        '工号,姓名,部门,岗位\n1.23457E+17,甲,客服部,网销客服\n="0012",乙,1月2日,网销客服\n', "utf-8"
    )
    employees, problems = read_roster(path)
    assert [one.id for one in employees] == ["0012"]
    assert [(one.code, one.place.line) for one in problems] == [(DIGITS_LOST, 2), (TEXT_IS_DATE, 3)]
