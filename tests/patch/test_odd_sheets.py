"""Sheets as other programs write them: shared formulas, no addresses, out of order, other prefixes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.ooxml import xml
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook import Workbook
from xladdin.patch.workbook_opening import workbook_of

from .parts import differing, filled, parts
from .small import SHEET, small

CHAIN = f'<calcChain xmlns="{xml.MAIN}"><c r="B1" i="1"/><c r="B2"/></calcChain>'


def patched(data: bytes, values: dict[str, Decimal | str | None]) -> tuple[Workbook, bytes]:
    book = workbook_of(data)
    sheet = SheetPatch(book, "S")
    for place, value in values.items():
        sheet.set(place, value)
    return book, book.to_bytes()


def test_a_shared_formula_leaves_its_own_to_every_cell() -> None:
    """The cell that holds the text for all is overwritten."""
    data = small(
        '<row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1&amp;"A1"</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    _, after = patched(data, {"B1": Decimal(5)})
    text = parts(after)[SHEET].decode()
    assert '<c r="B1"><v>5</v></c>' in text
    assert '<c r="B2"><f>A2*$A$1&amp;"A1"</f><v>2</v></c>' in text
    assert '<c r="B3"><f>A3*$A$1&amp;"A1"</f><v>3</v></c>' in text


def test_rows_and_cells_without_addresses_keep_their_places() -> None:
    data = small("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    _, after = patched(data, {"C1": Decimal(9), "B2": Decimal(8), "A4": Decimal(7)})
    assert filled(after) == {
        ("S", "A1"): 1.0,
        ("S", "B1"): 2.0,
        ("S", "C1"): 9.0,
        ("S", "A2"): 3.0,
        ("S", "B2"): 8.0,
        ("S", "A4"): 7.0,
    }


def test_cells_out_of_order_are_found() -> None:
    data = small(
        '<row r="3"><c r="C3"><v>1</v></c><c r="A3"><v>2</v></c></row>'
        '<row r="1"><c r="A1"><v>3</v></c></row>'
    )
    _, after = patched(data, {"A3": Decimal(20), "A1": Decimal(30), "A2": Decimal(9)})
    places = {"A3": 20.0, "A1": 30.0, "A2": 9.0}
    assert differing(data, after) == {("S", place): value for place, value in places.items()}


def test_prefixes_and_what_is_not_known_stay() -> None:
    root = (
        f'<x:worksheet xmlns:x="{xml.MAIN}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:own="urn:own" xmlns:other="urn:other" mc:Ignorable="own other">'
        '<x:sheetData><x:row r="1" own:mark="7"><x:c r="A1" own:mark="8"><x:v>1</x:v>'
        '<x:extLst><x:ext uri="{A}"/></x:extLst></x:c></x:row></x:sheetData></x:worksheet>'
    )
    _, after = patched(small(others={SHEET: root}), {"A1": "文", "B1": Decimal(2)})
    text = parts(after)[SHEET].decode()
    assert 'mc:Ignorable="own other"' in text
    assert 'xmlns:other="urn:other"' in text
    assert '<x:row r="1" own:mark="7"><x:c r="A1" own:mark="8" t="inlineStr"><x:is>' in text
    assert '</x:is><x:extLst><x:ext uri="{A}"/></x:extLst></x:c><x:c r="B1">' in text


def test_a_lost_formula_takes_the_calculation_chain_with_it() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    plain = small('<row r="1"><c r="B1"><f>1+1</f><v>2</v></c></row>')
    relations = parts(plain)["xl/_rels/workbook.xml.rels"].decode()
    types = parts(plain)["[Content_Types].xml"].decode()
    chain = f'<Relationship Id="rId9" Type="{xml.RELATION}/calcChain" Target="calcChain.xml"/>'
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/>'
    data = small(
        '<row r="1"><c r="B1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2"><f>B1</f><v>2</v></c></row>',
        {
            "xl/calcChain.xml": CHAIN,
            "xl/_rels/workbook.xml.rels": relations.replace("</R", f"{chain}</R"),
            "[Content_Types].xml": types.replace("</T", f"{override}</T"),
        },
    )
    _, kept = patched(data, {"A1": Decimal(1)})
    assert parts(kept)["xl/calcChain.xml"] == CHAIN.encode()
    _, after = patched(data, {"B1": Decimal(1)})
    found = parts(after)
    assert "xl/calcChain.xml" not in found
    assert b"calcChain" not in found["xl/_rels/workbook.xml.rels"] + found["[Content_Types].xml"]


@pytest.mark.parametrize(("calculation", "expected"), [("", 1), ('<calcPr calcId="1"/>', 1)])
def test_stored_results_stay_and_excel_is_told_to_compute(calculation: str, expected: int) -> None:
    data = small('<row r="1"><c r="B1"><f>A1</f><v>2</v></c></row>')
    book = parts(data)["xl/workbook.xml"].decode().replace("</sheets>", f"</sheets>{calculation}")
    data = small('<row r="1"><c r="B1"><f>A1</f><v>2</v></c></row>', {"xl/workbook.xml": book})
    _, after = patched(data, {"A1": Decimal(1)})
    assert parts(after)["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == expected
    assert b"<f>A1</f><v>2</v>" in parts(after)[SHEET]


def test_without_formulas_the_workbook_part_stays() -> None:
    data = small('<row r="1"><c r="B1"><v>2</v></c></row>')
    _, after = patched(data, {"A1": Decimal(1)})
    assert parts(after)["xl/workbook.xml"] == parts(data)["xl/workbook.xml"]


def test_spans_and_dimension_reach_as_far_as_the_cells() -> None:
    data = small('<row r="2" spans="2:3"><c r="B2"><v>2</v></c></row>')
    text = parts(data)[SHEET].decode().replace("<sheetData>", '<dimension ref="B2"/><sheetData>')
    _, after = patched(small(others={SHEET: text}), {"E2": Decimal(1), "A1": Decimal(1)})
    found = parts(after)[SHEET].decode()
    assert 'spans="2:5"' in found
    assert '<dimension ref="A1:E2"/>' in found


def test_value_metadata_goes_with_the_value() -> None:
    data = small('<row r="1"><c r="A1" t="e" vm="1" cm="1"><v>#VALUE!</v></c></row>')
    _, after = patched(data, {"A1": Decimal(1)})
    assert b'<c r="A1"><v>1</v></c>' in parts(after)[SHEET]
