"""The demo's report: records and a workbook, twice the same, and never over somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xladdin.app.demonstration.demo_report import DATA, DemoReport, demo_report
from xladdin.company.starting import example_company
from xladdin.layout.package_edits import edited


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoReport:
    report, problems = demo_report(example_company(), tmp_path_factory.mktemp("demo") / "报表")
    assert [problem for problem in problems if problem.is_error] == []
    assert report is not None
    return report


def test_records_and_a_report_with_the_lines_behind_it(made: DemoReport) -> None:
    assert len(list((made.path.parent / DATA).rglob("*.csv"))) > 25
    book = CalamineWorkbook.from_path(made.path)
    assert {"封面", "客服排名", "类型明细"} <= set(book.sheet_names)
    # Four rows above the head, and the head.
    assert len(book.get_sheet_by_name("类型明细").to_python()) == made.requests + 5
    assert made.requests > 300


def test_a_second_run_writes_the_same_and_keeps_what_somebody_changed(made: DemoReport) -> None:
    before, folder = made.path.read_bytes(), made.path.parent
    report, _ = demo_report(example_company(), folder)
    assert report is not None
    assert made.path.read_bytes() == before
    theirs = edited(before, {"docProps/core.xml": lambda xml: xml.replace("-01-01T", "-11-26T")})
    made.path.write_bytes(theirs)
    report, (problem,) = demo_report(example_company(), folder)
    assert (report, problem.is_error, problem.code) == (None, False, "kept")
    assert made.path.read_bytes() == theirs


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "报表").write_text("a file", "utf-8")
    report, problems = demo_report(example_company(), tmp_path / "报表")
    assert report is None
    assert [problem.code for problem in problems] == ["not_written"]
