"""The score model of a scheme: every result of a form as a tree over its inputs.

The workbook places each key in a cell; ``score`` evaluates the same trees in Python.  Where an
item is not filled in, its score stays empty and subtotal and total say how many are missing:
nothing missing becomes a 0 unseen.  Only additions and deductions may stay empty (none); what was
entered there and is no number of points is missing like anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xladdin.domain.grades import Grade
from xladdin.domain.raw import FULL
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.rule_terms import SCORE_DIGITS, ZERO
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Greatest,
    If,
    IsNumber,
    Join,
    Least,
    Listing,
    Rel,
    Round,
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
from xladdin.formula.walk import substitute

from . import keys

HUNDRED = number(100)
WEIGHT_DIGITS = 6
WEIGHTS_OFF = "权重不是100%"
"""Shown as the total while the weights that a clerk edited do not make 100%."""
POINTS_OFF = "加减分超出范围"
"""Shown as the total while points that were entered are none that may be."""
SELF_RATING, SUPERIORS_RATING = "自评", "上级评"
"""What the ratings are called on an indicator with both."""
Model = dict[str, Expr]


def score_model(scheme: Scheme) -> Model:
    """Every computed value of the scheme's form, by key."""
    return {
        **{keys.score(item.id): _item(scheme, item) for item in scheme.indicators},
        **{keys.subtotal(section.id): _subtotal(section) for section in scheme.sections},
        **{keys.counted(item.id): counted_expression(item) for item in scheme.adjustments},
        keys.WEIGHT_TOTAL: weight_total(scheme),
        keys.TOTAL: _total(scheme),
        **_scaled(scheme),
        keys.GRADE: _grade(scheme),
        keys.COEFFICIENT: coefficient_expression(scheme.grades),
    }


def input_defaults(scheme: Scheme) -> dict[str, Decimal | None]:
    """Every input of the model: weights and default targets as the scheme states them."""
    found: dict[str, Decimal | None] = {}
    for item in scheme.indicators:
        found[keys.weight(item.id)] = item.weight / 100
        if item.uses_target:
            found[keys.target(item.id)] = item.target
        found[keys.actual(item.id)] = None
        if scheme.asks_self(item):
            found[keys.self_rating(item.id)] = None
    return found | {keys.points(item.id): None for item in scheme.adjustments}


def bound_item(scheme: Scheme, item: Indicator) -> Expr:
    """An indicator's rule over the form's keys; full points are the weight times 100."""
    weight = Var(keys.weight(item.id))
    return substitute(
        scheme.rule_of(item),
        {
            "full": mul(HUNDRED, weight),
            "actual": Var(keys.actual(item.id)),
            "target": Var(keys.target(item.id)),
            "own": Var(keys.self_rating(item.id)),
        },
    )


def _item(scheme: Scheme, item: Indicator) -> Expr:
    """An item's score; a weight that a clerk may edit may also be missing, or nonsense."""
    score = bound_item(scheme, item)
    if not scheme.weights_editable:
        return score
    weight = Var(keys.weight(item.id))
    sensible = If(Compare(Rel.GE, weight, ZERO), score, Blank())
    return If(IsNumber(weight), sensible, Blank())


def counted_expression(item: Adjustment) -> Expr:
    """What counts of an adjustment's points, over the form's keys."""
    return substitute(item.expression(), {"actual": Var(keys.points(item.id))})


def weight_total(scheme: Scheme) -> Expr:
    """The sum of all weights, which has to be 1; or how many of them are missing."""
    weights = tuple(Var(keys.weight(item.id)) for item in scheme.indicators)
    return If(_complete(weights), Round(total(weights), WEIGHT_DIGITS), _missing(weights))


def _missing(items: Sequence[Var]) -> Expr:
    """``缺3项``: how many of the items have no score."""
    count = sub(number(len(items)), CountNumbers(tuple(items)))
    return Join((Text("缺"), count, Text("项")))


def _complete(items: Sequence[Var]) -> Expr:
    return Compare(Rel.EQ, CountNumbers(tuple(items)), number(len(items)))


def _scores(section: Section) -> tuple[Var, ...]:
    return tuple(Var(keys.score(item.id)) for item in section.indicators)


def _subtotal(section: Section) -> Expr:
    scores = _scores(section)
    return If(_complete(scores), Round(total(scores), SCORE_DIGITS), _missing(scores))


def total_points(scheme: Scheme) -> Expr:
    """The total once every item is filled in: subtotals, additions, deductions, cap, floor."""
    points: Expr = total(tuple(Var(keys.subtotal(section.id)) for section in scheme.sections))
    for item in scheme.adjustments:
        counted = Var(keys.counted(item.id))
        points = sub(points, counted) if item.taken else total((points, counted))
    if scheme.total.cap is not None:
        points = Least(points, number(scheme.total.cap))
    points = Round(Greatest(points, number(scheme.total.floor)), SCORE_DIGITS)
    if zeroed := [_vetoed(item) for item in _with_effect(scheme, "total_zero")]:
        return If(one_of(tuple(zeroed)), ZERO, points)
    return points


def _total(scheme: Scheme) -> Expr:
    scores = tuple(var for section in scheme.sections for var in _scores(section))
    counted = tuple(Var(keys.counted(item.id)) for item in scheme.adjustments)
    missing: Expr = _missing((*scores, *counted))
    if counted:
        missing = If(_complete(scores), _refused(scheme, missing), missing)
    result: Expr = If(_complete((*scores, *counted)), total_points(scheme), missing)
    if not scheme.weights_editable:
        return result
    weights = Var(keys.WEIGHT_TOTAL)
    whole = If(Compare(Rel.EQ, weights, number(1)), result, Text(WEIGHTS_OFF))
    return If(IsNumber(weights), whole, Text(WEIGHTS_OFF))


def scaled_total(scheme: Scheme) -> Expr:
    """The total out of the scheme's own scale, in points with two decimals."""
    return Round(div(mul(Var(keys.TOTAL), number(scheme.scale)), HUNDRED), SCORE_DIGITS)


def _scaled(scheme: Scheme) -> Model:
    """Nothing where the total is out of 100, nor a figure as long as there is no total."""
    if scheme.scale == FULL:
        return {}
    return {keys.SCALED: If(IsNumber(Var(keys.TOTAL)), scaled_total(scheme), Blank())}


def _refused(scheme: Scheme, missing: Expr) -> Expr:
    """What the total says where only points that were entered cannot be used: which."""
    lacking = tuple((_none(Var(keys.counted(item.id))), item.name) for item in scheme.adjustments)
    names = Text(lacking[0][1]) if len(lacking) == 1 else Listing(lacking, "、")
    named = Join((missing, Text("："), names))
    off = tuple(
        all_of((IsNumber(Var(keys.points(item.id))), _none(Var(keys.counted(item.id)))))
        for item in scheme.adjustments
        if item.refuses
    )
    return If(one_of(off), Text(POINTS_OFF), named) if off else named


def _none(var: Var) -> Expr:
    return Compare(Rel.EQ, CountNumbers((var,)), ZERO)


def missing_items(
    scheme: Scheme, values: Mapping[str, Value], inputs: Mapping[str, Value] | None = None
) -> list[str]:
    """The names of what a total lacks: indicators without a score, points that were refused.

    Of an indicator that two people rate, with whose rating is lacking (``工作主动性（自评）``),
    where the ``inputs`` are given.
    """
    found = [
        (keys.score(item.id), item.name + (_lacking(scheme, item, inputs) if inputs else ""))
        for item in scheme.indicators
    ]
    found += [(keys.counted(item.id), item.name) for item in scheme.adjustments]
    return [name for key, name in found if not isinstance(values[key], Decimal)]


def _lacking(scheme: Scheme, item: Indicator, inputs: Mapping[str, Value]) -> str:
    """Whose rating that counts is not there; empty where there is but one rating."""
    if scheme.self_weight is None or not item.subjective:
        return ""
    weights = (
        (scheme.self_weight, keys.self_rating(item.id), SELF_RATING),
        (FULL - scheme.self_weight, keys.actual(item.id), SUPERIORS_RATING),
    )
    lacking = [word for weight, key, word in weights if weight and inputs.get(key) is None]
    return f"（{'、'.join(lacking)}）" if lacking else ""


def _with_effect(scheme: Scheme, effect: str) -> Iterator[Indicator]:
    return (
        item
        for item in scheme.indicators
        if item.whole_form is not None and item.whole_form.effect == effect
    )


def _vetoed(item: Indicator) -> Expr:
    return item.method.triggered(Var(keys.actual(item.id)))


def _grade(scheme: Scheme) -> Expr:
    """The grade of the total; a veto with a whole-form effect limits how good it can be."""
    names = [grade.name for grade in scheme.grades]
    limits = sorted(
        ((names.index(_limit(item)), item) for item in _with_effect(scheme, "grade_cap")),
        key=lambda limit: -limit[0],
    )
    score = Var(keys.TOTAL)
    # The strictest limit first: it decides where several vetoes come together.
    branches = tuple(
        (_vetoed(item), grade_expression(scheme.grades, score, best)) for best, item in limits
    )
    return If(IsNumber(score), cases(branches, grade_expression(scheme.grades, score)), Blank())


def _limit(item: Indicator) -> str:
    effect = item.whole_form
    return "" if effect is None or effect.grade is None else effect.grade


def grade_expression(grades: Sequence[Grade], score: Expr, best: int = 0) -> Expr:
    """The grade of a score; ``best`` is the index of the best grade that is still possible."""
    *upper, last = grades[best:]
    branches = tuple(
        (
            Compare(Rel(grade.sign), score, number(grade.lower)),
            Text(grade.name),
        )
        for grade in upper
        if grade.lower is not None
    )
    return cases(branches, Text(last.name))


def coefficient_expression(grades: Sequence[Grade]) -> Expr:
    """绩效奖金系数 of the grade."""
    grade = Var(keys.GRADE, text=True)
    branches = tuple(
        (Compare(Rel.EQ, grade, Text(item.name)), number(item.coefficient)) for item in grades
    )
    return cases(branches, Blank())
