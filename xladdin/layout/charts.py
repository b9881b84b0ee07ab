"""Charts as the options of XlsxWriter's methods: addresses come from placement, as in formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cells import Chart, Series
from .styles import FONT, MUTED

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
        "major_unit": 1,
        "num_font": {**LETTERS, "color": MUTED},
        "major_gridlines": {"visible": True, "line": {"color": "#D0D7E2", "width": 0.75}},
    }


def _range(keys: tuple[str, ...], places: Mapping[str, str]) -> str:
    """The range from the first key to the last; both places name their sheet."""
    sheet, _, first = places[keys[0]].rpartition("!")
    last = places[keys[-1]].rpartition("!")[2]
    return f"={sheet}!{first}:{last}"
