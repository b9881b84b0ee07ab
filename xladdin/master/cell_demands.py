"""What single cells may hold: the kind, the bounds, the length that their columns state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.domain.people import day_number
from xladdin.domain.sizes import LABEL, MOST_BEHAVIOURS, SENTENCE
from xladdin.formula.nodes import (
    AnyOf,
    Compare,
    Contains,
    Digits,
    Expr,
    If,
    Length,
    Not,
    NthName,
    Num,
    Rel,
    Round,
    Text,
    Var,
    number,
    one_of,
)
from xladdin.intake.times import FIRST_HIRING, LAST_DATE

from .cell_kinds import DASHES, NO, NUMBERS, YES, Kind
from .constraints import PlainDemand
from .row_questions import (
    NEVER,
    NOTHING,
    both,
    either,
    equal,
    figure,
    filled,
    is_number,
    none,
    text,
    told,
    word,
)
from .sheet_spec import Case, Column, Rule, SheetSpec


def outside(key: str, low: Decimal | None, high: Decimal | None, *, above: bool = False) -> Expr:
    """A number that is too small or too large; no number is neither."""
    tests = []
    if low is not None:
        tests.append(Compare(Rel.LE if above else Rel.LT, Var(key), Num(low)))
    if high is not None:
        tests.append(Compare(Rel.GT, Var(key), Num(high)))
    return If(is_number(key), one_of(tuple(tests)), NEVER) if tests else NEVER


def unreadable(key: str, low: Decimal, high: Decimal, *, whole: bool = False) -> Expr:
    """Something that is no number, or none that can be meant."""
    tests: tuple[Expr, ...] = (
        Compare(Rel.LT, Var(key), Num(low)),
        Compare(Rel.GT, Var(key), Num(high)),
    )
    if whole:
        tests = (*tests, Not(equal(Round(Var(key), 0), Var(key))))
    return If(is_number(key), AnyOf(tests), said_in(key))


def unreadable_measure(key: str, unit_at: str) -> Expr:
    """The same for a figure in a unit, which stands in that row of the units; 0: unknown."""
    low, high, whole = (figure(f"lists.unit_{one}", unit_at) for one in ("low", "high", "whole"))
    fraction = both(equal(whole, number(1)), Not(equal(Round(Var(key), 0), Var(key))))
    off = either(Compare(Rel.LT, Var(key), low), Compare(Rel.GT, Var(key), high), fraction)
    return If(none(Var(unit_at)), NEVER, If(is_number(key), off, said_in(key)))


def said_in(key: str) -> Expr:
    """Anything but a dash stands in the cell."""
    dashes = tuple(sorted(dash for dash in DASHES if dash))
    return both(filled(key), Not(word(key, *dashes)))


PERCENT_MOST, MOST, MOST_WHOLE = Decimal(10), Decimal(1_000_000_000), Decimal(1_000_000_000)
LEAST_RATE = Decimal("-0.99")
"""Nothing shrinks by all that it is."""
_READ_LIMITS = {
    Kind.NUMBER: (MOST, "数字"),
    Kind.WHOLE: (MOST_WHOLE, "整数"),
    Kind.POINTS: (PERCENT_MOST, "百分比，如 20%"),
    Kind.RATIO: (PERCENT_MOST, "百分比，如 95%"),
    Kind.RATE: (PERCENT_MOST, "百分比，如 3%"),
}
DAYS = (FIRST_HIRING, LAST_DATE)
MONTHS = tuple(f"-{month:02d}|" for month in range(1, 13))


def no_month(key: str, digits: Expr | None = None) -> Expr:
    """Something that is not written 2026-11; ``digits`` where a column holds them already."""
    known = Digits(Var(key)) if digits is None else digits
    well = both(
        equal(Length(Var(key)), number(7)),
        Contains(told(text(key), "|"), MONTHS),
        Compare(Rel.GE, known, number(200000)),
        Compare(Rel.LE, known, number(209912)),
    )
    return both(filled(key), Not(well))


def misread(
    key: str, kind: Kind, words: Iterable[str] = (), unit_at: str = ""
) -> Iterator[tuple[Expr, str]]:
    """What is no choice, no 是 or 否, no number that can be meant; and what it should be."""
    match kind:
        case Kind.MEASURE:
            yield unreadable_measure(key, unit_at), "应为它的单位的数字"
        case Kind.CHOICE:
            yield both(filled(key), Not(word(key, *words))), "不在列表中"
        case Kind.YES_NO:
            yield both(filled(key), Not(word(key, YES, NO))), f"应为“{YES}”或“{NO}”"
        case _ if kind in NUMBERS:
            high, what = _READ_LIMITS[kind]
            low = LEAST_RATE if kind is Kind.RATE else Decimal(0)
            yield unreadable(key, low, high, whole=kind is Kind.WHOLE), f"应为{what}"


MOST_NAMES = 12
"""So many names of a cell are looked at."""
LIKE_FORMULAS = (Kind.TEXT, Kind.LONG, Kind.KEY, Kind.DUE)
"""Kinds in which a text that looks like a formula is kept."""


@dataclass(frozen=True, slots=True)
class Cells(PlainDemand):
    """Every cell holds what its column says: the kind, the bounds, the length."""

    unit_at: str = ""
    """The computed column that says in which row of the units the row's own unit stands."""
    only: Mapping[str, Expr] = field(default_factory=dict)
    """Columns that are read in some rows only."""
    but: Collection[str] = ()
    """Columns that the sheet looks after itself."""

    def rules(self, spec: SheetSpec) -> Iterator[Rule]:
        columns = [column for column in spec.columns if column.key not in self.but]
        for column in columns:
            for rule in (*self._kind(column), *_bounds(column), *_length(column)):
                when = self.only.get(column.key)
                yield rule if when is None else _when(rule, when)
        if texts := [c.key for c in columns if c.kind in LIKE_FORMULAS]:
            yield formula_like(*texts)

    def _kind(self, column: Column) -> Iterator[Rule]:
        """What reading the cell tells by itself."""
        key = column.key
        match column.kind:
            case Kind.PERIOD:
                yield self._live(
                    column, no_month(key, Var(f"{key}_digits")), "请写成 2026-11 的样子"
                )
            case Kind.DATE:
                wrong = unreadable(key, *map(day_number, DAYS), whole=True)
                yield self._live(column, wrong, "应为日期，如 2026-11-10")
            case Kind.NAMES:
                wrong = Contains(text(key), ("，", ",", "；", ";", "\n"))
                yield self._live(column, wrong, "请用顿号“、”隔开")
                long = f"{column.head}里每个名称最多{LABEL}个字"
                yield Rule(_long_names(key), Text(long), key, "text_too_long")
            case Kind.LINES:
                many = Not(equal(_line(key, MOST_BEHAVIOURS + 1), NOTHING))
                yield Rule(many, Text(f"{column.head}最多{MOST_BEHAVIOURS}条"), key, "too_many")
                long = f"{column.head}每条最多{SENTENCE}个字"
                yield Rule(_long_lines(key), Text(long), key, "text_too_long")
            case kind:
                words = column.choices.values() if kind is Kind.CHOICE else ()
                yield from (
                    self._live(column, *one) for one in misread(key, kind, words, self.unit_at)
                )

    def _live(self, column: Column, wrong: Expr, what: str) -> Rule:
        return Rule(wrong, Text(column.head + what), column.key)


def _long_names(key: str) -> Expr:
    names = (NthName(Var(key), n) for n in range(1, MOST_NAMES + 1))
    return either(*(Compare(Rel.GT, Length(name), number(LABEL)) for name in names))


def _long_lines(key: str) -> Expr:
    lines = (_line(key, n) for n in range(1, MOST_BEHAVIOURS + 1))
    return either(*(Compare(Rel.GT, Length(line), number(SENTENCE)) for line in lines))


def _line(key: str, n: int) -> NthName:
    return NthName(Var(key), n, "\n", SENTENCE + 99)


def _when(rule: Rule, when: Expr) -> Rule:
    return replace(rule, wrong=both(when, rule.wrong))


def _bounds(column: Column) -> Iterator[Rule]:
    low, high, above = column.bounds.low, column.bounds.high, column.bounds.above
    if low is None and high is None:
        return
    hundred = Decimal(100 if column.kind is Kind.POINTS else 1)
    ends = (None if end is None else end / hundred for end in (low, high))
    shown_ends = [
        *([] if low is None else [f"应大于{low}" if above else f"不能小于{low}"]),
        *([] if high is None else [f"不能大于{high}"]),
    ]
    wrong = outside(column.key, *ends, above=above)
    yield Rule(wrong, Text(column.head + "、".join(shown_ends)), column.key, "out_of_range")


def _length(column: Column) -> Iterator[Rule]:
    if not column.longest:
        return
    key, most = column.key, column.longest
    wrong = Compare(Rel.GT, Length(Var(key)), number(most))

    def says(case: Case) -> str:
        return f"{case.head(key)}最多{most}个字，现有{len(case.said(key))}个字"

    yield Rule(wrong, Text(f"{column.head}最多{most}个字"), key, "text_too_long", says=says)


def formula_like(*keys: str) -> Rule:
    """A text that looks like a formula: kept as text, but hardly what was meant."""
    fenced = told(*(part for key in keys for part in ("|", text(key))))
    return Rule(Contains(fenced, ("|=",)), Text("有的内容像公式，按文字保留"), notice=True)
