"""Lines of figures of which it is not known to what they belong: they may be any that is lacking.

Else a deduction under a misspelt name, or for a month that cannot be read, would count as none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from xladdin.domain.people import Actual, Period

from .scheme_items import Item

LIKE = 0.5
"""How much of two names is to be the same: of 减份项 and 减分项 it is two thirds."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line that names an employee, but no month or none of the items that the scheme has."""

    employee: str
    period: Period | None
    items: tuple[str, ...]
    """What it may be of."""
    entered: str


def meant(name: str, items: Iterable[Item]) -> tuple[str, ...]:
    """What a name that none of the items has may stand for: the one most like it, if one is.

    Else any addition or deduction; an indicator that has no line of its own is missing anyway.
    """
    known = list(items)
    close = get_close_matches(name, [item.name for item in known], 1, LIKE)
    if close:
        return tuple(dict.fromkeys(item.id for item in known if item.name == close[0]))
    return tuple(dict.fromkeys(item.id for item in known if item.may_lack))


def placed(lines: Sequence[Unplaced], found: Iterable[Actual]) -> list[Actual]:
    """Refused entries in the place of such lines: for all that the person's month has no line of.

    A line without a month may belong to any month that there are figures of for the person.
    """
    have: dict[str, dict[Period, set[str]]] = defaultdict(lambda: defaultdict(set))
    whose, more = {line.employee for line in lines}, []
    for actual in found if whose else ():
        if actual.employee in whose:
            have[actual.employee][actual.period].add(actual.indicator)
    for line in lines:
        months = have[line.employee]
        for period in [line.period] if line.period else list(months):
            for item in line.items:
                if item not in months[period]:
                    months[period].add(item)
                    more.append(Actual.unusable(period, line.employee, item, line.entered))
    return more
