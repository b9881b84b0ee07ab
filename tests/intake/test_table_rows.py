"""Lines of several sheets as one sequence, and the first of those that say the same."""

from __future__ import annotations

import pytest

from xladdin.intake.coded_rows import coded
from xladdin.intake.grids import Cells, Grid
from xladdin.intake.headers import find_headers
from xladdin.intake.table_rows import Lines, Rows

WANTED = {"id": ("工号",), "name": ("姓名",)}


def part(name: str, cells: list[Cells], numbers: list[int]) -> Lines:
    rows: list[Cells] = [["工号", "姓名"], *cells]
    return Lines(Grid("表.xlsx", rows, name), find_headers(rows, WANTED), coded(rows), numbers)


FIRST = part("一", [["1", "甲"], ["1", "乙"], ["合计", ""], ["2", "甲"]], [1, 2, 4])
SECOND = part("二", [["1", "丙"], ["3"], ["3"]], [1, 2, 3])
ROWS = Rows([FIRST, SECOND])


def test_lines_are_counted_through_all_sheets() -> None:
    assert len(ROWS) == 6
    assert [row.key("id") for row in ROWS] == ["1", "1", "2", "1", "3", "3"]
    assert [ROWS[at].place.cell for at in (0, 2, 3, -1)] == ["A2", "A5", "A2", "A4"]
    assert [row.key("name") for row in ROWS[1:4]] == ["乙", "甲", "丙"]
    with pytest.raises(IndexError):
        ROWS[6]
    assert not [*Rows()]


def test_the_first_line_of_each_cell_and_every_line_of_another_width() -> None:
    assert [(row.grid.sheet, row.index) for row in ROWS.differing("id")] == [
        ("一", 1),
        ("一", 4),
        ("二", 1),
        ("二", 2),
        ("二", 3),
    ]
    assert len([*ROWS.differing("remark")]) == len(ROWS)


def test_a_column_of_a_sheet() -> None:
    column = FIRST.column("name")
    assert column is not None
    assert [column.values[code] for code in FIRST.codes(column)] == ["甲", "乙", "甲"]
    assert FIRST.column("remark") is None
