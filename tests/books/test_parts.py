"""The parts that forms share."""

from __future__ import annotations

from xladdin.books import parts
from xladdin.layout.cells import Asked, Cell, Fixed
from xladdin.layout.styles import LABEL, TEXT


def texts(cells: tuple[Cell, ...]) -> list[tuple[int, int, object]]:
    return [(cell.row, cell.col, getattr(cell.content, "value", None)) for cell in cells]


def test_a_title_with_a_caption_takes_two_rows() -> None:
    assert parts.title(Fixed("题"), 3).height == 1
    block = parts.title(Fixed("题"), 3, "表单编号")
    assert (block.height, texts(block.cells)) == (2, [(0, 0, "题"), (1, 0, "表单编号")])
    assert {cell.cols for cell in block.cells} == {3}


def test_cells_side_by_side_take_their_columns() -> None:
    block = parts.spread([(Fixed("一"), TEXT, 2), (Fixed("二"), TEXT, 1)], 30)
    assert [(cell.col, cell.cols) for cell in block.cells] == [(0, 2), (2, 1)]
    assert block.heights == {0: 30}


def test_blocks_joined_are_one_block_that_stays_together() -> None:
    block = parts.joined([parts.heading("一", 2), parts.title(Fixed("二"), 2, "三")])
    assert block.height == 3
    assert texts(block.cells) == [(0, 0, "一"), (1, 0, "二"), (2, 0, "三")]
    assert set(block.heights) == {0, 1}


def test_a_row_of_texts_is_set_in_the_looks_given() -> None:
    block = parts.text_row(("一", "二"), (LABEL, TEXT))
    assert [cell.style for cell in block.cells] == [LABEL, TEXT]
    assert [cell.style for cell in parts.text_row(("一", "二")).cells] == [TEXT, TEXT]


def test_a_comment_box_is_labelled_checked_and_unlocked() -> None:
    label, box = parts.comment_box("自我评价", "comment.self", 12, 2).cells
    assert (label.content, label.cols) == (Fixed("自我评价"), 2)
    assert (box.content, box.col, box.cols) == (Asked("comment.self"), 2, 10)
    assert box.check is not None
    assert not box.style.locked
