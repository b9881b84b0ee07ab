"""Raw data for a model, put together out of cells, with the cell that each field came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from xladdin.domain.base import Loc, Model
from xladdin.domain.quantities import Unit
from xladdin.problems import Place, Problem
from xladdin.schemes.faults import label_of, translate

from .columns import Kind
from .lines import Line
from .notes import Notes

M = TypeVar("M", bound=Model)

_FIELD_NAMES = re.compile(r"（[a-z_]+）")
"""What messages call a field in YAML files means nothing to whoever edits a workbook."""

UNNAMED = "「（没有名称）」"

_TOTALS = frozenset({"weights_total", "time_total"})


class Spot(NamedTuple):
    """Where a field stands, and the head of its column."""

    place: Place
    head: str = ""


@dataclass(slots=True)
class Part:
    """A model's raw data (fields that say nothing are left out), and where each field stands."""

    place: Place
    data: dict[str, Any] = field(default_factory=dict)
    spots: dict[Loc, Spot] = field(default_factory=dict)

    def take(
        self, line: Line, key: str, *path: str, kind: Kind | None = None, unit: Unit | None = None
    ) -> Any:
        """Read a cell into a field (the column's key, where no path is given)."""
        where = path or (key,)
        self.spots[where] = Spot(line.where(key), line.head(key))
        value = line.read(key, kind, unit)
        if value is not None:
            self._put(where, value)
        return value

    def take_all(self, line: Line, *keys: str) -> None:
        for key in keys:
            self.take(line, key)

    def nest(self, name: str, part: Part) -> None:
        """Another part as a field of this one."""
        self.data[name] = part.data
        self._adopt((name,), part)

    def nest_all(self, name: str, parts: Iterable[Part]) -> None:
        """Other parts as a list in a field of this one; the list stands where its first does."""
        listed = list(parts)
        self.data[name] = [part.data for part in listed]
        for i, part in enumerate(listed):
            self._adopt((name, i), part)
        if listed:
            self.spots.setdefault((name,), Spot(listed[0].place))

    def mark(self, place: Place, *path: str | int) -> None:
        """Where problems with a whole field are shown."""
        self.spots[path] = Spot(place)

    def spot(self, loc: Loc) -> Spot:
        """Where a field stands; one that is in no cell is at its nearest ancestor."""
        for size in range(len(loc), 0, -1):
            if loc[:size] in self.spots:
                found = self.spots[loc[:size]]
                return found if size == len(loc) else Spot(found.place)
        return Spot(self.place)

    def _put(self, path: tuple[str, ...], value: Any) -> None:
        data = self.data
        for name in path[:-1]:
            data = data.setdefault(name, {})
        data[path[-1]] = value

    def _adopt(self, prefix: Loc, part: Part) -> None:
        self.spots[prefix] = Spot(part.place)
        self.spots |= {(*prefix, *loc): spot for loc, spot in part.spots.items()}


def validated(model: type[M], part: Part, owner: str, notes: Notes) -> M | None:
    """The model, unless something is wrong with it; ``owner`` is named where totals are off."""
    try:
        return model.model_validate(part.data)
    except ValidationError as error:
        notes.consequences(_problems(error, part, owner))
        return None


def _problems(error: ValidationError, part: Part, owner: str) -> list[Problem]:
    spots: list[tuple[Spot, str]] = []

    def locate(loc: Loc) -> Place:
        spot = part.spot(loc)
        spots.append((spot, label_of(loc)))
        return spot.place

    problems = translate(error, locate)
    return [
        Problem(problem.code, _reworded(problem, spot, label, owner), problem.place)
        for problem, (spot, label) in zip(problems, spots, strict=True)
    ]


def _reworded(problem: Problem, spot: Spot, label: str, owner: str) -> str:
    """The message with the head of the column for the field, and with whose total it is."""
    message = _FIELD_NAMES.sub("", problem.message).replace("「None」", UNNAMED)
    if problem.code in _TOTALS and not message.startswith("「"):
        return f"「{owner}」{message}"
    # Our own rules speak of several fields; only where one begins the message it is the field.
    if spot.head and message.startswith((label, f"缺少「{label}」")):
        return message.replace(label, spot.head, 1)
    return message
