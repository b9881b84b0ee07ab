"""Blocks, sheets and what they refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Radar
from xladdin.layout.styles import TEXT

CELL = Cell(0, 0, Fixed("一"), TEXT)
CHART = Radar(0, 0, "图", (), (), 100, 100, Decimal(5))


def test_a_block_moves_with_everything_in_it() -> None:
    block = Block((CELL,), 2, {1: 30.0}, frozenset({1}), (CHART,)).at(5)
    assert [cell.row for cell in block.cells] == [5]
    assert (block.height, block.heights, block.growing) == (2, {6: 30.0}, frozenset({6}))
    assert [chart.row for chart in block.charts] == [5]


def test_a_sheet_stacks_its_blocks() -> None:
    sheet = Sheet("表", (9.0,), (Block((CELL,), 3, growing=frozenset({2})), Block((CELL,), 1)))
    assert [cell.row for cell in sheet.cells] == [0, 3]
    assert sheet.growing == {2}


def test_a_chart_takes_up_the_rows_of_its_block() -> None:
    assert Sheet("表", (9.0,), (Block((CELL,), 3), Block((CELL,), 5))).last_row == 3
    assert (
        Sheet("表", (9.0,), (Block((CELL,), 3), Block((CELL,), 5, charts=(CHART,)))).last_row == 7
    )


def test_a_cell_beyond_the_last_column_is_a_bug_of_the_book() -> None:
    with pytest.raises(ValueError, match="beyond the last column"):
        Sheet("表", (9.0,), (Block((Cell(0, 0, Fixed("一"), TEXT, cols=2),), 1),))
