"""The inputs of a score: one person's targets and actuals in place of a scheme's defaults."""

from __future__ import annotations

from collections.abc import Iterable

from xladdin.domain.people import Actual
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults


def figures(scheme: Scheme, actuals: Iterable[Actual]) -> dict[str, Value]:
    """Targets and actuals by key of the form; an adjustment's actual is its points.

    An entry that was refused is missing: points are then what was entered, which is no number, since
    points that are not there would count as none.
    """
    found: dict[str, Value] = {}
    adjustments = {name: item for item in scheme.adjustments for name in (item.id, item.name)}
    # Whatever else was entered for the same item, it is not known which of them counts.
    for line in sorted(actuals, key=lambda line: bool(line.refused)):
        if item := scheme.indicator(line.indicator):
            found[keys.actual(item.id)] = line.actual
            if scheme.asks_self(item):
                found[keys.self_rating(item.id)] = line.self_rating
            if item.uses_target and (line.target is not None or line.refused):
                found[keys.target(item.id)] = line.target
        elif line.indicator in adjustments:
            found[keys.points(adjustments[line.indicator].id)] = line.refused or line.actual
    return found


def score_inputs(scheme: Scheme, actuals: Iterable[Actual]) -> dict[str, Value]:
    """Every input of the scheme's score model; what is not known yet is None."""
    return {**input_defaults(scheme), **figures(scheme, actuals)}
