"""The hidden sheet with lists."""

from __future__ import annotations

import pytest

from xladdin.layout.place import columns
from xladdin.master import list_sheet
from xladdin.master.master_book import book

from .rows import small


def test_departments_are_listed_in_their_order() -> None:
    found = columns(book(small()))["lists.department"]
    assert found[:3] == ("客服部", "质检部", "")
    assert len(found) == list_sheet.DEPARTMENTS


def test_long_lists_stand_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sheet, "long_lists", lambda: {"a": ("一", "二"), "b": ("三",)})
    table = list_sheet.lists_sheet().table
    assert table is not None
    assert [column.key for column in table.columns][:2] == ["a", "b"]
    listed = [[row[key] for row in table.rows if key in row] for key in ("a", "b")]
    assert listed == [["一", "二"], ["三"]]
    assert table.height == list_sheet.DEPARTMENTS
