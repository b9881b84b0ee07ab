"""What may be entered in each column of the master workbook, and what the clerk is told."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.people import day_number
from xladdin.formula.nodes import (
    AnyOf,
    Compare,
    CountWhere,
    IsNumber,
    Length,
    Range,
    Rel,
    Same,
    Text,
    Var,
    number,
)
from xladdin.layout.cell_rules import Anything, Between, Check, Choice, Holds, Offered
from xladdin.layout.tables.lists import Beside, Entries, Source
from xladdin.layout.validations import fits_list

from .all_sheets import SHEETS
from .cell_demands import DAYS, LEAST_RATE
from .cell_kinds import NO, YES, Kind
from .scheme_sheets import UNLIMITED
from .sheet_spec import Column, SheetSpec

LISTS = "lists"
"""Key of the hidden sheet that holds lists."""
NONE, MOST = Decimal(0), Decimal(1_000_000_000)
NAMES = {spec.key: spec.name for spec in SHEETS}

DEPARTMENTS = Entries(Range(f"{LISTS}.department"))
SUGGESTED: dict[tuple[str, str], Source] = {
    ("roster", "department"): DEPARTMENTS,
    ("positions", "department"): DEPARTMENTS,
    ("indicators", "effect_grade"): Beside(
        Range("grades.name"), Range("grades.owner"), Var("owner"), Entries(Range("grades.name"))
    ),
}
"""Lists that only offer."""
OFFERED: dict[tuple[str, str], Source] = {
    ("steps", "item"): Beside(
        Range("indicators.name"),
        Range("indicators.owner"),
        Var("owner"),
        Beside(Range("elements.name"), Range("elements.owner"), Var("owner")),
    ),
    ("figures", "indicator"): Beside(
        Range("indicators.name"),
        Range("indicators.owner"),
        Var("used"),
        Entries(Range("indicators.name")),
    ),
}
"""Lists from which one should choose."""
UNIQUE = frozenset({("roster", "id"), ("schemes", "name")})


def check(spec: SheetSpec, column: Column) -> Check | None:
    """The validation of a column with its prompt; None where there is nothing to say."""
    told = column.prompt or f"{column.head}。"
    title = column.head
    if (spec.key, column.key) in UNIQUE:
        once = Compare(
            Rel.EQ,
            CountWhere((Same(Range(f"{spec.key}.{column.key}"), Var(column.key, text=True)),)),
            number(1),
        )
        return Check(Holds(once), told, f"这个{column.head}已经有了，不能重复。", title)
    if source := SUGGESTED.get((spec.key, column.key)):
        return Check(Offered(source), told, "", title, strict=False, suggests=True)
    if source := OFFERED.get((spec.key, column.key)):
        return Check(
            Offered(source), told, f"{column.head}不在列表中，确定吗？", title, strict=False
        )
    if column.refers:
        return _reference(column, told)
    return _by_kind(spec, column, told)


def _reference(column: Column, told: str) -> Check:
    """Ids must be known; names may come to be known later."""
    sheet = NAMES[column.refers.partition(".")[0]]
    strict = column.kind is Kind.KEY
    error = f"“{sheet}”表中没有这个内容，请先在那里登记。"
    rule = Offered(Entries(Range(column.refers)))
    return Check(rule, told, error, column.head, strict=strict)


def _by_kind(spec: SheetSpec, column: Column, told: str) -> Check | None:
    title = column.head
    match column.kind:
        case Kind.CHOICE | Kind.YES_NO:
            return _choice(spec, column, told)
        case Kind.POINTS:
            return Check(Between(NONE, Decimal(1)), told, "请填 0% 至 100%，如 20%。", title)
        case Kind.RATIO:
            error = "请填百分比，如 95%。"
            return Check(Between(NONE, Decimal(10)), told, error, title)
        case Kind.RATE:
            error = "请填百分比，如 3% 或 -5%。"
            return Check(Between(LEAST_RATE, Decimal(10)), told, error, title)
        case Kind.WHOLE:
            return Check(Between(NONE, Decimal(9999), whole=True), told, "请填整数。", title)
        case Kind.NUMBER if (spec.key, column.key) == ("schemes", "cap"):
            word = Compare(Rel.EQ, Var(column.key, text=True), Text(UNLIMITED))
            rule = Holds(AnyOf((IsNumber(Var(column.key)), word)))
            return Check(rule, told, f"请填数字或“{UNLIMITED}”。", title)
        case Kind.NUMBER:
            return Check(Between(NONE, MOST), told, "请填不小于 0 的数字。", title)
        case Kind.MEASURE:
            error = "这里应填数字（百分比写成 65%），确定吗？"
            return Check(Between(-MOST, MOST), told, error, title, strict=False)
        case Kind.DATE:
            first, last = map(day_number, DAYS)
            days = Between(first, last, whole=True)
            return Check(days, told, "请填日期，如 2026-11-10。", title, strict=False)
        case Kind.PERIOD:
            long_enough = Compare(Rel.EQ, Length(Var(column.key)), number(7))
            error = "月份请写成 2026-11 的样子，确定吗？"
            return Check(Holds(long_enough), told, error, title, strict=False)
        case _:
            return Check(Anything(), told, "", title) if column.prompt else None


def choices(spec: SheetSpec, column: Column) -> tuple[str, ...]:
    """The words that a column with fixed choices takes."""
    if column.kind is Kind.YES_NO:
        return (YES, NO) if column.usual else (YES,)
    return tuple(column.choices.values()) if column.kind is Kind.CHOICE else ()


def list_key(spec: SheetSpec, column: Column) -> str:
    """Where on the hidden sheet the words of a column stand that make too long a list."""
    return f"{spec.key}_{column.key}"


def long_lists() -> dict[str, tuple[str, ...]]:
    """Key -> words, of the choices that do not fit into a validation."""
    return {
        list_key(spec, column): items
        for spec in SHEETS
        for column in spec.columns
        if (items := choices(spec, column)) and not fits_list(items)
    }


def _choice(spec: SheetSpec, column: Column, told: str) -> Check:
    items = choices(spec, column)
    error = f"请从列表中选择：{'、'.join(items)}。"
    if fits_list(items):
        return Check(Choice(items), told, error, column.head)
    source = Entries(Range(f"{LISTS}.{list_key(spec, column)}"))
    return Check(Offered(source), told, error, column.head)
