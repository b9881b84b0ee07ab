"""The shape of a workbook ignores what its cells say, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.workbench.shape import shape

Write = Callable[[Any], object]


def written(path: Path, write: Write) -> str:
    with xlsxwriter.Workbook(path) as book:
        # Else the second in which it is written.
        book.set_properties({"created": dt.datetime(2026, 1, 1)})
        sheet = book.add_worksheet("表")
        sheet.write("A1", "甲")
        sheet.write("B1", 1)
        sheet.write_formula("C1", "=A1", None, "甲")
        sheet.set_row(0, 20)
        write(sheet)
    return shape(path)


def test_other_values_are_the_same_shape(tmp_path: Path) -> None:
    def other(sheet: Any) -> None:
        sheet.write("A1", "乙丙")
        sheet.write("B1", -2.5e-7)
        sheet.write_formula("C1", "=A1", None, "乙丙")
        sheet.set_row(0, 33.5)

    assert written(tmp_path / "a.xlsx", lambda _: 0) == written(tmp_path / "b.xlsx", other)


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet: sheet.write("B1", "文字"),
        lambda sheet: sheet.write("D1", 1),
        lambda sheet: sheet.write_formula("C1", "=B1", None, "甲"),
        lambda sheet: sheet.data_validation(
            "B1", {"validate": "integer", "criteria": ">", "value": 0}
        ),
        lambda sheet: sheet.merge_range("A3:B3", "甲"),
        lambda sheet: sheet.set_landscape(),
    ],
    ids=["kind of value", "cell", "formula", "validation", "merge", "page"],
)
def test_anything_else_is_another_shape(write: Write, tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", lambda _: 0) != written(tmp_path / "b.xlsx", write)
