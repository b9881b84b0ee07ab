"""The last steps of a report: kept inputs, last month's measures and targets, and what goes out with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.books import shop_months
from tests.returns.report_returns import kept, made, report_of, returned
from xladdin.books.reports.finished_report import KEPT_NAME, next_targets
from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.shop import report_shop
from xladdin.layout.cells import Book, Fixed
from xladdin.layout.place import keyed_cells
from xladdin.layout.writer import workbook_bytes


def texts(book: Book, sheet: str) -> list[str]:
    (found,) = [one for one in book.sheets if one.name == sheet]
    return [str(c.content.value) for c in found.cells if isinstance(c.content, Fixed)]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("monthly", {"act.spare1.measure": "提前排班", "m.requests.12": 360, "next.solved": 0.95}),
        ("shop", {"next.converted": 0.55, "brief.introduction": "这是十月的店铺报告。"}),
        ("debrief", {"superior.comment": "进步明显。", "draft.closing": "明年继续努力。"}),
    ],
)
def test_a_report_that_comes_back_twice_says_the_same(kind: str, values: dict[str, object]) -> None:
    first = report_of(returned(kind, values))
    assert set(first.inputs) == set(values)
    again = workbook_bytes(made(kind, kept(first)), {})
    second = report_of(again)
    assert second.inputs == first.inputs
    assert second.base == first.base
    assert second.changes == ()


def test_what_was_kept_is_listed_on_a_sheet_of_its_own_before_what_is_hidden() -> None:
    report = KeptReport(
        {"next.solved": Decimal("0.95"), "gone": "x"}, {}, {}, "a.xlsx", "2026-11-03"
    )
    book = made("monthly", report)
    visible = [one.name for one in book.sheets if one.visibility == "visible"]
    assert visible[-1] == KEPT_NAME
    told = texts(book, KEPT_NAME)
    assert told.index("gone") < told.index("95%")
    assert KEPT_NAME not in [one.name for one in made("monthly").sheets]


def test_findings_follow_from_figures_that_somebody_has_corrected() -> None:
    keys = {key for key, *_ in keyed_cells(made("monthly"))}
    assert "finding.complaints_more.0" in keys
    data = returned("monthly", {"m.complaints.12": 1})
    again = {key for key, *_ in keyed_cells(made("monthly", kept(report_of(data))))}
    assert "finding.complaints_more.0" not in again


def test_last_months_measures_stand_on_the_shops_report_too() -> None:
    before = KeptReport(
        {"act.spare1.measure": "提前排班", "act.spare1.aim": "转化55%"},
        {},
        {},
        "a.xlsx",
        "2026-10-03",
    )
    book, lines = report_shop.with_what_was_kept(shop_months.calm(), None, before)
    assert lines == ()
    told = texts(book, "分析与措施")
    assert "提前排班（目标：转化55%）" in told
    assert any("上月定的措施取自2026-10-03收回的“a.xlsx”" in text for text in told)


def test_next_months_targets_are_those_with_a_figure() -> None:
    report = KeptReport({"next.solved": Decimal("0.95"), "next.score": None}, {}, {}, "a", "b")
    assert next_targets(report) == {"solved": Decimal("0.95")}
