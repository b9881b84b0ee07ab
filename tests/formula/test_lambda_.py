"""Trees as LAMBDA functions (their values: tests/equality/test_lambda.py)."""

from __future__ import annotations

import pytest

from xladdin.formula.lambda_ import lambda_
from xladdin.formula.nodes import Var, div, number

RATIO = div(Var("actual"), Var("target"))


def test_as_a_person_types_it() -> None:
    assert lambda_(RATIO, ("actual", "target")) == "LAMBDA(actual,target,actual/target)"


def test_as_it_stands_in_a_file() -> None:
    stored = lambda_(RATIO, ("actual", "target"), stored=True)
    assert stored == "_xlfn.LAMBDA(_xlpm.actual,_xlpm.target,_xlpm.actual/_xlpm.target)"


def test_parameters_keep_their_order_and_may_stay_unused() -> None:
    assert lambda_(RATIO, ("full", "target", "actual")) == (
        "LAMBDA(full,target,actual,actual/target)"
    )


def test_without_parameters() -> None:
    assert lambda_(number(1), ()) == "LAMBDA(1)"


def test_a_variable_that_is_no_parameter() -> None:
    with pytest.raises(KeyError, match="target"):
        lambda_(RATIO, ("actual",))
