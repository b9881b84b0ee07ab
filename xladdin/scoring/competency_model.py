"""The model of a competency appraisal: ratings to points, means by source, result, bias.

Ratings stand in rows, one per rater.  A source without ratings is never a 0: its weight is spread
over the sources present, or the element stays open, as the scheme says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Element, Source
from xladdin.domain.rule_terms import SCORE_DIGITS, ZERO
from xladdin.formula.evaluate import Value, evaluate, solve
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Listing,
    Not,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    all_of,
    cases,
    div,
    mul,
    number,
    one_of,
    sub,
    total,
)

Model = dict[str, Expr]
TOTAL, MISSING, LEVEL, REWARD = "total", "missing", "level", "reward"
NOTHING_MISSING = "无"
UNUSABLE = "评级有误"
LONGEST_LISTING = 6_000
"""Characters of a formula, of the 8192 that Excel takes."""


def rating(row: int, element: str) -> str:
    """The level (customers: stars) that the rater of a row gave an element."""
    return f"rating.{row}.{element}"


def point(row: int, element: str) -> str:
    """What that rating is worth."""
    return f"point.{row}.{element}"


def mean(source: Source, element: str) -> str:
    """The mean of a source on an element."""
    return f"mean.{source}.{element}"


def overall(element: str) -> str:
    """The mean of all raters but the employee on an element."""
    return f"overall.{element}"


def result(element: str) -> str:
    """The weighted mean of an element."""
    return f"result.{element}"


def result_level(element: str) -> str:
    """The level of an element's weighted mean."""
    return f"result_level.{element}"


def bias(row: int) -> str:
    """How far a rater lies from all raters, over the elements rated, in points."""
    return f"bias.{row}"


def flag(row: int) -> str:
    """偏高, 偏低 or 正常."""
    return f"flag.{row}"


def competency_model(scheme: CompetencyScheme, rows: Sequence[Source]) -> Model:
    """Every computed value, given who rates in which row."""
    model = means_model(scheme, rows)
    for element in scheme.elements:
        everyone = tuple(
            var for s in Source if s is not Source.SELF for var in _vars(element, rows, s)
        )
        model[overall(element.id)] = _mean(everyone)
    for row, source in enumerate(rows, start=1):
        model |= _bias(scheme, row, source)
    model |= outcome_model(scheme)
    for element in scheme.elements:
        if refused := _refused(element, rows):
            key = result(element.id)
            model[key] = If(one_of(refused), Blank(), model[key])
    return model


def _refused(element: Element, rows: Sequence[Source]) -> tuple[Expr, ...]:
    """For each rating that counts, whether something stands there that is none.

    Then the element has no result: its weight is not spread as that of a rating nobody gave.
    """
    return tuple(
        all_of(
            (
                Not(IsEmpty(Var(rating(row, element.id)))),
                Compare(Rel.EQ, CountNumbers((Var(point(row, element.id)),)), ZERO),
            )
        )
        for row, source in enumerate(rows, start=1)
        if element.weights.of(source) > 0
    )


def refused_elements(
    scheme: CompetencyScheme,
    rows: Sequence[Source],
    ratings: Mapping[str, Value],
    values: Mapping[str, Value],
) -> list[str]:
    """The elements without a result, since something stands there that is no rating."""
    known = {**ratings, **values}
    return [
        element.id
        for element in scheme.elements
        if any(evaluate(test, known) for test in _refused(element, rows))
    ]


def means_model(scheme: CompetencyScheme, rows: Sequence[Source]) -> Model:
    """Points of every rating, and the means by source."""
    model: Model = {}
    for element in scheme.elements:
        model |= _points(scheme, element, rows)
        model |= {mean(s, element.id): _mean(_vars(element, rows, s)) for s in scheme.columns}
    return model


def outcome_model(scheme: CompetencyScheme) -> Model:
    """Results, levels and reward, given the means of the sources."""
    model: Model = {}
    for element in scheme.elements:
        model[result(element.id)] = _result(scheme, element)
        model[result_level(element.id)] = level_of(scheme, Var(result(element.id)))
    model[TOTAL] = _total(scheme)
    model[MISSING] = _missing(scheme)
    model[LEVEL] = level_of(scheme, Var(TOTAL))
    model[REWARD] = _reward(scheme)
    return model


def rating_points(scheme: CompetencyScheme, source: Source, given: Var) -> Expr:
    """The points of one rating; anything that is no level (or 1 to 5 stars) counts as missing."""
    if source is Source.CUSTOMER:
        return starred(given, [number(scheme.points_of(name)) for name in scheme.stars], Blank())
    worth = [number(level.points) for level in scheme.levels]
    return picked(scheme, given, worth, Blank())


def picked(scheme: CompetencyScheme, given: Var, worth: Sequence[Expr], otherwise: Expr) -> Expr:
    """What the level in a cell is worth; one that is called 4 stands there as a number or text."""
    text = Var(given.name, text=True)
    named = list(zip(scheme.levels, worth, strict=True))
    texts = tuple((Compare(Rel.EQ, text, Text(level.name)), each) for level, each in named)
    numbers = tuple(
        (Compare(Rel.EQ, given, number(level.points)), each)
        for level, each in named
        if level.numeric
    )
    # Whether it is a number is asked first, since a text is never compared with a number.
    return If(IsNumber(given), cases(numbers, otherwise), cases(texts, otherwise))


def starred(given: Var, worth: Sequence[Expr], otherwise: Expr) -> Expr:
    """What 1, 2, ... stars are worth: a number, or the same as text (a cell formatted as text)."""
    text = Var(given.name, text=True)
    numbers = tuple((Compare(Rel.EQ, given, number(i)), w) for i, w in enumerate(worth, start=1))
    texts = tuple((Compare(Rel.EQ, text, Text(str(i))), w) for i, w in enumerate(worth, start=1))
    return If(IsNumber(given), cases(numbers, otherwise), cases(texts, otherwise))


def level_of(scheme: CompetencyScheme, score: Var) -> Expr:
    """The level that a mean earns by the scheme's bounds; blank where there is no mean."""
    branches = tuple(
        (Compare(Rel(level.sign), score, number(level.lower)), Text(level.name))
        for level in scheme.levels
        if level.lower is not None
    )
    return If(IsNumber(score), cases(branches, Text(scheme.levels[-1].name)), Blank())


def converted(scheme: CompetencyScheme, score: Var) -> Expr:
    """A mean out of 100: the percentage of what the best level is worth; nothing without a mean."""
    best = max(level.points for level in scheme.levels)
    whole = Round(div(mul(score, number(100)), number(best)), SCORE_DIGITS)
    return If(IsNumber(score), whole, Blank())


def _points(scheme: CompetencyScheme, element: Element, rows: Sequence[Source]) -> Model:
    return {
        point(row, element.id): rating_points(scheme, source, Var(rating(row, element.id)))
        for row, source in enumerate(rows, start=1)
        if element.rated_by(source)
    }


def _vars(element: Element, rows: Sequence[Source], source: Source) -> tuple[Var, ...]:
    """The points of a source's raters on an element."""
    if not element.rated_by(source):
        return ()
    return tuple(Var(point(i, element.id)) for i, s in enumerate(rows, start=1) if s is source)


def _mean(points: tuple[Var, ...]) -> Expr:
    if not points:
        return Blank()
    some = Compare(Rel.GT, CountNumbers(points), ZERO)
    return If(some, Round(div(SumNumbers(points), CountNumbers(points)), SCORE_DIGITS), Blank())


def _sources(element: Element) -> list[Source]:
    """Those whose ratings count."""
    return [source for source in Source if element.weights.of(source) > 0]


def _counting(element: Element) -> list[tuple[Var, Decimal]]:
    return [
        (Var(mean(source, element.id)), element.weights.of(source)) for source in _sources(element)
    ]


def _result(scheme: CompetencyScheme, element: Element) -> Expr:
    counting = _counting(element)
    means = tuple(var for var, _ in counting)
    some = Compare(Rel.GT, CountNumbers(means), ZERO)
    if scheme.missing == "incomplete":
        some = Compare(Rel.EQ, CountNumbers(means), number(len(means)))
    points = total(tuple(If(IsNumber(v), mul(number(w), v), ZERO) for v, w in counting))
    weights = total(tuple(If(IsNumber(v), number(w), ZERO) for v, w in counting))
    return If(some, Round(div(points, weights), SCORE_DIGITS), Blank())


def _total(scheme: CompetencyScheme) -> Expr:
    results = tuple(Var(result(element.id)) for element in scheme.elements)
    complete = all_of(tuple(IsNumber(var) for var in results))
    weighted = total(
        tuple(
            mul(number(element.weight / 100), var)
            for element, var in zip(scheme.elements, results, strict=True)
        )
    )
    left = sub(number(len(results)), CountNumbers(results))
    return If(complete, Round(weighted, SCORE_DIGITS), Join((Text("缺"), left, Text("项"))))


def _missing(scheme: CompetencyScheme) -> Expr:
    """What the total lacks, in words: more than the cell of a score has room for."""
    return If(IsNumber(Var(TOTAL)), Text(NOTHING_MISSING), Join((Text(""), *_lacking(scheme))))


def longest_missing(scheme: CompetencyScheme) -> str:
    """The longest text that may stand under ``MISSING``: no rating at all."""
    values = solve(outcome_model(scheme), {})
    return str(values[MISSING])


def _lacking(scheme: CompetencyScheme) -> Iterator[Expr]:
    """Of each element without a result its name and by whom it should have been rated.

    Where that would make a formula too long for a cell, the names alone.
    """
    every = scheme.missing == "incomplete"
    if sum(_length(element, every=every) for element in scheme.elements) > LONGEST_LISTING:
        yield Listing(tuple((_open(element), element.name) for element in scheme.elements), "、")
    elif every:
        # Each in brackets of its own: which of them comes first is not known.
        for element in scheme.elements:
            whose = Listing(tuple(_of_each(element)), "、")
            named = Join((Text(f"{element.name}（"), whose, Text("）")))
            yield If(_open(element), named, Text(""))
    else:
        yield Listing(tuple(each for one in scheme.elements for each in _of_all(one)), "、")


def _length(element: Element, *, every: bool) -> int:
    """About how many characters of a formula it takes to say what an element lacks."""
    if every:
        return 120 + 45 * len(_sources(element)) + len(element.name)
    return 160 + 2 * len(element.name)


def _open(element: Element) -> Expr:
    return Not(IsNumber(Var(result(element.id))))


def _means(element: Element) -> Expr:
    return CountNumbers(tuple(var for var, _ in _counting(element)))


def _of_each(element: Element) -> Iterator[tuple[Expr, str]]:
    """Whose rating is missing, where everybody's is needed."""
    for source in _sources(element):
        yield Not(IsNumber(Var(mean(source, element.id)))), SOURCE_LABELS[source]
    # All means are there, but something stands beside the ratings that is none.
    yield Compare(Rel.EQ, _means(element), number(len(_sources(element)))), UNUSABLE


def _of_all(element: Element) -> Iterator[tuple[Expr, str]]:
    """Whose rating is missing, where anybody's will do: then that of all."""
    labels = "、".join(SOURCE_LABELS[source] for source in _sources(element))
    nobody = Compare(Rel.EQ, _means(element), ZERO)
    somebody = Compare(Rel.GT, _means(element), ZERO)
    yield all_of((_open(element), nobody)), f"{element.name}（{labels}）"
    yield all_of((_open(element), somebody)), f"{element.name}（{UNUSABLE}）"


def _reward(scheme: CompetencyScheme) -> Expr:
    given = Var(LEVEL, text=True)
    branches = tuple(
        (Compare(Rel.EQ, given, Text(level.name)), Text(level.reward)) for level in scheme.levels
    )
    return cases(branches, Blank())


def _bias(scheme: CompetencyScheme, row: int, source: Source) -> Model:
    """A rater against all raters, on the elements that the rater rated; not for the self-rating."""
    if source is Source.SELF or not scheme.elements_of(source):
        return {}
    pairs = [
        (Var(point(row, element.id)), Var(overall(element.id)))
        for element in scheme.elements_of(source)
    ]
    points = tuple(own for own, _ in pairs)
    gaps = total(tuple(If(IsNumber(own), sub(own, all_), ZERO) for own, all_ in pairs))
    some = Compare(Rel.GT, CountNumbers(points), ZERO)
    value = Var(bias(row))
    limit = scheme.bias_limit
    verdict = cases(
        (
            (Compare(Rel.GT, value, number(limit)), Text("偏高")),
            (Compare(Rel.LT, value, number(-limit)), Text("偏低")),
        ),
        Text("正常"),
    )
    return {
        bias(row): If(some, Round(div(gaps, CountNumbers(points)), SCORE_DIGITS), Blank()),
        flag(row): If(IsNumber(value), verdict, Blank()),
    }
