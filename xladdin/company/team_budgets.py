"""Departments' bonus budgets and how bonuses are scaled to them, as 设置 says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.budget_rules import BOTH_WAYS, YUAN, BudgetRule

from .company import Company
from .company_settings import SCALING_SETTING, TEAM_BUDGET, UNIT_SETTING

COLONS = str.maketrans(":", "：")


@dataclass(frozen=True)
class TeamBudgets:
    """What each department may pay in a month, in yuan; none: nothing is scaled."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    """By department as ``team_key`` has it."""
    rule: BudgetRule = field(default_factory=BudgetRule)

    def of(self, department: str) -> Decimal | None:
        """A department's budget."""
        return self.amounts.get(team_key(department))


def team_key(department: str) -> str:
    """Spreadsheets compare texts without regard to case."""
    return department.strip().casefold()


def said_budgets(company: Company) -> dict[str, str]:
    """Department -> its budget as it is written in 设置."""
    found: dict[str, str] = {}
    for item in company.settings:
        name = item.name.translate(COLONS)
        if name.startswith(TEAM_BUDGET) and item.value.strip():
            found[name[len(TEAM_BUDGET) :].strip()] = item.value
    return found


def rule_of(company: Company) -> BudgetRule:
    """How bonuses are scaled: only down, to 分, unless 设置 says otherwise."""
    return BudgetRule(
        up=company.setting(SCALING_SETTING).strip() == BOTH_WAYS,
        yuan=company.setting(UNIT_SETTING).strip() == YUAN,
    )
