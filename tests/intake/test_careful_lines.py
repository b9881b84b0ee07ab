"""What the careful reading asks of single cells; whole files are read in ``test_actuals``."""

from __future__ import annotations

import pytest

from xladdin.intake.careful_lines import former_employees, is_given, is_rest
from xladdin.problems import Place


@pytest.mark.parametrize(
    ("remark", "rest"), [("234.50", True), ("234", True), ("23", False), ("234元", False)]
)
def test_what_a_comma_cuts_off_has_three_digits(remark: str, rest: bool) -> None:
    assert is_rest(remark) is rest


@pytest.mark.parametrize(
    ("cell", "given"), [(None, False), (" ", False), ("—", False), ("无", False), (0, True)]
)
def test_marks_of_nothing_are_nothing(cell: object, given: bool) -> None:
    assert is_given(cell) is given


def test_people_who_are_no_longer_listed_are_told_once() -> None:
    places = [Place("a.csv", line=line) for line in (2, 3, 4)]
    (told,) = former_employees({"1 甲": places[:2], "2 乙": places[2:]})
    assert "2 人（1 甲、2 乙）" in told.message
    assert "3 行" in told.message
    assert (told.place, told.is_error) == (places[0], False)
    assert former_employees({}) == []
