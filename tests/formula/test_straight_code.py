"""The code of a whole model gives what its trees give one by one, to the digit; or breaks off."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.equality.collecting import few
from tests.proof.fixtures import Proofs
from xladdin.formula.compiled import compiled
from xladdin.formula.evaluate import NotANumberError, Value
from xladdin.formula.nodes import (
    Arith,
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Op,
    Rel,
    Text,
    Var,
    cases,
    number,
    sub,
)
from xladdin.formula.solving import OFTEN, Solver, in_order
from xladdin.formula.straight_code import BROKEN_OFF, PLAIN, straight
from xladdin.schemes.library import Library
from xladdin.scoring.model import input_defaults, score_model

from .trees import Grown, trees

NUMBERS = ("0", "0.65", "1", "12.345", "0.0000005", "-3", "99.995", "1E+40", "150000", "0.9499996")
TEXTS = ("", "优秀", "无", "12")
LAW = "straight_code"


def step_by_step(model: Mapping[str, Expr], inputs: Mapping[str, Value]) -> dict[str, Value] | str:
    known = dict(inputs)
    try:
        for name in in_order(model):
            known[name] = compiled(model[name])(known)
    except (ArithmeticError, NotANumberError) as error:
        return type(error).__name__
    return {name: known[name] for name in model}


def at_once(model: Mapping[str, Expr], inputs: Mapping[str, Value]) -> dict[str, Value] | None:
    """None where the code breaks off, and whoever asked goes step by step."""
    run = straight({name: model[name] for name in in_order(model)})
    assert run is not None
    known = dict(inputs)
    try:
        run(known)
    except BROKEN_OFF:
        return None
    return {name: known[name] for name in model}


def digits(values: object) -> object:
    return {k: str(v) for k, v in values.items()} if isinstance(values, dict) else values


@few
@given(trees(), trees())
def test_it_gives_what_the_trees_give(one: Grown, other: Grown) -> None:
    model = {"one": one.expr, "other": other.expr, "both": Join((Var("word"), Var("maybe")))}
    inputs = {**one.inputs, **other.inputs}
    assert digits(at_once(model, inputs)) == digits(step_by_step(model, inputs))


@few
@given(trees(), st.data())
def test_where_values_are_of_another_kind_it_breaks_off_or_gives_the_same(
    grown: Grown, data: st.DataObject
) -> None:
    odd = st.none() | st.sampled_from(TEXTS) | st.sampled_from(NUMBERS).map(Decimal)
    inputs = {name: data.draw(odd) for name in grown.inputs}
    model = {"value": grown.expr}
    found, expected = at_once(model, inputs), step_by_step(model, inputs)
    assert found is None or digits(found) == digits(expected)


TRUTHS: dict[str, Expr] = {
    "added": Arith(Op.ADD, Var("truth"), number(1)),
    "equal": Compare(Rel.EQ, Var("truth"), number(1)),
    "joined": Join((Var("truth"), Text("x"))),
    "chosen": Arith(Op.ADD, If(IsNumber(Var("a")), IsNumber(Var("a")), Blank()), number(1)),
}


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_value_is_no_number(name: str) -> None:
    model = {"truth": IsNumber(Var("a")), name: TRUTHS[name]}
    assert at_once(model, {"a": Decimal(1)}) is None


def test_inputs_of_other_kinds_are_not_tried() -> None:
    solver = Solver({"value": IsNumber(Var("a"))})
    for held in (True, (Decimal(1),), Decimal(1)) * OFTEN:
        if isinstance(held, tuple):
            with pytest.raises(NotANumberError):
                solver.values({"a": held})
        else:
            assert solver.values({"a": held}) == {"value": isinstance(held, Decimal)}
    assert {bool, tuple} & PLAIN == set()


def test_what_is_given_is_not_computed_however_often_it_is_asked() -> None:
    solver = Solver({"twice": sub(Var("once"), number(-1)), "once": Var("a")})
    for _ in range(OFTEN + 2):
        assert solver.values({"a": Decimal(1)})["twice"] == 2
        assert solver.values({"a": Decimal(1), "once": Decimal(5)})["twice"] == 6


def test_a_long_chain_of_branches_is_read() -> None:
    """Three hundred bands, one behind the other."""
    bands = tuple((Compare(Rel.GE, Var("a"), number(n)), number(n)) for n in range(300, 0, -1))
    model = {"value": cases(bands, Blank())}
    for held in (Decimal(0), Decimal(150), Decimal(400)):
        assert at_once(model, {"a": held}) == step_by_step(model, {"a": held})


def test_the_models_of_the_schemes(proofs: Proofs) -> None:
    _check(proofs)


@pytest.mark.proof
def test_the_models_of_the_schemes_at_length(proofs: Proofs) -> None:
    _check(proofs)


def _check(proofs: Proofs) -> None:
    schemes, chance = Library.shipped().schemes, random.Random(15)
    count = proofs.count(LAW)
    same = 0
    for scheme in schemes:
        model, defaults = score_model(scheme), input_defaults(scheme)
        run = straight({name: model[name] for name in in_order(model)})
        programs = [(name, compiled(model[name])) for name in in_order(model)]
        assert run is not None
        editable = scheme.weights_editable
        for _ in range(-(-count // len(schemes))):
            inputs = {
                key: default
                if key.startswith("weight.") and not (editable and chance.random() < 0.05)
                else _input(chance)
                for key, default in defaults.items()
            }
            expected, found = dict(inputs), dict(inputs)
            for name, program in programs:
                expected[name] = program(expected)
            run(found)
            same += digits(found) == digits(expected)
    tried = -(-count // len(schemes)) * len(schemes)
    proofs.record(LAW, tried=tried, survived=same)
    assert same == tried


def _input(chance: random.Random) -> Value:
    kind = chance.random()
    if kind < 0.1:
        return None
    if kind < 0.15:
        return chance.choice(TEXTS)
    if kind < 0.6:
        return Decimal(chance.randint(0, 200_000)) / chance.choice((1, 10, 100, 10_000, 200_000))
    return Decimal(chance.choice(NUMBERS))
