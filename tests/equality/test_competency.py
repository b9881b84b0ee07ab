"""Competency appraisals: the hand-worked cases and generated ones, recalculated by LibreOffice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.scoring.test_competency_model import Rated, competency_cases, rated
from tests.workbench.office import Office
from xladdin.domain.competency import Source
from xladdin.scoring import competency_model as keys

from .collecting import collect
from .sheet import Row, computed, disagreements, listed


def test_the_cases_give_the_same_in_a_workbook(office: Office, tmp_path: Path) -> None:
    rows = [Row(case.name, case.model, case.inputs, case.expected) for case in competency_cases()]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)


def test_generated_appraisals(office: Office, tmp_path: Path) -> None:
    drawn = collect(rated(), share=0.4)
    rows = [_row(number, case) for number, case in enumerate(drawn)]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)
    _are_various(drawn, rows)


def _row(number: int, case: Rated) -> Row:
    name = f"appraisal {number}: {case.scheme!r} {[str(row) for row in case.rows]}"
    return computed(name, keys.competency_model(case.scheme, case.rows), case.inputs)


def _are_various(drawn: list[Rated], rows: list[Row]) -> None:
    """Totals and gaps, all sources, flags: no branch goes untried."""
    totals = [row.expected[keys.TOTAL] for row in rows]
    assert sum(isinstance(total, Decimal) for total in totals) > len(rows) / 5
    assert {"缺1项", "缺2项"} <= {total for total in totals if isinstance(total, str)}
    seen = {value for row in rows for value in row.expected.values()}
    assert {"偏高", "偏低", "正常", "奖励1", "奖励2", "奖励3"} <= seen
    assert {source for case in drawn for source in case.rows} == set(Source)
    assert {case.scheme.missing for case in drawn} == {"spread", "incomplete"}
