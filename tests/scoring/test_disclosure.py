"""What may be shown: nothing that gives one rating away, and everything shown is true."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proof.fixtures import Proofs
from xladdin.domain.competency import ANONYMOUS, CompetencyScheme, Source
from xladdin.formula.evaluate import Value, solve
from xladdin.schemes.library import Library
from xladdin.scoring import competency_model as keys
from xladdin.scoring import disclosure
from xladdin.scoring.disclosure import ANNOUNCED, INCOMPLETE, NOBODY, TOO_FEW, VEILED, disclosed

from .anonymity import (
    MOST,
    Found,
    Setting,
    View,
    World,
    alone,
    feedback,
    random_scheme,
    random_setting,
    ratings,
    scale,
    work_out,
)
from .test_competency_model import LEVELS, Rated, rated, scheme_of

RANDOM_SCHEMES, SHARDS = 2000, 10
MOST_WORLDS = 400
SAMPLE = 60
SEED = 20261101


# The solver finds nothing.


def settings_of(numbers: range, most: int) -> Iterator[Setting]:
    """One setting for each random scheme; the same number is the same scheme everywhere."""
    for number in numbers:
        rng = random.Random(SEED + number)
        yield random_setting(rng, random_scheme(rng), most)


def groups_alone(scheme: CompetencyScheme, seed: int) -> Iterator[Setting]:
    """Each group of each size, to a reader who knows all other ratings whatsoever."""
    rng = random.Random(seed)
    for source, most in MOST.items():
        for element in scheme.elements_of(source):
            for count in range(1, most + 1):
                yield alone(rng, scheme, (source, element.id), count)


def one_alone(numbers: Iterable[int]) -> Iterator[Setting]:
    """One group of each random scheme that has any, to such a reader."""
    for number in numbers:
        cases = list(groups_alone(random_scheme(random.Random(SEED + number)), number))
        if cases:
            yield cases[number % len(cases)]


def total(cases: Iterable[Setting]) -> Found:
    found = Found()
    for setting in cases:
        once = work_out(setting)
        assert once.tight, setting
        found += once
    return found


def test_a_sample_of_schemes_gives_nothing_away() -> None:
    assert total(settings_of(range(SAMPLE), 60)).views > SAMPLE


def test_the_shipped_schemes_give_nothing_away() -> None:
    for scheme in Library.shipped().competencies:
        assert total(groups_alone(scheme, SEED)).views > 10


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_scheme_gives_anything_away(shard: int, proofs: Proofs) -> None:
    numbers = range(shard, RANDOM_SCHEMES, SHARDS)
    assert total(settings_of(numbers, MOST_WORLDS)).views > len(numbers)
    assert total(one_alone(numbers)).views > len(numbers) // 2
    proofs.record("anonymity", tried=len(numbers), survived=len(numbers))


@pytest.mark.proof
def test_the_shipped_schemes_give_nothing_away_whatever_the_others_gave() -> None:
    for scheme in Library.shipped().competencies:
        for seed in range(20):
            total(groups_alone(scheme, seed))


# The solver does find what a worse rule would give away.


def too_early(setting: Setting, world: World) -> View:
    """One rater fewer than the scheme asks for is enough."""
    scheme = setting.scheme.model_copy(update={"least_peers": setting.scheme.least_peers - 1})
    return feedback(Setting(scheme, setting.known, setting.counts), world)


def with_means(setting: Setting, world: World) -> View:
    """The means themselves, where there are enough raters."""
    values = solve(keys.competency_model(setting.scheme, setting.rows), ratings(setting, world))
    return feedback(setting, world) | {
        f"mean.{source}.{element}": values[keys.mean(source, element)]
        for (source, element), count in setting.counts.items()
        if count >= setting.scheme.least_peers
    }


def with_the_level(setting: Setting, world: World) -> View:
    """The level of the whole, whoever it rests on."""
    model = keys.competency_model(setting.scheme, setting.rows)
    return feedback(setting, world) | {
        keys.LEVEL: solve(model, ratings(setting, world))[keys.LEVEL]
    }


def as_it_was(setting: Setting, world: World) -> View:
    """Peers' mean from enough on; a level unless it rests on few peers more than on the superior."""
    scheme, values = setting.scheme, {}
    known = solve(keys.competency_model(scheme, setting.rows), ratings(setting, world))
    telling = False
    for element in scheme.elements:
        count = setting.counts.get((Source.PEER, element.id), 0)
        few = 0 < count < scheme.least_peers
        weights = element.weights
        open_ = known[keys.mean(Source.SUPERIOR, element.id)] is not None
        tells = few and not (weights.superior > weights.peer and open_)
        telling |= tells
        values |= {
            f"peers.{element.id}": TOO_FEW if few else known[keys.mean(Source.PEER, element.id)],
            f"customers.{element.id}": known[keys.mean(Source.CUSTOMER, element.id)],
            f"level.{element.id}": TOO_FEW if tells else known[keys.result_level(element.id)],
        }
    return values | {"level": TOO_FEW if telling else known[keys.LEVEL]}


WORSE = [too_early, with_means, with_the_level, as_it_was]


@pytest.mark.parametrize("see", WORSE, ids=lambda see: see.__name__)
def test_a_worse_rule_is_found_out(see) -> None:  # type: ignore[no-untyped-def]
    assert any(not work_out(setting, see).tight for setting in settings_of(range(SAMPLE), 60))


def test_a_rule_that_tells_groups_of_one_mind_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure, "_indistinct", lambda points, count: [])
    assert any(work_out(setting).deduced for setting in settings_of(range(SAMPLE * 2), 60))


def test_the_rule_as_it_was_tells_what_one_peer_gave() -> None:
    """One peer, the superior's rating known: the reason for all of this."""
    (scheme,) = Library.shipped().competencies
    known = {(Source.SUPERIOR, element.id): ("良好",) for element in scheme.elements}
    setting = Setting(scheme, known, {(Source.PEER, "relations"): 1})
    assert work_out(setting, as_it_was).deduced
    assert work_out(setting).tight


# What is shown is true, and says as much as it may.


def within(scheme: CompetencyScheme, level: Value, told: str) -> bool:
    """Whether a level is among those that a word leaves possible."""
    names = [known.name for known in scheme.levels]
    if told == INCOMPLETE or level is None:
        return told == INCOMPLETE and level is None
    if told == VEILED:
        return True
    best, worst = 0, len(names) - 1
    if told.endswith("以上"):
        worst = names.index(told.removesuffix("以上"))
    elif told.endswith("以下"):
        best = names.index(told.removesuffix("以下"))
    elif "至" in told:
        worst, best = map(names.index, told.split("至"))
    else:
        best = worst = names.index(told)
    return best <= names.index(str(level)) <= worst


@settings(max_examples=150, deadline=None)
@given(rated())
def test_the_levels_are_among_those_that_are_shown(case: Rated) -> None:
    values = solve(keys.competency_model(case.scheme, case.rows), case.inputs)
    shown = disclosed(case.scheme, case.rows, case.inputs)
    for element in case.scheme.elements:
        level = values[keys.result_level(element.id)]
        assert within(case.scheme, level, shown.levels[element.id])
    assert within(case.scheme, values[keys.LEVEL], shown.level)
    assert shown.reward in {values[keys.REWARD] or "", ANNOUNCED}


@settings(max_examples=80, deadline=None)
@given(rated(), st.randoms(use_true_random=False))
def test_who_gave_what_makes_no_difference(case: Rated, rng: random.Random) -> None:
    """The solver counts on it: a source's raters may be exchanged, element by element."""
    inputs = dict(case.inputs)
    for element in case.scheme.elements:
        for source in Source:
            rows = [i for i, other in enumerate(case.rows, start=1) if other is source]
            given_ = [case.inputs.get(keys.rating(row, element.id)) for row in rows]
            rng.shuffle(given_)
            inputs |= {
                keys.rating(row, element.id): value
                for row, value in zip(rows, given_, strict=True)
                if element.rated_by(source)
            }
    before = disclosed(case.scheme, case.rows, case.inputs)
    after = disclosed(case.scheme, case.rows, inputs)
    assert (after.means, after.levels) == (before.means, before.levels)
    assert (after.level, after.reward) == (before.level, before.reward)
    assert [(few.place, few.count) for few in after.few] == [
        (few.place, few.count) for few in before.few
    ]


@settings(max_examples=80, deadline=None)
@given(rated(), st.randoms(use_true_random=False))
def test_too_few_ratings_make_no_difference_at_all(case: Rated, rng: random.Random) -> None:
    shown = disclosed(case.scheme, case.rows, case.inputs)
    few = {(group.source, group.element) for group in shown.few}
    inputs = dict(case.inputs)
    values = solve(keys.means_model(case.scheme, case.rows), case.inputs)
    for row, source in enumerate(case.rows, start=1):
        for element in case.scheme.elements:
            point = keys.point(row, element.id)
            if (source, element.id) in few and values[point] is not None:
                inputs[keys.rating(row, element.id)] = rng.choice(scale(case.scheme, source))
    again = disclosed(case.scheme, case.rows, inputs)
    assert (again.means, again.levels) == (shown.means, shown.levels)
    assert (again.level, again.reward) == (shown.level, shown.reward)


def one(peers: list[str], superior: str | None = None, **spec: object) -> disclosure.Shown:
    """What is shown of one element that the superior (60) and peers (40) rate."""
    weights = {"superior": 60, "peer": 40} if superior else {"peer": 100}
    scheme = scheme_of({"elements": [{"id": "a", "weight": 100, "weights": weights}], **spec})
    rows = (Source.SUPERIOR, *[Source.PEER] * len(peers))
    return disclosed(
        scheme, rows, {keys.rating(i, "a"): v for i, v in enumerate([superior, *peers], start=1)}
    )


@pytest.mark.parametrize(
    ("peers", "superior", "word", "level", "reward"),
    [
        (["良好"] * 3, "良好", "良好", "良好", "奖励2"),
        (["优秀"] * 3, "优秀", "优秀", "优秀", "奖励1"),
        (["待改进"], "良好", TOO_FEW, "一般至良好", ANNOUNCED),
        (["优秀"], "良好", TOO_FEW, "一般至良好", ANNOUNCED),
        (["优秀"] * 2, "优秀", TOO_FEW, "良好以上", ANNOUNCED),
        (["优秀"] * 2, "待改进", TOO_FEW, "一般以下", ANNOUNCED),
        (["优秀"] * 2, None, TOO_FEW, VEILED, ANNOUNCED),
        ([], "良好", NOBODY, "良好", "奖励2"),
        ([], None, NOBODY, INCOMPLETE, ""),
    ],
)
def test_a_case(peers: list[str], superior: str | None, word: str, level: str, reward: str) -> None:
    shown = one(peers, superior)
    told = shown.means.get((Source.PEER, "a"))
    assert (told, shown.levels["a"], shown.level, shown.reward) == (word, level, level, reward)
    assert shown.has_results is (level != INCOMPLETE)


def test_a_level_that_only_one_mind_reaches_is_shown_as_a_range() -> None:
    """优秀 from 4.00 on: it would tell that everybody gave 优秀."""
    levels = [
        {"name": name, "points": points, "lower": lower}
        for (name, points), lower in zip(LEVELS.items(), [4, 3, 2, None], strict=True)
    ]
    for peers in (["优秀"] * 3, ["优秀", "优秀", "良好"]):
        shown = one(peers, levels=levels)
        assert (shown.means[Source.PEER, "a"], shown.level) == ("良好以上", "良好以上")
    assert one(["优秀", "良好", "良好"], levels=levels).level == "良好"


def test_a_mean_in_the_middle_that_only_one_mind_has_is_not_told_either() -> None:
    levels = [
        {"name": "甲", "points": Decimal(10), "lower": Decimal("6.5")},
        {"name": "乙", "points": Decimal(6), "lower": Decimal(6)},
        {"name": "丙", "points": Decimal(0)},
    ]
    spec = {"levels": levels, "stars": ["丙", "丙", "乙", "乙", "甲"]}
    # Of three who give 10, 6 or 0 none but 6, 6, 6 has a mean from 6 to 6.5.
    assert one(["乙", "乙", "乙"], **spec).level == "乙以下"
    assert one(["乙", "乙", "丙"], **spec).level == "乙以下"
    assert one(["甲", "甲", "丙"], **spec).level == "甲"


def test_nothing_is_shown_of_a_source_in_which_a_reader_rates() -> None:
    scheme = scheme_of(
        {"elements": [{"id": "a", "weight": 100, "weights": {"superior": 60, "peer": 40}}]}
    )
    rows = (Source.SUPERIOR, *[Source.PEER] * 3)
    inputs: dict[str, Value] = {keys.rating(i, "a"): "良好" for i in range(1, 5)}
    shown = disclosed(scheme, rows, inputs, frozenset({Source.PEER}))
    assert (shown.means[Source.PEER, "a"], shown.level) == (TOO_FEW, "一般至良好")
    assert [group.count for group in shown.few] == [3]


def test_the_employee_sees_the_own_rating_as_it_was_given() -> None:
    """Even where the bounds would give its points another level."""
    levels = [{"name": "甲", "points": 3, "lower": 1}, {"name": "乙", "points": 2}]
    element = {"id": "a", "weight": 100, "weights": {"superior": 100}}
    spec = {"levels": levels, "stars": ["乙"] * 5, "elements": [element]}
    shown = disclosed(scheme_of(spec), (Source.SELF,), {keys.rating(1, "a"): "乙"})
    assert shown.means == {(Source.SELF, "a"): "乙"}


def test_means_are_shown_of_the_employee_and_of_anonymous_sources_only() -> None:
    (scheme,) = Library.shipped().competencies
    shown = disclosed(scheme, (), {})
    assert {source for source, _ in shown.means} == {Source.SELF, *ANONYMOUS} - {Source.SUBORDINATE}
    assert not shown.has_results
