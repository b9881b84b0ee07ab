"""The law of the back-ends: any tree gives the same value in Python and in LibreOffice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from tests.equality.collecting import collect
from tests.equality.sheet import computed, disagreements, listed
from tests.workbench.office import Office
from xladdin.formula.nodes import Length, Var
from xladdin.formula.walk import nodes

from .trees import NODES, Grown, trees

TOGETHER = st.lists(trees(), min_size=5, max_size=5)
SHARE = 1
"""1,500 trees where 300 examples are usual; drawn five at a time they differ more."""


def test_random_trees(office: Office, tmp_path: Path) -> None:
    grown = [tree for drawn in collect(TOGETHER, SHARE) for tree in drawn]
    rows = [computed(repr(tree.expr), {"value": tree.expr}, tree.inputs) for tree in grown]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)
    assert _kinds(grown) == set(NODES)


def test_a_number_is_as_long_as_its_text(office: Office, tmp_path: Path) -> None:
    """People type months, ids and remarks as numbers; checks ask for their length all the same."""
    typed = ("0", "7", "202611", "2026.11", "46327", "-3", "0.5", "-0.000001", "12345678901", "1.1")
    tree = Length(Var("typed"))
    rows = [computed(one, {"value": tree}, {"typed": Decimal(one)}) for one in typed]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)


def _kinds(grown: list[Grown]) -> set[type]:
    return {type(node) for tree in grown for node in nodes(tree.expr)}
