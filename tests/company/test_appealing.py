"""Deadlines of appeals by settings, how an appeal stands, and how a correction is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.company.people import company as people
from tests.company.people import employee
from xladdin.company.appealing import (
    UPHELD,
    Corrected,
    Issue,
    ListedAppeal,
    answer_days,
    appeal_days,
    figure,
)
from xladdin.company.company import Company
from xladdin.company.company_settings import ANSWER_SETTING, APPEAL_SETTING, Setting
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit

FRIDAY = dt.date(2026, 11, 27)


def company(*settings: Setting) -> Company:
    return replace(people(employee("A1", "售后客服")), settings=settings)


@pytest.mark.parametrize(
    ("said", "days"), [("", 7), ("10", 10), ("60", 60), ("0", 7), ("61", 7), ("七", 7), (" 3 ", 3)]
)
def test_days_are_those_of_the_settings_or_seven(said: str, days: int) -> None:
    assert appeal_days(company(Setting(APPEAL_SETTING, said))) == days
    assert answer_days(company(Setting(ANSWER_SETTING, said))) == days
    assert answer_days(company(Setting(APPEAL_SETTING, said))) == 7


def test_a_slip_says_until_when_it_may_be_objected_to() -> None:
    issue = Issue.on(FRIDAY, company(Setting(APPEAL_SETTING, "3")))
    assert issue == Issue(FRIDAY, dt.date(2026, 12, 2))
    assert issue.told == "2026年12月2日以前（含当日）。本反馈单2026年11月27日发出，期限是3个工作日"
    assert issue.unknown == ""


def test_a_year_without_holidays_is_told() -> None:
    assert "2031年的放假安排" in Issue.on(dt.date(2030, 12, 30), company()).told


def listed(due: dt.date, today: dt.date = FRIDAY, **more: str) -> ListedAppeal:
    made = ListedAppeal(
        7, "A1", "王敏", "客服部", Period("2026-10"), "actual.a", "首次响应时间", Unit.SECOND,
        Decimal(40), Decimal(30), "系统少算", FRIDAY, FRIDAY, False, due, today,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "today", "state", "overdue"),
    [
        ("2026-12-08", "2026-11-27", "还有 7 个工作日", False),
        ("2026-11-27", "2026-11-27", "今天到期", False),
        ("2026-11-27", "2026-11-28", "已逾期", True),
        ("2026-11-27", "2026-11-30", "逾期 1 个工作日", True),
        # The National Day holidays, and the worked Saturday behind them.
        ("2026-09-30", "2026-10-07", "已逾期", True),
        ("2026-09-30", "2026-10-10", "逾期 3 个工作日", True),
        ("2026-10-10", "2026-09-30", "还有 3 个工作日", False),
    ],
)
def test_what_is_left_is_counted_in_working_days(
    due: str, today: str, state: str, overdue: bool
) -> None:
    one = listed(dt.date.fromisoformat(due), dt.date.fromisoformat(today))
    assert (one.state, one.is_overdue) == (state, overdue)


def test_an_answered_appeal_is_never_overdue() -> None:
    one = listed(dt.date(2026, 11, 2), outcome=UPHELD)
    assert (one.state, one.is_overdue, one.is_open) == (UPHELD, False, False)
    assert (one.stands, one.claim) == ("40秒", "30秒")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("0.955"), Unit.PERCENT, "95.5%"),
        (Decimal(46329), Unit.DATE, "2026-11-03"),
        (None, Unit.SECOND, "空"),
    ],
)
def test_a_figure_is_said_as_people_write_it(value: Decimal | None, unit: Unit, text: str) -> None:
    assert figure(value, unit) == text


def test_a_correction_says_what_who_when_and_why() -> None:
    one = Corrected(
        "actual.a", "首次响应时间", Unit.SECOND, Decimal(40), Decimal(30), "赵敏", "系统少算", "2026-11-30"
    )  # fmt: skip
    assert one.told == "申诉更正：首次响应时间：40秒→30秒（赵敏，2026-11-30：系统少算）"
