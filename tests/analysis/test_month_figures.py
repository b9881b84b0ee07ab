"""A month's figures out of tables: what is missing, what is part of a month, who is who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from xladdin.analysis.measuring_month import month_figures
from xladdin.analysis.metric import NOTHING
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.service_records import SECOND, Source
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.domain.people import Employee, Period

from .engine_tables import duck

OCTOBER = Period("2026-10")


def asked(day: str, **said: Any) -> dict[str, Any]:
    """A request of a day."""
    date = dt.date.fromisoformat(day)
    when = {
        "month": day[:7],
        "day": (date - dt.date(1970, 1, 1)).days,
        "weekday": date.isoweekday(),
        "hour": 9,
        "open": False,
        "file": 0,
        "line": 2,
    }
    return when | said


def person(number: int, name: str, **more: Any) -> Employee:
    return Employee(id=f"QC{number:03d}", name=name, department="客服部", position="客服", **more)


COMPANY = Company(
    (
        person(1, "陆雨桐", nickname="小雨"),
        person(2, "方嘉禾", joined=dt.date(2026, 10, 12)),
        person(3, "何思琪", left=dt.date(2026, 10, 20)),
        person(4, "李四"),
        person(5, "李四"),
        Employee(id="X1", name="出纳", department="财务部", position="出纳"),
    ),
    settings=(Setting("公司名称", "青禾"),),
)


def figures(*rows: Mapping[str, Any]) -> MonthFigures:
    return month_figures(duck({Source.REQUESTS: rows}), COMPANY, OCTOBER)


def test_without_records_nothing_is_known_and_nothing_is_0() -> None:
    found = figures()
    assert found.main == {}
    assert found.reading(workload.REQUESTS, OCTOBER) == NOTHING
    assert (found.types, found.agents, found.hours, found.words) == ((), (), {}, ())
    assert set(found.channels.values()) == {(None, None, None)}
    assert found.team.size is None


def test_thirteen_months_and_a_quiet_one_among_them() -> None:
    found = figures(asked("2025-10-01"), asked("2026-08-01"), asked("2026-10-31"))
    counts = [found.reading(workload.REQUESTS, month).value for month in found.months]
    assert [str(found.months[0]), str(found.months[-1])] == ["2025-10", "2026-10"]
    # September lies between records: nobody asked for anything, which is 0 and not missing.
    assert counts == [1, *[0] * 9, 1, 0, 1]
    assert found.reading(workload.REPLY[0], OCTOBER) == NOTHING


def test_months_before_the_first_record_are_missing() -> None:
    found = figures(asked("2026-09-10"), asked("2026-10-31"))
    counts = [found.reading(workload.REQUESTS, month).value for month in found.months]
    assert counts == [*[None] * 11, 1, 1]


def test_part_of_a_month_is_said_to_be_one() -> None:
    found = figures(asked("2026-09-10"), asked("2026-10-20"))
    assert found.part(Period("2026-09")) == "9月10日至9月30日"
    assert found.part(OCTOBER) == "10月1日至10月20日"
    assert found.days == {Period("2026-09"): 21, OCTOBER: 20}
    whole = figures(asked("2026-09-01"), asked("2026-10-31"))
    assert whole.part(Period("2026-09")) == whole.part(OCTOBER) == ""


def test_types_add_up_to_the_whole_also_those_without_one() -> None:
    found = figures(
        *[asked("2026-10-01", type="订单", solve=60 * SECOND)] * 3,
        asked("2026-10-02", type=None),
        asked("2026-09-02", type="支付"),
    )
    assert [one.name for one in found.types] == ["订单", "没有分类", "支付"]
    counts = [one.now[workload.REQUESTS.id].value for one in found.types]
    assert counts == [3, 1, 0]
    assert sum(filter(None, counts)) == found.reading(workload.REQUESTS, OCTOBER).value
    assert found.types[0].now["solve_mean"].value == Decimal("1.0")


def test_channels_of_three_months_and_those_that_nobody_named() -> None:
    found = figures(
        asked("2025-10-01", channel="电话"),
        asked("2026-09-01", channel="电话"),
        asked("2026-10-01", channel="微信"),
        asked("2026-10-31"),
    )
    assert found.channels["电话"] == (0, 1, 1)
    assert found.channels["微信"] == (1, 0, 0)
    assert found.channels["没有写渠道"] == (1, 0, 0)
    assert found.channels["邮件"] == (0, 0, 0)


def test_columns_that_nobody_handed_in_are_unknown_and_not_0() -> None:
    rows = {Source.REQUESTS: [asked("2026-09-01"), asked("2026-10-31")]}
    have = {Source.REQUESTS: ("id", "opened", "month", "day", "weekday", "hour", "file", "line")}
    found = month_figures(duck(rows, have), COMPANY, OCTOBER)
    assert found.reading(workload.REQUESTS, OCTOBER).value == 1
    assert found.reading(workload.SOLVED, OCTOBER) == NOTHING
    assert set(found.channels.values()) == {(None, None, None)}
    assert (found.types, found.agents, found.words) == ((), (), ())


def test_agents_are_joined_with_the_roster() -> None:
    found = figures(
        *[asked("2026-10-01", agent="小雨", channel="在线")] * 3,
        *[asked("2026-10-01", agent="QC001", channel="电话")] * 2,
        asked("2026-10-01", agent="李四"),
        asked("2026-10-01", agent=None),
    )
    assert [(one.name, one.employee and one.employee.id) for one in found.agents] == [
        ("陆雨桐", "QC001"),
        ("陆雨桐", "QC001"),
        ("李四", None),
        ("没有写客服", None),
    ]
    assert found.agents[0].channels == {"在线": 3}
    told = [(note.what, note.count, note.examples) for note in found.quality]
    assert told == [
        ("名册中没有、或者不止一个人叫这个名字的客服", 1, "李四"),
        ("数据里有几种写法的客服", 1, "陆雨桐"),
        ("没有写客服的请求", 1, ""),
    ]


def test_the_team_is_that_of_the_agents_departments() -> None:
    team = figures(asked("2026-10-01", agent="陆雨桐")).team
    assert team.departments == ("客服部",)
    assert (team.size, team.before) == (4, 4)
    assert (team.joined, team.left) == (("方嘉禾",), ("何思琪",))


def test_hours_and_words() -> None:
    said = [asked("2026-10-01", words="物流太慢"), asked("2026-10-01", words="物流一般")]
    found = figures(*said, asked("2026-09-01", words="物流物流"))
    assert found.words == (("物流", 2),)
    assert found.hours[4, 9]["requests"].value == 2
    assert found.reading(opinions.WORDS, OCTOBER).value == 2


@pytest.mark.parametrize("month", ["2026-10", "2026-09"])
def test_a_quiet_month_has_no_rate(month: str) -> None:
    found = figures(asked("2026-08-01"), asked("2026-11-01"))
    assert found.reading(opinions.SATISFIED_SHARE, Period(month)).value is None
    assert found.reading(workload.REQUESTS, Period(month)).value == 0
