"""What becomes of each department's bonuses of a month: the engine beside the workbook's formulas."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.budget_rules import Scaled, scaled
from xladdin.scoring import keys

from .calibrating import bonus
from .month_results import MonthResults, PersonResult
from .team_budgets import team_key


def scaled_bonuses(results: MonthResults) -> dict[str, Scaled]:
    """By the name of each department that has a budget, in the order of its people."""
    teams: dict[str, list[PersonResult]] = {}
    for one in results.people:
        teams.setdefault(team_key(one.employee.department), []).append(one)
    found: dict[str, Scaled] = {}
    for own in teams.values():
        name = own[0].employee.department
        if (budget := results.teams.of(name)) is not None:
            found[name] = scaled([_due(one) for one in own], budget, results.teams.rule)
    return found


def _due(one: PersonResult) -> Decimal | None:
    return bonus(one, str(one.values.get(keys.GRADE) or ""))
