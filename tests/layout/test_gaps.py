"""A line is broken where a computed figure is missing, and nobody sees why."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.workbench.cached import cached_values, differences
from tests.workbench.office import Office
from tests.workbench.package import Package
from xladdin.formula.nodes import Blank, If, IsNumber, Var, add, number
from xladdin.layout.cells import Asked, Block, Book, Cell, Fixed, Properties, Result, Sheet
from xladdin.layout.drawings import Columns, ColumnsAndLine, Lines, Series
from xladdin.layout.gaps import SHEET_NAME, with_gaps
from xladdin.layout.styles import PLAIN
from xladdin.layout.writer import workbook_bytes

TYPED, MADE = ("t.0", "t.1", "t.2"), ("m.0", "m.1", "m.2")
NAMES = ("n.0", "n.1", "n.2")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def book() -> Book:
    """Three months: what was typed, and one more of it; the middle one is missing."""
    known = (Decimal(1), None, Decimal(3))
    blocks = [
        Block(tuple(Cell(0, i, Fixed(f"{i}月", key), PLAIN) for i, key in enumerate(NAMES)), 1),
        Block(
            tuple(
                Cell(0, i, Asked(key, value), PLAIN)
                for i, (key, value) in enumerate(zip(TYPED, known, strict=True))
            ),
            1,
        ),
        Block(tuple(Cell(0, i, Result(key), PLAIN) for i, key in enumerate(MADE)), 1),
    ]
    made, typed = Series("算的", MADE), Series("填的", TYPED)
    charts = (
        Lines(0, 0, "线", NAMES, (made, typed), 300, 200),
        ColumnsAndLine(0, 0, "柱和线", NAMES, (made, made), 300, 200),
        Columns(0, 0, "柱", NAMES, (made,), 300, 200),
    )
    frame = Block((Cell(0, 0, Fixed(""), PLAIN),), 1, charts=charts)
    model = {
        own: If(IsNumber(Var(of)), add(Var(of), number(1)), Blank())
        for own, of in zip(MADE, TYPED, strict=True)
    }
    return Book((Sheet("表", (9.0,) * 3, (*blocks, frame)),), model, Properties("表"))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "gaps.xlsx"
    path.write_bytes(workbook_bytes(with_gaps(book()), {}))
    return path


def drawn_from(path: Path) -> list[list[str]]:
    package = Package(path)
    names = sorted(name for name in package.names if name.startswith("xl/charts/chart"))
    roots = [etree.fromstring(package.read(name)) for name in names]
    return [[f.text for f in root.iterfind(f".//{C}val//{C}f")] for root in roots]


def test_only_lines_of_computed_figures_are_drawn_from_elsewhere(written: Path) -> None:
    lines, both, columns = drawn_from(written)
    hidden, table = f"={SHEET_NAME}!$A$1:$C$1", "=表!$A$3:$C$3"
    own = "'表'!$A$3:$C$3"
    assert [one.replace("'", "") for one in lines] == [
        hidden[1:],
        "表!$A$2:$C$2",
        f"{SHEET_NAME}!$A$2:$A$2",
    ]
    assert [one.replace("'", "") for one in both] == [table[1:], hidden[1:]]
    assert columns in ([own], [table[1:]])


def test_a_missing_figure_is_not_available_out_of_sight_only(written: Path) -> None:
    found = {place: str(value) for place, value in cached_values(written).items()}
    assert [found[SHEET_NAME, f"{col}1"] for col in "ABC"] == ["2.0", "#N/A", "4.0"]
    assert "#N/A" not in {value for (sheet, _), value in found.items() if sheet != SHEET_NAME}
    read = openpyxl.load_workbook(io.BytesIO(written.read_bytes()))
    assert read[SHEET_NAME].sheet_state == "veryHidden"


def test_whoever_recalculates_finds_the_same(written: Path, office: Office) -> None:
    assert differences(written, office) == []


def test_a_book_without_such_lines_stays_as_it_is() -> None:
    made = with_gaps(book())
    assert with_gaps(made).sheets[-1] == made.sheets[-1]
    assert [sheet.name for sheet in with_gaps(made).sheets] == ["表", SHEET_NAME]
