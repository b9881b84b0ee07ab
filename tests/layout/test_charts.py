"""Charts: ranges come from placement, and the scale fits the levels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.layout import charts
from xladdin.layout.drawings import Chart, Series

PLACES = {
    "a": "'绩效总结'!$A$6",
    "b": "'绩效总结'!$A$8",
    "x": "'绩效总结'!$C$6",
    "y": "'绩效总结'!$C$8",
}


def chart(maximum: str = "4") -> Chart:
    line = Series("自评", ("x", "y"), "#A6A6A6")
    return Chart(0, 0, "各要素评分", ("a", "b"), (line,), 560, 300, Decimal(maximum))


def test_a_line_reads_the_cells_from_first_to_last() -> None:
    drawn = chart()
    options = charts.series(drawn, drawn.series[0], PLACES)
    assert options["name"] == "自评"
    assert options["categories"] == "='绩效总结'!$A$6:$A$8"
    assert options["values"] == "='绩效总结'!$C$6:$C$8"
    assert options["line"]["color"] == "#A6A6A6"


def test_the_title() -> None:
    assert charts.title(chart())["name"] == "各要素评分"


@pytest.mark.parametrize(
    ("maximum", "step"),
    [
        ("4", 1),
        ("5", 1),
        ("6", 1),
        ("7", 2),
        ("10", 2),
        ("60", 10),
        ("100", 20),
        ("120", 20),
        ("1", 0.2),
        ("0.4", 0.1),
        ("4.5", 1),
    ],
)
def test_few_rings_whatever_the_points(maximum: str, step: float) -> None:
    axis = charts.axis(chart(maximum))
    assert (axis["min"], axis["max"]) == (0, float(maximum))
    assert axis["major_unit"] == pytest.approx(step)
    assert float(maximum) / axis["major_unit"] <= charts.MOST_RINGS
