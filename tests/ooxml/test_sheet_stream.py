from __future__ import annotations

import pytest

from tests.patch.small import sheet
from xladdin.ooxml.refused import DamagedError
from xladdin.ooxml.sheet_stream import SheetStream, place_of, row_and_column
from xladdin.ooxml.streaming import Allowance, Attributes


class Places(SheetStream):
    """Where each cell is said to be, from 0."""

    def __init__(self, xml: str) -> None:
        super().__init__(xml.encode(), Allowance())
        self.rows = 0
        self.found: list[tuple[int, int]] = []
        self.finished = 0
        self.run()

    def _begin_row(self, _: Attributes) -> None:
        self.rows += 1

    def _begin_cell(self, _: Attributes) -> None:
        self.found.append(row_and_column(self._place))

    def _finish_cell(self) -> None:
        self.finished += 1


def test_cells_with_and_without_numbers() -> None:
    rows = '<row><c/><c r="D1"/><c/></row><row r="9"><c/><c r="AA3"/></row><row><c/></row>'
    found = Places(sheet(rows))
    assert found.found == [(0, 0), (0, 3), (0, 4), (8, 0), (2, 26), (9, 0)]
    assert (found.rows, found.finished) == (3, 6)
    assert place_of(8, 26) > place_of(8, 25) > place_of(7, 16_383)


def test_what_stands_outside_of_the_sheet_is_nothing() -> None:
    inside = sheet("<row><c/></row>")
    assert (
        len(Places(inside.replace("</worksheet>", "<x><row><c/></row></x></worksheet>")).found) == 1
    )


@pytest.mark.parametrize(
    "rows",
    [
        "<c/>",
        "<row><row/></row>",
        "<row><c><c/></c></row>",
        '<row r="0"/>',
        '<row r="x"/>',
        '<row r="1048577"/>',
        '<row><c r="XFE1"/></row>',
        '<row><c r="1"/></row>',
        '<row><c r="A"/></row>',
        '<row r="1048576"/><row><c/></row>',
        "</sheetData><sheetData>",
    ],
)
def test_what_is_no_sheet(rows: str) -> None:
    with pytest.raises(DamagedError):
        Places(sheet(rows))
