"""Many problems on few lines: what is the same is told once, with how often and where.

The one place that decides what is the same, for terminals and message boxes.  Nothing that is told
of many is untrue of one of them: different texts share a line only where there are many of them,
and that line says that it shows the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .problems import Place, Problem

MOST_PLACES = 5
"""Places that are named in one line."""
MOST_ALIKE = 6
"""Problems of one kind, each with a text of its own, that stand on lines of their own."""
MOST_TEXTS = 12
"""Texts of one kind, each with several places, that stand on lines of their own."""

_QUOTED = re.compile("「[^「」]*」|“[^“”]*”")
_VALUE = re.compile(r"[0-9A-Za-z_.,:!/%+#-]+")
_SUBJECT = re.compile(r"[^「」（）的，；：]{1,20}(?=的|（)")
_PERSON = re.compile(r"[^「」（），；：]{1,20}（[^（）]{1,40}）")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def some_of(texts: Sequence[str], most: int) -> str:
    """Texts beside each other; of more than so many the first, and how many there are: 甲、乙等 5 个."""
    more = f"等 {len(texts)} 个" if len(texts) > most else ""
    return "、".join(texts[:most]) + more


@dataclass(frozen=True)
class Fold:
    """One line: the first of its problems, in full, and what goes with it."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        return self.problems[0]

    @cached_property
    def alike(self) -> bool:
        """Whether all say the same, each at its own place."""
        return all(problem.message == self.first.message for problem in self.problems)

    @property
    def hides(self) -> bool:
        """Whether some of it can be read only where every problem has its line."""
        return not self.alike or len(self._where[0]) > MOST_PLACES

    def __str__(self) -> str:
        count = len(self.problems)
        if count == 1:
            return str(self.first)
        if len(set(self.problems)) == 1:
            return f"{self.first}（{count} 次）"
        named, unit = self._where
        more = "……" if len(named) > MOST_PLACES else ""
        said = f"：{'、'.join(named[:MOST_PLACES])}{more}" if named else ""
        return f"{self.first}（{'共' if self.alike else '同类共'} {count} {unit}{said}）"

    @cached_property
    def _where(self) -> tuple[list[str], str]:
        """Whom or what place each of them is about, as short as it can be told, and what that is."""
        people = [_person(problem.message) for problem in self.problems]
        named = list(dict.fromkeys(found[0] for found in people if found))
        if len(named) == len(self.problems):
            return named, "人"
        places = list(dict.fromkeys(problem.place for problem in self.problems))
        if len(places) > 1:
            return [_told(run, self.first.place) for run in _runs(places)], "处"
        quoted = (_QUOTED.search(problem.message) for problem in self.problems)
        return list(dict.fromkeys(found[0] for found in quoted if found)), "处"


def folded(problems: Iterable[Problem]) -> list[Fold]:
    """Problems on few lines, errors first, otherwise in the order in which they were found."""
    kinds: dict[tuple[object, ...], dict[str, list[Problem]]] = {}
    for problem in problems:
        kind = (problem.severity, problem.code, _shape(problem.message))
        kinds.setdefault(kind, {}).setdefault(problem.message, []).append(problem)
    folds = [fold for texts in kinds.values() for fold in _of_kind(list(texts.values()))]
    return sorted(folds, key=lambda fold: not fold.first.is_error)


def _of_kind(texts: Sequence[Sequence[Problem]]) -> Iterator[Fold]:
    """The lines of one kind of problem: ``texts`` has the problems of each text."""
    singles = sum(len(found) == 1 for found in texts)
    together = {True: singles > MOST_ALIKE, False: len(texts) - singles > MOST_TEXTS}
    crowd = [problem for found in texts if together[len(found) == 1] for problem in found]
    if crowd:
        yield Fold(tuple(crowd))
    yield from (Fold(tuple(found)) for found in texts if not together[len(found) == 1])


@lru_cache(maxsize=256)
def _person(message: str) -> re.Match[str] | None:
    """Whom a message is about, if it begins with a name."""
    return _PERSON.match(message)


@lru_cache(maxsize=256)
def _shape(message: str) -> str:
    """A message without what differs from one person, cell or figure to the next.

    Reasons stand at the end of a message and stay as they are.
    """
    text = _VALUE.sub("#", _QUOTED.sub("「」", message))
    return _SUBJECT.sub("", text, count=1) if _SUBJECT.match(text) else text


def _runs(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Places one below the other as first and last."""
    first = last = places[0]
    column, row = _in_column(first)
    for place in places[1:]:
        beside, below = _in_column(place)
        if beside != column or row is None or below != row + 1:
            yield first, last
            first = place
        last, column, row = place, beside, below
    yield first, last


def _in_column(place: Place) -> tuple[tuple[object, ...], int | None]:
    """What places one below the other have in common, and how far down one is."""
    if place.line is not None:
        return (place.file, place.sheet, place.field), place.line
    found = _CELL.fullmatch(place.cell)
    column = (place.file, place.sheet, place.field, found and found[1])
    return column, int(found[2]) if found else None


def _told(run: tuple[Place, Place], beside: Place) -> str:
    """A run of places, without what it has in common with the place that is told in full."""
    first, last = run
    if (first.file, first.sheet) != (beside.file, beside.sheet):
        start = str(first)
        if first == last:
            return start
    elif first.cell:
        return first.cell if first == last else f"{first.cell}:{last.cell}"
    elif first.line is not None:
        start = f"第{first.line}行" if first == last else f"第{first.line}—{last.line}行"
        return start if first.field == beside.field else f"{start}:{first.field}"
    else:
        return str(first)
    return f"{start} 至 {last.cell or f'第{last.line}行'}"
