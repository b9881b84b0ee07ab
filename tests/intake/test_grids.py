from __future__ import annotations

from xladdin.intake.grids import Grid, cell_at
from xladdin.problems import Place


def test_places_in_a_workbook_are_cells() -> None:
    grid = Grid("a.xlsx", [["x"]], sheet="名册")
    assert grid.place(6, 1, "姓名") == Place("a.xlsx", sheet="名册", cell="B7")
    assert str(grid.whole()) == "a.xlsx!名册"


def test_places_in_a_text_are_lines_and_column_names() -> None:
    grid = Grid("a.csv", [["x"], ["y"]], lines=[1, 4])
    assert grid.place(1, 0, "姓名") == Place("a.csv", line=4, field="姓名")


def test_a_cell_beyond_a_short_row_is_nothing() -> None:
    assert cell_at(["a"], 0) == "a"
    assert cell_at(["a"], 1) is None
