"""A master may be as large as a group's people make it; what only looks large is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.patch.small import small
from xladdin.app.opening_books import open_to_change
from xladdin.company.starting import example_company
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.writing_rows import rows_of
from xladdin.ooxml import package


def test_a_master_may_be_larger_than_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    master, other = tmp_path / "总表.xlsx", tmp_path / "别的.xlsx"
    master.write_bytes(workbook_bytes(book(rows_of(example_company())), {}))
    other.write_bytes(small("<row r='1'/>" * 2000))
    for limit in ("MOST_UNPACKED", "MOST_OF_PART"):
        monkeypatch.setattr(package, limit, 20_000)
    found, problems = open_to_change(other)
    assert found is None
    assert [one.code for one in problems] == ["file_too_large"]
    found, problems = open_to_change(master)
    assert found, problems


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    found, (problem,) = open_to_change(tmp_path / "没有.xlsx")
    assert (found, problem.code) == (None, "file_missing")
