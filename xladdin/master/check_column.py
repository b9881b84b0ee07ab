"""The live 检查 column: a sheet's rules as columns that the workbook works out for itself.

``broken`` says which rule a row breaks first (faults before notices; -1:
nothing stands there), ``check`` tells it in Chinese, ``standing`` how the row is to be counted.  The rules are spread over several hidden columns, since
a formula holds 8192 characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from xladdin.formula.excel import excel
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    Filled,
    If,
    IsEmpty,
    Join,
    Listing,
    Not,
    Range,
    Rel,
    Text,
    Var,
    cases,
    number,
    one_of,
)
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.styles import ALERT, MISSING, UNUSED
from xladdin.layout.tables.table import OWN

from .cell_kinds import DASHES
from .constraints import MISSING as LACKING
from .constraints import takes_dashes
from .row_questions import both, either, equal, filled, some, text, word
from .sheet_spec import Computed, Rule, SheetSpec

CHECK, CHECK_HEAD, CHECK_WIDTH = "check", "检查", 26.0
BROKEN, STANDING = "broken", "standing"
PASSED, WAITING, WRONG, NOTICED = "通过", "待填", "错", "提醒"
NOTICE = f"{NOTICED}："
LONGEST = 3500
"""Characters of a formula that asks for several rules, as it is estimated."""
_BEYOND = Compare(Rel.GT, CountWhere((Filled(Range(OWN)),)), number(0))
"""Whether anything stands in the row, beyond its first column."""


def started(spec: SheetSpec) -> Expr:
    """Whether anything stands in the row."""
    return either(filled(spec.columns[0].key), _BEYOND)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the check asks, and says in one sentence: a rule, or several that are listed."""

    rules: tuple[Rule, ...]

    @property
    def wrong(self) -> Expr:
        return one_of(tuple(rule.wrong for rule in self.rules))

    @property
    def said(self) -> Expr:
        (first, *rest) = self.rules
        before = NOTICE if first.notice else ""
        if not first.listed:
            return Join((Text(before), first.told)) if before else first.told
        items = tuple((rule.wrong, _fixed(rule.told)) for rule in (first, *rest))
        return Join((Text(before + first.listed), Listing(items)))

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(rule.marks for rule in self.rules if rule.marks)


def _fixed(told: Expr) -> str:
    match told:
        case Text(value):
            return value
        case _:
            raise TypeError("what is listed is a fixed text")


@cache
def asked(spec: SheetSpec) -> tuple[Asked, ...]:
    """Everything that is asked of a row: faults first, and of these what is listed together."""
    found: list[Asked] = []
    for notice in (False, True):
        rules = [rule for rule in spec.rules if rule.notice is notice]
        lists = defaultdict(list)
        for rule in rules:
            lists[rule.listed].append(rule)
        found += [Asked(tuple(several)) for listed, several in lists.items() if listed]
        found += [Asked((rule,)) for rule in lists[""]]
    return tuple(found)


def faults(spec: SheetSpec) -> int:
    """How many of the questions are about faults; the others are notices."""
    return sum(not one.rules[0].notice for one in asked(spec))


class _Anywhere(Mapping[str, str]):
    """Addresses as long as they may become."""

    def __getitem__(self, name: str) -> str:
        return "tbl_indicators[step_at_]" if "." in name else "月度目标与实际!$AA1"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _spread(exprs: Iterable[Expr]) -> list[list[tuple[int, Expr]]]:
    """Expressions with their numbers (from 1), in parts that a formula can hold."""
    parts: list[list[tuple[int, Expr]]] = [[]]
    room = LONGEST
    for index, one in enumerate(exprs, start=1):
        length = len(excel(one, _Anywhere()))
        if length > room and parts[-1]:
            parts.append([])
            room = LONGEST
        parts[-1].append((index, one))
        room -= length
    return parts


@cache
def checking(spec: SheetSpec) -> tuple[Computed, ...]:
    """The columns of the check, in the order in which they read each other."""
    found = []
    for i, part in enumerate(_spread(one.wrong for one in asked(spec))):
        branches = tuple((wrong, number(index)) for index, wrong in part)
        found.append(Computed(f"{BROKEN}_{i}", cases(branches, number(0))))
    first = tuple((some(Var(one.key)), Var(one.key)) for one in found)
    said = [
        Computed(f"said_{i}", _sentence(part))
        for i, part in enumerate(_spread(one.said for one in asked(spec)))
    ]
    whole = Join(tuple(text(one.key) for one in said))
    return (
        *found,
        Computed(BROKEN, cases(((Not(started(spec)), number(-1)), *first), number(0))),
        Computed(STANDING, _standing(spec)),
        *said,
        Computed(CHECK, If(some(Var(BROKEN)), whole, text(STANDING)), CHECK_HEAD, CHECK_WIDTH),
    )


def _standing(spec: SheetSpec) -> Expr:
    fault = both(some(Var(BROKEN)), Compare(Rel.LE, Var(BROKEN), number(faults(spec))))
    waits = tuple((IsEmpty(Var(column)), Text(WAITING)) for column in spec.later)
    return cases(
        (
            (Compare(Rel.LT, Var(BROKEN), number(0)), Text("")),
            (fault, Text(WRONG)),
            *waits,
            (some(Var(BROKEN)), Text(NOTICED)),
        ),
        Text(PASSED),
    )


def _sentence(part: list[tuple[int, Expr]]) -> Expr:
    """What is said of the rule that is broken, if it is one of these."""
    first, last = part[0][0], part[-1][0]
    here = both(
        Compare(Rel.GE, Var(BROKEN), number(first)), Compare(Rel.LE, Var(BROKEN), number(last))
    )
    return If(here, _choice(part), Text(""))


def _choice(part: list[tuple[int, Expr]]) -> Expr:
    """Halved again and again: a formula nests 64 deep at most."""
    if len(part) == 1:
        return part[0][1]
    middle = len(part) // 2
    before = Compare(Rel.LT, Var(BROKEN), number(part[middle][0]))
    return If(before, _choice(part[:middle]), _choice(part[middle:]))


def highlights(spec: SheetSpec, key: str) -> Iterator[Highlight]:
    """How a column's cells light up: what is missing, what is wrong, what the row does not use."""
    begun = started(spec)
    for rule in spec.rules:
        if rule.marks == key and rule.listed == LACKING:
            yield Highlight(both(begun, rule.wrong), MISSING)
    if key in spec.later:
        yield Highlight(both(begun, IsEmpty(Var(key))), MISSING)
    if key in spec.required and takes_dashes(spec.column(key)):
        # Excel takes no array constant in a format, and so not the check's own question.
        yield Highlight(word(key, *sorted(DASHES - {""})), MISSING)
    marked = [i for i, one in enumerate(asked(spec), start=1) if _lights(one, key)]
    if marked:
        hit = tuple(equal(Var(BROKEN), number(i)) for i in marked)
        yield Highlight(one_of(hit), ALERT)
    greys = tuple(rule.greys for rule in spec.rules if rule.greys and rule.marks == key)
    if greys:
        yield Highlight(one_of(greys), UNUSED)
    if key == spec.columns[0].key:
        yield Highlight(equal(text(STANDING), Text(WRONG)), MISSING)


def _lights(one: Asked, key: str) -> bool:
    """Faults of single cells light up red; notices are only said."""
    first = one.rules[0]
    return not first.listed and not first.notice and first.marks == key
