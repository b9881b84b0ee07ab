"""Whole forms: each value of a scheme's score model, in one row of cells that read each other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.workbench.office import Office
from xladdin.scoring import keys
from xladdin.scoring.model import score_model

from .collecting import collect
from .forms import forms
from .sheet import Row, computed, disagreements, listed
from .test_methods import LARGEST


def test_forms(office: Office, tmp_path: Path) -> None:
    rows = [
        computed(f"form {number}: {form.scheme!r}", score_model(form.scheme), form.inputs)
        for number, form in enumerate(collect(forms(), share=0.5))
    ]
    shown = [row for row in rows if _small(row)]
    assert len(shown) > len(rows) * 0.9
    found = disagreements(shown, office, tmp_path)
    assert not found, listed(found)
    _are_various(shown)


def _small(row: Row) -> bool:
    return all(value <= LARGEST for value in row.expected.values() if isinstance(value, Decimal))


def _are_various(rows: list[Row]) -> None:
    """Totals and missing items, grades and none: no branch of a form goes untried."""
    totals = [row.expected[keys.TOTAL] for row in rows]
    assert sum(isinstance(total, Decimal) for total in totals) > len(rows) / 4
    assert {"缺1项", "权重不是100%"} <= {total for total in totals if isinstance(total, str)}
    assert len({row.expected[keys.GRADE] for row in rows}) > 4
