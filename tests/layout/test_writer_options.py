"""Styles and areas as XlsxWriter takes them."""

from __future__ import annotations

from xladdin.formula.nodes import Var, mul, number
from xladdin.layout.cell_rules import DataBar, Heat
from xladdin.layout.styles import ALERT, Look, Style
from xladdin.layout.writer_options import area_text, format_options, shade_options


def test_a_plain_style_has_no_fill_and_no_number_format() -> None:
    found = format_options(Style())
    assert {"bg_color", "num_format", "rotation", "underline"}.isdisjoint(found)
    assert (found["border"], found["locked"]) == (1, True)


def test_what_a_style_says_is_passed_on() -> None:
    style = Style(fill="#FFFFFF", number_format="0%", rotated=True, underline=True, line="#123456")
    found = format_options(style)
    assert (found["bg_color"], found["num_format"]) == ("#FFFFFF", "0%")
    assert (found["rotation"], found["underline"], found["border_color"]) == (270, 1, "#123456")


def test_below_a_table_nothing_is_drawn() -> None:
    found = format_options(Style(fill="#FFFFFF", number_format="@").below_the_table)
    assert {"bg_color", "border"}.isdisjoint(found)
    assert found["num_format"] == "@"


def test_a_look_without_fill_changes_the_letters_alone() -> None:
    assert "bg_color" not in format_options(Look("", "#111111"))
    assert format_options(ALERT)["bg_color"] == ALERT.fill


def test_areas_are_relative() -> None:
    assert area_text(4, 0, 9, 1) == "A5:B10"


def test_numbers_are_compared_by_shade_or_by_bars_from_0() -> None:
    assert shade_options(Heat("#123456"), {})["max_color"] == "#123456"
    assert shade_options(DataBar(), {})["min_value"] == 0


def test_a_bar_is_as_long_as_what_is_full_says() -> None:
    of_ten = shade_options(DataBar(most=number(10)), {})
    assert (of_ten["max_type"], of_ten["max_value"]) == ("num", 10)
    of_a_cell = shade_options(DataBar(most=mul(number(100), Var("weight"))), {"weight": "$C$7"})
    assert (of_a_cell["max_type"], of_a_cell["max_value"]) == ("formula", "=100*$C$7")
