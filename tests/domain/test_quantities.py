"""Figures as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.quantities import FACTS, Unit, facts, plain, written

FIGURES = yaml.safe_load((Path(__file__).parent / "data/figures.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("number", "text", "unit", "with_unit"), FIGURES)
def test_a_figure(number: str, text: str, unit: str, with_unit: str) -> None:
    assert plain(Decimal(number)) == text
    assert written(Decimal(number), Unit(unit)) == with_unit


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_plain_figure_is_the_same_number(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)


def test_every_unit_has_facts() -> None:
    assert FACTS.keys() == set(Unit)
    for unit in Unit:
        assert facts(unit).label
        assert facts(unit).low < facts(unit).high
        assert facts(unit).whole == (facts(unit).decimals == 0)
