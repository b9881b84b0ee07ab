"""What a form says of its weights: where a clerk may change them, these texts change with them."""

from __future__ import annotations

from collections.abc import Callable

from xladdin.books import wording
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.formula.nodes import (
    Blank,
    CountNumbers,
    Expr,
    If,
    IsNumber,
    Join,
    Round,
    SumNumbers,
    Text,
    Var,
    mul,
    number,
)
from xladdin.layout.cells import Fixed, Result
from xladdin.scoring import keys
from xladdin.scoring.model import HUNDRED

PROGRESS = "told.progress"
DIGITS = 2
"""Decimals of a percentage in a text."""
_WEIGHT = "\0"
"""Stands for the weight while a label is taken apart."""


def _name(section: Section) -> str:
    return f"told.section.{section.id}"


def _subtotal(section: Section) -> str:
    return f"told.subtotal.{section.id}"


def _full(item: Indicator) -> str:
    return f"told.full.{item.id}"


def label_model(scheme: Scheme) -> dict[str, Expr]:
    """How many indicators have a score; and every text and number that states weights."""
    scores = tuple(Var(keys.score(item.id)) for item in scheme.indicators)
    model: dict[str, Expr] = {PROGRESS: CountNumbers(scores)}
    if not scheme.weights_editable:
        return model
    for section in scheme.sections:
        model[_name(section)] = _stated(section, wording.section_name)
        if section.weights_of != "form":
            model[_subtotal(section)] = _stated(section, wording.subtotal_label)
    for item in scheme.indicators:
        known = IsNumber(Var(keys.weight(item.id)))
        model[_full(item)] = If(known, full_points(scheme, item), Blank())
    return model


def _stated(section: Section, label: Callable[[Section, str], str]) -> Expr:
    """A label with the sum of the section's weights as they are now."""
    # The column is narrow enough to break the line: a formula with a break in it is hard to read.
    before, after = label(section, _WEIGHT).replace("\n", "").split(_WEIGHT)
    weights = tuple(Var(keys.weight(item.id)) for item in section.indicators)
    share = Round(mul(HUNDRED, SumNumbers(weights)), DIGITS)
    return Join((Text(before), share, Text(f"%{after}")))


def section_name(scheme: Scheme, section: Section) -> Fixed | Result:
    """A section with its weight, as it heads the section."""
    if scheme.weights_editable:
        return Result(_name(section))
    return Fixed(wording.section_name(section))


def subtotal_name(scheme: Scheme, section: Section) -> Fixed | Result:
    """What the subtotal of a section is called."""
    if scheme.weights_editable and section.weights_of != "form":
        return Result(_subtotal(section))
    return Fixed(wording.subtotal_label(section))


def full_points(scheme: Scheme, item: Indicator) -> Expr:
    """The points that an indicator is worth: 100 times its weight."""
    if scheme.weights_editable:
        return mul(HUNDRED, Var(keys.weight(item.id)))
    return number(item.weight)


def full_shown(scheme: Scheme, item: Indicator) -> Fixed | Result:
    """The same where the rules are explained."""
    return Result(_full(item)) if scheme.weights_editable else Fixed(item.weight)
