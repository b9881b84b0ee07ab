"""Lines appended to a list: blank lines first, then the table grows."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbench.office import Office
from xladdin.ooxml.refused import RefusedError
from xladdin.patch.appending import append
from xladdin.patch.cell_elements import Value
from xladdin.patch.sheet import SheetPatch

from .parts import by_openpyxl, changed, differing, opened, parts, sound
from .rich import END, HEAD_ROW, LAST, LIST, SUMMARY, write_rich

SHEET, TABLE, BOOK = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/workbook.xml"


def lines(count: int) -> list[dict[str, Value]]:
    return [
        {"A": "2026-11", "B": f"20{i:02d}", "C": "销售额", "E": Decimal(1000 + i)}
        for i in range(count)
    ]


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return write_rich(tmp_path / "总表.xlsx")


def test_blank_lines_of_the_table_are_filled_first(rich: Path) -> None:
    book = opened(rich)
    assert append(SheetPatch(book, LIST), HEAD_ROW, lines(2)) == [LAST + 1, LAST + 2]
    after = book.to_bytes()
    assert changed(rich, after) == {SHEET}
    assert set(differing(rich, after)) == {
        (LIST, f"{column}{row}") for row in (LAST + 1, LAST + 2) for column in "ABCE"
    }
    assert by_openpyxl(after, LIST)[f"D{LAST + 1}"].fill.fgColor.rgb == "FFFFF8E1"


def test_the_table_grows_with_everything_that_holds_for_its_lines(
    rich: Path, tmp_path: Path, office: Office
) -> None:
    book = opened(rich)
    assert append(SheetPatch(book, LIST), HEAD_ROW, lines(6))[-1] == END + 4
    after = book.to_bytes()
    assert changed(rich, after) == {SHEET, TABLE}
    table = parts(after)[TABLE].decode()
    assert table.count(f'ref="A{HEAD_ROW}:F{END + 4}"') == 2  # the table and its filter
    sheet = parts(after)[SHEET].decode()
    bottom = END + 4
    for area in (f"A4:A{bottom}", f"E4:E{bottom}", f"D4:E{bottom}"):
        assert f'sqref="{area}"' in sheet
    assert f"<xm:sqref>E4:E{bottom}</xm:sqref>" in sheet  # the newer data bar
    assert 'sqref="H1"' in sheet
    found = by_openpyxl(sound(after, tmp_path / "改.xlsx"), LIST)
    assert found[f"F{bottom}"].value == found["F4"].value
    assert found[f"E{bottom}"].number_format == "0.00"
    with office.open(tmp_path / "改.xlsx") as document:
        total = 155307.28 + 97793.24 + 0.641 + sum(range(1000, 1006))
        assert document.get(SUMMARY, "B1") == pytest.approx(total)
        assert document.get(LIST, f"F{bottom}") == 0


def test_a_list_that_is_no_table(tmp_path: Path, office: Office) -> None:
    path = write_rich(tmp_path / "无表.xlsx", table=False)
    book = opened(path)
    assert append(SheetPatch(book, LIST), HEAD_ROW, lines(2)) == [LAST + 1, LAST + 2]
    after = book.to_bytes()
    assert changed(path, after) == {SHEET, BOOK}
    assert f'<autoFilter ref="A3:F{LAST + 2}"/>' in parts(after)[SHEET].decode()
    name = re.search(r"_FilterDatabase[^>]*>([^<]*)<", parts(after)[BOOK].decode())
    assert name
    assert name[1].endswith(f"!$A$3:$F${LAST + 2}")
    found = by_openpyxl(sound(after, tmp_path / "改.xlsx"), LIST)
    assert found[f"F{LAST + 2}"].value == f"=E{LAST + 2}/D{LAST + 2}"
    assert found.row_dimensions[LAST + 2].height == 24


def test_as_libreoffice_saved_it(rich: Path, tmp_path: Path, office: Office) -> None:
    again = tmp_path / "另存.xlsx"
    with office.open(rich) as document:
        document.save_as(again)
    book = opened(again)
    append(SheetPatch(book, LIST), HEAD_ROW, lines(6))
    target = tmp_path / "改.xlsx"
    target.write_bytes(book.to_bytes())
    found = by_openpyxl(target, LIST)
    assert next(iter(found.tables.values())).ref == f"A{HEAD_ROW}:F{END + 4}"
    with office.open(target) as document:
        assert document.get(LIST, f"E{END + 4}") == 1005
        assert document.get(SUMMARY, "B1") == pytest.approx(253101.161 + sum(range(1000, 1006)))


def test_nothing_is_appended(rich: Path) -> None:
    book = opened(rich)
    assert append(SheetPatch(book, LIST), HEAD_ROW, []) == []
    assert not book.package.changed


def test_a_remark_keeps_its_line(rich: Path) -> None:
    """A line in which somebody has begun to write is not blank."""
    book = opened(rich)
    sheet = SheetPatch(book, LIST)
    sheet.set(f"D{LAST + 1}", "待补")
    assert append(sheet, HEAD_ROW, lines(1)) == [LAST + 2]


def test_a_line_of_totals_is_in_the_way(tmp_path: Path) -> None:
    book = opened(write_rich(tmp_path / "汇总.xlsx", totals=True))
    sheet = SheetPatch(book, LIST)
    assert append(sheet, HEAD_ROW, lines(2)) == [LAST + 1, LAST + 2]
    before = book.to_bytes()
    with pytest.raises(RefusedError, match="汇总行"):
        append(sheet, HEAD_ROW, lines(1))
    assert book.to_bytes() == before


@pytest.mark.parametrize("column", ["A", "F"])
def test_what_stands_below_the_table_is_not_overwritten(rich: Path, column: str) -> None:
    book = opened(rich)
    sheet = SheetPatch(book, LIST)
    sheet.set(f"{column}{END + 2}", "制表人：")
    assert append(sheet, HEAD_ROW, lines(3)) == [LAST + 1, LAST + 2, LAST + 3]
    before = book.to_bytes()
    with pytest.raises(RefusedError, match=rf"表格下面第{END + 2}行还有内容") as refused:
        append(sheet, HEAD_ROW, lines(1))
    assert (refused.value.sheet, refused.value.cell) == (LIST, f"{column}{END + 2}")
    assert book.to_bytes() == before
