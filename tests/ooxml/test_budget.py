from __future__ import annotations

from collections.abc import Callable

import pytest

from xladdin.ooxml import limits
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.refused import TooLargeError


@pytest.mark.parametrize(
    ("most", "take"),
    [
        (limits.MOST_CELLS, Budget.take_cell),
        (limits.MOST_LINES, Budget.take_line),
    ],
    ids=["cells", "lines"],
)
def test_there_is_so_much_and_no_more(most: int, take: Callable[[Budget], None]) -> None:
    budget = Budget()
    for _ in range(most):
        take(budget)
    with pytest.raises(TooLargeError):
        take(budget)


def test_texts_are_counted_by_their_length() -> None:
    budget = Budget()
    budget.take_text(limits.MOST_TEXT)
    with pytest.raises(TooLargeError):
        budget.take_text(1)
    budget.take_long(limits.MOST_LONG_TEXT + limits.SHORT_TEXT)
    with pytest.raises(TooLargeError):
        budget.take_long(limits.SHORT_TEXT + 1)


def test_a_master_workbook_may_hold_more() -> None:
    usual, master = Budget(), Budget.of_master()
    assert master.lines > usual.lines
    assert master.cells > usual.cells
    assert master.elements.elements > usual.elements.elements
    master.lines = 0
    with pytest.raises(TooLargeError, match="超过20万行"):
        master.take_line()
