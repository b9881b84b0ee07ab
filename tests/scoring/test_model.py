"""The score model of a whole form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.reading import GRADES, scheme_of
from tests.equality.forms import Filled, forms
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate, solve
from xladdin.formula.excel import excel
from xladdin.formula.nodes import Var
from xladdin.formula.walk import variables
from xladdin.scoring import keys
from xladdin.scoring.model import (
    POINTS_OFF,
    WEIGHTS_OFF,
    bound_item,
    coefficient_expression,
    grade_expression,
    input_defaults,
    score_model,
)

from .drawing import few

BOUNDS = tuple(map(Decimal, range(0, 101, 5)))
SCORE = Var("score")
scores = st.integers(0, 12000).map(lambda hundredths: Decimal(hundredths) / 100)
pass_fail = {"kind": "pass_fail", "bound": 1}


@st.composite
def grades(draw: st.DrawFn) -> list[dict[str, Any]]:
    lowers = sorted(draw(st.sets(st.sampled_from(BOUNDS), max_size=6)), reverse=True)
    signs = st.sampled_from([">=", ">"])
    return [
        {"name": f"G{i}", "lower": lower, "sign": draw(signs), "coefficient": i}
        for i, lower in enumerate([*lowers, None])
    ]


def best(table: list[dict[str, Any]], score: Decimal) -> int:
    """The grade by searching the table from the top."""
    for i, grade in enumerate(table[:-1]):
        if score > grade["lower"] or (score == grade["lower"] and grade["sign"] == ">="):
            return i
    return len(table) - 1


@few
@given(grades(), scores | st.sampled_from(BOUNDS))
def test_a_grade_is_the_first_band_that_holds_the_score(
    table: list[dict[str, Any]], score: Decimal
) -> None:
    tree = grade_expression(GRADES.validate_python(table), SCORE)
    assert evaluate(tree, {"score": score}) == f"G{best(table, score)}"


@few
@given(grades(), scores, st.integers(0, 6))
def test_a_limited_grade_is_never_better_than_the_limit(
    table: list[dict[str, Any]], score: Decimal, limit: int
) -> None:
    limit = min(limit, len(table) - 1)
    tree = grade_expression(GRADES.validate_python(table), SCORE, limit)
    assert evaluate(tree, {"score": score}) == f"G{max(limit, best(table, score))}"


@few
@given(grades())
def test_every_grade_has_its_coefficient(table: list[dict[str, Any]]) -> None:
    tree = coefficient_expression(GRADES.validate_python(table))
    for i, grade in enumerate(table):
        assert evaluate(tree, {keys.GRADE: grade["name"]}) == i
    assert evaluate(tree, {keys.GRADE: None}) is None
    assert evaluate(tree, {keys.GRADE: "另一级"}) is None


def vetoed(*limits: str) -> Scheme:
    """A form of vetoes, each of which limits the grade from the first event on."""
    weights = [Decimal(100) - 10 * len(limits), *[Decimal(10)] * len(limits)]
    effects = [{"whole_form": {"effect": "grade_cap", "grade": limit}} for limit in limits]
    veto = {"kind": "veto", "per_event": 0, "zero_at": 1}
    items = [
        {"id": f"i{i}", "weight": weight, "method": method}
        for i, (weight, method) in enumerate(
            zip(weights, [pass_fail, *(veto | effect for effect in effects)], strict=True)
        )
    ]
    bands = [("A", 90), ("B", 80), ("C", 70), ("D", None)]
    graded = [{"name": name, "lower": low, "coefficient": 1} for name, low in bands]
    return scheme_of(
        {"sections": [{"id": "s", "weight": 100, "indicators": items}], "grades": graded}
    )


@pytest.mark.parametrize(
    ("limits", "events", "grade"),
    [
        ("BC", (0, 0), "A"),
        ("BC", (1, 0), "B"),
        ("BC", (0, 1), "C"),
        ("CB", (1, 0), "C"),
        ("DB", (1, 1), "D"),
        ("BD", (1, 1), "D"),
        ("AB", (1, 0), "A"),
    ],
)
def test_the_strictest_limit_wins(limits: str, events: tuple[int, int], grade: str) -> None:
    scheme = vetoed(*limits)
    inputs: dict[str, Value] = {**input_defaults(scheme), keys.actual("i0"): Decimal(1)}
    inputs |= {keys.actual(f"i{i}"): Decimal(n) for i, n in enumerate(events, start=1)}
    assert solve(score_model(scheme), inputs)[keys.GRADE] == grade


@few
@given(forms())
def test_a_model_reads_only_its_inputs_and_itself(form: Filled) -> None:
    model = score_model(form.scheme)
    read = {name for tree in model.values() for name in variables(tree)}
    assert read - model.keys() <= input_defaults(form.scheme).keys()
    assert not input_defaults(form.scheme).keys() & model.keys()


@few
@given(forms())
def test_a_total_adds_up(form: Filled) -> None:
    """Against sums over what is printed; vetoes and caps only ever take away."""
    scheme, found = form.scheme, solve(score_model(form.scheme), form.inputs)
    total = found[keys.TOTAL]
    items = [found[keys.score(item.id)] for item in scheme.indicators]
    missing = sum(item is None for item in items)
    refused = [it for it in scheme.adjustments if found[keys.counted(it.id)] is None]
    if found[keys.WEIGHT_TOTAL] != 1 and scheme.weights_editable:
        assert total == WEIGHTS_OFF
    elif missing:
        assert total == f"缺{missing + len(refused)}项"
    elif any(item.refuses for item in refused):
        assert total == POINTS_OFF
    elif refused:
        assert total == f"缺{len(refused)}项：{'、'.join(item.name for item in refused)}"
    else:
        assert total in (Decimal(0), _expected(scheme, found))
    assert (found[keys.GRADE] is None) is isinstance(total, str)
    assert (found[keys.COEFFICIENT] is None) is isinstance(total, str)


def _expected(scheme: Scheme, found: dict[str, Value]) -> Decimal:
    points = sum((_decimal(found[keys.score(i.id)]) for i in scheme.indicators), Decimal(0))
    for item in scheme.adjustments:
        sign = -1 if item.taken else 1
        points += sign * _decimal(found[keys.counted(item.id)])
    rule = scheme.total
    return max(points if rule.cap is None else min(points, rule.cap), rule.floor)


def _decimal(value: Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value


@few
@given(forms())
def test_subtotals_say_what_is_missing(form: Filled) -> None:
    found = solve(score_model(form.scheme), form.inputs)
    for section in form.scheme.sections:
        items = [found[keys.score(item.id)] for item in section.indicators]
        missing = sum(item is None for item in items)
        subtotal = found[keys.subtotal(section.id)]
        assert subtotal == (f"缺{missing}项" if missing else sum(map(_decimal, items)))


def test_an_item_is_worth_a_hundred_times_its_weight() -> None:
    scheme = vetoed("B")
    inputs = {keys.weight("i0"): Decimal("0.125"), keys.actual("i0"): Decimal(1)}
    item = scheme.indicator("i0")
    assert item is not None
    assert evaluate(bound_item(scheme, item), inputs) == Decimal("12.5")


def test_the_longest_form_can_be_printed_and_computed() -> None:
    """A hundred indicators, the most that a scheme may hold."""
    sections = [
        {
            "id": f"s{s}",
            "weight": 25,
            "indicators": [
                {"id": f"i{s}_{i}", "weight": 1, "method": pass_fail} for i in range(25)
            ],
        }
        for s in range(4)
    ]
    scheme = scheme_of({"sections": sections, "grades": [{"name": "合格", "coefficient": 1}]})
    model = score_model(scheme)
    inputs: dict[str, Value] = {
        key: Decimal(1) if value is None else value for key, value in input_defaults(scheme).items()
    }
    # The longest address that a cell on a sheet of another name can have.
    places = dict.fromkeys([*model, *inputs], "'月度绩效考核表'!$XFD$1048576")
    assert all(len(excel(tree, places)) <= 8192 for tree in model.values())
    assert solve(model, inputs)[keys.TOTAL] == Decimal(100)
