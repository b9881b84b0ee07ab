"""Scoring many people gives what solving the model for each of them gives."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, solve
from xladdin.schemes.library import Library
from xladdin.scoring.model import input_defaults, score_model
from xladdin.scoring.scorer import scorer_of


@pytest.mark.parametrize("scheme", Library.shipped().schemes, ids=lambda scheme: scheme.id)
def test_a_scorer_agrees_with_the_model(scheme: Scheme) -> None:
    chance = random.Random(7)
    for _ in range(30):
        inputs: dict[str, Value] = {
            key: chance.choice((default, None, Decimal(chance.randint(0, 40)) / 10))
            for key, default in input_defaults(scheme).items()
            if not key.startswith("weight.")
        }
        inputs |= {k: v for k, v in input_defaults(scheme).items() if k.startswith("weight.")}
        found = scorer_of(scheme).values(inputs)
        assert {key: found[key] for key in score_model(scheme)} == solve(
            score_model(scheme), inputs
        )
