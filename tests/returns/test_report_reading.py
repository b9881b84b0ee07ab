"""Reports that came back: what people filled in is read, whatever they did to the file; nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.returns.report_returns import (
    DONE,
    Returning,
    filled,
    read,
    report_of,
    returned,
    sent,
    written,
)

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("report_damages.yaml").read_text("utf-8")
)


def changed(case: dict[str, Any]) -> bytes:
    data = sent(case.get("report", "monthly"))
    if "do" not in case:
        return filled(data, case.get("fill", {}))
    work = Returning.of(data)
    work.fill(case.get("fill", {}))
    for name, *arguments in case["do"]:
        DONE[name](work, *arguments)
    return work.saved()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_was_filled_in_is_read_and_what_is_dropped_is_told(case: dict[str, Any]) -> None:
    found = read(changed(case))
    told = {problem.code for problem in found.all_problems}
    assert told == set(case.get("told", ()))
    inputs = [written(report.inputs) for report in found.reports]
    assert inputs == ([case["inputs"]] if "inputs" in case else [])


def test_a_report_that_nobody_touched_is_none_that_came_back() -> None:
    assert all(read(sent(kind)).untouched for kind in ("monthly", "shop", "debrief"))
    assert not read(returned("debrief", {"superior.comment": "好"})).untouched


def test_what_changed_is_told_beside_what_went_out() -> None:
    data = returned("monthly", {"team.size": 8, "next.solved": 0.95, "told.requests": None})
    changes = [(one.what, one.was, one.now) for one in report_of(data).changes]
    assert ("改了", "7", "8") in changes
    assert ("填了", "", "95%") in changes
    assert [one[0] for one in changes].count("删了") == 1


def test_cells_that_are_asked_for_and_empty_are_counted_by_sheet() -> None:
    before = report_of(sent("monthly")).blank
    after = report_of(returned("monthly", {"next.solved": 0.95})).blank
    assert before["分析与措施"] - after["分析与措施"] == 1
    assert before["时段"] == after["时段"]


def test_a_debrief_of_somebody_unknown_is_not_taken() -> None:
    work = Returning.of(sent("debrief"))
    identity = work.book["_xladdin"]
    row = next(row for row in identity.iter_rows() if row[0].value == "id.employee")
    row[1].value = "X999"
    assert [one.code for one in read(work.saved()).all_problems] == ["unknown_employee"]
