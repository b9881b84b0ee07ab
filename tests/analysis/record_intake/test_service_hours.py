"""When customers are served: what settings say, and business time by the table of days as by counting."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.record_intake.service_hours import (
    ServiceHours,
    business_time,
    day_rows,
    service_hours,
)
from xladdin.analysis.service_records import DAY, HOUR, MINUTE
from xladdin.problems import Place

EPOCH = dt.date(1970, 1, 1)
FIRST, LAST = ((dt.date(2026, month, day) - EPOCH).days for month, day in ((9, 20), (10, 20)))
MORNING, NOON, EVENING = (9 * HOUR, 12 * HOUR), 13 * HOUR, 18 * HOUR
HOURS = [
    ServiceHours(),
    ServiceHours(((9 * HOUR, 18 * HOUR),), "工作日", business=True),
    ServiceHours((MORNING, (NOON, EVENING)), "周一至周六", business=True),
    ServiceHours((MORNING, (NOON, EVENING + 30 * MINUTE)), "周五至周二", business=True),
]


def counted(hours: ServiceHours, since: int, until: int) -> int:
    """The same by going through all days and shifts."""
    found = 0
    for day in range(since // DAY, until // DAY + 1):
        if hours.business and not hours.serves_on(EPOCH + dt.timedelta(days=day)):
            continue
        for begin, end in hours.shifts:
            low, high = max(day * DAY + begin, since), min(day * DAY + end, until)
            found += max(0, high - low)
    return found


@pytest.mark.parametrize("hours", HOURS, ids=str)
@settings(max_examples=25, deadline=None)
@given(times=st.lists(st.integers(FIRST * DAY, (LAST + 1) * DAY - 1), min_size=2, max_size=2))
def test_business_time_is_what_counting_gives(hours: ServiceHours, times: list[int]) -> None:
    since, until = sorted(times)
    rows = {row[0]: row for row in day_rows(hours, FIRST, LAST, lambda year: None)}
    values = [
        f"{{'day': {day}, 'serves': {serves}, 'before': {before}}}"
        for time in (since, until)
        for day, _, _, serves, before in [rows[time // DAY]]
    ]
    one, other = (
        business_time(hours, str(time), f"({row})")
        for time, row in zip((since, until), values, strict=True)
    )
    ((found,),) = duckdb.sql(f"SELECT {other} - {one}").fetchall()
    assert found == counted(hours, since, until)


SAID = [
    ({}, "每天 00:00–24:00", False),
    (
        {"服务时间": "９：00—18：00", "服务日": "工作日", "时长口径": "服务时间"},
        "工作日 09:00–18:00",
        True,
    ),
    (
        {"服务时间": "9点至12点、13点至18点30分", "服务日": "周一到周六"},
        "周一到周六 09:00–12:00、13:00–18:30",
        False,
    ),
    ({"服务时间": "24小时", "时长口径": "自然时间"}, "每天 00:00–24:00", False),
]


@pytest.mark.parametrize(("said", "shown", "business"), SAID)
def test_settings_are_read(said: dict[str, str], shown: str, business: bool) -> None:
    hours, problems = service_hours(lambda name: said.get(name, ""), Place("总表.xlsx"))
    assert (str(hours), hours.business, problems) == (shown, business, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("服务时间", "白天"),
        ("服务时间", "18:00-9:00"),
        ("服务时间", "9:00-13:00、12:00-18:00"),
        ("服务日", "单休"),
        ("时长口径", "随便"),
    ],
)
def test_what_is_no_setting_is_told_and_the_usual_taken(name: str, value: str) -> None:
    said = {name: value}
    hours, (problem,) = service_hours(lambda each: said.get(each, ""), Place("总表.xlsx"))
    assert hours == ServiceHours()
    assert name in problem.message
    assert value in problem.message


def test_service_days_leave_holidays_out_and_count_the_days_worked_for_them() -> None:
    workdays = ServiceHours(days="工作日")
    october = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    # 31 days, 9 of them at weekends, five holidays on weekdays, one Saturday worked.
    assert workdays.service_days(*october) == 31 - 9 - 5 + 1
    assert ServiceHours().service_days(*october) == 31
    assert ServiceHours(days="周一至周六").service_days(*october) == 27
