"""Charts: ranges come from placement, the scale fits the levels, grey paper tells all apart."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.tools import program
from tests.workbench.validator import schema_errors
from xladdin.layout import charts
from xladdin.layout.cells import Block, Book, Cell, Fixed, Paper, Properties, Sheet
from xladdin.layout.drawings import (
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
from xladdin.layout.styles import CENTER, FONT
from xladdin.layout.writer import workbook_bytes

MONTHS = ("1月", "2月", "3月", "4月", "5月", "6月")
FIGURES = {
    "满意": ("42", "37", "31", "18", "9", "4"),
    "不满意": ("12", "9", "14", "6", "7", "3"),
    "投诉": ("3", "5", "2", "4", "1", "2"),
    "累计占比": ("0.30", "0.56", "0.78", "0.91", "0.97", "1"),
}
SIZE = (560, 300)
FILL = "//c:spPr//a:srgbClr/@val"
KEYS = {name: tuple(f"{i}.{row}" for row in range(6)) for i, name in enumerate(FIGURES)}
CATEGORIES = tuple(f"m.{row}" for row in range(6))


def series(*names: str) -> tuple[Series, ...]:
    return tuple(Series(name, KEYS[name]) for name in names)


def whole(*names: str) -> tuple[Any, ...]:
    """What every chart is given."""
    return 8, 0, "各月处理结果", CATEGORIES, series(*names), *SIZE


THREE = ("满意", "不满意", "投诉")
SAMPLES: dict[str, Chart] = {
    "radar": Radar(*whole(*THREE), Decimal(50)),
    "columns": Columns(*whole(*THREE), unit="件"),
    "stacked": Columns(*whole(*THREE), stacked=True, unit="件"),
    "bars": Bars(*whole("满意"), unit="件"),
    "lines": Lines(*whole(*THREE), unit="件", minimum=Decimal(0), maximum=Decimal(50)),
    "pareto": Pareto(*whole("满意", "累计占比"), unit="件"),
    "columns_and_line": ColumnsAndLine(
        *whole("满意", "累计占比"), unit="件", line_unit="占比", line_format="0%"
    ),
    "waterfall": Waterfall(*whole("满意", "不满意", "投诉", "累计占比"), unit="件"),
    "doughnut": Doughnut(*whole("满意")),
}


def book(chart: Chart) -> Book:
    """Figures in columns with a chart below them."""
    cells = [Cell(1 + row, 0, Fixed(m, CATEGORIES[row]), CENTER) for row, m in enumerate(MONTHS)]
    for col, (name, figures) in enumerate(FIGURES.items(), start=1):
        cells.append(Cell(0, col, Fixed(name), CENTER))
        cells += [
            Cell(1 + row, col, Fixed(Decimal(figure), KEYS[name][row]), CENTER)
            for row, figure in enumerate(figures)
        ]
    sheet = Sheet("图表", (14.0,) * 6, (Block(tuple(cells), 26, charts=(chart,)),), Paper())
    return Book((sheet,), {}, Properties("图表"), named_cells=False)


def drawn(chart: Chart) -> Any:
    """The chart's part of the workbook."""
    with ZipFile(BytesIO(workbook_bytes(book(chart), {}))) as package:
        return etree.fromstring(package.read("xl/charts/chart1.xml"))


def found(chart: Chart, path: str) -> list[str]:
    names = {
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }
    return [str(item) for item in drawn(chart).xpath(path, namespaces=names)]


def test_every_kind_has_a_sample() -> None:
    assert set(get_args(Chart)) == {type(chart) for chart in SAMPLES.values()}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_chart_reads_its_cells_from_first_to_last(kind: str) -> None:
    chart = SAMPLES[kind]
    ranges = found(chart, "//c:ser/c:val//c:f/text()")
    columns = [chr(ord("B") + list(FIGURES).index(one.name)) for one in chart.series]
    assert ranges == [f"'图表'!${column}$2:${column}$7" for column in columns]
    assert set(found(chart, "//c:ser/c:cat//c:f/text()")) == {"'图表'!$A$2:$A$7"}


@pytest.mark.parametrize("kind", SAMPLES)
def test_title_and_letters_are_chinese(kind: str) -> None:
    chart = SAMPLES[kind]
    assert found(chart, "/c:chartSpace/c:chart/c:title//a:t/text()") == ["各月处理结果"]
    assert set(found(chart, "//a:latin/@typeface")) == {FONT}
    sized = len(found(chart, "//a:defRPr")) + len(found(chart, "//a:rPr"))
    assert len(found(chart, "//a:latin")) == sized


@pytest.mark.parametrize(
    ("count", "apart"), [(0, "1"), (1, "1"), (4, "1"), (7, "2"), (11, "2"), (250, "50")]
)
def test_people_are_counted_in_whole_numbers(count: int, apart: str) -> None:
    """Left to itself a spreadsheet marks 0.5 and 1.5 people where there are few."""
    chart = Columns(*whole("满意"), unit="人", counted=count)
    assert found(chart, "//c:valAx/c:majorUnit/@val") == [apart]
    assert found(replace(chart, counted=None), "//c:valAx/c:majorUnit/@val") == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_chart_is_valid_and_is_drawn(kind: str, office: Office, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(workbook_bytes(book(SAMPLES[kind]), {}))
    assert schema_errors(path) == []
    assert repair_problems(path) == []
    with office.open(path) as document:
        pdf = document.pdf(tmp_path / "page.pdf")
    assert "各月处理结果" in printed("pdftotext", "-layout", pdf, "-").decode().replace(" ", "")
    seen = pixels(printed("pdftoppm", "-r", "60", pdf))
    assert {color: seen[color] > 20 for color in colors_of(kind)} == dict.fromkeys(
        colors_of(kind), True
    )


def printed(tool: str, *arguments: str | Path) -> bytes:
    command = [program(tool), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


def pixels(picture: bytes) -> Counter[str]:
    """How many pixels of each colour a PPM picture of one page has."""
    head = re.match(rb"P6\n(\d+) (\d+)\n255\n", picture)
    assert head
    width, height = int(head[1]), int(head[2])
    raw = picture[head.end() :]
    assert len(raw) == width * height * 3, "more than one page"
    return Counter(raw[i : i + 3].hex() for i in range(0, len(raw), 3))


def colors_of(kind: str) -> set[str]:
    """The colours of its series, or of a doughnut's parts, as a chart prints them."""
    return {color.lower() for color in found(SAMPLES[kind], f"//c:ser{FILL}")}


def test_a_title_may_stand_in_a_cell() -> None:
    chart = replace(SAMPLES["columns"], title_key=CATEGORIES[2])
    assert found(chart, "/c:chartSpace/c:chart/c:title//c:f/text()") == ["'图表'!$A$4"]
    assert found(chart, "/c:chartSpace/c:chart/c:title//c:v/text()") == ["3月"]


def test_a_line_over_columns_has_its_own_scale_from_0() -> None:
    own = "//c:valAx[c:crosses/@val='max']"
    assert found(SAMPLES["columns_and_line"], f"{own}/c:scaling/c:min/@val") == ["0"]
    assert found(SAMPLES["columns_and_line"], f"{own}/c:numFmt/@formatCode") == ["0%"]
    assert found(SAMPLES["columns_and_line"], f"{own}/c:majorGridlines") == []


def test_the_steps_of_a_waterfall_hang_on_nothing_that_is_seen() -> None:
    first = "//c:ser[c:idx/@val='0']/c:spPr"
    assert len(found(SAMPLES["waterfall"], f"{first}/a:noFill")) == 1
    assert found(SAMPLES["waterfall"], "//c:legend/c:legendEntry/c:idx/@val") == ["0"]


def test_the_scale_of_a_pareto_ends_at_the_whole() -> None:
    assert found(SAMPLES["pareto"], "//c:valAx[c:crosses/@val='max']/c:scaling/c:max/@val") == ["1"]
    assert found(SAMPLES["pareto"], "//c:valAx[c:crosses/@val='max']/c:numFmt/@formatCode") == [
        "0%"
    ]


def test_the_first_bar_stands_at_the_top() -> None:
    assert found(SAMPLES["bars"], "//c:catAx/c:scaling/c:orientation/@val") == ["maxMin"]
    assert found(SAMPLES["columns"], "//c:catAx/c:scaling/c:orientation/@val") == ["minMax"]


def test_stacked_columns_stand_on_each_other() -> None:
    assert found(SAMPLES["stacked"], "//c:grouping/@val") == ["stacked"]
    assert found(SAMPLES["columns"], "//c:grouping/@val") == ["clustered"]


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_missing_value_breaks_the_line(kind: str) -> None:
    # The element is left out where a gap is the default of the kind.
    assert set(found(SAMPLES[kind], "//c:dispBlanksAs/@val")) <= {"gap"}


def test_a_series_keeps_its_own_colour() -> None:
    chart = SAMPLES["columns"]
    own = replace(chart.series[1], color="#123456")
    colors = found(
        replace(chart, series=(chart.series[0], own)), "//c:ser/c:spPr/a:solidFill/a:srgbClr/@val"
    )
    assert colors == [charts.PALETTE[0].removeprefix("#"), "123456"]


@pytest.mark.parametrize("kind", [Pareto, Doughnut, ColumnsAndLine, Waterfall])
def test_too_many_series_are_a_bug_of_the_book(kind: type[Chart]) -> None:
    with pytest.raises(ValueError, match="3 series"):
        kind(*whole(*THREE))


def lightness_of(palette: tuple[str, ...]) -> Iterator[tuple[float, float]]:
    yield from combinations(map(charts.lightness, palette), 2)


def test_colours_are_told_apart_in_grey() -> None:
    assert all(abs(one - other) >= 11 for one, other in lightness_of(charts.PALETTE))
    assert all(abs(one - other) >= 11 for one, other in lightness_of(charts.LINE_PALETTE))
    beside = zip(charts.PALETTE, charts.PALETTE[1:] + charts.PALETTE[:1], strict=True)
    lights = [(charts.lightness(one), charts.lightness(other)) for one, other in beside]
    assert all(abs(one - other) >= 25 for one, other in lights)
    assert max(map(charts.lightness, charts.LINE_PALETTE)) < 70


def test_lightness_runs_from_black_to_white() -> None:
    assert charts.lightness("#000000") == 0
    assert charts.lightness("#FFFFFF") == pytest.approx(100)
    assert charts.lightness("#777777") == pytest.approx(50, abs=1)


def test_lines_differ_also_by_dash_and_marker() -> None:
    assert found(SAMPLES["lines"], "//c:ser/c:spPr/a:ln/a:prstDash/@val") == [
        "solid",
        "dash",
        "sysDot",
    ]
    assert found(SAMPLES["lines"], "//c:marker/c:symbol/@val") == ["circle", "square", "triangle"]


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
    radar = Radar(*whole("满意"), Decimal(maximum))
    axis = {
        name: float(found(radar, f"//c:valAx{path}/@val")[0])
        for name, path in (
            ("min", "/c:scaling/c:min"),
            ("max", "/c:scaling/c:max"),
            ("unit", "/c:majorUnit"),
        )
    }
    assert (axis["min"], axis["max"]) == (0, float(maximum))
    assert axis["unit"] == pytest.approx(step)
    assert float(maximum) / axis["unit"] <= charts.MOST_RINGS
