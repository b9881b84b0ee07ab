"""Every method on generated settings and inputs: the workbook gives what Python gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbench.office import Office
from xladdin.domain.methods import RULES

from .collecting import collect
from .sheet import SCORE, Row, computed, disagreements, listed
from .strategies import Scored, scored

LARGEST = Decimal(10**7)
"""Above, a double holds too few digits behind the point; only a percentage without a cap gets
there, with an actual that is a million times its target."""


@pytest.mark.parametrize("kind", RULES)
def test_a_method(kind: str, office: Office, tmp_path: Path) -> None:
    rows = [row for sample in collect(scored(kind)) for row in _rows(sample) if _shown(row)]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)


def _rows(sample: Scored) -> list[Row]:
    setting = sample.setting
    model = {SCORE: setting.method.expression(setting.direction, setting.unit)}
    name = f"{setting.method!r} {setting.direction}"
    return [computed(name, model, inputs) for inputs in sample.inputs]


def _shown(row: Row) -> bool:
    score = row.expected[SCORE]
    return not (isinstance(score, Decimal) and score > LARGEST)
