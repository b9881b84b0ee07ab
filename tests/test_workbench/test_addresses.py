from __future__ import annotations

import pytest

from tests.workbench.addresses import Area, BadReference, address, column_letters, column_number


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_columns_have_letters_and_numbers(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters


def test_address_puts_the_column_first() -> None:
    assert address(row=7, column=28) == "AB7"


@pytest.mark.parametrize("text", ["A1", "B2:C3", "AA10:AB11"])
def test_area_reads_and_prints_the_same(text: str) -> None:
    assert str(Area.parse(text)) == text


def test_area_ignores_dollars_and_knows_its_size() -> None:
    area = Area.parse("$B$2:$D$3")
    assert (area.width, area.height) == (3, 2)


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "A1048577", "XFE1", "C3:B2", "A1:B", "A1 B2"])
def test_area_rejects_what_is_not_inside_a_sheet(text: str) -> None:
    with pytest.raises(BadReference):
        Area.parse(text)


@pytest.mark.parametrize(
    ("other", "shared"),
    [("B2", True), ("A1:B2", True), ("C1:C9", True), ("D1", False), ("B4", False)],
)
def test_areas_overlap_when_they_share_a_cell(other: str, shared: bool) -> None:
    assert Area.parse("B2:C3").overlaps(Area.parse(other)) is shared
    assert Area.parse(other).overlaps(Area.parse("B2:C3")) is shared
