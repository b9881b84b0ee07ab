"""Walking and rewriting trees."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.equality.collecting import few
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import (
    CountNumbers,
    Expr,
    If,
    IsNumber,
    Length,
    Num,
    SumNumbers,
    Var,
    add,
    mul,
    number,
)
from xladdin.formula.walk import children, nodes, substitute, variables

from .trees import ANY, WORD, Grown, trees

A, B = Var("a"), Var("b")


def test_nodes_come_parents_first_and_left_to_right() -> None:
    tree = add(mul(A, B), number(1))
    assert list(nodes(tree)) == [tree, mul(A, B), A, B, number(1)]


def test_variables_come_in_the_order_of_their_first_appearance() -> None:
    tree = If(IsNumber(B), add(A, B), Var("c"))
    assert list(variables(tree)) == ["b", "a", "c"]


def test_variables_that_functions_ask_about_count_too() -> None:
    assert list(variables(add(CountNumbers((A, B)), Length(WORD)))) == ["a", "b", "word"]


def test_substitution_leaves_other_variables() -> None:
    assert substitute(add(A, B), {"a": number(2)}) == add(number(2), B)


@pytest.mark.parametrize(
    ("tree", "renamed"),
    [
        (IsNumber(A), IsNumber(B)),
        (Length(A), Length(B)),
        (CountNumbers((A, Var("c"))), CountNumbers((B, Var("c")))),
        (SumNumbers((A,)), SumNumbers((B,))),
    ],
)
def test_questions_about_a_cell_follow_the_new_name(tree: Expr, renamed: Expr) -> None:
    assert substitute(tree, {"a": B}) == renamed


@few
@given(trees())
def test_nothing_replaced_is_the_same_tree(grown: Grown) -> None:
    assert substitute(grown.expr, {}) == grown.expr


@few
@given(trees())
def test_renamed_variables_give_the_same_value(grown: Grown) -> None:
    names = {var.name: Var(f"{var.name}.new", var.text) for var in (*ANY, WORD)}
    renamed = {names[name].name: value for name, value in grown.inputs.items()}
    assert evaluate(substitute(grown.expr, names), renamed) == evaluate(grown.expr, grown.inputs)


@few
@given(trees())
def test_every_leaf_is_reached(grown: Grown) -> None:
    found = list(nodes(grown.expr))
    assert all(any(child is node for node in found) for node in found for child in children(node))
    assert variables(grown.expr).keys() <= grown.inputs.keys()
    assert all(children(node) == () for node in found if isinstance(node, Num | Var))


@pytest.mark.parametrize("walk", [children, lambda expr: substitute(expr, {})])
def test_an_unknown_node_raises(walk: Any) -> None:
    with pytest.raises(AssertionError):
        walk(object())
