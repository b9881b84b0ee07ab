"""A tree made into a function once answers for every row as if it were made for that row."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.equality.collecting import few
from xladdin.formula.arithmetic import Cells, Value
from xladdin.formula.compiled import compiled
from xladdin.formula.evaluate import NotANumberError, evaluate
from xladdin.formula.nodes import (
    AnyOf,
    Compare,
    CountWhere,
    Expr,
    Filled,
    PlaceWhere,
    Range,
    Rel,
    Same,
    Text,
    Var,
    number,
)

from .trees import Grown, trees

WORD = Var("word", text=True)
CELLS = st.lists(st.sampled_from(["a", "A", "b", "", None, Decimal(1), "1"]), max_size=9)


@few
@given(trees(), trees())
def test_what_one_row_gave_does_not_colour_the_next(one: Grown, other: Grown) -> None:
    program = compiled(one.expr)
    rows = [one.inputs, other.inputs, one.inputs]
    assert [program(row) for row in rows] == [evaluate(one.expr, row) for row in rows]


@few
@given(CELLS, CELLS, st.sampled_from(["a", "B", "", "1", "c"]), st.integers(-1, 11), st.booleans())
def test_rows_found_by_an_index_are_those_found_by_looking(
    left: list[Value], right: list[Value], sought: str, above: int, last: bool
) -> None:
    """The plain way: every row of both columns is looked at."""
    height = min(len(left), len(right))
    env = {"l": Cells(left[:height]), "r": Cells(right[:height]), "word": sought}
    texts = env["l"].texts
    rows = [
        row
        for row in range(min(height, above - 1))
        if texts[row] == sought.casefold() and env["r"].texts[row]
    ]
    tests = (Same(Range("l"), WORD), Filled(Range("r")))
    place = evaluate(PlaceWhere(tests, last, number(above)), env)
    assert place == (rows[-1 if last else 0] + 1 if rows else 0)
    both = (Same(Range("l"), WORD), Same(Range("r"), WORD))
    twice = sum(
        one == other == sought.casefold() for one, other in zip(texts, env["r"].texts, strict=True)
    )
    assert evaluate(CountWhere(both), env) == twice


def one_of(*words: str) -> Expr:
    return AnyOf(tuple(Compare(Rel.EQ, WORD, Text(word)) for word in words))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("B", True), ("", False), (None, False), (Decimal(1), False), ("c", False)],
)
def test_one_of_several_words(value: Value, expected: bool) -> None:
    assert evaluate(one_of("a", "b", "1"), {"word": value}) is expected
    assert evaluate(one_of("a", ""), {"word": None}) is True


def test_a_truth_value_is_no_word() -> None:
    with pytest.raises(NotANumberError):
        evaluate(one_of("a", "b"), {"word": True})


def test_many_rows_cost_little_more_than_their_calls() -> None:
    """Counting by an index takes time in step with the rows, not with their square."""
    expr = PlaceWhere((Same(Range("ids"), WORD),), above=Var("row"))

    def seconds(count: int) -> float:
        ids, program = Cells(f"id{row // 2}" for row in range(count)), compiled(expr)
        begun = time.process_time()
        for row in range(count):
            program({"ids": ids, "word": ids[row], "row": Decimal(row)})
        return time.process_time() - begun

    few_rows, many_rows = seconds(2_000), seconds(16_000)
    assert many_rows < few_rows * 8 * 3
