"""The parts that forms share."""

from __future__ import annotations

from xladdin.books import parts
from xladdin.formula.nodes import number
from xladdin.layout import theme
from xladdin.layout.cell_rules import DataBar
from xladdin.layout.cells import Asked, Cell, CompanyName, Fixed, Result
from xladdin.layout.styles import LABEL, TEXT


def texts(cells: tuple[Cell, ...]) -> list[tuple[int, int, object]]:
    return [(cell.row, cell.col, getattr(cell.content, "value", None)) for cell in cells]


def test_every_sheet_has_the_same_head() -> None:
    bare, block = parts.title(Fixed("题"), 3), parts.title(Fixed("题"), 3, "表单编号")
    assert bare.height == block.height == parts.HEAD_ROWS
    assert texts(block.cells) == [(0, 0, None), (0, 2, "表单编号"), (1, 0, "题")]
    assert block.cells[0].content == CompanyName()
    assert (block.cells[-1].cols, block.cells[-1].style.rule) == (3, theme.BRAND)


def test_the_bar_of_the_screen_shows_how_much_is_done() -> None:
    done = Cell(0, 4, Result("done"), TEXT, cols=2)
    bar = parts.screen_bar("请填", 6, done, 9)
    assert [(cell.col, cell.cols) for cell in bar.cells] == [(0, 4), (4, 2)]
    (shaded,) = bar.shades
    assert (shaded.col, shaded.cols) == (4, 2)
    assert isinstance(shaded.shade, DataBar)
    assert shaded.shade.most == number(9)
    assert parts.screen_bar("请填", 6).cells[0].cols == 6


def test_cells_side_by_side_take_their_columns() -> None:
    block = parts.spread([(Fixed("一"), TEXT, 2), (Fixed("二"), TEXT, 1)], 30)
    assert [(cell.col, cell.cols) for cell in block.cells] == [(0, 2), (2, 1)]
    assert block.heights == {0: 30}


def test_blocks_joined_are_one_block_that_stays_together() -> None:
    block = parts.joined([parts.heading("一", 2), parts.title(Fixed("二"), 2, "三")])
    assert block.height == 3
    assert texts(block.cells) == [(0, 0, "一"), (1, 0, None), (1, 1, "三"), (2, 0, "二")]
    assert set(block.heights) == {0, 1, 2}


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
