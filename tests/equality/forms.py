"""Plausible schemes with inputs, built through the domain models."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.cases.reading import scheme_of
from xladdin.domain.methods import ADJUSTMENTS, METHODS
from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.rule_models import WholeForm
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults

from .strategies import RARE, SETTINGS, Setting, decimals, turning

GRADE_NAMES = ("优秀", "A", "良好", "b", "不合格")
LOWER_BOUNDS = tuple(map(Decimal, ("95", "90", "85.5", "80", "70", "60", "0.01")))
FILLED = 9
"""Of ten actuals so many are numbers on the turns of their rule: most forms get a total."""


@dataclass(frozen=True)
class Filled:
    """A scheme with what people entered on its form."""

    scheme: Scheme
    inputs: dict[str, Value]


@st.composite
def forms(draw: DrawFn) -> Filled:
    """One to three sections of one to four items of any method; additions, deductions, grades."""
    grades = draw(_grades())
    sections, settings = draw(_sections([grade["name"] for grade in grades]))
    scheme = scheme_of(
        {
            "sections": sections,
            "adjustments": draw(_adjustments()),
            "grades": grades,
            "total": {"cap": draw(st.sampled_from([None, 100, 110])), "floor": draw(_floors)},
            "weights_editable": draw(st.booleans()),
            "scale": draw(st.sampled_from([100, 10, 5])),
            "self_weight": draw(st.sampled_from([None, 0, 30, Decimal("33.33"), 100])),
        }
    )
    inputs: dict[str, Value] = dict(input_defaults(scheme))
    for item in scheme.indicators:
        inputs |= draw(_entered(item, settings[item.id]))
        if scheme.asks_self(item):
            entered = draw(_entered(item, settings[item.id]))
            inputs[keys.self_rating(item.id)] = entered[keys.actual(item.id)]
    for adjustment in scheme.adjustments:
        entered = decimals(-12, 20) | st.sampled_from(RARE)
        inputs[keys.points(adjustment.id)] = draw(entered)
    if scheme.weights_editable:
        inputs |= draw(_weights(scheme))
    return Filled(scheme, inputs)


_floors = st.sampled_from([Decimal(0)] * 3 + [Decimal(50)])


@st.composite
def _grades(draw: DrawFn) -> list[dict[str, Any]]:
    bounds = draw(st.lists(st.sampled_from(LOWER_BOUNDS), max_size=4, unique=True))
    lowers = [*sorted(bounds, reverse=True), None]
    return [
        {
            "name": name,
            "lower": lower,
            "sign": draw(st.sampled_from([">=", ">"])),
            "coefficient": draw(decimals(0, 2, 1)),
        }
        for name, lower in zip(GRADE_NAMES, lowers, strict=False)
    ]


@st.composite
def _sections(draw: DrawFn, grades: list[str]) -> tuple[list[dict[str, Any]], dict[str, Setting]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    weights = iter(_split(sum(sizes), draw(st.integers(0, 10**6))))
    sections, settings = [], {}
    for s, size in enumerate(sizes):
        items: list[dict[str, Any]] = []
        for i in range(size):
            setting = draw(st.sampled_from(sorted(METHODS)).flatmap(SETTINGS.__getitem__))
            item = {"id": f"i{s}_{i}", "weight": next(weights), "direction": setting.direction}
            items.append(item | {"method": draw(_effective(setting, grades))})
            settings[f"i{s}_{i}"] = setting
        total = sum(item["weight"] for item in items)
        sections.append({"id": f"s{s}", "weight": total, "indicators": items})
    return sections, settings


def _split(count: int, seed: int) -> list[Decimal]:
    """So many weights that make 100, some of them with decimals."""
    shares = [1 + seed // 7**i % 7 for i in range(count)]
    weights = [round(Decimal(100) * share / sum(shares), seed % 3) for share in shares]
    return [*weights[:-1], 100 - sum(weights[:-1])]


@st.composite
def _effective(draw: DrawFn, setting: Setting, grades: list[str]) -> Any:
    """The method, with an effect on the whole form in half of the vetoes."""
    method = setting.method
    if not isinstance(method, VetoMethod) or draw(st.booleans()):
        return method
    zero = WholeForm(effect="total_zero")
    limit = WholeForm(effect="grade_cap", grade=draw(st.sampled_from(grades)))
    return method.model_copy(update={"whole_form": draw(st.sampled_from([zero, limit]))})


@st.composite
def _adjustments(draw: DrawFn) -> list[dict[str, Any]]:
    """Adjustments of every kind; whatever one may be limited by is 10."""
    kinds = draw(st.lists(st.sampled_from([*ADJUSTMENTS]), max_size=3))
    return [
        {"id": f"x{i}", "kind": kind} | {each.field: 10 for each in ADJUSTMENTS[kind].settings()}
        for i, kind in enumerate(kinds)
    ]


@st.composite
def _entered(draw: DrawFn, item: Indicator, setting: Setting) -> dict[str, Value]:
    target = draw(setting.targets)
    found: list[Value] = [*turning(setting, item.weight, target)]
    usual = draw(st.integers(1, 10)) <= FILLED
    actual = draw(st.sampled_from(found if usual else [*RARE]))
    entered = {keys.actual(item.id): actual}
    return entered | ({keys.target(item.id): target} if item.uses_target else {})


@st.composite
def _weights(draw: DrawFn, scheme: Scheme) -> dict[str, Value]:
    """Weights as they were, one of them changed or missing, or two of them exchanged."""
    first, *_, last = ids = [keys.weight(item.id) for item in scheme.indicators] * 2
    before = input_defaults(scheme)
    odd: list[Value] = [None, "一成", Decimal("0.1"), Decimal("0.3333333")]
    return draw(
        st.sampled_from(
            [{}, {first: before[last], last: before[first]}, *({ids[0]: value} for value in odd)]
        )
    )
