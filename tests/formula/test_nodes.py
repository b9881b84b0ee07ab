"""Nodes and the small builders over them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from xladdin.formula.evaluate import evaluate
from xladdin.formula.excel import excel
from xladdin.formula.nodes import (
    AllOf,
    AnyOf,
    Blank,
    Compare,
    Expr,
    If,
    Num,
    Rel,
    Text,
    Var,
    add,
    all_of,
    cases,
    div,
    mul,
    number,
    one_of,
    sub,
    total,
)

from .trees import NODES

A, B = Var("a"), Var("b")
PLACES = {"a": "A1", "b": "B1"}
OVER = Compare(Rel.GT, A, number(1))
UNDER = Compare(Rel.LT, A, number(0))


def test_a_node_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        A.name = "b"  # type: ignore[misc]


def test_equal_trees_are_equal_and_hashable() -> None:
    assert add(A, B) == add(Var("a"), Var("b"))
    assert len({add(A, B), add(A, B), sub(A, B)}) == 2


@pytest.mark.parametrize("kind", NODES)
def test_every_node_is_frozen_and_slotted(kind: type[Expr]) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[union-attr]
    assert hasattr(kind, "__slots__")


@pytest.mark.parametrize("given", [2, "2", "2.0", Decimal(2)])
def test_a_constant_from_any_number(given: Decimal | int | str) -> None:
    assert number(given) == Num(Decimal(2))


def test_a_percentage_is_the_same_number() -> None:
    assert evaluate(number("0.5", percent=True), {}) == Decimal("0.5")


@pytest.mark.parametrize(
    ("expr", "text"),
    [(add(A, B), "A1+B1"), (sub(A, B), "A1-B1"), (mul(A, B), "A1*B1"), (div(A, B), "A1/B1")],
)
def test_arithmetic(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


def test_a_total_of_one_is_the_item_itself() -> None:
    assert total((A,)) is A


def test_a_total_keeps_the_order() -> None:
    places = {f"v{i}": f"A{i}" for i in range(1, 8)}
    items = tuple(Var(name) for name in places)
    assert excel(total(items), places) == "A1+A2+A3+A4+A5+A6+A7"


def test_a_total_of_many_items_nests_little() -> None:
    """Far more items than Python's stack would bear one inside the other."""
    items = tuple(Var(f"v{i}") for i in range(2000))
    places = {var.name: "A1" for var in items}
    assert excel(total(items), places).count("+") == 1999
    assert evaluate(total(items), dict.fromkeys(places, Decimal(1))) == 2000


def test_the_first_case_that_holds_decides() -> None:
    chain = cases(((OVER, Text("over")), (UNDER, Text("under"))), Blank())
    assert chain == If(OVER, Text("over"), If(UNDER, Text("under"), Blank()))
    assert [evaluate(chain, {"a": Decimal(a)}) for a in (2, -1, 1)] == ["over", "under", None]


def test_no_cases_at_all() -> None:
    assert cases((), A) is A


def test_one_test_needs_no_and_or_or() -> None:
    assert all_of((OVER,)) is OVER
    assert one_of((OVER,)) is OVER
    assert all_of((OVER, UNDER)) == AllOf((OVER, UNDER))
    assert one_of((OVER, UNDER)) == AnyOf((OVER, UNDER))
