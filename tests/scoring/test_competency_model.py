"""The competency model: hand-worked cases, laws, and a second calculation of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.cases.reading import Case, read
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Element, Source
from xladdin.formula.evaluate import Value, solve
from xladdin.formula.excel import excel
from xladdin.formula.walk import variables
from xladdin.scoring import competency_model as keys

LEVELS = {"优秀": 4, "良好": 3, "一般": 2, "待改进": 1}
STARS = ["待改进", "待改进", "一般", "良好", "优秀"]
JUNK: list[Value] = [None, None, "很好", Decimal(3), " ", "优"]
JUNK_STARS: list[Value] = [None, None, Decimal(6), Decimal("3.5"), Decimal(0), "五", "6"]


def scheme_of(spec: dict[str, Any]) -> CompetencyScheme:
    """A scheme from what matters to its results; everything else is filled in."""
    levels = spec.get("levels", LEVELS)
    if isinstance(levels, dict):
        levels = list(_levels(levels))
    levels = [{"reward": f"奖励{i}"} | level for i, level in enumerate(levels, start=1)]
    filled = {
        "name": "案例",
        "behaviours": ["行为"],
        "descriptors": ["描述"] * len(levels),
        "question": "问题？",
    }
    elements = [filled | {"name": element["id"]} | element for element in spec["elements"]]
    head = {"id": "case", "name": "案例", "title": "评分表", "stars": STARS}
    return CompetencyScheme.model_validate(head | spec | {"levels": levels, "elements": elements})


def _levels(points: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Levels that begin half-way to the next one."""
    items = [(name, Decimal(value)) for name, value in points.items()]
    for i, (name, value) in enumerate(items):
        lower = (value + items[i + 1][1]) / 2 if i + 1 < len(items) else None
        yield {"name": name, "points": value, "lower": lower}


@cache
def competency_cases() -> tuple[Case, ...]:
    """Every case of tests/cases/competency.yaml."""
    return tuple(
        _case(group, scheme_of(group["scheme"]), case)
        for group in read("competency")
        for case in group["cases"]
    )


def _case(group: dict[str, Any], scheme: CompetencyScheme, case: dict[str, Any]) -> Case:
    rows = tuple(Source(row) for row in group["rows"])
    model = keys.competency_model(scheme, rows)
    inputs: dict[str, Value] = {
        keys.rating(row, element): value
        for element, ratings in case["ratings"].items()
        for row, value in enumerate(ratings, start=1)
    }
    return Case(f"{group['name']}: {case['name']}", model, inputs, case["values"])


@pytest.mark.parametrize("case", competency_cases(), ids=lambda case: case.name)
def test_a_case(case: Case) -> None:
    values = solve(case.model, case.inputs)
    assert {key: values[key] for key in case.expected} == case.expected


def test_a_missing_rater_never_counts_as_0() -> None:
    """A product of this kind made 3.33 of 5 + 5 + nobody."""
    element = {"id": "a", "weight": 100, "weights": {"superior": 40, "peer": 30, "customer": 30}}
    points = {"五": 5, "四": 4, "三": 3, "二": 2, "一": 1}
    scheme = scheme_of({"levels": points, "stars": [*points][::-1], "elements": [element]})
    rows = (Source.SUPERIOR, Source.PEER, Source.PEER, Source.PEER, Source.CUSTOMER)
    model = keys.competency_model(scheme, rows)
    values = solve(model, {keys.rating(1, "a"): "五", keys.rating(2, "a"): "五"})
    assert values[keys.mean(Source.PEER, "a")] == 5
    assert values[keys.mean(Source.CUSTOMER, "a")] is None
    assert values[keys.TOTAL] == 5


# Generated schemes and ratings, also used where a workbook is recalculated.


@dataclass(frozen=True)
class Rated:
    """A scheme, who rates in which row, and what each of them gave."""

    scheme: CompetencyScheme
    rows: tuple[Source, ...]
    inputs: dict[str, Value]


@st.composite
def rated(draw: DrawFn) -> Rated:
    """Any scheme with ratings, missing ones and nonsense among them."""
    scheme = draw(schemes())
    least = draw(st.sampled_from([0, 3, 6]))
    sources = st.lists(st.sampled_from(scheme.sources), min_size=least, max_size=9)
    rows = draw(sources.map(sorted))
    inputs: dict[str, Value] = {}
    # Nonsense anywhere leaves an element without a result: elsewhere there is none at all.
    nonsense = draw(st.sampled_from([False, False, True]))
    for row, source in enumerate(rows, start=1):
        for element in scheme.elements_of(source):
            inputs[keys.rating(row, element.id)] = draw(_given(scheme, source, nonsense))
    return Rated(scheme, tuple(rows), inputs)


def _given(scheme: CompetencyScheme, source: Source, nonsense: bool) -> st.SearchStrategy[Value]:
    good: list[Value] = [level.name for level in scheme.levels]
    if source is Source.CUSTOMER:
        good = [Decimal(i) for i in range(1, 6)] + [str(i) for i in range(1, 6)]
    junk: list[Value] = [None, " "]
    if nonsense:
        junk = JUNK_STARS if source is Source.CUSTOMER else JUNK
    return st.one_of(st.sampled_from(good), st.sampled_from(good), st.sampled_from(junk))


@st.composite
def schemes(draw: DrawFn) -> CompetencyScheme:
    """One to four elements, two to six levels, any weights, rules and bounds."""
    count = draw(st.integers(1, 4))
    weights = draw(_split(count))
    elements = [
        {"id": f"e{i}", "weight": weights[i], "weights": draw(_rater_weights())}
        for i in range(count)
    ]
    levels = draw(_any_levels())
    names = [level["name"] for level in levels]
    picked = draw(st.lists(st.integers(0, len(names) - 1), min_size=5, max_size=5))
    return scheme_of(
        {
            "levels": levels,
            "stars": [names[i] for i in sorted(picked, reverse=True)],
            "elements": elements,
            "missing": draw(st.sampled_from(["spread", "incomplete"])),
            "least_peers": draw(st.integers(1, 4)),
            "bias_limit": draw(st.sampled_from(["0.5", "1", "1.33"]).map(Decimal)),
        }
    )


@st.composite
def _split(draw: DrawFn, count: int) -> list[Decimal]:
    shares = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    weights = [round(Decimal(100) * share / sum(shares), 1) for share in shares]
    return [*weights[:-1], 100 - sum(weights[:-1])]


@st.composite
def _rater_weights(draw: DrawFn) -> dict[str, Decimal]:
    sources = draw(st.lists(st.sampled_from(Source), min_size=1, max_size=4, unique=True))
    weights = draw(_split(len(sources)))
    return {source.value: weight for source, weight in zip(sources, weights, strict=True)}


@st.composite
def _any_levels(draw: DrawFn) -> list[dict[str, Any]]:
    hundredths = draw(st.lists(st.integers(0, 1000), min_size=2, max_size=6, unique=True))
    points = [Decimal(value) / 100 for value in sorted(hundredths, reverse=True)]
    names = ["优秀", "A级", "良好", "b", "合格", "待改进"][: len(points)]
    levels = list(_levels(dict(zip(names, points, strict=True))))
    return [level | {"sign": draw(st.sampled_from([">=", ">"]))} for level in levels]


# A second calculation, written without the trees.


def half_up(value: Decimal) -> Decimal:
    """Two decimals; six places first, as everywhere."""
    six = value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return six.quantize(Decimal("0.01"), ROUND_HALF_UP)


def mean(points: list[Decimal]) -> Decimal | None:
    return half_up(sum(points, Decimal(0)) / len(points)) if points else None


def points_of(scheme: CompetencyScheme, source: Source, given: Value) -> Decimal | None:
    names = {level.name: level.points for level in scheme.levels}
    if source is Source.CUSTOMER:
        stars = {str(i): names[name] for i, name in enumerate(scheme.stars, start=1)}
        return stars.get(str(given))
    return names.get(given) if isinstance(given, str) else None


def element_result(case: Rated, element: Element) -> dict[str, Value]:
    """Means of the sources, and the weighted mean of an element."""
    found: dict[str, Value] = {}
    known: list[tuple[Decimal, Decimal]] = []
    wanted = 0
    refused = False
    for source in case.scheme.columns:
        entered = [
            case.inputs.get(keys.rating(row, element.id))
            for row, other in enumerate(case.rows, start=1)
            if other is source and element.rated_by(source)
        ]
        given = [points_of(case.scheme, source, each) for each in entered]
        if element.weights.of(source) > 0:
            there = (str("" if each is None else each).strip() for each in entered)
            refused |= any(text and p is None for text, p in zip(there, given, strict=True))
        value = mean([points for points in given if points is not None])
        found[keys.mean(source, element.id)] = value
        weight = element.weights.of(source)
        wanted += weight > 0
        if weight and value is not None:
            known.append((weight, value))
    enough = known and not refused and (case.scheme.missing == "spread" or len(known) == wanted)
    weights = sum(weight for weight, _ in known)
    points = sum((weight * value for weight, value in known), Decimal(0))
    found[keys.result(element.id)] = half_up(points / weights) if enough else None
    return found


def level_of(scheme: CompetencyScheme, score: Value) -> str | None:
    if not isinstance(score, Decimal):
        return None
    for level in scheme.levels:
        if level.lower is None or score > level.lower:
            return level.name
        if score == level.lower and level.sign == ">=":
            return level.name
    return scheme.levels[-1].name


def whose_is_missing(
    scheme: CompetencyScheme, element: Element, values: Mapping[str, Value]
) -> list[str]:
    """Kinds of raters, or that something is written that is no rating."""
    counted = [source for source in Source if element.weights.of(source) > 0]
    lacking = [s for s in counted if values[keys.mean(s, element.id)] is None]
    anybody = scheme.missing == "spread" and len(lacking) < len(counted)
    none = anybody or not lacking
    return ["评级有误"] if none else [SOURCE_LABELS[source] for source in lacking]


@settings(max_examples=80, deadline=None)
@given(rated())
def test_everything_calculated_a_second_time(case: Rated) -> None:
    values = solve(keys.competency_model(case.scheme, case.rows), case.inputs)
    results = []
    for element in case.scheme.elements:
        expected = element_result(case, element)
        assert {key: values[key] for key in expected} == expected
        results.append(expected[keys.result(element.id)])
        level = level_of(case.scheme, results[-1])
        assert values[keys.result_level(element.id)] == level
    known = [value for value in results if isinstance(value, Decimal)]
    if len(known) == len(results):
        weights = [element.weight for element in case.scheme.elements]
        total = sum(w * v for w, v in zip(weights, known, strict=True))
        assert values[keys.TOTAL] == half_up(total / 100)
        assert values[keys.MISSING] == "无"
    else:
        named = [
            f"{element.name}（{'、'.join(whose_is_missing(case.scheme, element, values))}）"
            for element, value in zip(case.scheme.elements, results, strict=True)
            if value is None
        ]
        between = "、" if case.scheme.missing == "spread" else ""
        assert values[keys.TOTAL] == f"缺{len(results) - len(known)}项"
        assert values[keys.MISSING] == between.join(named)
    assert values[keys.LEVEL] == level_of(case.scheme, values[keys.TOTAL])


@settings(max_examples=50, deadline=None)
@given(rated(), st.sampled_from(Source))
def test_one_more_rater_who_gives_nothing_changes_nothing(case: Rated, source: Source) -> None:
    rows = (*case.rows, source)
    before = solve(keys.competency_model(case.scheme, case.rows), case.inputs)
    after = solve(keys.competency_model(case.scheme, rows), case.inputs)
    row = len(rows)
    own = {keys.bias(row), keys.flag(row)}
    own |= {keys.point(row, element.id) for element in case.scheme.elements}
    shown = {key: value for key, value in after.items() if key not in own}
    assert shown == before


@settings(max_examples=50, deadline=None)
@given(rated())
def test_a_result_lies_between_the_means_that_it_is_made_of(case: Rated) -> None:
    values = solve(keys.competency_model(case.scheme, case.rows), case.inputs)
    for element in case.scheme.elements:
        counted = [source for source in Source if element.weights.of(source) > 0]
        means = [values[keys.mean(source, element.id)] for source in counted]
        known = [value for value in means if isinstance(value, Decimal)]
        result = values[keys.result(element.id)]
        if isinstance(result, Decimal):
            assert min(known) <= result <= max(known)


@pytest.mark.parametrize("missing", ["spread", "incomplete"])
@pytest.mark.parametrize(
    ("count", "length", "kinds"), [(12, 6, True), (30, 4, True), (30, 60, False)]
)
def test_what_is_missing_fits_into_a_cell(
    missing: str, count: int, length: int, kinds: bool
) -> None:
    """Thirty elements of long names and all kinds of raters: then the names alone."""
    elements = [
        {
            "id": f"e{i}",
            "name": f"{i:02}".ljust(length, "长"),
            "weights": dict.fromkeys(map(str, Source), 20),
            "weight": 2 if i else 100 - 2 * (count - 1),
        }
        for i in range(count)
    ]
    scheme = scheme_of({"elements": elements, "missing": missing})
    tree = keys.competency_model(scheme, list(Source))[keys.MISSING]
    assert len(excel(tree, dict.fromkeys(variables(tree), "$AB$123"))) < 8000
    said = str(solve(keys.competency_model(scheme, list(Source)), {})[keys.MISSING])
    assert said == keys.longest_missing(scheme)
    assert said.startswith("00")
    assert ("主管评" in said) is (kinds and (count, missing) != (30, "incomplete"))
