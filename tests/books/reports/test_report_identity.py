"""Which report it is, as a clerk calls it."""

from __future__ import annotations

import pytest

from xladdin.books.reports.report_identity import (
    ReportIdentity,
    debrief_identity,
    monthly_identity,
    shop_identity,
)
from xladdin.domain.people import Period

OCTOBER = Period("2026-10")


@pytest.mark.parametrize(
    ("whose", "label"),
    [
        (monthly_identity(OCTOBER), "2026年10月客服月度分析报告"),
        (shop_identity(OCTOBER), "2026年10月店铺客服分析报告"),
        (debrief_identity(2026, "QC001", "客服部"), "2026年客服述职报告"),
        (debrief_identity(2026, "", "客服部"), "2026年客服部客服述职报告"),
    ],
)
def test_a_report_is_called_by_its_month_or_year(whose: ReportIdentity, label: str) -> None:
    assert whose.label == label


def test_a_person_and_their_department_have_debriefs_of_their_own() -> None:
    one, team = debrief_identity(2026, "QC001", "客服部"), debrief_identity(2026, "", "客服部")
    assert (one.person, one.team, one.period) == ("QC001", "", Period("2026-12"))
    assert (team.person, team.team) == ("", "客服部")
