"""A solver for what comes out month after month: who gave what, when few raters come, go or change.

The reader knows the scheme, who rated in which month, all ratings but those of one group, and that
from one month to the next everybody who rates again gives the same as before; but in a step of
``CHANGE`` one of them, nobody knows who, may give something else.  From the forms of all months
together it is worked out what everybody may have given in each of them.

Raters who were there in the same months are told apart by nobody: what one of them may have given,
each may.  So a month is a multiset of ratings for each such pattern of months, and nothing is lost.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, product

from xladdin.books.ratings import competency_feedback
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.formula.evaluate import Value
from xladdin.scoring.cohorts import Raters, Split, split
from xladdin.scoring.disclosure import disclosed

from .anonymity import PERIOD, PERSON, Given, Place, Setting, View, World, ratings, scale

Group = Raters
JOIN, LEAVE, CHANGE, SAME, SWAP, RETURN = "join", "leave", "change", "same", "swap", "return"
STEPS = (JOIN, JOIN, LEAVE, LEAVE, CHANGE, CHANGE, SWAP, RETURN, SAME)
State = tuple[Given, ...]
"""What the raters of each pattern give."""


@dataclass(frozen=True)
class Months:
    """The groups of one source on one element, month by month, and what happened between them."""

    scheme: CompetencyScheme
    place: Place
    known: World
    groups: tuple[Group, ...]
    changing: tuple[bool, ...]
    """Of each step to the next month, whether somebody may have given something else."""

    @property
    def hidden(self) -> int:
        """How many ratings nobody is to find out."""
        return sum(map(len, self.groups))

    @cached_property
    def patterns(self) -> list[tuple[tuple[bool, ...], list[str]]]:
        """Which months, and who was there in these."""
        found: dict[tuple[bool, ...], list[str]] = defaultdict(list)
        for who in sorted(frozenset[str]().union(*self.groups)):
            found[tuple(who in group for group in self.groups)].append(who)
        return list(found.items())

    def states(self) -> Iterator[State]:
        levels = scale(self.scheme, self.place[0])
        yield from product(
            *(combinations_with_replacement(levels, len(who)) for _, who in self.patterns)
        )

    def after(self, month: int, state: State) -> Iterator[State]:
        """What may be given in the month after this one."""
        yield state
        if not self.changing[month]:
            return
        levels = scale(self.scheme, self.place[0])
        for i, (there, _) in enumerate(self.patterns):
            if there[month] and there[month + 1]:
                for own in _changed(state[i], levels):
                    yield (*state[:i], own, *state[i + 1 :])

    def ratings(self, month: int, state: State) -> dict[str, Value]:
        """Who gives what in a month, one for all that differ in nothing that anybody knows."""
        return {
            who: value
            for (there, raters), given in zip(self.patterns, state, strict=True)
            if there[month]
            for who, value in zip(raters, given, strict=True)
        }


def _changed(given: Given, levels: Sequence[Value]) -> set[Given]:
    """One of them gives something else."""
    return {
        tuple(sorted((*given[:i], other, *given[i + 1 :]), key=levels.index))
        for i, one in enumerate(given)
        for other in levels
        if other != one
    }


def found_out(months: Months) -> int:
    """How many ratings are certain to a reader of all months, in any world."""
    count = len(months.groups)
    views: dict[tuple[int, State], frozenset[tuple[str, Value]]] = {}

    def view(month: int, state: State) -> frozenset[tuple[str, Value]]:
        seen = tuple(
            given if there[month] else ()
            for (there, _), given in zip(months.patterns, state, strict=True)
        )
        if (month, seen) not in views:
            views[month, seen] = frozenset(
                feedback(months, month, months.ratings(month, state)).items()
            )
        return views[month, seen]

    possible: dict[tuple[object, ...], dict[tuple[int, int], set[Value]]] = {}
    paths: list[tuple[State, ...]] = [(state,) for state in months.states()]
    for month in range(count - 1):
        paths = [(*path, state) for path in paths for state in months.after(month, path[-1])]
    for path in paths:
        read = tuple(view(month, state) for month, state in enumerate(path))
        values = possible.setdefault(read, defaultdict(set))
        for month, state in enumerate(path):
            for i, (there, _) in enumerate(months.patterns):
                if there[month]:
                    values[month, i].update(state[i])
    certain = {
        spot for values in possible.values() for spot, given in values.items() if len(given) == 1
    }
    return sum(len(months.patterns[i][1]) for _, i in certain)


def random_months(
    rng: random.Random, scheme: CompetencyScheme, place: Place, known: World, most: int
) -> Months:
    """Two to four months of a group of up to six, in no more worlds than ``most``."""
    while True:
        steps = [rng.choice(STEPS) for _ in range(rng.randint(1, 3))]
        groups = [frozenset(f"r{i}" for i in range(rng.randint(1, 5)))]
        for number, step in enumerate(steps):
            groups.append(_next(rng, step, groups, f"n{number}"))
        changing = tuple(step == CHANGE for step in steps)
        months = Months(scheme, place, known, tuple(groups), changing)
        if _size(months) <= most and max(map(len, groups)) <= 6:
            return months


def _next(rng: random.Random, step: str, groups: Sequence[Group], new: str) -> Group:
    now = groups[-1]
    gone = frozenset[str]().union(*groups) - now
    one = frozenset({rng.choice(sorted(now))}) if now else frozenset()
    match step:
        case "join":
            return now | {new}
        case "leave":
            return now - one
        case "swap":
            return (now - one) | {new}
        case "return" if gone:
            return now | {rng.choice(sorted(gone))}
    return now


def _size(months: Months) -> int:
    """How many ways there are for the months, at most."""
    levels = len(scale(months.scheme, months.place[0]))
    start = sum(1 for _ in months.states())
    step = 1 + levels * min(levels * len(months.patterns), max(map(len, months.groups)))
    return start * step ** sum(months.changing)


def place_of(rng: random.Random, scheme: CompetencyScheme) -> Place:
    """A source that nobody may know, and an element that it rates."""
    places = [
        (source, element.id)
        for source in (Source.PEER, Source.SUBORDINATE, Source.CUSTOMER)
        for element in scheme.elements_of(source)
    ]
    return rng.choice(places)


# What a reader sees, month by month.


def told(months: Months) -> list[Split]:
    """Who is told in each month: it follows from who was there."""
    found: list[Split] = []
    least = months.scheme.least_peers
    for group in months.groups:
        few = len(group) < least
        before = [each.told for each in found]
        found.append(Split((), group) if few else split(group, before, least))
    return found


def feedback(months: Months, month: int, given: Mapping[str, Value]) -> View:
    """The 反馈单 of a month, by somebody who knows what was told in those before."""
    before = [each.told for each in told(months)[:month]]
    setting = Setting(months.scheme, months.known, {months.place: len(given)})
    world = {**months.known, months.place: tuple(given.values())}
    names = iter(given)
    who = [next(names, "") if source is months.place[0] else "" for source in setting.rows]
    shown = disclosed(
        months.scheme,
        setting.rows,
        ratings(setting, world),
        who=[name or f"row {row}" for row, name in enumerate(who)],
        before={months.place: before},
    )
    return competency_feedback.values(months.scheme, PERSON, PERIOD, shown)
