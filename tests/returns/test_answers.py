"""A cell of a returned form says what it says at every other door."""

from __future__ import annotations

from itertools import product

import pytest

from tests.intake.doors import figures_table
from tests.intake.test_stated_figures import FORMATS, NUMBERS, as_read
from xladdin.books.entry import figure_check, number_format
from xladdin.domain.quantities import Unit
from xladdin.layout.cells import Asked, Cell
from xladdin.layout.styles import Style
from xladdin.ooxml.cell_styles import CellStyle
from xladdin.problems import Place
from xladdin.returns.answers import read_answer
from xladdin.returns.book_view import ViewCell

ODD = [*product(NUMBERS, FORMATS)]
TYPED = [
    "95%",
    "９５％",
    " 95 ",
    "1,234.5",
    "12秒",
    "0.5分钟",
    "3小时",
    "—",
    "无",
    "约80",
    "80-90",
    "#N/A",
]


def returned(seen: object, plain: object, code: str, unit: Unit) -> tuple[object, bool]:
    """What is read of a cell of a form that asks for a figure in a unit, and whether it is told."""
    ours = Cell(
        0, 0, Asked("actual.it"), Style(number_format=number_format(unit)),
        check=figure_check(unit, "指标", "实际达成"),
    )  # fmt: skip
    cell = ViewCell((1, 1), seen, plain, style=CellStyle(code or "General"))
    answer = read_answer(ours, cell, Place("表.xlsx"), {}, key="actual.it")
    return answer.value, bool(answer.problems)


@pytest.mark.parametrize("unit", [Unit.SECOND, Unit.PERCENT])
def test_a_number_in_any_format_is_read_as_in_a_table(unit: Unit) -> None:
    cells = as_read(ODD)
    table = figures_table(cells, unit, apart=True).values
    for (number, code), seen, wanted in zip(ODD, cells, table, strict=True):
        value, told = returned(seen, float(number), code, unit)
        assert (value, told or wanted is not None) == (wanted, True), (number, code, unit)


@pytest.mark.parametrize("unit", [Unit.SECOND, Unit.PERCENT])
def test_a_text_is_read_as_in_a_table(unit: Unit) -> None:
    cells = as_read([(text, "") for text in TYPED])
    table = figures_table(cells, unit, apart=True).values
    for text, seen, wanted in zip(TYPED, cells, table, strict=True):
        value, told = returned(seen, text, "", unit)
        assert (value, told) == (wanted, True), (text, unit)
