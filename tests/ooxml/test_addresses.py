from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.ooxml.addresses import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    address,
    letters,
    number,
    position,
)


@given(st.integers(1, MOST_ROWS), st.integers(1, MOST_COLUMNS))
def test_an_address_is_read_back(row: int, column: int) -> None:
    assert position(address(row, column)) == (row, column)
    assert number(letters(column)) == column


@pytest.mark.parametrize("text", ["A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1:B2", "１A"])
def test_what_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        position(text)


def test_areas() -> None:
    area = Area.parse("$B$2:C4")
    assert str(area) == "B2:C4"
    assert (3, 3) in area
    assert (1, 3) not in area
    assert area.overlaps(Area.parse("C4"))
    assert not area.overlaps(Area.parse("D4"))
    assert str(area.with_cell(5, 1)) == "A2:C5"
    assert str(Area.parse("A1")) == "A1"
