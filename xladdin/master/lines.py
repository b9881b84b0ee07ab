"""What was found in a workbook: its sheets, their rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from xladdin.intake.grids import Grid
from xladdin.intake.headers import Headers
from xladdin.intake.tables import Row
from xladdin.ooxml.addresses import row_digits
from xladdin.problems import Place, Problem, warning

from .sheet_spec import SheetSpec

RowKey = tuple[str, str]
"""Sheet and row number of a place: what stands in one row."""


HARMLESS = frozenset({"unknown_position", "unknown_scheme"})
"""Errors that leave the row itself usable: an employee is one, whatever the scheme is called."""


def row_key(place: Place) -> RowKey:
    """Which row a place is in."""
    return place.sheet, row_digits(place.cell)


@dataclass(slots=True)
class Notes:
    """Collects problems; a cell that is wrong by itself is not blamed a second time."""

    problems: list[Problem] = field(default_factory=list)
    faulty: set[Place] = field(default_factory=set)
    broken: set[RowKey] = field(default_factory=set)
    """Rows with an error."""
    seen: set[tuple[str, str, Place, bool]] = field(default_factory=set)
    open: dict[RowKey, dict[str, int]] = field(default_factory=dict)
    """By row and code where those problems are listed whose wording the models know better."""

    def add(self, problem: Problem) -> None:
        """Note a problem, unless it is noted already."""
        is_error = problem.is_error
        said = problem.code, problem.message, problem.place, is_error
        if said in self.seen:
            return
        self.seen.add(said)
        self.problems.append(problem)
        if is_error:
            self.faulty.add(problem.place)
            if problem.code not in HARMLESS:
                self.broken.add(row_key(problem.place))

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def error(self, code: str, message: str, place: Place) -> None:
        self.add(Problem(code, message, place))

    def warn(self, code: str, message: str, place: Place) -> None:
        self.add(warning(code, message, place))

    def add_open(self, problem: Problem) -> None:
        """Note a problem that a model may put into better words."""
        self.add(problem)
        found = self.open.setdefault(row_key(problem.place), {})
        found.setdefault(problem.code, len(self.problems) - 1)

    def settled(self, rows: Collection[RowKey]) -> bool:
        """Whether something is wrong with one of the rows, and nothing that is known lacks words."""
        return not self.broken.isdisjoint(rows) and self.open.keys().isdisjoint(rows)

    def consequences(self, problems: Iterable[Problem], rows: Iterable[RowKey]) -> None:
        """What a model says that stands in some rows.

        Where these are known to be wrong it only lends its words; else it speaks for itself.
        """
        heard = not self.broken.isdisjoint(rows)
        for problem in problems:
            index = self.open.get(row_key(problem.place), {}).pop(problem.code, None)
            if index is not None:
                known = self.problems[index]
                self.problems[index] = Problem(
                    known.code, problem.message, known.place, known.severity
                )
            elif not heard:
                self.add(problem)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was found in the workbook, and its rows."""

    spec: SheetSpec
    grid: Grid
    head: Headers
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    spec: SheetSpec
    row: Row

    @property
    def key(self) -> RowKey:
        """The row of its place, and of all its cells."""
        return self.row.grid.sheet, str(self.row.grid.number(self.row.index))

    @property
    def place(self) -> Place:
        return self.row.place

    def where(self, key: str) -> Place:
        return self.row.where(key)

    def raw(self, key: str) -> object:
        return self.row.raw(key)
