"""Values of trees in Python."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, getcontext, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.equality.collecting import few
from xladdin.formula.evaluate import NotANumberError, Value, evaluate, rounded, snap, solve
from xladdin.formula.nodes import (
    AllOf,
    AnyOf,
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Least,
    Length,
    Listing,
    Named,
    Not,
    Rel,
    Round,
    Rounding,
    SumNumbers,
    Text,
    Var,
    add,
    div,
    mul,
    number,
    sub,
)

A, B, WORD = Var("a"), Var("b"), Var("word", text=True)
HOLDS = Compare(Rel.EQ, number(1), number(1))
ONE, ZERO = number(1), number(0)
finite = st.decimals(min_value=-(10**9), max_value=10**9, places=9)


@pytest.mark.parametrize(
    ("value", "digits", "mode", "result"),
    [
        ("2.675", 2, "half_up", "2.68"),
        ("-2.675", 2, "half_up", "-2.68"),
        ("2.674999", 2, "half_up", "2.67"),
        ("2.6749995", 2, "half_up", "2.68"),
        ("2.6749994", 2, "half_up", "2.67"),
        ("0.000001", 0, "up", "1"),
        ("-0.000001", 0, "up", "-1"),
        ("0.0000004", 0, "up", "0"),
        ("1.0000004", 0, "up", "1"),
        ("1.999999", 0, "down", "1"),
        ("1.9999995", 0, "down", "2"),
        ("-1.9", 0, "down", "-1"),
        ("-0.001", 2, "half_up", "0"),
    ],
)
def test_rounding(value: str, digits: int, mode: str, result: str) -> None:
    expr = Round(number(value), digits, Rounding(mode))
    assert str(evaluate(expr, {})) == str(Decimal(result).quantize(Decimal(1).scaleb(-digits)))


@few
@given(finite)
def test_a_snapped_number_stays(value: Decimal) -> None:
    assert snap(snap(value)) == snap(value)
    assert abs(snap(value) - value) <= Decimal("0.0000005")


@few
@given(finite)
def test_snapping_mirrors_negative_numbers(value: Decimal) -> None:
    assert snap(-value) == -snap(value)


@few
@given(finite, st.integers(0, 6))
def test_rounding_ways_surround_each_other(value: Decimal, digits: int) -> None:
    down, half, up = (rounded(abs(value), digits, mode) for mode in _ordered())
    assert down <= half <= up
    assert up - down <= Decimal(1).scaleb(-digits)


def _ordered() -> tuple[Rounding, ...]:
    return Rounding.DOWN, Rounding.HALF_UP, Rounding.UP


def test_there_is_no_negative_zero() -> None:
    assert str(snap(Decimal("-0.0000001"))) == "0.000000"
    assert evaluate(Join((mul(number(-1), ZERO),)), {}) == "0"


@pytest.mark.parametrize(
    ("left", "rel", "right", "holds"),
    [
        ("1", ">=", "1.0000004", True),
        ("1", ">=", "1.000001", False),
        ("1.0000004", ">", "1", False),
        ("1.000001", ">", "1", True),
        ("1.0000004", "<=", "1", True),
        ("0.9999996", "<", "1", False),
        ("0.999999", "<", "1", True),
        ("0.9999996", "=", "1", True),
        ("0.999999", "=", "1", False),
    ],
)
def test_numbers_are_compared_at_six_places(left: str, rel: str, right: str, holds: bool) -> None:
    assert evaluate(Compare(Rel(rel), number(left), number(right)), {}) is holds


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [("A", "a", True), ("Я", "я", True), ("A", "Ａ", False), ("a ", "a", False), ("", None, True)],
)
def test_texts_are_compared_as_spreadsheets_do(
    left: str | None, right: str | None, equal: bool
) -> None:
    env = {"left": left, "right": right}
    compared = Compare(Rel.EQ, Var("left", text=True), Var("right", text=True))
    assert evaluate(compared, env) is equal


@pytest.mark.parametrize(
    ("expr", "value"),
    [
        (add(A, B), Decimal(5)),
        (sub(A, B), Decimal(-1)),
        (mul(A, B), Decimal(6)),
        (div(B, A), Decimal("1.5")),
        (Least(A, B), Decimal(2)),
        (Greatest(A, B), Decimal(3)),
        (Named("甲", A), Decimal(2)),
        (Blank(), None),
        (Text("甲"), "甲"),
        (If(HOLDS, A, B), Decimal(2)),
        (AllOf((HOLDS, HOLDS)), True),
        (AllOf((HOLDS, IsNumber(Var("gone")))), False),
        (AnyOf((IsNumber(Var("gone")), HOLDS)), True),
        (IsNumber(A), True),
        (IsNumber(WORD), False),
        (IsEmpty(WORD), False),
        (IsEmpty(Var("gone")), True),
        (Not(HOLDS), False),
        (Listing(((HOLDS, "甲"), (Not(HOLDS), "乙"), (HOLDS, "丙"))), "甲、丙"),
        (Listing(((Not(HOLDS), "甲"),)), ""),
        (CountNumbers((A, B, WORD, Var("gone"))), Decimal(2)),
        (SumNumbers((A, B, WORD, Var("gone"))), Decimal(5)),
        (SumNumbers((WORD,)), Decimal(0)),
        (Length(WORD), Decimal(2)),
        (Length(Var("gone")), Decimal(0)),
        (Length(A), Decimal(1)),
        (Join((Text("缺"), A, Text("项"), Blank(), WORD)), "缺2项两字"),
        (Join((number("2.50"),)), "2.5"),
        (Join((number("1E+3"),)), "1000"),
        (Join(()), ""),
    ],
)
def test_a_value(expr: Expr, value: Value) -> None:
    assert evaluate(expr, {"a": Decimal(2), "b": Decimal(3), "word": "两字"}) == value


@pytest.mark.parametrize(
    "expr",
    [
        add(A, Var("gone")),
        mul(WORD, A),
        Round(Blank(), 2),
        Least(A, WORD),
        Compare(Rel.GE, A, Var("gone")),
        Compare(Rel.EQ, A, Text("2")),
        Compare(Rel.GT, Text("b"), Text("a")),
        Compare(Rel.EQ, HOLDS, HOLDS),
        If(A, ONE, ZERO),
        AllOf((HOLDS, A)),
        Not(A),
        AnyOf((HOLDS, A)),
        Join((Text("x"), HOLDS)),
        Length(HOLDS),
    ],
)
def test_what_a_rule_must_not_do(expr: Expr) -> None:
    with pytest.raises(NotANumberError):
        evaluate(expr, {"a": Decimal(2), "word": "两字"})


def test_only_the_branch_taken_is_evaluated() -> None:
    guarded = If(Compare(Rel.EQ, B, ZERO), Text("no"), div(A, B))
    assert evaluate(guarded, {"a": Decimal(1), "b": Decimal(0)}) == "no"


def test_division_by_zero_is_an_error_of_the_rule() -> None:
    with pytest.raises(DivisionByZero):
        evaluate(div(ONE, ZERO), {})


def test_the_callers_arithmetic_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 3
        assert evaluate(div(ONE, number(3)), {}) == Decimal("0." + "3" * 34)
        assert getcontext().prec == 3


def test_an_unknown_node_raises() -> None:
    unknown: Any = object()
    with pytest.raises(AssertionError):
        evaluate(unknown, {})


def test_a_model_is_solved_in_the_order_that_it_needs() -> None:
    model = {
        "total": add(Var("first"), Var("second")),
        "second": mul(Var("first"), number(2)),
        "first": add(A, ONE),
    }
    assert solve(model, {"a": Decimal(1)}) == {"total": 6, "second": 4, "first": 2}
    assert list(solve(model, {"a": Decimal(1)})) == list(model)


def test_a_chain_of_expressions_is_solved_once_each() -> None:
    """Doubling thirty times would take for ever if a value were computed at each use."""
    model: dict[str, Expr] = {"v0": ONE}
    for i in range(30):
        model[f"v{i + 1}"] = add(Var(f"v{i}"), Var(f"v{i}"))
    assert solve(dict(reversed(model.items())), {})["v30"] == 2**30


def test_a_model_that_reads_itself_raises() -> None:
    with pytest.raises(RecursionError):
        solve({"a": add(B, ONE), "b": add(A, ONE)}, {})
