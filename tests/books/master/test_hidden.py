"""The hidden sheet with lists."""

from __future__ import annotations

import pytest

from xladdin.books.master import hidden
from xladdin.books.master.book import book
from xladdin.layout.place import columns

from .rows import small


def test_departments_are_listed_in_their_order() -> None:
    found = columns(book(small()))["lists.department"]
    assert found[:3] == ("客服部", "质检部", "")
    assert len(found) == hidden.DEPARTMENTS


def test_long_lists_stand_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "long_lists", lambda: {"a": ("一", "二"), "b": ("三",)})
    table = hidden.lists_sheet().table
    assert table is not None
    assert [column.key for column in table.columns] == ["a", "b", "department"]
    assert table.rows == ({"a": "一", "b": "三"}, {"a": "二"})
    assert table.height == hidden.DEPARTMENTS
