"""The writer: values, formulas with their results, and nothing that was not meant."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.samples import book_of, of_text, sheet_of, written
from tests.workbench.cached import cached_values
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Text, Var, mul, number
from xladdin.layout import theme
from xladdin.layout.cell_rules import Heat, Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Given, Result, Shaded, Sheet
from xladdin.layout.styles import ALERT, INPUT, TEXT, TITLE
from xladdin.layout.writer import workbook_bytes

SHEET = "xl/worksheets/sheet1.xml"
MODEL: dict[str, Expr] = {
    "twice": mul(Var("a"), number(2)),
    "none": If(IsNumber(Var("b")), Var("b"), Blank()),
}
BOOK = book_of(sheet_of(Given("a"), Given("b"), Result("twice"), Result("none")), model=MODEL)


def test_the_same_values_are_the_same_bytes() -> None:
    values = {"a": Decimal("1.5")}
    assert workbook_bytes(BOOK, values) == workbook_bytes(BOOK, values)
    assert workbook_bytes(BOOK, values) != workbook_bytes(BOOK, {"a": Decimal(2)})


def test_a_formula_is_written_with_its_value_never_with_a_nought_in_its_place(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_bytes(BOOK, {"a": Decimal("1.5")}))
    assert cached_values(path) == {("表", "A3"): Decimal(3), ("表", "A4"): ""}


def test_a_text_as_result_is_stored_as_a_text() -> None:
    book = book_of(sheet_of(Result("say")), model={"say": Text("缺3项")})
    package = ZipFile(BytesIO(workbook_bytes(book, {})))
    assert 't="str"' in package.read(SHEET).decode()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.com")',
        "+86 755 0000",
        "-",
        "@张三",
        "http://example.com/list",
        "mailto:hr@example.com",
        "internal:Sheet1!A1",
        "{=SUM(A1:A2)}",
        "0012",
        "1e5",
        "  缩进",
        "第一行\n第二行",
        "a\tb",
        "<b>&amp;",
        "_x000A_",
        "😀𠮷",
    ],
)
def test_text_stays_the_text_that_it_is(text: str) -> None:
    cell = written(of_text(text)).worksheets[0]["A1"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    # openpyxl does not undo the escaping of what looks like an escape.
    assert cell.value in (text, text.replace("_x000A_", "_x005F_x000A_"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_comes_back(text: str) -> None:
    value = written(of_text(text)).worksheets[0]["A1"].value
    assert value is not None
    assert value.replace("_x005F_", "_") == text.replace("_x005F_", "_")


@given(st.decimals(-(10**9), 10**9, places=6))
def test_any_number_comes_back(value: Decimal) -> None:
    found = written(book_of(sheet_of(Fixed(value)))).worksheets[0]["A1"].value
    assert Decimal(str(found)) == pytest.approx(value, abs=Decimal("1e-6"))


def test_empty_cells_keep_their_look() -> None:
    book = book_of(sheet_of(Fixed(None), Given("a"), Fixed(""), style=INPUT))
    cells = [cell for (cell,) in written(book, {"a": ""}).worksheets[0].iter_rows()]
    assert [cell.value for cell in cells] == [None, None, None]
    assert all(not cell.protection.locked for cell in cells)


def test_every_key_has_a_name_and_the_first_place_counts() -> None:
    book = written(book_of(sheet_of(Given("a"), name="一"), sheet_of(Given("a"), name="二")))
    assert {name: it.attr_text for name, it in book.defined_names.items()} == {
        "xl_a": "'一'!$A$1",
    }


def test_a_merged_cell_with_a_highlight_is_marked_as_a_whole() -> None:
    mark = Highlight(IsNumber(Var("a")), ALERT)
    cell = Cell(0, 0, Given("a"), TEXT, rows=2, cols=2, highlights=(mark,))
    sheet = written(book_of(Sheet("表", (9.0, 9.0), (Block((cell,), 2),)))).worksheets[0]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B2"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A1:B2"]


def test_an_area_is_shaded_and_a_cell_shows_other_cells_small() -> None:
    cells = [Cell(0, col, Given(f"k{col}"), TEXT) for col in range(3)]
    cells.append(Cell(1, 0, Fixed(""), TEXT, sparkline=("k0", "k2")))
    block = Block(tuple(cells), 2, shades=(Shaded(0, 0, 1, 3, Heat()),)).at(1)
    content = workbook_bytes(book_of(Sheet("表", (9.0,) * 3, (block,))), {})
    with ZipFile(BytesIO(content)) as archive:
        xml = archive.read(SHEET).decode()
    assert '<conditionalFormatting sqref="A2:C2"><cfRule type="colorScale"' in xml
    assert "<xm:f>'表'!A2:C2</xm:f><xm:sqref>A3</xm:sqref>" in xml


def test_a_feature_that_the_library_would_drop_with_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="defined_name"):
        workbook_bytes(book_of(sheet_of(Given("a b"))), {})


def test_two_sheets_of_one_name_are_an_error() -> None:
    with pytest.raises(Exception, match="already in use"):
        workbook_bytes(book_of(sheet_of(Fixed("一")), sheet_of(Fixed("二"))), {})


def test_a_style_is_written_as_it_is_named() -> None:
    cell = written(book_of(sheet_of(Fixed("题"), style=TITLE))).worksheets[0]["A1"]
    assert (cell.font.sz, cell.font.b, cell.font.name) == (theme.TITLE, True, "微软雅黑")
    assert cell.alignment.wrap_text
    assert cell.protection.locked
