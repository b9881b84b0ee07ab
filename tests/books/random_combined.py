"""Random results of indicators and competency: any shares, levels and gaps, several schemes at once."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.company.people import employee
from xladdin.company.combined_results import CombinedResults, PersonCombined
from xladdin.domain.combined_rules import CombinedRule
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.schemes import Scheme
from xladdin.schemes.library import Library

DEPARTMENTS = ("客服一部", "客服二部", "a", "A*?~")
SHARES = ("70/30", "50/50", "62.5/37.5", "99.99/0.01", "33.33/66.67")


def random_combined(seed: int, most: int = 14) -> CombinedResults:
    """Up to so many people; halves missing, scores that are equal, scores at the bounds of grades."""
    chance = random.Random(seed)
    schemes = [_scheme(chance, one) for one in Library.shipped().schemes[: chance.randint(1, 3)]]
    rated = [_competency(chance, number) for number in range(chance.randint(1, 2))]
    people = [_person(chance, number, schemes, rated) for number in range(chance.randint(1, most))]
    return CombinedResults("晴川", "2026年11月", tuple(people))


def _scheme(chance: random.Random, scheme: Scheme) -> Scheme:
    return scheme.model_copy(
        update={"combined": CombinedRule.model_validate(chance.choice(SHARES))}
    )


def _competency(chance: random.Random, number: int) -> CompetencyScheme:
    (shipped,) = Library.shipped().competencies
    if not number:
        return shipped
    factor = Decimal(chance.randint(1, 300)) / 7
    levels = [
        level.model_copy(update={"points": (level.points * factor).quantize(Decimal("0.001"))})
        for level in shipped.levels
    ]
    return shipped.model_copy(update={"id": "other", "name": "另一套能力", "levels": tuple(levels)})


def _person(
    chance: random.Random, number: int, schemes: list[Scheme], rated: list[CompetencyScheme]
) -> PersonCombined:
    scheme, competency = chance.choice(schemes), chance.choice([None, *rated, *rated])
    rule = scheme.combined
    assert rule
    kpi = Decimal(chance.choice((80, 90, chance.randint(0, 11000) / 100))).quantize(Decimal("0.01"))
    points = None
    if competency and chance.random() < 0.8:
        best = max(level.points for level in competency.levels)
        points = (best * chance.randint(0, 1000) / 1000).quantize(Decimal("0.01"))
    person = employee(f"E{number}", name=f"员工{number}", department=chance.choice(DEPARTMENTS))
    return PersonCombined(
        person,
        scheme,
        rule,
        None if chance.random() < 0.2 else kpi,
        competency,
        points,
        chance.choice(("", "没有能力得分（没有收到评分）")),
    )
