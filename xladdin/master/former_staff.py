"""Figures of people who are no longer listed: those of months gone by are history, not mistakes.

The month of the settings says which months are gone by.
"""

from __future__ import annotations

from collections.abc import Callable

from xladdin.company.company_settings import MONTH_SETTING
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    FirstMatch,
    If,
    IsEmpty,
    Range,
    Rel,
    Text,
    Var,
    number,
)

from .constraints import Demand, Refers
from .row_questions import NEVER, both, either, first, none, some, text, told
from .sheet_spec import Case, Computed, Constraint, Rule

FORMER = "former"
_MONTH_AT = FirstMatch(Text(MONTH_SETTING), Range("settings.setting"))
GONE = Computed(
    FORMER,
    If(
        If(
            either(
                IsEmpty(Var("employee")),
                IsEmpty(Var("period")),
                some(Var("employee_at")),
                none(_MONTH_AT),
            ),
            NEVER,
            both(
                Compare(
                    Rel.LT,
                    Var("period_digits"),
                    CellOf(Range("settings.month_digits"), _MONTH_AT, text=False),
                ),
                # Whose name is in the roster has another id there: one of the two is a slip.
                either(IsEmpty(Var("name")), none(first("roster.label", "name"))),
            ),
        ),
        number(1),
        number(0),
    ),
)
"""The row is history of somebody who is no longer listed: 1, else 0."""


def listed_employee(says: Callable[[Case], str]) -> tuple[Constraint, ...]:
    """A row's employee is in the roster, or was there once."""
    return (
        Refers("employee", "roster", "unknown_employee", ("ref",), says, some(Var(FORMER))),
        Demand(
            Rule(
                some(Var(FORMER)),
                told("名册里已没有“", text("employee"), "”，以前月份的数据没有用上"),
                "employee",
                notice=True,
            )
        ),
    )
