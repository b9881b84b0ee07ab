"""The parts that several rules are built of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.quantities import Direction, Unit
from xladdin.domain.rule_terms import (
    ACTUAL,
    EVENTS,
    TARGET,
    ZeroTarget,
    better,
    completion,
    figure,
    scored,
    share,
)
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import Num, number


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (Unit.PERCENT, Num(Decimal("0.65"), percent=True)),
        (Unit.SECOND, Num(Decimal("0.65"), suffix="秒")),
        (Unit.NUMBER, Num(Decimal("0.65"))),
    ],
)
def test_a_figure_is_told_in_its_unit(unit: Unit, told: Num) -> None:
    assert figure(Decimal("0.65"), unit) == told


def test_a_share_is_a_percentage() -> None:
    assert share(Decimal("0.9")) == Num(Decimal("0.9"), percent=True)


@pytest.mark.parametrize(
    ("direction", "inclusive", "better_at"),
    [
        (Direction.HIGHER, True, [False, True, True]),
        (Direction.HIGHER, False, [False, False, True]),
        (Direction.LOWER, True, [True, True, False]),
        (Direction.LOWER, False, [True, False, False]),
    ],
)
def test_what_is_better(direction: Direction, inclusive: bool, better_at: list[bool]) -> None:
    tree = better(direction, number(10), inclusive=inclusive)
    assert [evaluate(tree, {"actual": Decimal(n)}) for n in (9, 10, 11)] == better_at


@pytest.mark.parametrize(
    ("direction", "zero_target", "actual", "target", "ratio"),
    [
        ("higher", "full", 50, 100, "0.5"),
        ("higher", "full", 50, 0, "1"),
        ("higher", "zero", 50, 0, "0"),
        ("higher", "zero", 0, 100, "0"),
        ("lower", "full", 50, 100, "2"),
        ("lower", "full", 0, 100, "3"),
        ("lower", "full", 0, 0, "1"),
        ("lower", "zero", 0, 0, "0"),
        ("lower", "full", 50, 0, "0"),
    ],
)
def test_completion(direction: str, zero_target: str, actual: int, target: int, ratio: str) -> None:
    tree = completion(Direction(direction), Decimal(3), ZeroTarget(zero_target))
    env = {"actual": Decimal(actual), "target": Decimal(target)}
    assert evaluate(tree, env) == Decimal(ratio)


def test_points_need_their_inputs() -> None:
    tree = scored(number("12.345"), ACTUAL, TARGET)
    assert evaluate(tree, {"actual": Decimal(1), "target": Decimal(1)}) == Decimal("12.35")
    assert evaluate(tree, {"actual": Decimal(1)}) is None


def test_a_negative_count_is_none() -> None:
    assert [evaluate(EVENTS, {"actual": Decimal(n)}) for n in (-2, 0, 2)] == [0, 0, 2]
