"""The functions give what the forms and ``xladdin score`` give."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.equality.collecting import collect
from tests.equality.strategies import SETTINGS, Scored, scored
from tests.udfs.written import options
from xladdin import functions
from xladdin.app.reading_company import read_company
from xladdin.app.score import score_scheme
from xladdin.company.score_inputs import score_inputs
from xladdin.domain.methods import METHOD_LABELS, METHODS, RULES
from xladdin.domain.methods.bonus import Bonus
from xladdin.domain.methods.deduction import Deduction
from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.people import Actual
from xladdin.domain.quantities import Unit, facts
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value, evaluate
from xladdin.functions.argument_values import LARGEST
from xladdin.functions.method_options import read_item
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library
from xladdin.scoring import keys

EXAMPLE = templates_dir() / "example_company"
ROWS, SECONDS = 5000, 0.5

USUAL = {Unit.PERCENT: Decimal("0.95"), Unit.SECOND: Decimal(30), Unit.STAR: Decimal("4.8")}

Form = tuple[Scheme, dict[str, Value], dict[str, Value]]
"""A scheme, what was entered, what `xladdin score` makes of it."""


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    """Every form of the example company, once for each shipped scheme that takes its figures."""
    company, _ = read_company(EXAMPLE / "roster.csv", EXAMPLE / "actuals.csv")
    found = []
    for employee in company.employees:
        own = company.scheme_of(employee)
        for period in company.periods:
            lines = company.actuals_of(employee, period)
            if own is not None and lines:
                found += [_form(own, lines)]
    return found + [_form(scheme, _invented(scheme, i)) for scheme in _schemes() for i in range(9)]


def _schemes() -> tuple[Scheme, ...]:
    return Library.shipped().schemes


def _form(scheme: Scheme, lines: list[Actual]) -> Form:
    entered: dict[str, Value] = score_inputs(scheme, lines)
    return scheme, entered, score_scheme(scheme, lines)


def _invented(scheme: Scheme, i: int) -> list[Actual]:
    """Figures around the targets, for schemes by which nobody in the company is appraised."""
    share = Decimal(80 + 4 * i) / 100
    found = []
    for item in scheme.indicators:
        usual = item.target or USUAL.get(item.unit, Decimal(100))
        actual = Decimal(4) if item.subjective else round(usual * share, 4)
        if facts(item.unit).whole or item.unit is Unit.DAY:
            actual = Decimal(i % 4)
        target = item.target or Decimal(100)
        line = {"period": "2026-10", "employee": "A1", "indicator": item.id, "target": target}
        found.append(Actual.model_validate(line | {"actual": actual}))
    return found


def test_the_forms_are_many_and_of_every_scheme(forms: list[Form]) -> None:
    assert {scheme.id for scheme, _, _ in forms} == {scheme.id for scheme in _schemes()}
    assert len(forms) > 60
    kinds = {item.method.kind for scheme, _, _ in forms for item in scheme.indicators}
    assert kinds == METHODS.keys()


def test_an_item_of_a_scheme(forms: list[Form]) -> None:
    for scheme, entered, values in forms:
        for item, actual, target in _items(scheme, entered):
            found = functions.kpi_item(scheme.id, item.name, _shown(actual, item), target)
            assert found == _float(values[keys.score(item.id)]), (scheme.id, item.id, actual)


def test_an_item_whose_method_is_written_beside_it(forms: list[Form]) -> None:
    for scheme, entered, values in forms:
        for item, actual, target in _items(scheme, entered):
            method, weight = METHOD_LABELS[item.method.kind], float(item.weight / 100)
            settings = options(item.method, item.direction)
            found = functions.kpi_score(actual, target, weight, method, settings)
            assert found == _float(values[keys.score(item.id)]), (scheme.id, item.id, actual)


def _items(scheme: Scheme, entered: dict[str, Value]) -> Iterator[tuple[Indicator, Any, Any]]:
    for item in scheme.indicators:
        actual, target = entered[keys.actual(item.id)], entered.get(keys.target(item.id))
        yield item, _float(actual), _float(target)


def _shown(actual: float | None, item: Indicator) -> float | str | None:
    """As a clerk has to write it: a share above 100% with its sign."""
    if actual is not None and item.unit is Unit.PERCENT and actual > 1:
        return f"{Decimal(repr(actual)) * 100}%"
    return actual


def test_totals_grades_and_coefficients(forms: list[Form]) -> None:
    for scheme, entered, values in forms:
        row = [_float(values[keys.score(item.id)]) for item in scheme.indicators]
        total = functions.kpi_total([row], *_extras(scheme, entered), scheme.id)
        assert total == _float(values[keys.TOTAL])
        if not _limited(scheme, entered):
            assert functions.kpi_grade(total, scheme.id) == values[keys.GRADE]
            assert functions.kpi_coefficient(total, scheme.id) == _float(values[keys.COEFFICIENT])


def _extras(scheme: Scheme, entered: dict[str, Value]) -> tuple[Any, Any]:
    bonus, deduction = (_float(entered[keys.points(item.id)]) for item in scheme.adjustments)
    return bonus, deduction


def _limited(scheme: Scheme, entered: dict[str, Value]) -> bool:
    """Whether a veto limits the grade, which the total alone does not tell."""
    for item in scheme.indicators:
        count = entered[keys.actual(item.id)]
        if isinstance(item.method, VetoMethod) and item.whole_form and isinstance(count, Decimal):
            return count >= item.method.zero_at
    return False


def test_a_total_without_a_scheme_is_that_of_the_usual_one(forms: list[Form]) -> None:
    for scheme, entered, values in forms:
        row = [_float(values[keys.score(item.id)]) for item in scheme.indicators]
        assert functions.kpi_total([row], *_extras(scheme, entered)) == _float(values[keys.TOTAL])


def test_shipped_schemes_have_one_addition_one_deduction_and_the_same_grades() -> None:
    assert len({scheme.grades for scheme in _schemes()}) == 1
    for scheme in _schemes():
        assert [item.kind for item in scheme.adjustments] == ["bonus", "deduction"]
        assert not any(
            item.whole_form and item.whole_form.effect == "total_zero" for item in scheme.indicators
        )


@pytest.mark.parametrize("kind", RULES)
def test_options_say_everything_about_a_method(kind: str) -> None:
    for setting in collect(SETTINGS[kind], 0.3):
        item = read_item(kind, options(setting.method, setting.direction, setting.unit))
        if isinstance(item, Adjustment):
            assert _settings(item) == _settings(setting.method)
            continue
        assert item.method == setting.method
        assert (item.direction, item.unit) == (setting.direction, setting.unit)


def _settings(rule: ScoringRule) -> list[Any]:
    return [each.of(rule) for each in rule.settings()]


@pytest.mark.parametrize("kind", RULES)
def test_every_method_scores_as_its_tree(kind: str) -> None:
    for sample in collect(scored(kind), 0.3):
        tree = sample.setting.method.expression(sample.setting.direction, sample.setting.unit)
        for inputs in sample.inputs:
            assert _kpi_score(sample, inputs) == _expected(sample, evaluate(tree, inputs), inputs)


def _kpi_score(sample: Scored, inputs: dict[str, Value]) -> object:
    settings = options(sample.setting.method, sample.setting.direction)
    actual, target, full = (_float(inputs[name]) for name in ("actual", "target", "full"))
    weight = f"{inputs['full']}%" if full == 1 else full if full > 1 else full / 100
    found = functions.kpi_score(actual, target, weight, sample.setting.method.kind, settings)
    refused = isinstance(found, str) and found.startswith("#")
    return None if refused else found


def _expected(sample: Scored, points: Value, inputs: dict[str, Value]) -> float | None:
    """What cannot be used is no points in a form, and a message in a cell."""
    actual = inputs["actual"]
    if isinstance(actual, str) and actual and isinstance(sample.setting.method, Adjustment):
        return None
    if (
        isinstance(actual, Decimal)
        and actual < 0
        and isinstance(sample.setting.method, Bonus | Deduction)
    ):
        return None
    return None if isinstance(actual, Decimal) and abs(actual) > LARGEST else _float(points)


def _float(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        (None, None),
        ("百分比计分制", "封顶=120%；保底=0"),
        ("阶梯计分", "阶梯=90:100%,80:90%,70:60%"),
        ("线性插值", "起点=60%:40%；终点=100%:100%"),
    ],
)
def test_a_long_column_takes_less_than_half_a_second(
    method: str | None, settings: str | None
) -> None:
    actual = [[float(row % 997) / 7] for row in range(ROWS)]
    target, weight = [[90.0]] * ROWS, [[20.0]] * ROWS
    taken = []
    for _ in range(3):
        started = time.process_time()
        found = functions.kpi_score(actual, target, weight, method, settings)
        taken.append(time.process_time() - started)
        assert isinstance(found, list)
        assert len(found) == ROWS
    assert min(taken) < SECONDS
