from __future__ import annotations

import pytest

from xladdin.ooxml.formula_moving import moved
from xladdin.ooxml.refused import DamagedError


@pytest.mark.parametrize(
    ("formula", "target", "expected"),
    [("A1+$A$1", "B3", "B3+$A$1"), ('"A1"&A1', "A2", '"A1"&A2'), ("S!A1", "A2", "S!A2")],
)
def test_a_formula_in_another_cell(formula: str, target: str, expected: str) -> None:
    assert moved(formula, "A1", target) == expected


@pytest.mark.parametrize("formula", ['"a', "A1)", "}"])
def test_what_is_no_formula(formula: str) -> None:
    with pytest.raises(DamagedError):
        moved(formula, "A1", "B2")
