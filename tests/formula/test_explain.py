"""Trees as Chinese sentences (the rules' own: tests/equality/test_explanations.py)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tests.equality.collecting import few
from xladdin.formula.explain import explain
from xladdin.formula.nodes import (
    AllOf,
    AnyOf,
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Greatest,
    If,
    IsNumber,
    Join,
    Least,
    Length,
    Named,
    Num,
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

from .trees import ANY, WORD, Grown, trees

A, B, C = Var("a"), Var("b"), Var("c")
WORDS = {"a": "甲", "b": "乙", "c": "丙"}
ZERO, ONE = number(0), number(1)
OVER = Compare(Rel.GT, A, ONE)
SUM = add(A, B)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (sub(A, SUM), "甲－（甲＋乙）"),
        (sub(SUM, A), "甲＋乙－甲"),
        (mul(SUM, C), "（甲＋乙）×丙"),
        (div(A, mul(B, C)), "甲÷（乙×丙）"),
        (mul(A, div(B, C)), "甲×乙÷丙"),
        (sub(A, number(-2)), "甲－（-2）"),
        (add(number(-2), A), "-2＋甲"),
        (mul(A, Least(B, C)), "甲×（乙，最高丙）"),
        (Greatest(A, Least(B, C)), "甲，最低（乙，最高丙）"),
        (Least(Greatest(A, ONE), B), "甲，最低1，最高乙"),
        (Round(A, 0, Rounding.UP), "甲（向上取整）"),
        (Round(A, 0, Rounding.DOWN), "甲（向下取整）"),
        (add(ONE, Round(A, 1)), "1＋甲（保留1位小数）"),
        (mul(number(5), div(SUM, number(5))), "甲＋乙"),
        (mul(C, mul(number(5), div(SUM, number(5)))), "丙×（甲＋乙）"),
        (CountNumbers((A, B)), "2项中已填的项数"),
        (SumNumbers((A, B)), "2项之和"),
        (Length(A), "甲的字数"),
        (Join((Text("缺"), A, Text("项"))), "缺甲项"),
        (Text("优秀"), "「优秀」"),
        (Num(Decimal("1.20"), percent=True), "120%"),
        (Num(Decimal(30), suffix="秒"), "30秒"),
        (Num(Decimal("-0.0")), "0"),
    ],
)
def test_a_phrase(expr: Expr, text: str) -> None:
    assert explain(expr, WORDS) == f"得分＝{text}。"


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (OVER, "甲＞1"),
        (Compare(Rel.LE, A, B), "甲≤乙"),
        (AllOf((OVER, Compare(Rel.LT, A, B))), "甲＞1且甲＜乙"),
        (AnyOf((OVER, Compare(Rel.LT, A, B))), "甲＞1或甲＜乙"),
        (AnyOf((Compare(Rel.EQ, A, ZERO), Compare(Rel.EQ, A, ONE))), "甲为0或1"),
        (IsNumber(A), "甲已填"),
    ],
)
def test_a_test(expr: Expr, text: str) -> None:
    assert explain(If(expr, B, C), WORDS) == f"{text}时，得分＝乙；其余得分＝丙。"


def test_branches_are_clauses_of_their_own() -> None:
    inner = If(Compare(Rel.LT, A, ZERO), Blank(), C)
    assert explain(If(OVER, B, inner), WORDS) == (
        "甲＞1时，得分＝乙；甲＜0时，得分留空；其余得分＝丙。"
    )


def test_named_parts_are_told_first_and_only_once() -> None:
    inner = Named("小计", SUM)
    outer = Named("合计", mul(inner, C))
    assert explain(add(outer, inner), WORDS) == "小计＝甲＋乙；合计＝小计×丙；得分＝合计＋小计。"


def test_rounding_and_missing_inputs_close_the_sentence() -> None:
    rule = If(AllOf((IsNumber(A), IsNumber(B))), Round(SUM, 2), Blank())
    assert explain(rule, WORDS) == "得分＝甲＋乙（保留2位小数）。甲或乙未填时不计分。"
    assert explain(rule, WORDS, brief=True) == "得分＝甲＋乙"


def test_the_result_may_have_another_name() -> None:
    assert explain(A, WORDS, "最终得分") == "最终得分＝甲。"


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (mul(A, Round(SUM, 2)), "甲×（甲＋乙）"),
        (Greatest(Round(SUM, 2), ZERO), "甲＋乙"),
        (mul(A, Greatest(SUM, ZERO)), "甲×（甲＋乙）"),
        (Greatest(SUM, ONE), "甲＋乙，最低1"),
        (Round(A, 0, Rounding.UP), "甲（向上取整）"),
    ],
)
def test_in_brief(expr: Expr, text: str) -> None:
    assert explain(expr, WORDS, brief=True) == f"得分＝{text}"


@few
@given(trees())
def test_any_tree_can_be_told(grown: Grown) -> None:
    words = {var.name: "某数" for var in (*ANY, WORD)}
    assert explain(grown.expr, words)
    assert explain(grown.expr, words, brief=True)


def test_a_variable_without_a_word() -> None:
    with pytest.raises(KeyError, match="gone"):
        explain(add(A, Var("gone")), WORDS)


def test_an_unknown_node_raises() -> None:
    unknown: Any = object()
    with pytest.raises(AssertionError):
        explain(unknown, {})
