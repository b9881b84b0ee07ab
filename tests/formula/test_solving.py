"""A model made ready once gives what solving it anew gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.formula.evaluate import Value, solve
from xladdin.formula.nodes import Expr, Var, add, number
from xladdin.formula.solving import Solver, in_order, needed_for

MODEL: dict[str, Expr] = {
    "all": add(Var("twice"), Var("c")),
    "twice": add(Var("once"), Var("once")),
    "once": add(Var("a"), number(1)),
}


def test_each_stands_behind_what_it_reads() -> None:
    assert in_order(MODEL) == ["once", "twice", "all"]


@pytest.mark.parametrize("given", [{}, {"twice": Decimal(7)}, {"once": Decimal(0), "b": "x"}])
def test_it_gives_what_solving_gives_in_the_order_of_the_model(given: dict[str, Value]) -> None:
    inputs = {"a": Decimal(2), "c": Decimal(3), **given}
    found = Solver(MODEL).values(inputs)
    assert found == solve(MODEL, inputs)
    assert list(found) == list(MODEL)


def test_a_circle_is_a_bug_of_who_built_it() -> None:
    with pytest.raises(RecursionError):
        Solver({"a": Var("b"), "b": Var("a")})


def test_what_one_expression_needs() -> None:
    assert list(needed_for("twice", MODEL)) == ["twice", "once"]
    assert needed_for("all", MODEL).keys() == MODEL.keys()
    assert needed_for("elsewhere", MODEL) == {}
