"""Raw data for a model, put together out of cells, with the cell that each field came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from xladdin.domain.base import Loc, Model
from xladdin.problems import Place, Problem
from xladdin.schemes.faults import label_of, translate

from .judging import Judged
from .lines import Notes, RowKey

M = TypeVar("M", bound=Model)

_FIELD_NAMES = re.compile(r"（[a-z_]+）")
"""What messages call a field in YAML files means nothing to whoever edits a workbook."""

UNNAMED = "「（没有名称）」"


class Spot(NamedTuple):
    """Where a field stands, and the head of its column."""

    place: Place
    head: str = ""


class CellSpot(NamedTuple):
    """The same of a cell, worked out when a message asks: most cells are merely read."""

    row: Judged
    key: str

    @property
    def place(self) -> Place:
        return self.row.where(self.key)

    @property
    def head(self) -> str:
        return self.row.head(self.key)


@dataclass(slots=True)
class Part:
    """A model's raw data (fields that say nothing are left out), and where each field stands."""

    place: Place
    data: dict[str, Any] = field(default_factory=dict)
    rows: set[RowKey] = field(default_factory=set)
    """The rows that it is made of."""
    _spots: dict[Loc, Spot | CellSpot] = field(default_factory=dict)
    _taken: list[tuple[Judged, str, tuple[str, ...]]] = field(default_factory=list)

    def take(self, row: Judged, key: str, *path: str) -> Any:
        """What a cell says, into the column's field (or another)."""
        self.rows.add(row.line.key)
        return self._take(row, key, path)

    def take_all(self, row: Judged, *keys: str) -> None:
        self.rows.add(row.line.key)
        for key in keys:
            self._take(row, key)

    def _take(self, row: Judged, key: str, path: tuple[str, ...] = ()) -> Any:
        self._taken.append((row, key, path))
        value = row.get(key)
        if value is not None:
            self.put(value, *(path or row.line.spec.column(key).where))
        return value

    @property
    def spots(self) -> dict[Loc, Spot | CellSpot]:
        """Where each field stands; of most nobody asks."""
        for row, key, path in self._taken:
            self._spots[path or row.line.spec.column(key).where] = CellSpot(row, key)
        self._taken.clear()
        return self._spots

    def put(self, value: Any, *path: str) -> None:
        data = self.data
        for name in path[:-1]:
            data = data.setdefault(name, {})
        data[path[-1]] = value

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

    def spot(self, loc: Loc) -> Spot | CellSpot:
        """Where a field stands; one that is in no cell is at its nearest ancestor."""
        for size in range(len(loc), 0, -1):
            if loc[:size] in self.spots:
                found = self.spots[loc[:size]]
                return found if size == len(loc) else Spot(found.place)
        return Spot(self.place)

    def _adopt(self, prefix: Loc, part: Part) -> None:
        self.spots[prefix] = Spot(part.place)
        self.spots.update({(*prefix, *loc): spot for loc, spot in part.spots.items()})
        self.rows |= part.rows


def validated(model: type[M], part: Part, notes: Notes, others: Iterable[RowKey] = ()) -> M | None:
    """The model, unless something is wrong with one of its rows.

    The rules of the sheets have been asked already: what the model finds is said only where they
    found nothing; ``others`` are rows from which it has something that may be wrong there.
    """
    if notes.settled(part.rows):
        return None  # and whatever the model found would be no news
    try:
        made = model.model_validate(part.data)
    except ValidationError as error:
        notes.consequences(_problems(error, part), {*part.rows, *others})
        return None
    return made if notes.broken.isdisjoint(part.rows) else None


def _problems(error: ValidationError, part: Part) -> list[Problem]:
    spots: list[tuple[Spot | CellSpot, str]] = []

    def locate(loc: Loc) -> Place:
        spot = part.spot(loc)
        spots.append((spot, label_of(loc)))
        return spot.place

    problems = translate(error, locate)
    return [
        Problem(problem.code, _reworded(problem, spot, label), problem.place)
        for problem, (spot, label) in zip(problems, spots, strict=True)
    ]


def _reworded(problem: Problem, spot: Spot | CellSpot, label: str) -> str:
    """The message with the head of the column for the field."""
    message = _FIELD_NAMES.sub("", problem.message).replace("「None」", UNNAMED)
    # Our own rules speak of several fields; only where one begins the message it is the field.
    if spot.head and message.startswith((label, f"缺少「{label}」")):
        return message.replace(label, spot.head, 1)
    return message
