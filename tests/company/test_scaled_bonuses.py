"""Each department's bonuses beside its budget, out of a month's results."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.books.random_cohorts import random_board
from xladdin.company.month_results import MonthResults
from xladdin.company.scaled_bonuses import scaled_bonuses
from xladdin.company.team_budgets import TeamBudgets
from xladdin.domain.people import Period


def test_only_departments_with_a_budget_and_each_keeps_to_it() -> None:
    board = random_board(random.Random(5), 3)
    results = MonthResults("晴川", Period("2026-11"), tuple(board.people))
    assert scaled_bonuses(results) == {}
    limits = {"0部": Decimal(1000), "2部": Decimal(10**9)}
    found = scaled_bonuses(replace(results, teams=TeamBudgets(limits)))
    assert set(found) == set(limits)
    assert found["0部"].total == 1000
    assert (found["2部"].factor, found["2部"].total) == (1, found["2部"].sum)
