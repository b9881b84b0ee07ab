"""Departments' budgets and how bonuses are scaled, as the settings say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.company.team_budgets import TeamBudgets, rule_of, said_budgets, unread_budgets
from xladdin.domain.budget_rules import BudgetRule


def test_a_line_per_department_with_either_colon() -> None:
    lines = (
        Setting("奖金预算", "9"),
        Setting("奖金预算：客服一部", "100"),
        Setting("奖金预算: 客服二部", "200 元"),
        Setting("奖金预算：空的", " "),
    )
    assert said_budgets(Company(settings=lines)) == {"客服一部": "100", "客服二部": "200 元"}


@pytest.mark.parametrize(
    ("scaling", "unit", "rule"),
    [
        ("", "", BudgetRule()),
        ("只减", "分", BudgetRule()),
        ("可增减", "元", BudgetRule(up=True, yuan=True)),
    ],
)
def test_how_it_is_scaled(scaling: str, unit: str, rule: BudgetRule) -> None:
    lines = (Setting("奖金缩放", scaling), Setting("奖金取整", unit))
    assert rule_of(Company(settings=lines)) == rule


def test_departments_are_told_apart_as_spreadsheets_do() -> None:
    budgets = TeamBudgets({"a": Decimal(1)})
    assert (budgets.of("A"), budgets.of("b")) == (1, None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        *(("50,000元", False), ("５００", False), ("0", False), ("", False)),
        *(("5万", True), ("-3", True), ("五千", True), ("NaN", True), ("Infinity", True)),
    ],
)
@pytest.mark.parametrize("name", ["奖金预算", "奖金预算：客服一部"])
def test_what_is_no_amount_is_told(name: str, said: str, told: bool) -> None:
    problems = unread_budgets(Company(settings=(Setting(name, said),)))
    assert [name in one.message and said in one.message for one in problems] == [True] * told
