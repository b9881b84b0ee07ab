"""Rows by column are the rows."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.intake.coded_rows import AT_ONCE, NONE, ODD, CodedRows, coded
from xladdin.intake.grids import Cells
from xladdin.intake.seen_numbers import SeenNumber
from xladdin.ooxml.number_formats import Seen

CELLS = st.one_of(
    st.sampled_from(["", "甲", "1", "1.0"]),
    st.sampled_from([None, 1, 1.0, True, 0.0, -0.0, float("inf")]),
    st.sampled_from([dt.date(2026, 10, 1), dt.datetime(2026, 10, 1), dt.timedelta(0)]),
    st.sampled_from([SeenNumber(1.0, Seen(text, False, 0)) for text in ("1", "01")]),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12)


def same(one: object, other: object) -> bool:
    return (type(one), repr(one), getattr(one, "text", "")) == (
        type(other),
        repr(other),
        getattr(other, "text", ""),
    )


@settings(deadline=None)
@given(TABLES)
def test_every_cell_is_found_again_in_rows_and_in_columns(rows: list[Cells]) -> None:
    found = coded(rows)
    assert len(found) == len(rows)
    assert coded(found) is found
    for i, row in enumerate(rows):
        assert all(map(same, found[i], row))
        assert len(found[i]) == len(row)
        for number in range(5):
            column = found.column(number)
            code = column.codes[i]
            if i in found.odd:
                assert code == ODD
            else:
                assert same(column.values[code], row[number] if number < len(row) else None)
                assert (code == NONE) == (number >= len(row))
    assert found[1:3] == rows[1:3]
    assert found.lists() == rows
    shown = found.replaced(repr)
    assert [*shown] == shown.lists() == [[*map(repr, row)] for row in rows]


def test_rows_of_another_width_are_kept_by_themselves() -> None:
    rows: list[Cells] = [["a", "b"]] * 3 + [["c"], [], ["d", "e", "f"]]
    found = coded(rows)
    assert (found.width, found.odd, found.different) == (2, [3, 4, 5], 2 + 4)
    assert [*found] == rows


def test_a_cell_that_many_rows_have_is_held_and_asked_once() -> None:
    asked: list[object] = []

    def is_b(cell: object) -> bool:
        asked.append(cell)
        return cell == "b"

    found = CodedRows([["a"], ["b"]] * AT_ONCE)
    column = found.column(0)
    assert [*column.rows(column.where(is_b))] == [*range(1, 2 * AT_ONCE, 2)]
    assert sorted(filter(None, asked), key=str) == ["a", "b"]
