"""Rows that grow: the mark of a height set by hand is gone there, and nowhere else."""

from __future__ import annotations

import io
import re
import zipfile

from xladdin.layout.cells import Block, Book, Cell, Fixed, Given, Properties, Sheet
from xladdin.layout.growing import Growing
from xladdin.layout.lean_package import LeanWorkbook
from xladdin.layout.pages import plan
from xladdin.layout.saved import EPOCH
from xladdin.layout.styles import INPUT_BOX, TEXT
from xladdin.layout.writer import saved_by_us, workbook_bytes

ROW = re.compile(r'<row r="(\d+)"([^>]*)>')


def rows(content: bytes, sheet: int = 1) -> dict[int, str]:
    """Row number, from 1 -> its attributes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    return {int(number): attributes for number, attributes in ROW.findall(xml)}


def written(growing: Growing) -> bytes:
    stream = io.BytesIO()
    with LeanWorkbook(stream, growing) as book:
        book.set_properties({"created": EPOCH})
        for name in ("一", "二"):
            sheet = book.add_worksheet(name)
            for row in range(12):
                sheet.set_row(row, 30.75)
                sheet.write(row, 0, f"第 {row} 行")
    return stream.getvalue()


def test_only_the_rows_that_are_named() -> None:
    freed, content = written({1: {0, 10}, 2: ()}), written({})
    marked = {number for number, text in rows(freed).items() if "customHeight" in text}
    assert marked == set(range(1, 13)) - {1, 11}
    assert all('ht="30.75"' in text for text in rows(freed).values())
    assert rows(freed, 2) == rows(content, 2)


def test_every_other_part_stays_as_it_is() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(written({}))) as before,
        zipfile.ZipFile(io.BytesIO(written({2: {3}}))) as after,
    ):
        assert after.namelist() == before.namelist()
        changed = [name for name in after.namelist() if after.read(name) != before.read(name)]
    assert changed == ["xl/worksheets/sheet2.xml"]


def book(boxes: int) -> Book:
    """A heading and so many boxes to write in."""
    blocks = [Block((Cell(0, 0, Fixed("题"), TEXT),), 1, {0: 40.0})]
    for i in range(boxes):
        cell = Cell(0, 0, Given(f"box.{i}"), INPUT_BOX)
        blocks.append(Block((cell,), 1, {0: 90.0}, growing=frozenset({0})))
    return Book((Sheet("表", (60.0,), tuple(blocks)),), {}, Properties("题"))


def test_the_writer_frees_what_the_blocks_say() -> None:
    content = workbook_bytes(book(2), {})
    assert saved_by_us(content)
    free = [number for number, text in rows(content).items() if "customHeight" not in text]
    assert free == [2, 3]


def test_a_sheet_that_grows_is_never_squeezed_into_one_page() -> None:
    (sheet,) = book(1).sheets
    assert not plan(sheet, {0: 40.0, 1: 90.0}).one_page


def test_pages_break_between_boxes() -> None:
    (sheet,) = book(20).sheets
    found = plan(sheet, dict.fromkeys(range(21), 90.0))
    assert found.breaks
    assert all(0 < row < 21 for row in found.breaks)
