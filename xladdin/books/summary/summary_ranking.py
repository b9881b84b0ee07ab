"""排名: dense places (1, 1, 2) in the company and in the department, by the totals of 明细."""

from __future__ import annotations

from decimal import Decimal

from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.people import Period
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Range,
    Rel,
    Round,
    Same,
    Var,
    cases,
    number,
    sub,
)
from xladdin.formula.questions import both, some
from xladdin.layout import theme
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Sheet
from xladdin.layout.styles import GOOD

from . import summary_parts as sp
from .summary_detail import table_key

SHEET_NAME = "排名"
TABLE = "ranking"
TOLD = (
    "名次按总分从高到低，同分同名次，下一名接着排（1、1、2）；总分、等级来自“明细”。"
    "没有总分的排在最后，见“未交”。名次只作参考，不能单凭排在最后认定不胜任工作。"
)
BEST = 3


def sheet(results: MonthResults) -> Sheet:
    """Everybody, the best first."""
    count = len(results.schemes)
    columns = [
        sp.computed(
            "place",
            "公司名次",
            7,
            sp.dense_place(TABLE, "total", "opens"),
            sp.RANK,
            (_best("place"),),
        ),
        sp.computed(
            "place_dept",
            "部门名次",
            7,
            sp.dense_place(TABLE, "total", "opens_dept", _TEAM),
            sp.RANK,
            (_best("place_dept"),),
        ),
        sp.entry("name", "姓名", 10, sp.NAME),
        sp.entry("department", "部门", 14),
        sp.entry("position", "岗位", 14),
        sp.entry("scheme", "考核方案", 22),
        sp.computed(
            "total", "总分", 10, _found("total", count), sp.TOTAL, (sp.no_number("total"),)
        ),
        sp.computed("grade", "等级", 9, _found("grade", count, text=True)),
        sp.computed("coefficient", "系数", 7, _found("coefficient", count)),
        sp.computed("change", "较上月", 9, _CHANGE, sp.CHANGE),
        sp.entry("remark", "备注", 24),
        sp.entry("id", "工号", 10, sp.GREY_ID),
        sp.known("before"),
        sp.helper("opens", sp.opens(TABLE, "total")),
        sp.helper("opens_dept", sp.opens(TABLE, "total", _TEAM)),
        *(sp.helper(f"at_{i}", sp.place_of(f"{table_key(i)}.id")) for i in _numbers(count)),
    ]
    people = sorted(results.people, key=_order)
    table = sp.table(TABLE, columns, (_row(results, one) for one in people))
    above = sp.head(results, "绩效排名", 12, _told(results))
    return sp.table_sheet(SHEET_NAME, above, columns, table, kept=3, color=theme.CHART_DARK)


def _told(results: MonthResults) -> str:
    return f"{TOLD}{results.origin}{results.corrected}{results.calibrated}{results.unsettled}"


def _order(one: PersonResult) -> tuple[Decimal, str, str, str]:
    person = one.employee
    total = Decimal(1) if one.total is None else -one.total
    return total, person.department, person.name, person.id


def _row(results: MonthResults, one: PersonResult) -> sp.Row:
    person = one.employee
    decided = one.calibrated.told if one.calibrated else ""
    corrected = (each.told for each in one.corrected)
    told = [*corrected, decided, one.part(results.period), one.note, one.unsettled]
    before = results.history.get(person.id, {}).get(_month_before(results))
    return {
        "name": person.name,
        "department": person.department,
        "position": person.position,
        "scheme": one.scheme.name,
        "remark": "；".join(filter(None, told)) or None,
        "id": person.id,
        "before": before,
    }


def _month_before(results: MonthResults) -> Period:
    return results.months[-2]


def _numbers(count: int) -> range:
    return range(1, count + 1)


def _found(column: str, count: int, *, text: bool = False) -> Expr:
    """What the sheet of the person's scheme says."""
    branches = tuple(
        (
            some(Var(f"at_{i}")),
            sp.looked_up(f"{table_key(i)}.{column}", Var(f"at_{i}"), text=text),
        )
        for i in _numbers(count)
    )
    return cases(branches, Blank())


_TEAM = (Same(Range(f"{TABLE}.department"), Var("department", text=True)),)
_CHANGE = If(
    both(IsNumber(Var("total")), IsNumber(Var("before"))),
    Round(sub(Var("total"), Var("before")), 2),
    Blank(),
)


def _best(key: str) -> Highlight:
    first = If(
        IsNumber(Var(key)),
        Compare(Rel.LE, Var(key), number(BEST)),
        Compare(Rel.GT, number(0), number(1)),
    )
    return Highlight(first, GOOD)
