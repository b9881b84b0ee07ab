"""The inputs of a score: one person's targets and actuals in place of a scheme's defaults."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from xladdin.domain.people import Actual
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults


class _Keys(NamedTuple):
    """Where the figures of an item stand in a form; empty for those that it does not have."""

    actual: str = ""
    self_rating: str = ""
    target: str = ""
    points: str = ""


class ScoreInputs:
    """The inputs of a scheme's score model: for whoever scores many people and months."""

    def __init__(self, scheme: Scheme) -> None:
        self._defaults = input_defaults(scheme)
        self._items = {
            name: _Keys(points=keys.points(extra.id))
            for extra in scheme.adjustments
            for name in (extra.id, extra.name)
        }
        self._items |= self._measured(scheme)

    @staticmethod
    def _measured(scheme: Scheme) -> dict[str, _Keys]:
        measured: dict[str, _Keys] = {}
        for item in scheme.indicators:
            own = keys.self_rating(item.id) if scheme.asks_self(item) else ""
            target = keys.target(item.id) if item.uses_target else ""
            found = _Keys(keys.actual(item.id), own, target)
            for name in (item.id, item.name):
                measured.setdefault(name, found)
        return measured

    def figures(self, actuals: Iterable[Actual]) -> dict[str, Value]:
        """Targets and actuals by key of the form; an adjustment's actual is its points.

        An entry that was refused is missing: points are then what was entered, which is no number, since
        points that are not there would count as none.
        """
        found: dict[str, Value] = {}
        # Whatever else was entered for the same item, it is not known which of them counts.
        for line in sorted(actuals, key=lambda line: bool(line.refused)):
            item = self._items.get(line.indicator)
            if item is None:
                continue
            if item.points:
                found[item.points] = line.refused or line.actual
                continue
            found[item.actual] = line.actual
            if item.self_rating:
                found[item.self_rating] = line.self_rating
            if item.target and (line.target is not None or line.refused):
                found[item.target] = line.target
        return found

    def of(self, actuals: Iterable[Actual]) -> dict[str, Value]:
        """Every input; what is not known yet is None."""
        return {**self._defaults, **self.figures(actuals)}


_made: OrderedDict[int, tuple[Scheme, ScoreInputs]] = OrderedDict()
_MOST_MADE = 64


def inputs_of(scheme: Scheme) -> ScoreInputs:
    """A scheme's inputs, made once."""
    # By identity: to hash a scheme takes longer.  What is kept keeps its number.
    found = _made.get(id(scheme))
    if found is None:
        found = _made[id(scheme)] = scheme, ScoreInputs(scheme)
        while len(_made) > _MOST_MADE:
            _made.popitem(last=False)
    return found[1]


def figures(scheme: Scheme, actuals: Iterable[Actual]) -> dict[str, Value]:
    """See ``ScoreInputs.figures``."""
    return inputs_of(scheme).figures(actuals)


def score_inputs(scheme: Scheme, actuals: Iterable[Actual]) -> dict[str, Value]:
    """Every input of the scheme's score model; what is not known yet is None."""
    return inputs_of(scheme).of(actuals)
