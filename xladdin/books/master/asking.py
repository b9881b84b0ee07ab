"""Questions that the checks of the master workbook ask, as expressions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xladdin.formula.nodes import (
    AllOf,
    Compare,
    Expr,
    If,
    IsEmpty,
    Join,
    Not,
    Rel,
    Round,
    Text,
    Var,
    all_of,
    mul,
    number,
    one_of,
    sub,
)
from xladdin.formula.ranges.nodes import Condition, CountWhere, Either, Filled, Range, Same
from xladdin.layout.tables.table import OWN

FULL = number(100)
STARTED = Compare(Rel.GT, CountWhere((Filled(Range(OWN)),)), number(0))
"""Whether anything stands in the row."""


@dataclass(frozen=True, slots=True)
class Need:
    """A column that must be filled in once the row is started (or only under a condition)."""

    column: str
    when: Expr | None = None

    @property
    def lacking(self) -> Expr:
        empty = IsEmpty(Var(self.column))
        return empty if self.when is None else AllOf((empty, self.when))


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be, what the check says then, and which column lights up."""

    wrong: Expr
    told: Expr
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A column that the workbook works out for itself."""

    key: str
    head: str
    formula: Expr
    width: float
    hidden: bool = False
    number_format: str = ""


def text(key: str) -> Var:
    """A column of the row, read as text."""
    return Var(key, text=True)


def filled(key: str) -> Expr:
    """Something stands in the row's cell."""
    return Not(IsEmpty(Var(key)))


def word(key: str, *words: str) -> Expr:
    """One of the words stands in the row's cell."""
    return one_of(tuple(Compare(Rel.EQ, text(key), Text(one)) for one in words))


def same(sheet: str, **keys: str) -> tuple[Condition, ...]:
    """Rows of a sheet that agree with this one: ``same("duties", position="id")``."""
    return tuple(Same(Range(f"{sheet}.{theirs}"), text(own)) for theirs, own in keys.items())


def none(*tests: Condition) -> Expr:
    """There is no row for which all conditions hold."""
    return Compare(Rel.EQ, CountWhere(tests), number(0))


def unknown(key: str, where: str, *columns: str) -> Rule:
    """A reference to something that none of the columns has; ``where`` names their sheet."""
    found = tuple(Same(Range(column), text(key)) for column in columns)
    test = found[0] if len(found) == 1 else Either(found)
    told = Join((Text(f"“{where}”表中没有“"), text(key), Text("”")))
    return Rule(all_of((filled(key), none(test))), told, key)


def repeated(sheet: str, told: str, *keys: str) -> Rule:
    """Another row of the sheet has the same entries in these columns."""
    alike = CountWhere(same(sheet, **{key: key for key in keys}))
    return Rule(Compare(Rel.GT, alike, number(1)), Text(told), keys[-1])


def off(key: str, told: str, marks: str = "") -> Rule:
    """A sum of shares is not 100%; the check says what it is and what is lacking."""
    sum_ = Round(mul(number(100), Var(key)), 2)
    lacking = Join((Text("差"), Round(sub(FULL, sum_), 2)))
    beyond = Join((Text("多"), Round(sub(sum_, FULL), 2)))
    difference = If(Compare(Rel.LT, sum_, FULL), lacking, beyond)
    message = Join((Text(told), sum_, Text("%，"), difference, Text("%")))
    return Rule(Not(Compare(Rel.EQ, sum_, FULL)), message, marks)


def started_or_empty(key: str, formula: Expr) -> Expr:
    """A computed cell that stays empty while the row has no key."""
    return If(IsEmpty(Var(key)), Text(""), formula)


def needs(columns: Iterable[str], when: Expr | None = None) -> tuple[Need, ...]:
    """Several columns that are needed together."""
    return tuple(Need(column, when) for column in columns)
