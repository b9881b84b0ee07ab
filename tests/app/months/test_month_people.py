"""Whom a month has: employed in it, and appraised by a scheme."""

from __future__ import annotations

import datetime as dt

from tests.company.people import company, employee
from xladdin.app.months.month_people import month_people
from xladdin.domain.people import Period, State

DECEMBER = Period("2026-12")


def test_everybody_is_in_exactly_one_of_the_lists() -> None:
    staff = [
        employee("A"),
        employee("B").model_copy(update={"joined": dt.date(2026, 12, 31)}),
        employee("C").model_copy(update={"left": dt.date(2026, 11, 30)}),
        employee("D").model_copy(update={"state": State.LEFT}),
        employee("E", "驾驶员"),
    ]
    found = month_people(company(*staff), DECEMBER)
    assert [one.id for one, _ in found.people] == ["A", "B"]
    assert found.partly == ["员工B（在岗 2026-12-31 起）"]
    assert [one.partition("（")[0] for one in found.left_out] == ["员工C", "员工D", "员工E"]
    assert found.left_out[-1] == "员工E（没有考核方案）"
