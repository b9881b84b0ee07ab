"""奖金: everybody's bonus by the rule of the scheme, with a live total against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.books import parts
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.base import MOST
from xladdin.domain.bonus_rules import BonusKind
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Filled,
    If,
    IsNumber,
    Range,
    Rel,
    Round,
    SumNumbers,
    SumWhere,
    Text,
    Var,
    cases,
    number,
    sub,
)
from xladdin.formula.questions import NEVER, NOTHING, equal, some
from xladdin.layout.cell_rules import AtMost, Between, Check, Highlight
from xladdin.layout.cells import Asked, Block, Content, Fixed, Result, Sheet
from xladdin.layout.styles import (
    ALERT,
    INPUT_TEXT,
    LABEL,
    PLAIN,
    RESULT,
    Style,
)
from xladdin.scoring.model import Model

from . import summary_parts as sp
from . import summary_teams
from .summary_ranking import TABLE as RANKING

SHEET_NAME = "奖金"
TABLE = "bonus"
BUDGET, PAID, LEFT = "pay.budget", "pay.total", "pay.left"
TOLD = (
    "黄色格可以改：基数、调整、说明、预算；奖金、实发、合计、结余是公式，会跟着变。"
    "不满一个月的没有折算，需要折算的写在“调整”。"
)
AMOUNT = Check(Between(Decimal(0), Decimal(MOST)), "请填多少元。", "请填不小于 0 的数字。")
SIGNED = Check(
    Between(-Decimal(MOST), Decimal(MOST)), "加发写正数，扣减写负数，并写说明。", "请填数字。"
)
REASON = Check(AtMost(200), "为什么调整。", "最多 200 字。")


def sheet(results: MonthResults) -> Sheet:
    """In the order of the roster; those without a total stay empty."""
    columns = [
        sp.entry("name", "姓名", 10, sp.NAME),
        sp.entry("department", "部门", 14),
        sp.entry("scheme", "考核方案", 22),
        sp.computed("score", "总分", 9, _of_ranking("total"), sp.TOTAL, (sp.no_number("score"),)),
        sp.computed("grade", "等级", 9, _of_ranking("grade", text=True)),
        sp.computed("coefficient", "系数", 7, _of_ranking("coefficient")),
        sp.entry("base", "奖金基数", 11, sp.MONEY_INPUT, AMOUNT),
        sp.computed("amount", "奖金", 12, _amount(results.schemes), sp.MONEY),
        sp.entry("adjusted", "调整", 10, sp.MONEY_INPUT, SIGNED),
        *_paid(results),
        sp.computed("lack", "缺什么", 12, _lack(results.schemes)),
        sp.entry("remark", "说明", 20, INPUT_TEXT, REASON),
        sp.entry("id", "工号", 10, sp.GREY_ID),
        sp.helper("at", sp.place_of(f"{RANKING}.id")),
        *(summary_teams.person_columns(results.teams.rule) if results.teams.amounts else ()),
    ]
    table = sp.table(TABLE, columns, (_row(results, one) for one in results.people))
    width = 14 if results.teams.amounts else 13
    above = [
        *sp.head(results, "绩效奖金", width, TOLD),
        *(parts.note(_told(scheme), width, PLAIN) for scheme in results.schemes),
        _totals(results),
    ]
    return sp.table_sheet(SHEET_NAME, above, columns, table, kept=1)


def _paid(results: MonthResults) -> Iterator[sp.Wide]:
    """What is paid; where departments have budgets, what is due before."""
    if not results.teams.amounts:
        yield sp.computed("paid", "实发", 12, _DUE, sp.MONEY_BOLD)
        return
    yield sp.computed("due", "应发", 12, _DUE, sp.MONEY)
    scaled = summary_teams.paid(results.teams.rule)
    yield sp.computed("paid", "按预算实发", 12, scaled, sp.MONEY_BOLD)


def model(_: MonthResults) -> Model:
    """The totals."""
    budget, paid = Var(BUDGET), Var(PAID)
    return {
        PAID: Round(SumWhere(Range(f"{TABLE}.paid"), (Filled(Range(f"{TABLE}.id")),)), 2),
        LEFT: If(IsNumber(budget), Round(sub(budget, paid), 2), Blank()),
    }


def _of_ranking(column: str, *, text: bool = False) -> Expr:
    return sp.looked_up(f"{RANKING}.{column}", Var("at"), text=text)


def _amount(schemes: tuple[Scheme, ...]) -> Expr:
    """Each scheme's rule for its own people."""
    own = Var("scheme", text=True)
    branches = tuple((equal(own, Text(each.name)), each.bonus_expression) for each in schemes)
    return cases(branches, Blank())


_DUE = If(
    some(CountNumbers((Var("amount"), Var("adjusted")))),
    Round(SumNumbers((Var("amount"), Var("adjusted"))), 2),
    Blank(),
)


def _lack(schemes: tuple[Scheme, ...]) -> Expr:
    own = Var("scheme", text=True)
    needing = tuple(
        (equal(own, Text(each.name)), Text("缺奖金基数"))
        for each in schemes
        if each.bonus_rule.needs_base
    )
    without = If(IsNumber(Var("base")), NOTHING, cases(needing, NOTHING))
    return If(IsNumber(Var("score")), without, Text("没有总分"))


def _told(scheme: Scheme) -> str:
    rule = scheme.bonus_rule
    told = rule.told
    if rule.kind is BonusKind.LADDER:
        pays = (f"{grade.name}{plain(grade.pay or Decimal(0))}元" for grade in scheme.grades)
        told = f"{told}：{'、'.join(pays)}"
    elif rule.kind is BonusKind.COEFFICIENT:
        factors = (f"{grade.name}{plain(grade.coefficient)}" for grade in scheme.grades)
        told = f"{told}（{'、'.join(factors)}）"
    return f"{scheme.name}：{told}。"


def _totals(results: MonthResults) -> Block:
    box = Style(size=11, bold=True, align="right", number_format="#,##0.00", fill=RESULT.fill)
    cells: list[tuple[Content, Style, int]] = [
        (Fixed("奖金预算"), LABEL, 1),
        (Asked(BUDGET, results.budget), sp.MONEY_INPUT, 1),
        (Fixed("实发合计"), LABEL, 1),
        (Result(PAID), box, 3),
        (Fixed("结余"), LABEL, 1),
        (Result(LEFT), box, 3),
        (Fixed("负数是超出预算"), PLAIN, 3),
    ]
    block = parts.spread(cells, 26)
    over = If(IsNumber(Var(LEFT)), Compare(Rel.LT, Var(LEFT), number(0)), NEVER)
    lit = tuple(
        parts.highlighted(cell, Highlight(over, ALERT)) if cell.content == Result(LEFT) else cell
        for cell in block.cells
    )
    gap = parts.note("", len(cells))
    return parts.joined((Block(lit, 1, block.heights), gap))


def _row(results: MonthResults, one: PersonResult) -> sp.Row:
    person = one.employee
    return {
        "name": person.name,
        "department": person.department,
        "scheme": one.scheme.name,
        "base": one.base if one.scheme.bonus_rule.needs_base else None,
        "remark": one.part(results.period) or None,
        "id": person.id,
    }
