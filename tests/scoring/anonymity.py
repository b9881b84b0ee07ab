"""A solver that tries to work out who gave what, from all that those who may read it get to see.

It knows nothing of the rule in ``scoring.disclosure``.  It takes a reader who knows the scheme, how
many rated what, and the employee's and the superior's own ratings: more than the employee or the
superior alone.  It makes the 反馈单 for every combination of anonymous ratings, and asks of each
form that may come out which combinations lead to it: what all of them share, the reader knows.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations_with_replacement, pairwise, product
from math import comb

from xladdin.books.ratings import competency_feedback
from xladdin.domain.competency import ANONYMOUS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.scoring import competency_model as keys
from xladdin.scoring.disclosure import disclosed

from .test_competency_model import scheme_of

Place = tuple[Source, str]
Given = tuple[Value, ...]
World = Mapping[Place, Given]
"""What the raters of each source gave each element, in any order."""
View = Mapping[str, Value]
PERSON = Employee(id="T1", name="甲", department="部", position="岗")
PERIOD = Period("2026-11")
MOST_PEERS, MOST_SUBORDINATES, MOST_CUSTOMERS = 5, 4, 4
MOST = {
    Source.PEER: MOST_PEERS,
    Source.SUBORDINATE: MOST_SUBORDINATES,
    Source.CUSTOMER: MOST_CUSTOMERS,
}


@dataclass(frozen=True)
class Setting:
    """What a reader knows: the scheme, how many rated each element, all that is not anonymous."""

    scheme: CompetencyScheme
    known: World
    counts: Mapping[Place, int]

    @property
    def rows(self) -> tuple[Source, ...]:
        """Rows enough for everybody."""
        most = dict.fromkeys(Source, 1)
        for (source, _), count in self.counts.items():
            most[source] = max(most[source], count)
        return tuple(source for source in Source for _ in range(most[source]))

    def choices(self, place: Place) -> list[Given]:
        """Everything that the raters of a source may have given an element."""
        return list(combinations_with_replacement(scale(self.scheme, place[0]), self.counts[place]))

    def worlds(self) -> Iterator[World]:
        places = list(self.counts)
        for given in product(*map(self.choices, places)):
            yield {**self.known, **dict(zip(places, given, strict=True))}

    @property
    def size(self) -> int:
        total = 1
        for (source, _), count in self.counts.items():
            total *= comb(len(scale(self.scheme, source)) + count - 1, count)
        return total


def scale(scheme: CompetencyScheme, source: Source) -> list[Value]:
    """What a rater may give."""
    if source is Source.CUSTOMER:
        return [Decimal(i) for i in range(1, 6)]
    return [level.name for level in scheme.levels]


def feedback(setting: Setting, world: World) -> View:
    """The 反馈单 as it is generated."""
    shown = disclosed(setting.scheme, setting.rows, ratings(setting, world))
    return competency_feedback.values(setting.scheme, PERSON, PERIOD, shown)


def ratings(setting: Setting, world: World) -> dict[str, Value]:
    """The ratings of a world by key, placed into the rows."""
    found: dict[str, Value] = {}
    for (source, element), given in world.items():
        rows = [i for i, other in enumerate(setting.rows, start=1) if other is source]
        found |= {keys.rating(row, element): value for row, value in zip(rows, given, strict=False)}
    return found


@dataclass
class Found:
    """What a reader works out, counted over all forms that may come out."""

    views: int = 0
    deduced: int = 0
    """Groups of which everybody's rating is certain."""
    learned: int = 0
    """Groups of fewer than the scheme asks for, of which anything at all is learned."""

    def __iadd__(self, other: Found) -> Found:
        self.views += other.views
        self.deduced += other.deduced
        self.learned += other.learned
        return self

    @property
    def tight(self) -> bool:
        return not self.deduced and not self.learned


def work_out(setting: Setting, see: Callable[[Setting, World], View] = feedback) -> Found:
    """What a reader makes of every form that may come out.

    Nobody knows which of a source's raters gave what: as long as two ratings occur among all that
    may have been given, each rater may have given either.
    """
    classes: dict[frozenset[tuple[str, Value]], list[World]] = defaultdict(list)
    for world in setting.worlds():
        classes[frozenset(see(setting, world).items())].append(world)
    found = Found(len(classes))
    for worlds in classes.values():
        for place in (place for place, count in setting.counts.items() if count):
            possible = {world[place] for world in worlds}
            found.deduced += len({value for given in possible for value in given}) == 1
            few = setting.counts[place] < setting.scheme.least_peers
            found.learned += few and len(possible) < len(setting.choices(place))
    return found


# Schemes and settings to try it on.


def random_scheme(rng: random.Random) -> CompetencyScheme:
    """Any weights, levels, bounds and numbers of raters, awkward ones more often than likely."""
    count = rng.choice([1, 1, 2, 2, 3])
    names = ["优秀", "良好", "一般", "合格", "待改进"][: rng.randint(2, 5)]
    elements = [
        {"id": f"e{i}", "weight": weight, "weights": _weights(rng)}
        for i, weight in enumerate(_split(rng, count))
    ]
    return scheme_of(
        {
            "levels": _levels(rng, names),
            "stars": sorted((rng.choice(names) for _ in range(5)), key=names.index, reverse=True),
            "elements": elements,
            "missing": rng.choice(["spread", "incomplete"]),
            "least_peers": rng.choice([1, 2, 3, 3, 3, 4, 5]),
        }
    )


def _levels(rng: random.Random, names: list[str]) -> list[dict[str, object]]:
    """Even or uneven points, and bounds at, between or just beside them."""
    count = len(names)
    points = [Decimal(count - i) for i in range(count)]
    if rng.random() < 0.5:
        cents = sorted(rng.sample(range(1001), count), reverse=True)
        points = [Decimal(value) / 100 for value in cents]
    lowest, gap = points[-1], points[0] - points[-1]
    lowers = [
        (a + b) / 2 if rng.random() < 0.5 else rng.choice([a, b + (a - b) / 100, a - (a - b) / 100])
        for a, b in pairwise(points)
    ]
    if rng.random() < 0.3:
        at = sorted(rng.sample(range(1, 100), count - 1), reverse=True)
        lowers = [lowest + gap * value / 100 for value in at]
    signs = [">=" if lower == points[0] else rng.choice([">=", ">"]) for lower in lowers]
    return [
        {"name": name, "points": worth, "reward": rng.choice(["奖", "奖", f"奖{name}"])}
        | ({"lower": lowers[i], "sign": signs[i]} if i < count - 1 else {})
        for i, (name, worth) in enumerate(zip(names, points, strict=True))
    ]


def _split(rng: random.Random, count: int) -> list[int]:
    cuts = sorted(rng.sample(range(1, 100), count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]


def _weights(rng: random.Random) -> dict[str, int]:
    sources = rng.sample(list(Source), rng.randint(1, 4))
    if not ANONYMOUS & set(sources):
        sources.append(rng.choice(sorted(ANONYMOUS)))
    return dict(zip(map(str, sources), _split(rng, len(sources)), strict=True))


def random_setting(rng: random.Random, scheme: CompetencyScheme, most: int) -> Setting:
    """Up to 5 peers and 4 customers, some of whom rate less, in no more worlds than ``most``."""
    while True:
        peers, customers = rng.randint(0, MOST_PEERS), rng.randint(0, MOST_CUSTOMERS)
        present = {Source.PEER: peers, Source.CUSTOMER: customers}
        if Source.SUBORDINATE in scheme.sources:
            present[Source.SUBORDINATE] = rng.randint(0, MOST_SUBORDINATES)
        counts = {
            (source, element.id): max(0, count - (rng.random() < 0.2))
            for source, count in present.items()
            for element in scheme.elements_of(source)
        }
        setting = Setting(scheme, _known(rng, scheme), counts)
        if setting.size <= most:
            return setting


def _known(rng: random.Random, scheme: CompetencyScheme) -> World:
    """The employee's and the superior's ratings; now and then one is missing."""
    return {
        (source, element.id): (rng.choice(scale(scheme, source)),)
        for source in (Source.SELF, Source.SUPERIOR)
        for element in scheme.elements_of(source)
        if rng.random() < 0.9
    }


def alone(rng: random.Random, scheme: CompetencyScheme, place: Place, count: int) -> Setting:
    """A reader who knows everybody's ratings but those of one group."""
    others: dict[Place, Given] = {
        (source, element.id): tuple(rng.choice(scale(scheme, source)) for _ in range(MOST[source]))
        for source in ANONYMOUS
        for element in scheme.elements_of(source)
        if (source, element.id) != place
    }
    return Setting(scheme, {**_known(rng, scheme), **others}, {place: count})
