"""A tree that is made ready says what the tree says, and is not made ready twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.formula import ready as kept
from xladdin.formula.nodes import CountWhere, Expr, Filled, Range, Var, add, number
from xladdin.formula.ready import ready

TREE = add(add(CountWhere((Filled(Range("people.id")),)), Var("b")), add(Var("a"), Var("b")))


def test_it_knows_the_program_and_what_it_reads() -> None:
    found = ready(TREE)
    assert found.variables == ("b", "a")
    assert found.ranges == ("people.id",)
    assert ready(add(Var("b"), Var("a"))).program({"a": Decimal(1), "b": Decimal(2)}) == 3
    assert ready(TREE) is found


def test_of_two_equal_trees_each_has_its_own() -> None:
    assert ready(add(Var("a"), number(1))).tree is not ready(add(Var("a"), number(1))).tree


def test_the_oldest_give_way_and_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_READY", 3)
    monkeypatch.setattr(kept, "_ready", type(kept._ready)())
    trees: list[Expr] = [number(each) for each in range(5)]
    found = [ready(each) for each in trees]
    assert len(kept._ready) == 3
    assert ready(trees[4]) is found[4]
    again = ready(trees[0])
    assert again is not found[0]
    assert again.program({}) == 0
