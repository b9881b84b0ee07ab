"""Competency schemes: who rates what, and what it is worth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xladdin.domain.competency import (
    ANONYMOUS,
    SOURCE_LABELS,
    Assignment,
    CompetencyScheme,
    RaterWeights,
    Source,
)
from xladdin.schemes.library import Library


@pytest.fixture(scope="module")
def shipped() -> CompetencyScheme:
    (scheme,) = Library.shipped().competencies
    return scheme


def test_the_self_rating_does_not_count_unless_a_scheme_says_so() -> None:
    weights = RaterWeights.model_validate({"superior": 100})
    assert weights.of(Source.SELF) == 0
    assert RaterWeights.model_validate({"self": 10, "superior": 90}).of(Source.SELF) == 10


def test_the_form_of_the_source(shipped: CompetencyScheme) -> None:
    """FORMS B: five elements with two behaviours, four levels, four sources."""
    assert [element.name for element in shipped.elements] == [
        "业务知识能力",
        "沟通能力",
        "问题解决能力",
        "人际关系协调能力",
        "反馈与学习能力",
    ]
    assert {len(element.behaviours) for element in shipped.elements} == {2}
    assert [level.name for level in shipped.levels] == ["优秀", "良好", "一般", "待改进"]
    assert [level.restored for level in shipped.levels] == [False, True, True, True]
    assert list(SOURCE_LABELS.values()) == ["自评", "主管评", "同事评", "下级评", "客户评"]


def test_weights_of_the_shipped_scheme(shipped: CompetencyScheme) -> None:
    assert sum(element.weight for element in shipped.elements) == 100
    for element in shipped.elements:
        weights = element.weights
        assert sum(weights.of(source) for source in Source) == 100
        assert weights.of(Source.SELF) == 0
        assert weights.of(Source.SUPERIOR) == max(weights.of(source) for source in Source)


def test_who_rates_what(shipped: CompetencyScheme) -> None:
    names = {s: [e.id for e in shipped.elements_of(s)] for s in Source}
    everything = [element.id for element in shipped.elements]
    assert names == {
        Source.SELF: everything,
        Source.SUPERIOR: everything,
        Source.PEER: ["relations"],
        Source.SUBORDINATE: [],
        Source.CUSTOMER: ["knowledge", "communication", "problem_solving"],
    }
    assert shipped.sources == (Source.SELF, Source.SUPERIOR, Source.PEER, Source.CUSTOMER)
    assert {Source.PEER, Source.SUBORDINATE, Source.CUSTOMER} == ANONYMOUS


def test_what_a_level_is_worth(shipped: CompetencyScheme) -> None:
    assert [shipped.points_of(level.name) for level in shipped.levels] == [4, 3, 2, 1]
    assert [shipped.points_of(name) for name in shipped.stars] == [1, 1, 2, 3, 4]


def test_rewards_fall_with_the_level(shipped: CompetencyScheme) -> None:
    assert [level.reward for level in shipped.levels] == [
        "优秀奖励并予以表彰",
        "良好奖励",
        "不另行奖励",
        "制定培训改进计划",
    ]


@pytest.mark.parametrize(
    ("changed", "sources"),
    [
        ({"superior": 100}, (Source.SELF, Source.SUPERIOR)),
        ({"peer": 50, "customer": 50}, (Source.SELF, Source.PEER, Source.CUSTOMER)),
    ],
)
def test_sources_that_a_scheme_does_not_ask(
    shipped: CompetencyScheme, changed: dict[str, Any], sources: tuple[Source, ...]
) -> None:
    elements = [
        element.model_dump() | {"weights": changed, "question": "问题？"}
        for element in shipped.elements
    ]
    scheme = CompetencyScheme.model_validate(shipped.model_dump() | {"elements": elements})
    assert scheme.sources == sources


def test_a_changed_weight_is_another_content(shipped: CompetencyScheme) -> None:
    other = shipped.model_copy(update={"bias_limit": Decimal(2)})
    assert other.fingerprint() != shipped.fingerprint()


def test_a_customer_has_no_employee_id() -> None:
    line = Assignment(ratee="QC002", source=Source.CUSTOMER, rater="客户甲")
    assert line.rater_id == ""
