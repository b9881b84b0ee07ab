"""部门奖金: each department's budget beside what is due, and by what its bonuses are scaled.

The sheet is there where 设置 has a department's budget.  The steps are those of
``domain.budget_rules``: per department here, per person in the hidden columns of 奖金.
"""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.books import parts
from xladdin.company.month_results import MonthResults
from xladdin.company.team_budgets import team_key
from xladdin.domain.budget_rules import BudgetRule
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountWhere,
    Expr,
    If,
    IsNumber,
    Range,
    Rel,
    Related,
    Round,
    Same,
    SumWhere,
    Text,
    Var,
    add,
    all_of,
    cases,
    number,
    sub,
)
from xladdin.formula.questions import NEVER
from xladdin.formula.walk import substitute
from xladdin.layout.cell_rules import Check, Highlight
from xladdin.layout.cells import Orientation, Sheet
from xladdin.layout.styles import ALERT, CENTER, PLAIN
from xladdin.layout.tables.table import NUMBER

from . import summary_parts as sp

SHEET_NAME = "部门奖金"
TABLE, PEOPLE = "teams", "bonus"
TOLD = "黄色的预算可以改，系数、实发和奖金一页的实发会跟着变。"
_TEAM = Same(Range(f"{PEOPLE}.department"), Var("department", text=True))
"""Those of 奖金 who are of the row's department."""


def sheet(results: MonthResults, amount: Check) -> Sheet:
    """The departments in the order of the roster."""
    rule = results.teams.rule
    columns = [
        sp.entry("department", "部门", 20, sp.NAME),
        sp.entry("budget", "预算", 14, sp.MONEY_INPUT, amount),
        sp.computed("sum", "应发合计", 14, _sum_of("due", above=True), sp.MONEY),
        sp.computed("factor", "系数", 11, rule.factor, CENTER.shown_as("0.000000")),
        sp.computed("paid", "实发合计", 14, _sum_of("paid"), sp.MONEY_BOLD),
        sp.computed("left", "预算结余", 14, _LEFT, sp.MONEY, (Highlight(_OVER, ALERT),)),
        sp.computed("said", "说明", 24, _SAID),
        sp.helper("target", rule.target),
        sp.helper("units", _units(rule)),
    ]
    departments: dict[str, str] = {}
    for one in results.people:
        departments.setdefault(team_key(one.employee.department), one.employee.department)
    table = sp.table(
        TABLE,
        columns,
        ({"department": name, "budget": results.teams.of(name)} for name in departments.values()),
    )
    width = 7
    above = [
        *sp.head(results, "部门奖金预算", width, TOLD),
        parts.note(rule.told, width, PLAIN),
    ]
    return sp.table_sheet(
        SHEET_NAME, above, columns, table, kept=1, orientation=Orientation.PORTRAIT
    )


def _units(rule: BudgetRule) -> Expr:
    left = substitute(rule.units, {"whole": _sum_of("whole")})
    return If(IsNumber(Var("target")), left, Blank())


def _sum_of(column: str, *, above: bool = False) -> Expr:
    """Over the department's people; only amounts above 0 where they alone count."""
    of = Range(f"{PEOPLE}.{column}")
    tests = (_TEAM, Related(of, Rel.GT, number(0))) if above else (_TEAM,)
    return Round(SumWhere(of, tests), 2)


_LEFT = If(IsNumber(Var("budget")), Round(sub(Var("budget"), Var("paid")), 2), Blank())
_OVER = If(IsNumber(Var("left")), Compare(Rel.LT, Var("left"), number(0)), NEVER)
_SAID = If(
    IsNumber(Var("budget")),
    If(
        IsNumber(Var("factor")),
        cases(
            (
                (Compare(Rel.LT, Var("factor"), number(1)), Text("超出预算，按系数缩减")),
                (Compare(Rel.GT, Var("factor"), number(1)), Text("不到预算，按系数增加")),
            ),
            Text("在预算内，不缩放"),
        ),
        Text("没有可以分的奖金"),
    ),
    Text("没有填预算，不缩放"),
)


def person_columns(rule: BudgetRule) -> Sequence[sp.Wide]:
    """The hidden steps of 奖金: the department's figures, whole units, remainder, place in the order."""
    due = Var("due")
    # Asked one after the other: what is no number is compared with none.
    positive = If(Compare(Rel.GT, due, number(0)), rule.whole, Blank())
    whole = If(all_of((IsNumber(due), IsNumber(Var("target")))), positive, Blank())
    return [
        sp.helper("team_at", sp.place_of(f"{TABLE}.department", "department")),
        sp.helper("row", Var(NUMBER)),
        *(
            sp.helper(key, sp.looked_up(f"{TABLE}.{key}", Var("team_at")))
            for key in ("sum", "target", "units")
        ),
        sp.helper("whole", whole),
        sp.helper("rest", If(IsNumber(Var("whole")), rule.rest, Blank())),
        sp.helper("before", If(IsNumber(Var("whole")), _BEFORE, Blank())),
    ]


_REST = Range(f"{PEOPLE}.rest")
_BEFORE = add(
    CountWhere((_TEAM, Related(_REST, Rel.GT, Var("rest")))),
    CountWhere(
        (
            _TEAM,
            Related(_REST, Rel.EQ, Var("rest")),
            Related(Range(f"{PEOPLE}.row"), Rel.LT, Var("row")),
        )
    ),
)
"""How many of the department have a larger remainder, or the same and stand further up."""


def paid(rule: BudgetRule) -> Expr:
    """What one person is paid: the share of the budget, or what was due where nothing is scaled."""
    return If(IsNumber(Var("whole")), rule.paid, Var("due"))
