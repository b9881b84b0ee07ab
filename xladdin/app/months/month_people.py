"""Whoever is there in a month and is appraised by indicators; and who is not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.schemes import Scheme


@dataclass
class MonthPeople:
    """The people of a month, each with the scheme that the roster gives them now."""

    people: list[tuple[Employee, Scheme]] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)
    """Who is there for a part of the month only, with the days."""
    left_out: list[str] = field(default_factory=list)
    """Who has nothing to be measured, with the reason."""


def month_people(company: Company, period: Period) -> MonthPeople:
    """Everybody of the roster, in its order, sorted into these."""
    found = MonthPeople()
    for employee in company.employees:
        there, scheme = presence(employee, period), company.scheme_of(employee)
        if there.absent:
            found.left_out.append(f"{employee.name}（{there.absent}）")
        elif scheme is None:
            broken = company.broken_scheme_of(employee)
            why = f"方案「{broken.label}」有错误" if broken else "没有考核方案"
            found.left_out.append(f"{employee.name}（{why}）")
        else:
            if there.part:
                found.partly.append(f"{employee.name}（{there.part}）")
            found.people.append((employee, scheme))
    return found
