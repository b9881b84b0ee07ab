"""Whose ratings may be told together, where raters come and go between one appraisal and the next.

A mean of four and, a month later, that of three of them give the fourth away to whoever supposes
that the three have not changed their minds; so do a mean of three and that of these and one more.
Therefore raters are told in cohorts: those who were first told together are told together ever
after, or not at all.

- A cohort that is there as a whole is told, by the same rule as a group on its own.
- Of a cohort of which some have gone, nothing is told: the others stand for as little as too few.
- Who comes anew waits until there are as many as the scheme asks for; then these are a cohort.

What is told of a cohort is worked out from its own ratings alone, and nothing is told of anybody
else.  So a reader of all months learns of each cohort what a reader of one constant group learns,
and by ``scoring.disclosure`` that leaves each of its raters two levels at least.  Who is in which
cohort follows from who rated when; nothing depends on what they gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Raters = frozenset[str]


@dataclass(frozen=True, slots=True)
class Split:
    """The raters of one source on one element, by what may be told of them."""

    cohorts: tuple[Raters, ...]
    """Told together, each of them."""
    held_back: Raters
    """Of whom nothing is told."""

    @property
    def told(self) -> Raters:
        """Everybody of whom something is told."""
        return Raters().union(*self.cohorts)


def split(raters: Raters, before: Sequence[Raters], least: int) -> Split:
    """Raters by cohorts; ``before`` are those who were told at each of the other times.

    A cohort has ``least`` raters at least.
    """
    known = cohorts(before)
    whole = [each for each in known if each <= raters and len(each) >= least]
    new = raters.difference(*known)
    if len(new) >= max(least, 1):
        whole.append(new)
    return Split(tuple(whole), raters.difference(*whole))


def cohorts(told: Iterable[Raters]) -> list[Raters]:
    """Those who were told at the same times, in the order in which they came.

    Since a cohort is never told in parts, these are the cohorts, whichever time came first.
    """
    times: dict[str, list[int]] = defaultdict(list)
    for number, raters in enumerate(told):
        for who in raters:
            times[who].append(number)
    found: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for who, numbers in times.items():
        found[tuple(numbers)].add(who)
    return [Raters(found[numbers]) for numbers in sorted(found)]
