"""Ratings of one element, or of the whole, from all sources: COMPETENCY_SCORE."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from xladdin.domain.competency import (
    SOURCE_LABELS,
    CompetencyScheme,
    Element,
    RaterWeights,
    Source,
)
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value, solve
from xladdin.scoring.competency_model import Model, competency_model, point, rating, result

from .argument_names import ELEMENT, competency_of, element_of
from .argument_values import BadArgumentError, answer, bad, number, text
from .known_schemes import SCHEME, Known, known
from .spilling import Answer, Answers, Grid, answered, grid, single

Given = tuple[Source, Decimal | str]
"""Who rated, and the level, points or stars."""

ALL = "all"
"""The id of the element that stands for all of a scheme's elements together."""


@answered
def competency_score(
    own: object,
    superior: object,
    peers: object = None,
    customers: object = None,
    scheme: object = None,
    element: object = None,
    subordinates: object = None,
) -> Answers:
    """The weighted mean of the sources present.

    One person, whoever rated in whatever shape; where self or superior are a column, each row of
    all ranges is one person.
    """
    given = {
        Source.SELF: own,
        Source.SUPERIOR: superior,
        Source.PEER: peers,
        Source.SUBORDINATE: subordinates,
        Source.CUSTOMER: customers,
    }
    now = known()
    chosen = competency_of(single(scheme, SCHEME), now)
    part = element_of(chosen, single(element, ELEMENT))
    grids = {source: grid(cells, SOURCE_LABELS[source]) for source, cells in given.items()}
    people = max(len(grids[Source.SELF]), len(grids[Source.SUPERIOR]))
    if people == 1:
        return _result(now, chosen, part, {s: list(chain(*rows)) for s, rows in grids.items()})
    tall = {source: _rows(rows, people, source) for source, rows in grids.items()}
    return [
        [_result(now, chosen, part, {source: rows[i] for source, rows in tall.items()})]
        for i in range(people)
    ]


def _rows(cells: Grid, people: int, source: Source) -> Grid:
    if cells == [[None]]:
        return cells * people
    if len(cells) != people:
        raise bad(SOURCE_LABELS[source], f"应有{people}行，现有{len(cells)}行")
    return cells


def _result(
    now: Known, scheme: CompetencyScheme, element: Element | None, raw: dict[Source, list[object]]
) -> Answer:
    try:
        given = [
            (source, value)
            for source, cells in raw.items()
            for cell in cells
            if (value := _given(scheme, source, cell)) is not None
        ]
    except BadArgumentError as error:
        return str(error)
    rows = tuple(source for source, _ in given)
    model, key = _model(now, scheme.id, element.id if element else "", rows)
    inputs: dict[str, Value] = {}
    for row, (source, value) in enumerate(given, start=1):
        inputs |= _input(scheme, row, key, source, value)
    return answer(solve(model, inputs)[result(key)])


def _input(
    scheme: CompetencyScheme, row: int, element: str, source: Source, value: Decimal | str
) -> dict[str, Value]:
    """A rating as the form takes it; what the form does not know goes in as points."""
    stars = source is Source.CUSTOMER
    if stars == isinstance(value, Decimal):
        return {rating(row, element): value}
    points = scheme.points_of(value) if isinstance(value, str) else value
    return {rating(row, element): None, point(row, element): points}


def _given(scheme: CompetencyScheme, source: Source, raw: object) -> Decimal | str | None:
    """A level, points between the lowest and the highest level, or a customer's stars."""
    name = SOURCE_LABELS[source]
    if isinstance(raw, str) and text(raw, name):
        return _level(scheme, text(raw, name), name)
    value = number(raw, name)
    if value is None:
        return None
    stars = len(scheme.stars)
    if source is Source.CUSTOMER and value not in range(1, stars + 1):
        raise bad(name, f"应为1至{stars}星")
    points = [level.points for level in scheme.levels]
    if source is not Source.CUSTOMER and not min(points) <= value <= max(points):
        raise bad(name, f"应在{plain(min(points))}至{plain(max(points))}之间")
    return value


def _level(scheme: CompetencyScheme, given: str, name: str) -> str:
    names = [level.name for level in scheme.levels]
    for level in names:
        if level.casefold() == given.casefold():
            return level
    raise bad(name, f"没有「{given}」这个等级，可写：{'、'.join(names)}")


@lru_cache(maxsize=512)
def _model(known: Known, scheme: str, element: str, rows: Sequence[Source]) -> tuple[Model, str]:
    """What the result is made of, and the element's id in it."""
    whole = competency_of(scheme, known)
    part = element_of(whole, element) or _all_of(whole)
    alone = part.model_copy(update={"weight": Decimal(100)})
    model = competency_model(whole.model_copy(update={"elements": (alone,)}), rows)
    wanted = ("point.", "mean.", result(""))
    return {key: tree for key, tree in model.items() if key.startswith(wanted)}, part.id


def _all_of(scheme: CompetencyScheme) -> Element:
    """All elements as one: each source weighs as much as it does over the whole form."""
    weights = {
        source.value: sum(
            (item.weight * item.weights.of(source) / 100 for item in scheme.elements), Decimal(0)
        )
        for source in Source
    }
    first = scheme.elements[0]
    return first.model_copy(update={"id": ALL, "weights": RaterWeights.model_validate(weights)})
