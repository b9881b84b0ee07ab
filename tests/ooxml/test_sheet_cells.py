"""Sheets as other programs write them, and as nobody should."""

from __future__ import annotations

import pytest

from tests.patch.small import sheet
from xladdin.ooxml.addresses import Area
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.cell_styles import CellStyle
from xladdin.ooxml.refused import DamagedError, RefusedError
from xladdin.ooxml.sheet_cells import NO_TEXT, CellValue, ErrorValue, SheetCells, read_sheet

FREE = CellStyle(locked=False)
STYLES = (CellStyle(), FREE)


def read(rows: str, before: str = "", after: str = "") -> SheetCells:
    xml = sheet(rows).replace("<sheetData>", f"{before}<sheetData>", 1)
    xml = xml.replace("</worksheet>", f"{after}</worksheet>")
    return read_sheet(xml.encode(), ["零", "一"], STYLES, Budget())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>1.50</v></c>", 1.5),
        ('<c t="n"><v>1e3</v></c>', 1000.0),
        ("<c><v/></c>", None),
        ('<c t="s"><v>1</v></c>', "一"),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="e"><v>#N/A</v></c>', ErrorValue("#N/A")),
        ('<c t="str"><f>""</f><v></v></c>', ""),
        ('<c t="str"><v>a_x000D_b</v></c>', "a\rb"),
        ("<c><f>A1</f></c>", None),
        ('<c t="d"><v>2026-10-31</v></c>', "2026-10-31"),
        ('<c t="inlineStr"><is><t> 甲 </t></is></c>', " 甲 "),
        (
            '<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>x</t></rPh></is></c>',
            "甲乙",
        ),
        ("<c/>", None),
    ],
)
def test_values_by_their_kind(cell: str, value: CellValue) -> None:
    found = read(f"<row>{cell}</row>").at(1, 1)
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>x</v></c></row>",
        "<row><c><v>1_0</v></c></row>",
        "<row><c><v>nan</v></c></row>",
        "<row><c><v>1e999</v></c></row>",
        '<row><c t="s"><v>2</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row ht="x"/>',
        '<row><c><f t="array" ref="A1:x"/></c></row>',
    ],
)
def test_what_no_cell_holds_is_damage(rows: str) -> None:
    with pytest.raises(DamagedError):
        read(rows)


@pytest.mark.parametrize(
    "after",
    ['<mergeCells><mergeCell ref="A:B"/></mergeCells>', '<cols><col min="0" max="2"/></cols>'],
)
def test_what_no_sheet_holds_is_damage(after: str) -> None:
    with pytest.raises(DamagedError):
        read("", after=after)


def test_a_shared_formula_reads_in_each_cell_as_it_computes_there() -> None:
    first = '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1</f><v>1</v></c>'
    others = '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    found = read(f'<row r="1">{first}</row>{others}<row r="3"><c r="B3"><v>9</v></c></row>')
    assert [found.at(row, 2).formula for row in (1, 2, 3)] == ["A1*$C$1", "A2*$C$1", ""]
    assert [cell.address for cell in found] == ["B1", "B2", "B3"]


def test_a_formula_that_fills_an_area_is_that_of_every_cell() -> None:
    table = '<c r="D1"><f t="dataTable" ref="D1:D2"/><v>1</v></c>'
    array = '<c r="A1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c><c r="B1"><v>2</v></c>'
    found = read(f'<row r="1">{array}{table}</row>')
    assert [found.at(1, column).formula for column in (1, 2, 3, 4)] == [
        "C1:D1", "C1:D1", "", NO_TEXT
    ]  # fmt: skip
    assert found.at(2, 4).formula == NO_TEXT


def test_an_empty_cell_looks_like_its_row_or_column() -> None:
    rows = '<row r="1" s="1" customFormat="1"/><row r="2" s="1"/><row r="3"><c s="1"/></row>'
    found = read(rows, before='<cols><col min="3" max="4" style="1"/></cols>')
    free = [
        (row, column)
        for row in (1, 2, 3)
        for column in (1, 2, 3)
        if not found.at(row, column).locked
    ]
    assert free == [(1, 1), (1, 2), (1, 3), (2, 3), (3, 1), (3, 3)]
    assert list(found) == []


def test_hidden_is_what_nobody_sees() -> None:
    rows = '<row r="1"/><row r="2" hidden="true"/><row r="3" ht="0"/>'
    columns = '<cols><col min="2" max="2" width="0"/><col min="5" max="6" hidden="1"/></cols>'
    found = read(rows, before=columns)
    assert [row for row in range(1, 6) if found.is_hidden_row(row)] == [2, 3]
    assert [column for column in range(1, 8) if found.is_hidden_column(column)] == [2, 5, 6]
    found = read('<row r="2"/>', before='<sheetFormatPr zeroHeight="1"/>')
    assert [row for row in range(1, 4) if found.is_hidden_row(row)] == [1, 3]


def test_rules_of_both_kinds_for_what_may_be_typed() -> None:
    old = (
        '<dataValidations><dataValidation type="whole" sqref="A1 B2:B3 C:C"><formula1>1</formula1>'
        "<formula2>5</formula2></dataValidation></dataValidations>"
    )
    new = (
        '<x:dataValidation xmlns:x="a" type="list"><x:formula1><f>表!A1:A9</f></x:formula1>'
        "<sqref>D4</sqref></x:dataValidation>"
    )
    found = read("", after=old + new)
    whole = found.entries_at(3, 2)
    assert whole is not None
    assert (whole.kind, whole.first, whole.second) == ("whole", "1", "5")
    assert whole.areas == (Area.parse("A1"), Area.parse("B2:B3"))
    listed = found.entries_at(4, 4)
    assert listed is not None
    assert (listed.kind, listed.first, listed.second) == ("list", "表!A1:A9", "")


def test_a_cell_that_is_there_twice_is_told() -> None:
    found = read('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    assert (found.twice, found.at(1, 1).value) == (("A1",), 1.0)


def test_a_style_that_nobody_declared_is_the_usual_one() -> None:
    found = read('<row><c s="7"/><c s="x"/></row>')
    assert found.at(1, 1).style == found.at(1, 2).style == CellStyle()


def test_a_formula_that_cannot_be_moved_is_damage() -> None:
    first = '<c r="A1"><f t="shared" ref="A1:A2" si="0">"a</f></c>'
    found = read(f'<row r="1">{first}</row><row r="2"><c><f t="shared" si="0"/></c></row>')
    with pytest.raises(RefusedError):
        _ = found.at(2, 1)
