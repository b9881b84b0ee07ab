"""One indicator's points, and its rule in words: KPI_SCORE, KPI_ITEM, KPI_EXPLAIN."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xladdin.books.wording import adjustment_rule, rule_text
from xladdin.domain.quantities import Unit, plain
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.rule_terms import NEGATIVE_TARGET
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value, evaluate, snap
from xladdin.formula.solving import Solver
from xladdin.scoring import keys
from xladdin.scoring.model import counted_expression

from .argument_names import INDICATOR, item_of, scheme_of
from .argument_values import bad, day, lines, measured, number, text
from .known_schemes import SCHEME, Known, known
from .method_options import METHOD, OPTIONS, read_item
from .spilling import Answers, spread

ACTUAL, TARGET, WEIGHT = "实际", "目标", "权重"
FULL = Decimal(100)
POINTS = "points"


def kpi_score(
    actual: object,
    target: object,
    weight: object,
    method: object = None,
    options: object = None,
) -> Answers:
    """The points of an indicator whose method is written beside it."""
    arguments = {ACTUAL: actual, TARGET: target, WEIGHT: weight, METHOD: method, OPTIONS: options}
    return spread(_score, arguments)


def kpi_item(scheme: object, indicator: object, actual: object, target: object = None) -> Answers:
    """The points of an indicator of a scheme: one of the open master's, or a shipped one."""
    return spread(_item, {SCHEME: scheme, INDICATOR: indicator, ACTUAL: actual, TARGET: target})


def kpi_explain(method: object, options: object = None) -> Answers:
    """A method with its settings as a sentence."""
    return spread(_explain, {METHOD: method, OPTIONS: options})


@dataclass(frozen=True, slots=True)
class _Ruled:
    """An indicator with its rule, made ready for many figures."""

    item: Indicator
    solver: Solver
    """Of the points."""
    uses_target: bool
    of_target: bool
    """Whether a target below 0 means nothing."""
    own: str = ""
    """How much a self-rating counts, of which a function knows nothing: ``30%``."""

    @classmethod
    def of(cls, item: Indicator, scheme: Scheme | None = None) -> _Ruled:
        asked = scheme is not None and scheme.asks_self(item)
        weight = scheme.self_weight if scheme is not None and asked else None
        own = f"{plain(weight)}%" if weight else ""
        return cls(item, Solver({POINTS: item.rule}), item.uses_target, item.method.of_target, own)


@lru_cache(maxsize=1024)
def _written(method: str, options: str) -> _Ruled | Adjustment:
    item = read_item(method, options)
    return _Ruled.of(item) if isinstance(item, Indicator) else item


@lru_cache(maxsize=1024)
def _found(known: Known, scheme: str, indicator: str) -> _Ruled | Adjustment | None:
    if not scheme:
        return None
    whole = scheme_of(scheme, known)
    item = item_of(whole, indicator)
    return _Ruled.of(item, whole) if isinstance(item, Indicator) else item


def _score(
    actual: object, target: object, weight: object, method: object, options: object
) -> Value:
    ruled = _written(text(method, METHOD), lines(options, OPTIONS))
    if not isinstance(ruled, _Ruled):
        return _counted(ruled, actual)
    full = _points(weight)
    found = _figure(actual, ACTUAL, ruled.item)
    aim = _figure(target, TARGET, ruled.item) if ruled.uses_target else None
    return _result(ruled, full, found, aim)


def _item(scheme: object, indicator: object, actual: object, target: object) -> Value:
    ruled = _found(known(), text(scheme, SCHEME), text(indicator, INDICATOR))
    if not isinstance(ruled, _Ruled):
        return None if ruled is None else _counted(ruled, actual)
    item = ruled.item
    if ruled.own:
        raise bad(INDICATOR, f"{item.name}的自评占{ruled.own}，只有一个评分算不出，请看考核表")
    found = measured(actual, ACTUAL, item.unit)
    aim = measured(target, TARGET, item.unit) if ruled.uses_target else None
    return _result(ruled, item.weight, found, item.target if aim is None else aim)


def _explain(method: object, options: object) -> Value:
    name, settings = text(method, METHOD), lines(options, OPTIONS)
    if not name:
        return None
    item = read_item(name, settings)
    if not isinstance(item, Indicator):
        return adjustment_rule(item)
    return rule_text(item, brief=False, editable=True)


def _result(
    ruled: _Ruled, full: Decimal | None, actual: Decimal | None, target: Decimal | None
) -> Value:
    if full is None:
        return None
    inputs: dict[str, Value] = {"full": full, "actual": actual, "target": target}
    if target is not None and snap(target) < 0 and ruled.of_target:
        raise bad(TARGET, NEGATIVE_TARGET)
    points = ruled.solver.values(inputs)[POINTS]
    # The tree decides, which takes for inside what is a hair beyond.
    if points is None and actual is not None and (why := ruled.item.method.refusal(actual)):
        raise bad(ACTUAL, why)
    return points


def _counted(item: Adjustment, raw: object) -> Value:
    """What an addition or deduction counts; a blank counts as none."""
    points = number(raw, ACTUAL)
    if points is not None and points < 0 <= item.low:
        raise bad(ACTUAL, f"{item.name}请写正数")
    counted = evaluate(counted_expression(item), {keys.points(item.id): points})
    if counted is None and points is not None:
        raise bad(ACTUAL, item.refusal(points))
    return counted


def _figure(raw: object, name: str, item: Indicator) -> Decimal | None:
    """A figure: plain numbers, read by the unit where one is stated, dates where they are meant."""
    if item.unit is not Unit.NUMBER:
        return measured(raw, name, item.unit)
    return day(raw, name) if item.method.dated else number(raw, name)


def _points(raw: object) -> Decimal | None:
    """A weight in points of 100: below 1 it is a percentage (20% is 0.2), from there on points."""
    given = text(raw, WEIGHT) if isinstance(raw, str) else ""
    weight = measured(raw, WEIGHT, Unit.PERCENT) if given.endswith("%") else number(raw, WEIGHT)
    if weight is None:
        return None
    if weight == 1 and not given:
        raise bad(WEIGHT, "1 可能是1分，也可能是100%，请写成 1% 或 100")
    points = weight * FULL if weight < 1 or given else weight
    if not 0 < points <= FULL:
        raise bad(WEIGHT, "应大于0，不超过100")
    return points
