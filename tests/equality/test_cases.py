"""Every case of tests/cases, recalculated by LibreOffice."""

from __future__ import annotations

from pathlib import Path

from tests.cases.reading import form_cases, rated_cases
from tests.workbench.office import Office

from .sheet import Row, disagreements, listed


def test_cases_give_the_same_in_a_workbook(office: Office, tmp_path: Path) -> None:
    cases = (*rated_cases(), *form_cases())
    rows = [Row(case.name, case.model, case.inputs, case.expected) for case in cases]
    found = disagreements(rows, office, tmp_path)
    assert not found, listed(found)
