"""Decided grades in results and in the summary: they count, they are told, and old ones are not used."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.books.random_cohorts import PERIOD, cohort_with_boxes
from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.app.results.decided_grades import with_decided
from xladdin.books.summary.summary_book import book
from xladdin.company.calibrated import Calibrated
from xladdin.company.calibrating import current_grade
from xladdin.company.kept_results import KeptResults
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.layout.place import columns
from xladdin.layout.writer import workbook_bytes
from xladdin.scoring import keys


def somebody() -> PersonResult:
    """Whose points are full in every item but one: 优秀 by the score."""
    one = cohort_with_boxes().results.people[0]
    scores = {keys.score(it.id): it.weight for it in one.scheme.indicators}
    first = next(iter(scores))
    values = {**one.values, **scores, first: scores[first] - 4, keys.TOTAL: Decimal(96)}
    counted = {keys.counted(it.id): Decimal(0) for it in one.scheme.adjustments}
    return replace(one, values={**values, **counted})


def kept(**decided: str) -> KeptResults:
    one = somebody()
    asked = {"before": "优秀", "after": "良好", "by": "王经理", "why": "有投诉", **decided}
    return KeptResults("台账", PERIOD, calibrations={one.employee.id: Calibrated(**asked)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decided", "grade", "code"),
    [
        ({}, "良好", ""),
        ({"before": "一般"}, "优秀", "calibration_stale"),
        ({"after": "特优"}, "优秀", "calibration_grade"),
        ({"before": "", "after": ""}, "优秀", ""),
    ],
)
def test_a_decision_counts_while_it_fits(decided: dict[str, str], grade: str, code: str) -> None:
    (now,), told = with_decided([somebody()], kept(**decided))
    assert current_grade(now) == grade
    assert [it.code for it in told] == ([code] if code else [])
    coefficient = next(it.coefficient for it in now.scheme.grades if it.name == grade)
    assert now.values[keys.COEFFICIENT] == coefficient


def test_who_is_not_in_it_stays() -> None:
    one = replace(somebody(), employee=somebody().employee.model_copy(update={"id": "X"}))
    assert with_decided([one], kept()) == ([one], [])


def test_the_summary_counts_and_tells_it(office: Office, tmp_path: Path) -> None:
    people, _ = with_decided([somebody()], kept())
    made = book(MonthResults("青禾", PERIOD, tuple(people)))
    found = columns(made)
    assert found["ranking.grade"] == ("良好",)
    assert found["ranking.coefficient"] == (Decimal(1),)
    assert found["bonus.amount"] == (Decimal(2000),)
    assert "校准：优秀→良好（王经理：有投诉）" in str(found["ranking.remark"][0])
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    assert differences(path, office) == []
    with office.open(path) as document:
        assert "1 人的等级是校准后的（见备注）。" in str(document.grid("排名")[2][0])
