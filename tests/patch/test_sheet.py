"""Single cells changed in a workbook that is not ours."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.escape import unescape

from tests.workbench.office import Office
from xladdin.ooxml.refused import RefusedError
from xladdin.patch.cell_elements import ValueRefusedError
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Shown

from .parts import again, by_openpyxl, cells, changed, differing, filled, opened, parts, sound
from .rich import HIDDEN, LIST, NOTES, SUMMARY, write_rich

SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "总表.xlsx")


@pytest.fixture(scope="module")
def resaved(rich: Path, office: Office) -> Path:
    """The same workbook as LibreOffice writes it."""
    target = rich.with_name("另存.xlsx")
    with office.open(rich) as document:
        document.save_as(target)
    return target


@pytest.mark.parametrize("source", ["rich", "resaved"])
def test_only_the_cells_meant_differ(
    source: str, request: pytest.FixtureRequest, tmp_path: Path, office: Office
) -> None:
    path: Path = request.getfixturevalue(source)
    book = opened(path)
    sheet = SheetPatch(book, LIST)
    sheet.set("E5", Decimal("99999.5"))
    sheet.set("C6", "询单 & <转化>")
    sheet.set("D6", None)
    sheet.set("H9", Decimal("-0.000001"))
    after = book.to_bytes()
    allowed = {sheet.entry.part} | ({BOOK} if source == "resaved" else set())
    assert changed(path, after) == allowed
    assert differing(path, after) == {
        (LIST, "E5"): 99999.5,
        (LIST, "C6"): "询单 & <转化>",
        (LIST, "D6"): None,
        (LIST, "H9"): -1e-6,
    }
    target = tmp_path / "改.xlsx"
    target.write_bytes(after)
    if source == "rich":
        sound(after, target)
    with office.open(target) as document:
        total = document.get(SUMMARY, "B1")
        assert total == pytest.approx(155307.28 + 99999.5 + 0.641)
        assert document.get(SUMMARY, "B2") == pytest.approx(2 * float(total))


def test_styles_stay_and_openpyxl_agrees(rich: Path) -> None:
    book = opened(rich)
    SheetPatch(book, LIST).set("E5", Decimal("1.5"))
    before, after = (by_openpyxl(data, LIST)["E5"] for data in (rich, book.to_bytes()))
    assert after.value == 1.5
    assert after.number_format == before.number_format == "0.00"
    assert after.fill.fgColor.rgb == before.fill.fgColor.rgb == "FFFFF8E1"


def test_a_percentage_is_shown_as_one_and_a_number_is_not(rich: Path, tmp_path: Path) -> None:
    book = opened(rich)
    sheet = SheetPatch(book, LIST)
    sheet.set("E6", Decimal("1.05"), Shown.PERCENT)
    sheet.set("F4", Decimal(30), Shown.NUMBER)
    sheet.set("F5", Decimal("0.9"), Shown.PERCENT)  # is one already
    sheet.set("E4", Decimal(46_000), Shown.DATE)
    data = book.to_bytes()
    assert changed(rich, data) == {SHEET, STYLES}
    found = by_openpyxl(sound(data, tmp_path / "改.xlsx"), LIST)
    assert found["E6"].number_format == "0.00%"
    assert found["E6"].fill.fgColor.rgb == "FFFFF8E1"
    assert found["F4"].number_format == "General"
    assert found["F5"].number_format == "0.0%"
    assert found["E4"].is_date


def test_an_equal_style_is_used_again(rich: Path) -> None:
    book = opened(rich)
    sheet = SheetPatch(book, LIST)
    for place in ("D4", "D5", "E4", "E5"):
        sheet.set(place, Decimal("0.5"), Shown.PERCENT)
    before = parts(rich)[STYLES].count(b"<xf ")
    assert parts(book.to_bytes())[STYLES].count(b"<xf ") == before + 1


def test_a_merged_area_takes_the_value_in_its_first_cell(rich: Path) -> None:
    book = opened(rich)
    sheet = SheetPatch(book, NOTES)
    sheet.set("C3", "改了")
    assert differing(rich, book.to_bytes()) == {(NOTES, "B2"): "改了"}
    assert sheet.text("B3") == "改了"


def test_missing_rows_and_cells_come_in_their_place_and_style(rich: Path, tmp_path: Path) -> None:
    book = opened(rich)
    sheet = SheetPatch(book, NOTES)
    for place, value in (("D7", Decimal(7)), ("A4", "四"), ("AB1", "远"), ("B40", "末")):
        sheet.set(place, value)
    found = by_openpyxl(sound(book.to_bytes(), tmp_path / "改.xlsx"), NOTES)
    assert [found[place].value for place in ("D7", "A4", "AB1", "B40")] == [7, "四", "远", "末"]
    assert found["D7"].number_format == "0.00"  # the row has a style
    assert found.dimensions == "A1:AB40"


def test_a_hidden_sheet_and_another_case_of_its_name(rich: Path) -> None:
    book = opened(rich)
    SheetPatch(book, HIDDEN.upper()).set("A1", "改")
    assert cells(book.to_bytes())[HIDDEN][0] == ["改"]


def test_no_such_sheet(rich: Path) -> None:
    with pytest.raises(RefusedError, match="没有工作表「没有的」，现有：月度目标与实际、汇总 & 图"):
        SheetPatch(opened(rich), "没有的")


def test_part_of_an_array_formula_is_refused(rich: Path) -> None:
    sheet = SheetPatch(opened(rich), SUMMARY)
    for place in ("D1", "D2"):
        with pytest.raises(RefusedError, match=r"数组公式或模拟运算表（D1:D2）"):
            sheet.set(place, Decimal(1))


def test_nothing_is_written_for_an_empty_cell_that_is_emptied(rich: Path) -> None:
    book = opened(rich)
    SheetPatch(book, NOTES).set("Z99", None)
    assert not book.package.changed


@pytest.mark.parametrize(
    "text",
    ["", "=1+1", "a\nb\tc", "_x0041_", "x\x01\x1fy\r", "𠮷野家", "  ", "<&>\"'", "00123"],
)
def test_any_text_comes_back(rich: Path, text: str) -> None:
    book = opened(rich)
    SheetPatch(book, NOTES).set("A9", text)
    data = book.to_bytes()
    cell = by_openpyxl(data, NOTES)["A9"].value
    assert unescape(cell or "") == text
    assert filled(data).get((NOTES, "A9"), "") == text


def test_values_that_no_cell_holds(rich: Path) -> None:
    sheet = SheetPatch(opened(rich), NOTES)
    for value in (Decimal("NaN"), Decimal("Infinity"), "长" * 32_768):
        with pytest.raises(ValueRefusedError):
            sheet.set("A1", value)


def test_a_file_read_again_has_the_same_parts(rich: Path) -> None:
    book = opened(rich)
    assert parts(book.to_bytes()) == parts(rich)
    assert again(book).sheets == book.sheets
