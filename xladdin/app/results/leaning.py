"""Whose ratings lean: how far a rater's ratings lie from those of all raters, on average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.company.month_results import Lean, PersonResult
from xladdin.formula.evaluate import rounded, snap
from xladdin.formula.nodes import Rounding
from xladdin.scoring import keys

SUBJECTIVE = "考核表主观项"
LEAN_LIMIT, LEAN_UNIT = Decimal(10), "个百分点"
"""A superior whose points for described items lie further from all superiors' is pointed out."""


@dataclass(slots=True)
class Tally:
    """What a rater's ratings come to."""

    gaps: list[Decimal] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    limit: Decimal = LEAN_LIMIT

    def lean(self, rater: str, source: str, unit: str) -> Lean:
        mean = rounded(snap(sum(self.gaps, Decimal(0)) / len(self.gaps)), 2, Rounding.HALF_UP)
        return Lean(rater, source, len(self.gaps), len(self.people), mean, self.limit, unit)


def subjective_leans(people: Iterable[PersonResult]) -> Iterator[Lean]:
    """Superiors by the described items of the forms, against all superiors on the same item."""
    rates: dict[tuple[str, str], list[tuple[str, str, Decimal]]] = defaultdict(list)
    for one in people:
        superior = one.employee.superior
        for item in one.scheme.indicators:
            score = one.values.get(keys.score(item.id))
            if superior and item.subjective and isinstance(score, Decimal):
                share = score / item.weight * 100
                rates[one.scheme.id, item.id].append((superior, one.employee.id, share))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for given in rates.values():
        if len({superior for superior, _, _ in given}) < 2:
            continue
        mean = sum((share for _, _, share in given), Decimal(0)) / len(given)
        for superior, ratee, share in given:
            tallies[superior].gaps.append(share - mean)
            tallies[superior].people.add(ratee)
    return (tally.lean(who, SUBJECTIVE, LEAN_UNIT) for who, tally in tallies.items())
