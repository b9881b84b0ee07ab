"""Departments' bonus budgets and how bonuses are scaled to them, as 设置 says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from xladdin.domain.budget_rules import BOTH_WAYS, YUAN, BudgetRule
from xladdin.intake.text import narrow
from xladdin.problems import Place, Problem, warning

from .company import Company
from .company_settings import BUDGET_SETTING, SCALING_SETTING, TEAM_BUDGET, UNIT_SETTING

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


def amount(company: Company, name: str, said: str) -> tuple[Decimal | None, list[Problem]]:
    """A budget in yuan as a setting has it, else that it cannot be read."""
    try:
        found = Decimal(narrow(said).replace(",", "").removesuffix("元").strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if found.is_finite() and found >= 0:
        return found, []
    message = f"「设置」里的{name}「{said}」不是多少元，没有用上，请写成 50000 的样子"
    return None, [warning("budget_unread", message, Place(file=company.file))]


def unread_budgets(company: Company) -> list[Problem]:
    """The budgets, of the company and of departments, that cannot be read."""
    found = {f"{TEAM_BUDGET}{team}": said for team, said in said_budgets(company).items()}
    if said := company.setting(BUDGET_SETTING):
        found[BUDGET_SETTING] = said
    return [one for name, said in found.items() for one in amount(company, name, said)[1]]


def rule_of(company: Company) -> BudgetRule:
    """How bonuses are scaled: only down, to 分, unless 设置 says otherwise."""
    return BudgetRule(
        up=company.setting(SCALING_SETTING).strip() == BOTH_WAYS,
        yuan=company.setting(UNIT_SETTING).strip() == YUAN,
    )
