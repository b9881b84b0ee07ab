"""Months in which raters come, go and change their minds give no rating away either."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proof.fixtures import Proofs
from xladdin.domain.competency import Source
from xladdin.formula.evaluate import solve
from xladdin.schemes.library import Library
from xladdin.scoring import competency_model as keys
from xladdin.scoring import disclosure
from xladdin.scoring.cohorts import Raters, Split, cohorts, split
from xladdin.scoring.disclosure import CHANGED, disclosed

from . import successive
from .anonymity import alone, random_scheme
from .successive import Months, found_out, place_of, random_months
from .test_disclosure import within

SEED = 20261127
FEW_WORLDS, MANY_WORLDS, SHARDS = 90, 400, 25
LAW = "successive_months"


@pytest.fixture(autouse=True)
def models_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same few models are asked for all the time: most of it would be making them."""
    models = _Once(keys.means_model), _Once(keys.outcome_model)
    monkeypatch.setattr(keys, "means_model", models[0])
    monkeypatch.setattr(keys, "outcome_model", models[1])


class _Once:
    """A function that is asked once of each thing."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self.made: dict[tuple[object, ...], tuple[object, Any]] = {}

    def __call__(self, whole: object, *more: object) -> Any:
        key = (id(whole), *more)
        if key not in self.made:
            # With the thing itself, so that its id is nobody else's.
            self.made[key] = whole, self.make(whole, *more)
        return self.made[key][1]


def of_number(number: int, most: int) -> Months:
    """The same number is the same scheme and the same months everywhere; some are shipped."""
    rng = random.Random(SEED + number)
    shipped = Library.shipped().competencies
    scheme = rng.choice(shipped) if rng.random() < 0.2 else random_scheme(rng)
    place = place_of(rng, scheme)
    return random_months(rng, scheme, place, alone(rng, scheme, place, 1).known, most)


def until(hidden: int, numbers: Iterable[int], most: int) -> Iterator[Months]:
    """Months with so many ratings in all that nobody is to find out."""
    for number in numbers:
        if hidden <= 0:
            return
        months = of_number(number, most)
        hidden -= months.hidden
        yield months


def tried(hidden: int, numbers: Iterable[int], most: int) -> tuple[int, int]:
    """Ratings that were hidden, and those of them that a reader of all months finds out."""
    cases = list(until(hidden, numbers, most))
    return sum(months.hidden for months in cases), sum(map(found_out, cases))


def test_no_rating_is_found_out_over_some_months(proofs: Proofs) -> None:
    count = proofs.count(LAW)
    hidden, found = tried(count, range(count), FEW_WORLDS)
    assert (hidden >= count, found) == (True, 0)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_rating_is_found_out_over_any_months(shard: int, proofs: Proofs) -> None:
    count = proofs.count(LAW) // SHARDS
    numbers = range(1000 * (shard + 1), 1000 * (shard + 2))
    hidden, found = tried(count, numbers, MANY_WORLDS)
    proofs.record(LAW, tried=hidden, survived=hidden - found)
    assert found == 0


# The solver does find what a worse rule would give away.


def forgotten(raters: Raters, before: Sequence[Raters], least: int) -> Split:
    """As if it were the first time: the reason for cohorts."""
    return split(raters, (), least)


def new_at_once(raters: Raters, before: Sequence[Raters], least: int) -> Split:
    """Whoever is new is told with the others."""
    whole = all(each <= raters or not each & raters for each in cohorts(before))
    return Split((raters,), Raters()) if whole else Split((), raters)


def rest_still(raters: Raters, before: Sequence[Raters], least: int) -> Split:
    """Those who have stayed are told without the one who has gone."""
    parts = split(raters, before, least)
    rest = tuple(each & raters for each in cohorts(before) if each & raters)
    return Split(rest, raters.difference(*rest)) if rest else parts


@pytest.mark.parametrize(("rule", "first"), [(forgotten, 3), (new_at_once, 40), (rest_still, 16)])
def test_a_worse_rule_is_found_out(
    rule: object, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``first`` is where it is found out first."""
    monkeypatch.setattr(successive, "split", rule)
    monkeypatch.setattr(disclosure, "split", rule)
    assert any(found_out(of_number(number, FEW_WORLDS)) for number in range(first, first + 60))


# What is shown of cohorts.


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_is_shown_of_cohorts_is_true(rng: random.Random) -> None:
    scheme = random_scheme(rng)
    rows = tuple(source for source in Source for _ in range(5))
    who = [f"r{row}" for row in range(len(rows))]
    inputs = {
        keys.rating(row, element.id): rng.choice([each.name for each in scheme.levels])
        for row, source in enumerate(rows, start=1)
        for element in scheme.elements_of(source)
        if source is not Source.CUSTOMER and rng.random() < 0.8
    }
    before = {
        (source, element.id): [frozenset(rng.sample(who, 10)) for _ in range(2)]
        for source in Source
        for element in scheme.elements
    }
    values = solve(keys.competency_model(scheme, rows), inputs)
    shown = disclosed(scheme, rows, inputs, who=who, before=before)
    for element in scheme.elements:
        assert within(scheme, values[keys.result_level(element.id)], shown.levels[element.id])
    assert within(scheme, values[keys.LEVEL], shown.level)


def of_peers(levels: list[str], before: list[str]) -> tuple[str, str]:
    """What is shown of peers a, b, c, ... and of the element, once these were shown before."""
    (scheme,) = Library.shipped().competencies
    rows = (Source.SUPERIOR, *[Source.PEER] * len(levels))
    who = ["boss", *"abcdefgh"[: len(levels)]]
    inputs = {
        keys.rating(i, "relations"): level for i, level in enumerate(["良好", *levels], start=1)
    }
    times = {(Source.PEER, "relations"): [frozenset(each) for each in before]}
    shown = disclosed(scheme, rows, inputs, who=who, before=times)
    return shown.means[Source.PEER, "relations"], shown.levels["relations"]


def test_somebody_who_is_new_may_have_given_anything() -> None:
    assert of_peers(["良好", "良好", "一般", "优秀"], []) == ("良好", "良好")
    assert of_peers(["良好", "良好", "一般", "优秀"], ["abc"]) == ("一般至良好", "良好")
    assert of_peers(["良好", "良好", "一般", "待改进"], ["abc"]) == ("一般至良好", "良好")


def test_where_somebody_has_gone_nothing_is_shown_of_the_others() -> None:
    for level in ("优秀", "待改进"):
        assert of_peers([level] * 3, ["abcd"]) == (CHANGED, "一般至良好")
