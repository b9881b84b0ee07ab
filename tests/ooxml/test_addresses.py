from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from xladdin.ooxml.addresses import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    SheetArea,
    absolute,
    address,
    letters,
    number,
    position,
    quoted_sheet,
)


@given(st.integers(1, MOST_ROWS), st.integers(1, MOST_COLUMNS))
def test_an_address_is_read_back(row: int, column: int) -> None:
    assert position(address(row, column)) == (row, column)
    assert position(absolute(row, column)) == (row, column)
    assert number(letters(column)) == column


@given(st.integers(1, MOST_COLUMNS))
def test_columns_are_named_as_everywhere(column: int) -> None:
    assert letters(column) == get_column_letter(column)


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
    assert area.absolute == "$B$2:$C$4"
    assert Area.parse("C4").absolute == "$C$4"


NAMES = st.text(st.characters(exclude_characters="[]:*?/\\\0", codec="utf-8"), min_size=1)


@given(NAMES, st.integers(1, MOST_ROWS - 3), st.integers(1, MOST_COLUMNS), st.integers(0, 3))
def test_an_area_on_a_sheet_is_read_back(name: str, row: int, column: int, more: int) -> None:
    there = SheetArea(name, Area(row, column, row + more, column))
    assert SheetArea.parse(str(there)) == there


def test_sheet_names_are_quoted() -> None:
    assert quoted_sheet("考核表") == "'考核表'"
    assert quoted_sheet("it's") == "'it''s'"


def test_how_others_write_an_area_on_a_sheet() -> None:
    assert SheetArea.parse("=考核表!$B$2") == SheetArea("考核表", Area.parse("B2"))
    assert SheetArea.parse("S.1!a1:B2") == SheetArea("S.1", Area.parse("A1:B2"))


@pytest.mark.parametrize(
    "text",
    [
        "A1",
        "#REF!",
        "S!#REF!",
        "S!A:A",
        "S!$1:$2",
        "S!A1,S!B2",
        "[1]S!A1",
        "'[a.xlsx]S'!A1",
        "SUM(S!A1)",
        "''!A1",
        "'it's'!A1",
        "S!A1:B2:C3",
        "One:Two!A1",
        '"S!A1"',
    ],
)
def test_what_is_no_area_on_a_sheet(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        SheetArea.parse(text)
