"""Charts through XlsxWriter's methods: addresses come from placement, as in formulas.

Each kind has its printer; the writer calls ``add`` alone, and gives it what XlsxWriter made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import cycle
from typing import Any, Protocol, TypeAlias, assert_never

from . import theme
from .drawings import (
    Bars,
    Chart,
    Columns,
    ColumnsAndLine,
    Doughnut,
    Lines,
    Pareto,
    Radar,
    Series,
    Waterfall,
)
from .styles import FONT, INK, MUTED

MOST_RINGS = 6
UPRIGHT = 360
"""XlsxWriter's angle for letters that stand upright: 0 leaves them lying along an upright axis."""
LETTERS = {"name": FONT, "size": 9}
FAINT = {"name": FONT, "size": 9, "color": MUTED}
RINGS = {"visible": True, "line": {"color": theme.CHART_RING, "width": 0.75}}
UNSEEN = {"line": {"none": True}, "marker": {"type": "none"}}
OUTLINE = {"color": theme.CHART_OUTLINE, "width": 0.75}
"""Around areas, so that the palest ones are seen on white paper."""

PALETTE = (
    theme.CHART_DARK,
    theme.CHART_WARM,
    theme.CHART_MIDDLE,
    theme.CHART_PALE,
    theme.CHART_BROWN,
    theme.CHART_LIGHT,
)
"""Colours of areas: each lighter or darker than all others, neighbours by much, also in grey."""
LINE_PALETTE = (
    theme.CHART_DARK,
    theme.CHART_LIGHT,
    theme.CHART_BROWN,
    theme.CHART_MIDDLE,
)
"""Colours of lines, dark enough to be seen on white."""
DASHES = ("solid", "dash", "round_dot", "long_dash_dot")
MARKERS = ("circle", "square", "triangle", "diamond")
"""Lines are told apart by these as well."""

Places: TypeAlias = Mapping[str, str]
Drawn: TypeAlias = Any
"""A chart of XlsxWriter, which has no types."""


class Workbook(Protocol):
    """What is asked of XlsxWriter's workbook."""

    def add_chart(self, options: dict[str, Any]) -> Drawn: ...


class Worksheet(Protocol):
    """What is asked of XlsxWriter's worksheet."""

    def insert_chart(self, row: int, col: int, chart: Drawn, options: dict[str, Any]) -> Any: ...


def add(workbook: Workbook, worksheet: Worksheet, chart: Chart, places: Places) -> None:
    """Draw a chart; ``places`` name the sheet of every address."""
    drawn = _drawn(workbook, chart, places)
    title = f"={places[chart.title_key]}" if chart.title_key else chart.title
    drawn.set_title({"name": title, "name_font": {**LETTERS, "size": 11, "bold": True}})
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.show_blanks_as("gap")
    if isinstance(chart, Lines | ColumnsAndLine):
        drawn.show_na_as_empty_cell()
    worksheet.insert_chart(chart.row, chart.col, drawn, {"object_position": 1})


def _drawn(workbook: Workbook, chart: Chart, places: Places) -> Drawn:
    match chart:
        case Radar():
            return _radar(workbook, chart, places)
        case Columns() | Bars():
            return _areas(workbook, chart, places)
        case Lines():
            return _lines(workbook, chart, places)
        case Pareto():
            return _pareto(workbook, chart, places)
        case ColumnsAndLine():
            return _columns_and_line(workbook, chart, places)
        case Waterfall():
            return _waterfall(workbook, chart, places)
        case Doughnut():
            return _doughnut(workbook, chart, places)
        case _:
            assert_never(chart)


def _radar(workbook: Workbook, chart: Radar, places: Places) -> Drawn:
    drawn = workbook.add_chart({"type": "radar", "subtype": "with_markers"})
    for line, color in zip(chart.series, _colors(chart.series, LINE_PALETTE), strict=True):
        drawn.add_series(_cells(chart, line, places) | _line(color))
    drawn.set_y_axis(
        {
            "min": 0,
            "max": float(chart.maximum),
            "major_unit": float(_step(chart.maximum)),
            "num_font": FAINT,
            "major_gridlines": RINGS,
        }
    )
    drawn.set_x_axis({"num_font": LETTERS})
    _legend_below(drawn)
    return drawn


def _areas(workbook: Workbook, chart: Columns | Bars, places: Places) -> Drawn:
    lying = isinstance(chart, Bars)
    kind = {"type": "bar" if lying else "column"}
    drawn = workbook.add_chart(kind | ({"subtype": "stacked"} if chart.stacked else {}))
    for part, color in zip(chart.series, _colors(chart.series, PALETTE), strict=True):
        drawn.add_series(_cells(chart, part, places) | _filled(color) | {"gap": 60})
    # Where the first category is at the top, the scale would be, too.
    names = {"num_font": LETTERS, "reverse": lying}
    values = _scale(chart.unit, chart.number_format) | ({"label_position": "high"} if lying else {})
    if isinstance(chart, Columns) and chart.minimum is not None:
        values["min"] = float(chart.minimum)
    if isinstance(chart, Columns) and chart.maximum is not None:
        values["max"] = float(chart.maximum)
    if isinstance(chart, Columns) and chart.counted is not None:
        values["major_unit"] = max(1, int(_step(Decimal(max(1, chart.counted)))))
    drawn.set_x_axis(values if lying else names)
    drawn.set_y_axis(names if lying else values)
    _legend_below(drawn, needed=len(chart.series) > 1)
    return drawn


def _lines(workbook: Workbook, chart: Lines, places: Places) -> Drawn:
    drawn = workbook.add_chart({"type": "line"})
    looks = zip(_colors(chart.series, LINE_PALETTE), cycle(DASHES), cycle(MARKERS), strict=False)
    for line, (color, dash, marker) in zip(chart.series, looks, strict=False):
        look = _line(color, dash, marker) if line.name else UNSEEN
        drawn.add_series(_cells(chart, line, places) | look)
    ends = {"min": chart.minimum, "max": chart.maximum}
    drawn.set_x_axis({"num_font": LETTERS})
    drawn.set_y_axis(
        _scale(chart.unit, chart.number_format)
        | {end: float(value) for end, value in ends.items() if value is not None}
    )
    unseen = [i for i, line in enumerate(chart.series) if not line.name]
    _legend_below(drawn, needed=len(chart.series) - len(unseen) > 1, unseen=unseen)
    return drawn


def _pareto(workbook: Workbook, chart: Pareto, places: Places) -> Drawn:
    counts, shares = chart.series
    columns, line = workbook.add_chart({"type": "column"}), workbook.add_chart({"type": "line"})
    columns.add_series(
        _cells(chart, counts, places) | _filled(counts.color or PALETTE[2]) | {"gap": 30}
    )
    second = {"y2_axis": True}
    line.add_series(_cells(chart, shares, places) | _line(shares.color or PALETTE[4]) | second)
    columns.combine(line)
    columns.set_x_axis({"num_font": LETTERS})
    columns.set_y_axis(_scale(chart.unit, "General"))
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": FAINT})
    _legend_below(columns)
    return columns


def _columns_and_line(workbook: Workbook, chart: ColumnsAndLine, places: Places) -> Drawn:
    """As Pareto, with whatever scale the line has."""
    amounts, level = chart.series
    columns, line = workbook.add_chart({"type": "column"}), workbook.add_chart({"type": "line"})
    columns.add_series(
        _cells(chart, amounts, places) | _filled(amounts.color or PALETTE[5]) | {"gap": 50}
    )
    second = {"y2_axis": True}
    line.add_series(_cells(chart, level, places) | _line(level.color or PALETTE[0]) | second)
    columns.combine(line)
    columns.set_x_axis({"num_font": LETTERS})
    columns.set_y_axis(_scale(chart.unit, "General"))
    # No second set of rings: whose they are could not be told.
    own = {"major_gridlines": {"visible": False}, "line": {"none": True}, "min": 0}
    line.set_y2_axis(_scale(chart.line_unit, chart.line_format) | own)
    _legend_below(columns)
    return columns


def _waterfall(workbook: Workbook, chart: Waterfall, places: Places) -> Drawn:
    drawn = workbook.add_chart({"type": "column", "subtype": "stacked"})
    unseen, *parts = chart.series
    nothing = {"fill": {"none": True}, "border": {"none": True}}
    drawn.add_series(_cells(chart, unseen, places) | nothing | {"gap": 40})
    for part, color in zip(parts, _colors(tuple(parts), PALETTE), strict=True):
        # An empty text of a formula is drawn as 0, whose label would be in the way.
        letters = {**LETTERS, "color": _letters_on(color)}
        labels = {"value": True, "font": letters, "num_format": "#,##0;-#,##0;;"}
        drawn.add_series(
            _cells(chart, part, places) | _filled(color) | {"gap": 40, "data_labels": labels}
        )
    drawn.set_x_axis({"num_font": LETTERS})
    drawn.set_y_axis(_scale(chart.unit, "General") | {"min": 0})
    drawn.set_legend({"position": "bottom", "font": LETTERS, "delete_series": [0]})
    return drawn


def _doughnut(workbook: Workbook, chart: Doughnut, places: Places) -> Drawn:
    (whole,) = chart.series
    colors = [color for color, _ in zip(cycle(PALETTE), whole.keys, strict=False)]
    labels = {
        "percentage": True,
        "font": LETTERS,
        "custom": [{"font": {**LETTERS, "color": _letters_on(color)}} for color in colors],
    }
    drawn = workbook.add_chart({"type": "doughnut"})
    drawn.add_series(
        _cells(chart, whole, places)
        | {"points": [_filled(color) for color in colors], "data_labels": labels}
    )
    drawn.set_hole_size(45)
    drawn.set_legend({"position": "right", "font": LETTERS})
    return drawn


def _cells(chart: Chart, series: Series, places: Places) -> dict[str, Any]:
    """What a series is called, and where it is read."""
    return {
        "name": series.name,
        "categories": _range(chart.categories, places),
        "values": _range(series.keys, places),
    }


def _line(color: str, dash: str = "", marker: str = "circle") -> dict[str, Any]:
    dashed = {"dash_type": dash} if dash else {}
    return {
        "line": {"color": color, "width": 2, **dashed},
        "marker": {
            "type": marker,
            "size": 5,
            "fill": {"color": color},
            "border": {"color": color},
        },
    }


def _filled(color: str) -> dict[str, Any]:
    return {"fill": {"color": color}, "border": OUTLINE}


def _colors(series: tuple[Series, ...], palette: tuple[str, ...]) -> list[str]:
    """Each series' own colour, else the next one of the palette."""
    return [one.color or color for one, color in zip(series, cycle(palette), strict=False)]


def _letters_on(color: str) -> str:
    """Letters that are seen on an area of this colour."""
    return theme.PAPER if lightness(color) < 60 else INK


def lightness(color: str) -> float:
    """How light a colour is for the eye, and on grey paper: 0 for black, 100 for white (CIE L*)."""
    red, green, blue = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    shone = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * shone ** (1 / 3) - 16 if shone > 216 / 24389 else shone * 24389 / 27


def _linear(part: float) -> float:
    """The light of a part of an sRGB colour."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _scale(unit: str, number_format: str) -> dict[str, Any]:
    """The axis of values."""
    name = {"name": unit, "name_font": {**LETTERS, "bold": False, "rotation": UPRIGHT}}
    return {
        **(name if unit else {}),
        "num_font": FAINT,
        "num_format": number_format,
        "major_gridlines": RINGS,
        "line": {"none": True},
    }


def _legend_below(drawn: Drawn, *, needed: bool = True, unseen: Sequence[int] = ()) -> None:
    without = {"delete_series": list(unseen)} if unseen else {}
    shown = {"position": "bottom", "font": LETTERS, **without}
    drawn.set_legend(shown if needed else {"none": True})


def _step(maximum: Decimal) -> Decimal:
    """The distance of the rings: 1, 2 or 5 of some power of ten, so that there are at most 6."""
    power = Decimal(1).scaleb((maximum / MOST_RINGS).adjusted())
    return next(step for k in (1, 2, 5, 10) if (step := k * power) * MOST_RINGS >= maximum)


def _range(keys: tuple[str, ...], places: Places) -> str:
    """The range from the first key to the last; both places name their sheet."""
    sheet, _, first = places[keys[0]].rpartition("!")
    last = places[keys[-1]].rpartition("!")[2]
    return f"={sheet}!{first}:{last}"
