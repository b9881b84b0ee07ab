"""The names of a form's values: what the score model reads and what it gives.

A key is the variable's name in the model, and (with a prefix) the defined name of its cell, so a
returned form is read by the same names that the score is computed from.
"""

from __future__ import annotations


def weight(indicator: str) -> str:
    """An indicator's weight, as a fraction of the whole form."""
    return f"weight.{indicator}"


def target(indicator: str) -> str:
    """What is to be reached, in the indicator's unit."""
    return f"target.{indicator}"


def actual(indicator: str) -> str:
    """What was reached, in the indicator's unit."""
    return f"actual.{indicator}"


def self_rating(indicator: str) -> str:
    """What an employee gives themselves on a judged indicator, in points."""
    return f"self.{indicator}"


def score(indicator: str) -> str:
    """An indicator's points."""
    return f"score.{indicator}"


def points(adjustment: str) -> str:
    """The points added or taken off, as entered (positive in both cases)."""
    return f"points.{adjustment}"


def counted(adjustment: str) -> str:
    """The points added or taken off that count: held between 0 and the cap."""
    return f"counted.{adjustment}"


def subtotal(section: str) -> str:
    """The sum of a section's points, or how many of its items are missing."""
    return f"subtotal.{section}"


WEIGHT_TOTAL = "weight_total"
TOTAL = "total"
SCALED = "scaled"
"""The total out of the scheme's own scale; only where that is not 100."""
GRADE = "grade"
COEFFICIENT = "coefficient"
