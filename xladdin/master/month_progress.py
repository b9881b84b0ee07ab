"""How far each month is, on the first sheet: its people, what is there, what is missing or wrong.

A month, and a person in it, is counted in the first of its rows.  In rows that stand as they usually
do that is seen by the row above; where they do not, or something is missing there, it is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.formula.nodes import (
    CellOf,
    Compare,
    CountWhere,
    Expr,
    Filled,
    FirstMatch,
    If,
    IsEmpty,
    Join,
    NthFilled,
    Range,
    Rel,
    Same,
    SumWhere,
    Text,
    Var,
    add,
    cases,
    number,
    sub,
)
from xladdin.layout.tables.table import NUMBER

from .check_column import NOTICED, STANDING, WAITING, WRONG
from .row_questions import NOTHING, equal, filled, none, text, told
from .sheet_spec import Computed

MONTHS = 3
"""So many months are shown, the latest first."""
_SHEET = "figures"


def opening(in_order: Expr, unready: Expr) -> tuple[Computed, ...]:
    """Columns of the figures: the month where it comes first, and 1 where a person of a month does."""
    no_month = none(Var("period_digits"))
    return (
        Computed(
            "month", If(no_month, NOTHING, If(_opens("period", in_order), text("period"), NOTHING))
        ),
        Computed("whom", If(unready, NOTHING, told(text("period"), "|", Var("employee_at")))),
        Computed(
            "opens",
            If(filled("whom"), If(_opens("whom", in_order), number(1), number(0)), number(0)),
        ),
    )


def _opens(key: str, in_order: Expr) -> Expr:
    """No row above says the same."""
    column = Range(f"{_SHEET}.{key}")
    above = CellOf(column, sub(Var(NUMBER), number(1)))
    first = equal(FirstMatch(text(key), column), Var(NUMBER))
    return cases(
        ((equal(above, text(key)), equal(number(0), number(1))), (equal(above, NOTHING), first)),
        If(in_order, equal(number(1), number(1)), first),
    )


def keys(n: int) -> dict[str, str]:
    """What the cells of the n-th month are called."""
    return {what: f"month_{what}.{n}" for what in ("name", "told", "waiting", "wrong")}


def model() -> dict[str, Expr]:
    """The cells of all months."""
    return {key: expr for n in range(1, MONTHS + 1) for key, expr in _month(n)}


def _month(n: int) -> Iterator[tuple[str, Expr]]:
    named = keys(n)
    months = Range(f"{_SHEET}.month")
    place = sub(add(CountWhere((Filled(months),)), number(1)), number(n))
    there = Compare(Rel.GT, place, number(0))
    yield named["name"], If(there, NthFilled(months, place), NOTHING)
    month = Same(Range(f"{_SHEET}.period"), Var(named["name"], text=True))
    people = SumWhere(Range(f"{_SHEET}.opens"), (month,))
    rows = CountWhere((month,))

    def standing(word: str) -> Expr:
        return CountWhere((month, Same(Range(f"{_SHEET}.{STANDING}"), Text(word))))

    nothing = IsEmpty(Var(named["name"]))
    yield named["waiting"], If(nothing, NOTHING, standing(WAITING))
    yield named["wrong"], If(nothing, NOTHING, standing(WRONG))
    there_already = sub(rows, add(standing(WAITING), standing(WRONG)))
    said = (people, Text(" 人，数据 "), rows, Text(" 条，已有 "), there_already, Text(" 条"))
    noticed = Join((Text("，提醒 "), standing(NOTICED), Text(" 条")))
    more = If(Compare(Rel.GT, standing(NOTICED), number(0)), noticed, NOTHING)
    yield named["told"], If(nothing, NOTHING, Join((*said, more)))
