from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.patch.small import sheet
from xladdin.intake.marks import Marks, SheetScan
from xladdin.ooxml import limits
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.number_formats import parsed
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.ooxml.sheet_stream import row_and_column

PERCENT = parsed("0%")


def scan(body: str, lengths: tuple[int, ...] = ()) -> SheetScan:
    data = body if body.startswith("<") and "sheetData" in body else sheet(body)
    return SheetScan(data.encode(), {}, lengths, Budget())


def texts(marks: Marks) -> dict[tuple[int, int], object]:
    return dict(zip(map(row_and_column, marks.places), marks.texts, strict=True))


def written(cells: dict[str, object], formats: dict[str, str]) -> bytes:
    book = Workbook()
    active = book.active
    for address, value in cells.items():
        active[address] = value
    for address, code in formats.items():
        active[address].number_format = code
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        return package.read("xl/worksheets/sheet1.xml")


def test_error_values_percentages_and_formulas_without_value_are_told() -> None:
    cells = {"A1": "x", "B1": 1.05, "C2": "#N/A", "A4": "=1+1", "D4": 0.07, "E4": 3, "F4": "5"}
    data = written(cells, {"B1": "0%", "D4": '0.0"%"', "E4": "#,##0", "F4": "0.00%"})
    marks = SheetScan(data, dict.fromkeys("124", PERCENT), [1, 1], Budget()).marks
    assert texts(marks) == {(0, 1): PERCENT, (1, 2): "#N/A", (3, 0): "=1+1", (3, 3): PERCENT}
    assert (marks.height, marks.width) == (4, 6)


def test_cells_without_address_count_from_the_left() -> None:
    marks = scan('<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>').marks
    assert texts(marks) == {(0, 1): "#REF!"}
    assert (marks.height, marks.width) == (1, 2)


@pytest.mark.parametrize(
    ("body", "reach"),
    [
        ('<row r="3"><c r="XFD1048576"><v>1</v></c></row>', (1_048_576, 16_384)),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="3"/>', (1_048_576, 1)),
        ('<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>1</v></c></row>', (1, 3)),
        ('<row r="9"/><row><c><v>1</v></c></row>', (10, 1)),
        ('<row r="9"><c r="Z9" s="1"/></row>', (0, 0)),
        ('<row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>', (2, 2)),
        ("<worksheet><sheetData/></worksheet>", (0, 0)),
    ],
)
def test_a_sheet_reaches_as_far_as_its_filled_cells_say(body: str, reach: tuple[int, int]) -> None:
    marks = scan(body).marks
    assert (marks.height, marks.width) == reach


@pytest.mark.parametrize(
    "body",
    [
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"/>',
        '<row r="١"/>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><row r="2"/></row>',
        "<c><v>1</v></c>",
        '<row r="1"><c><c/></c></row>',
        "</sheetData><sheetData>" + "<row/></sheetData><sheetData>",
        "<row>",
    ],
)
def test_what_is_no_sheet(body: str) -> None:
    with pytest.raises(DamagedError):
        scan(body + "<row/>")


def test_a_cell_that_is_there_twice() -> None:
    assert scan("<row><c><f>1</f><v>1</v></c></row>").marks.twice is None
    ordered = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert scan(ordered).marks.twice is None
    twice = scan(ordered + '<row r="2"><c r="A2"><v>3</v></c></row>').marks.twice
    assert twice is not None
    assert row_and_column(twice) == (1, 0)


@pytest.mark.parametrize("error", ["#", "#UNKNOWN!", "", "&lt;"])
def test_an_odd_error_does_not_close_the_book(error: str) -> None:
    empty = f"<v>{error}</v>" if error else "<v/>"
    found = scan(f'<row><c t="e">{empty}</c><c t="e"><v a=">">#REF!</v></c></row>')
    assert texts(found.marks) == {(0, 0): "#N/A", (0, 1): "#REF!"}
    body = '<row><c t="e"><v>#N/A</v></c><c t="e"><v a=">">#REF!</v></c></row>'
    assert b"".join(found.readable()).decode() == plain(body)


def plain(body: str) -> str:
    return f"<worksheet><sheetData>{body}</sheetData></worksheet>"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_of_a_sheet_the_rows_are_handed_on_and_nothing_else(prefix: str) -> None:
    body = '<row><c t="e"><v>#N/A</v></c></row>'
    whole = (
        f'<{prefix}worksheet><{prefix}dimension ref="A1:XFD9"/><{prefix}sheetData>{body}'
        f'</{prefix}sheetData><{prefix}mergeCells count="9"/></{prefix}worksheet>'
    )
    handed = b"".join(scan(whole).readable()).decode()
    assert handed == plain(body).replace("sheetData", f"{prefix}sheetData")
    assert b"".join(scan("<worksheet><sheetData/></worksheet>").readable()).decode() == (
        "<worksheet><sheetData/></worksheet>"
    )


def test_areas_that_are_merged_downwards() -> None:
    after = '<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="A1:D1"/></mergeCells>'
    assert list(scan(f"<worksheet><sheetData/>{after}</worksheet>").marks.merged) == [1, 1, 3]
    with pytest.raises(DamagedError):
        scan('<worksheet><sheetData/><mergeCell ref="A:B"/></worksheet>')


def test_texts_that_many_cells_share_count_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    body = '<row><c t="s"><v>1</v></c><c t="s"><v>1</v></c></row>'
    assert scan(body, lengths=(0, limits.MOST_TEXT // 2)).marks.width == 2
    with pytest.raises(TooLargeError):
        scan(body, lengths=(0, limits.MOST_TEXT // 2 + 1))


def test_cells_are_counted_over_all_sheets() -> None:
    budget = Budget()
    budget.cells = 3
    data = sheet("<row><c><v>1</v></c><c><v>1</v></c></row>").encode()
    SheetScan(data, {}, (), budget)
    with pytest.raises(TooLargeError):
        SheetScan(data, {}, (), budget)
