"""When somebody is there: which months are appraised, and which of them only in part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .people import Employee, Period, State


@dataclass(frozen=True, slots=True)
class Presence:
    """One month of one person."""

    first: dt.date
    last: dt.date
    """The days of the month on which the person is employed; meaningless where ``absent``."""
    code: str = ""
    absent: str = ""
    """Why there is nothing to appraise, in Chinese; empty where there is."""
    part: str = ""
    """Which days, in Chinese, where they are not the whole month: ``在岗 2026-11-10 起``."""


def presence(employee: Employee, period: Period) -> Presence:
    """What of a month somebody is there; the day of leaving is the last day of work."""
    first, last = period.first_day, period.last_day
    joined, left = employee.joined, employee.left
    begin = max(first, joined or first)
    end = min(last, left or last)
    code, why = _absence(employee, period)
    part = "" if why else _part(begin if begin > first else None, end if end < last else None)
    return Presence(begin, end, code, why, part)


def _part(begin: dt.date | None, end: dt.date | None) -> str:
    if begin and end:
        return f"在岗 {begin.isoformat()} 至 {end.isoformat()}"
    if begin:
        return f"在岗 {begin.isoformat()} 起"
    return f"在岗至 {end.isoformat()}" if end else ""


def _absence(employee: Employee, period: Period) -> tuple[str, str]:
    if employee.joined and employee.joined > period.last_day:
        return "not_joined", f"{employee.joined.isoformat()} 才入职"
    if employee.left and employee.left < period.first_day:
        return "has_left", f"{employee.left.isoformat()} 已离职"
    if employee.state is State.LEFT and not employee.left:
        return "has_left", "已离职（没有填离职日期；离职前的月份要出表，请填上离职日期）"
    if employee.state is State.SUSPENDED:
        return "suspended", "停薪休假中（要出表请改状态）"
    return "", ""
