"""收数表 that came back: every figure is whose it was written beside, whatever was done to the sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.returns.report_returns import Returning
from tests.returns.request_returns import DONE, FILE, key, read, request, sent, spelled
from tests.workbench.office import Office
from xladdin.layout.place import defined_name

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("request_damages.yaml").read_text("utf-8")
)
FILLED = {"A-1.first_reply_time": 28, "工二.resolution_rate": 0.95, "007.attitude": 4}
READ = {"A-1.first_reply_time": "28", "工二.resolution_rate": "0.95", "007.attitude": "4"}


def test_names_hold_nothing_that_programs_take_for_an_escaped_character() -> None:
    names = [defined_name(one.key) for one in request().figures]
    assert not any(re.search("_x[0-9A-Fa-f]{4}_", name) for name in names)


def filled(values: dict[str, Any]) -> Returning:
    work = Returning.of(sent())
    work.fill({key(one): value for one, value in values.items()})
    return work


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_figure_is_read_as_whose_it_is_and_what_is_dropped_is_told(
    case: dict[str, Any],
) -> None:
    work = filled(case.get("fill", {}))
    for name, *arguments in case.get("do", []):
        DONE[name](work, *(key(one) if isinstance(one, str) else one for one in arguments))
    found = read(work.saved())
    assert {problem.code for problem in found.all_problems} == set(case.get("told", ()))
    inputs = [spelled(report.inputs) for report in found.reports]
    assert inputs == ([case["inputs"]] if "inputs" in case else [])


def test_one_that_nobody_touched_is_none_that_came_back() -> None:
    assert read(sent()).untouched
    assert not read(filled({"007.attitude": 4}).saved()).untouched


def test_it_says_whose_it_is_and_what_is_still_empty() -> None:
    (report,) = read(filled(FILLED).saved()).reports
    assert report.whose.label == "2026年12月收数表（售后组长）"
    assert sum(report.blank.values()) == len(request().asked) - len(FILLED) + 1
    assert {change.label for change in report.changes} == {
        "韩雪（A-1）·首次响应时间",
        "魏思（工二）·问题解决率",
        "余佳（007）·服务态度",
    }


@pytest.mark.xdist_group("office")
def test_what_libreoffice_saves_comes_back(tmp_path: Path, office: Office) -> None:
    path, saved, old = tmp_path / FILE, tmp_path / "收到.xlsx", tmp_path / "收到.xls"
    path.write_bytes(filled(FILLED).saved())
    with office.open(path) as document:
        document.recalculate()
        assert document.get("收数表", "A1") is not None
        document.save_as(saved)
        document.save_as(old, "MS Excel 97")
    found = read(saved.read_bytes())
    assert [str(one) for one in found.all_problems] == []
    assert spelled(found.reports[0].inputs) == READ
    # Of an old kind of file only values are read, by the texts around them.
    found = read(old.read_bytes(), old.name)
    assert spelled(found.reports[0].inputs) == READ
    assert not [one for one in found.all_problems if one.is_error]
