"""Trees as formula text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.equality.collecting import few
from xladdin.formula.excel import excel, literal, quoted
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

A, B, C, WORD = Var("a"), Var("b"), Var("c"), Var("word", text=True)
PLACES = {"a": "A1", "b": "B1", "c": "C1", "word": "D1"}
OVER = Compare(Rel.GT, A, number(1))
TWO = number(2)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (add(add(A, B), C), "A1+B1+C1"),
        (add(A, add(B, C)), "A1+B1+C1"),
        (sub(A, add(B, C)), "A1-(B1+C1)"),
        (sub(A, sub(B, C)), "A1-(B1-C1)"),
        (sub(sub(A, B), C), "A1-B1-C1"),
        (add(A, sub(B, C)), "A1+B1-C1"),
        (mul(A, add(B, C)), "A1*(B1+C1)"),
        (mul(add(A, B), C), "(A1+B1)*C1"),
        (mul(A, mul(B, C)), "A1*B1*C1"),
        (mul(A, div(B, C)), "A1*(B1/C1)"),
        (div(A, mul(B, C)), "A1/(B1*C1)"),
        (div(A, div(B, C)), "A1/(B1/C1)"),
        (div(div(A, B), C), "A1/B1/C1"),
        (add(mul(A, B), C), "A1*B1+C1"),
        (sub(A, mul(B, C)), "A1-B1*C1"),
        (mul(Named("甲", add(A, B)), C), "(A1+B1)*C1"),
        (add(A, If(OVER, B, C)), "A1+IF(ROUND(A1,6)>1,B1,C1)"),
    ],
)
def test_brackets_keep_the_order_of_the_tree(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (sub(A, number(-2)), "A1-(-2)"),
        (add(A, number(-2)), "A1+-2"),
        (mul(A, number(-2)), "A1*(-2)"),
        (mul(number(-2), A), "(-2)*A1"),
        (Round(number(-2), 2), "ROUND(-2,2)"),
        (mul(A, number("-0")), "A1*0"),
    ],
)
def test_negative_constants(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (Round(A, 2), "ROUND(ROUND(A1,6),2)"),
        (Round(A, 0, Rounding.UP), "ROUNDUP(ROUND(A1,6),0)"),
        (Round(A, 0, Rounding.DOWN), "ROUNDDOWN(ROUND(A1,6),0)"),
        (Round(Round(A, 2), 1), "ROUND(ROUND(ROUND(A1,6),2),1)"),
        (Round(Round(A, 8), 2), "ROUND(ROUND(ROUND(ROUND(A1,6),8),6),2)"),
        (Compare(Rel.GE, A, number("0.65")), "ROUND(A1,6)>=0.65"),
        (Compare(Rel.GE, A, number("0.1234567")), "ROUND(A1,6)>=ROUND(0.1234567,6)"),
        (Compare(Rel.LE, add(A, B), C), "ROUND(A1+B1,6)<=ROUND(C1,6)"),
        (Compare(Rel.EQ, CountNumbers((A, B)), TWO), "COUNT(A1,B1)=2"),
        (Compare(Rel.LT, Length(WORD), TWO), "LEN(D1)<2"),
        (Compare(Rel.EQ, Named("甲", Round(A, 2)), TWO), "ROUND(ROUND(ROUND(A1,6),2),6)=2"),
    ],
)
def test_numbers_are_snapped_before_they_are_rounded_or_compared(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (Compare(Rel.EQ, WORD, Text("优秀")), 'D1="优秀"'),
        (Compare(Rel.EQ, Text("a"), Blank()), '"a"=""'),
        (Compare(Rel.EQ, Named("甲", Text("a")), WORD), '"a"=D1'),
        (Compare(Rel.EQ, Join((WORD, Text("x"))), Text("ax")), 'D1&"x"="ax"'),
        (Compare(Rel.EQ, If(OVER, Text("a"), Blank()), WORD), 'IF(ROUND(A1,6)>1,"a","")=D1'),
    ],
)
def test_texts_are_compared_as_they_are(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (WORD, 'D1&""'),
        (If(OVER, WORD, Blank()), 'IF(ROUND(A1,6)>1,D1&"","")'),
        (Named("甲", WORD), 'D1&""'),
        (Join((WORD,)), 'D1&""'),
        (Join((A,)), 'A1&""'),
        (Join(()), '""'),
        (Join((WORD, A)), "D1&A1"),
        (Length(WORD), "LEN(D1)"),
    ],
)
def test_an_empty_text_does_not_show_as_zero(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (Blank(), '""'),
        (AllOf((OVER, IsNumber(B))), "AND(ROUND(A1,6)>1,ISNUMBER(B1))"),
        (AnyOf((OVER, IsNumber(WORD))), "OR(ROUND(A1,6)>1,ISNUMBER(D1))"),
        (Not(IsEmpty(WORD)), 'NOT(TRIM(D1)="")'),
        (Listing(((OVER, "甲"),)), 'MID(IF(ROUND(A1,6)>1,"、甲",""),2,32767)'),
        (Least(A, number("1.2")), "MIN(A1,1.2)"),
        (Greatest(sub(A, B), number(0)), "MAX(A1-B1,0)"),
        (CountNumbers((A, WORD)), "COUNT(A1,D1)"),
        (SumNumbers((A, B)), "SUM(A1,B1)"),
        (Join((Text("缺"), sub(TWO, CountNumbers((A,))), Text("项"))), '"缺"&2-COUNT(A1)&"项"'),
        (Join((Join((A, B)), Text("x"))), '(A1&B1)&"x"'),
        (add(A, OVER), "A1+(ROUND(A1,6)>1)"),
    ],
)
def test_functions(expr: Expr, text: str) -> None:
    assert excel(expr, PLACES) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "1"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("0.00", "0"),
        ("0E+2", "0"),
        ("-0.0", "0"),
        ("-12.30", "-12.3"),
    ],
)
def test_a_literal(value: str, text: str) -> None:
    assert literal(Decimal(value)) == text


@few
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_literal_is_the_same_number_without_an_exponent(value: Decimal) -> None:
    assert Decimal(literal(value)) == value
    assert set(literal(value)) <= set("-.0123456789")


@pytest.mark.parametrize(
    ("text", "formula"),
    [("优秀", '"优秀"'), ("", '""'), ('a"b', '"a""b"'), ("=1", '"=1"'), ("两\n行", '"两\n行"')],
)
def test_a_quoted_text(text: str, formula: str) -> None:
    assert quoted(text) == formula
    assert excel(Text(text), {}) == formula


def test_a_long_text_is_written_in_pieces() -> None:
    """Excel refuses a literal of more than 255 characters, of which an emoji takes two."""
    text = excel(Text("😀" * 300), {})
    pieces = text.split("&")
    assert "".join(piece.strip('"') for piece in pieces) == "😀" * 300
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) < 255
    assert excel(Join((Text("长" * 130), A)), PLACES).startswith('("长')


def test_a_variable_that_stands_nowhere() -> None:
    with pytest.raises(KeyError, match="gone"):
        excel(add(A, Var("gone")), PLACES)


def test_an_unknown_node_raises() -> None:
    unknown: Any = object()
    with pytest.raises(AssertionError):
        excel(unknown, {})
