"""When figures are final, and which are not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.company.people import PERIOD, actual, company, employee
from xladdin.company.company import Figure
from xladdin.company.company_settings import SETTLING_SETTING, Setting
from xladdin.company.figure_states import FINAL, PROVISIONAL
from xladdin.company.settling import provisional, settling_days, state_on


@pytest.mark.parametrize(
    ("said", "days"), [("", 4), ("0", 0), ("7", 7), ("31", 31), ("32", 4), ("四", 4), ("-1", 4)]
)
def test_the_settings_say_how_many_days(said: str, days: int) -> None:
    known = replace(company(), settings=(Setting(SETTLING_SETTING, said),))
    assert settling_days(known) == days


@pytest.mark.parametrize(
    ("day", "days", "state"),
    [
        ("2026-11-30", 0, FINAL),
        ("2026-12-03", 4, PROVISIONAL),
        ("2026-12-04", 4, FINAL),
        ("2026-12-06", 7, PROVISIONAL),
        ("2026-12-07", 7, FINAL),
    ],
)
def test_a_month_is_final_days_after_its_end(day: str, days: int, state: str) -> None:
    assert state_on(PERIOD, dt.date.fromisoformat(day), days) == state


def test_only_figures_that_are_there_and_not_final_are_provisional() -> None:
    line = actual("1", "a", "1")
    other = line.model_copy(update={"period": "2026-10"})
    blank = line.model_copy(update={"actual": None})
    figures = tuple(
        Figure(one, state)
        for one, state in [
            (line, PROVISIONAL), (line, FINAL), (line, ""), (other, PROVISIONAL), (blank, PROVISIONAL)
        ]
    )  # fmt: skip
    known = replace(company(employee("1")), figures=figures)
    assert list(provisional(known, PERIOD)) == [figures[0]]
    assert list(provisional(known)) == [figures[0], figures[3]]
