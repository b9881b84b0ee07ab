"""Charts as the options of XlsxWriter's methods: addresses come from placement, as in formulas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .drawings import Chart, Series
from .styles import FONT, MUTED

MOST_RINGS = 6
LETTERS = {"name": FONT, "size": 9}


def series(chart: Chart, line: Series, places: Mapping[str, str]) -> dict[str, Any]:
    """One line of the chart."""
    return {
        "name": line.name,
        "categories": _range(chart.categories, places),
        "values": _range(line.keys, places),
        "line": {"color": line.color, "width": 2},
        "marker": {
            "type": "circle",
            "size": 5,
            "fill": {"color": line.color},
            "border": {"color": line.color},
        },
    }


def title(chart: Chart) -> dict[str, Any]:
    """The heading."""
    return {"name": chart.title, "name_font": {**LETTERS, "size": 11, "bold": True}}


def axis(chart: Chart) -> dict[str, Any]:
    """The scale from the middle outwards."""
    return {
        "min": 0,
        "max": float(chart.maximum),
        "major_unit": float(_step(chart.maximum)),
        "num_font": {**LETTERS, "color": MUTED},
        "major_gridlines": {"visible": True, "line": {"color": "#D0D7E2", "width": 0.75}},
    }


def _step(maximum: Decimal) -> Decimal:
    """The distance of the rings: 1, 2 or 5 of some power of ten, so that there are at most 6."""
    power = Decimal(1).scaleb((maximum / MOST_RINGS).adjusted())
    return next(step for k in (1, 2, 5, 10) if (step := k * power) * MOST_RINGS >= maximum)


def _range(keys: tuple[str, ...], places: Mapping[str, str]) -> str:
    """The range from the first key to the last; both places name their sheet."""
    sheet, _, first = places[keys[0]].rpartition("!")
    last = places[keys[-1]].rpartition("!")[2]
    return f"={sheet}!{first}:{last}"
