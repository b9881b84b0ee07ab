"""Problems as they are found, and which cells have one already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xladdin.problems import Place, Problem, warning


@dataclass(slots=True)
class Notes:
    """Collects problems; a cell that is wrong by itself is not blamed a second time."""

    problems: list[Problem] = field(default_factory=list)
    faulty: set[Place] = field(default_factory=set)
    seen: set[Problem] = field(default_factory=set)
    errors: int = 0
    """How many errors there are so far."""

    def add(self, problem: Problem) -> None:
        """Note a problem, unless it is noted already (a cell may be read more than once)."""
        if problem in self.seen:
            return
        self.seen.add(problem)
        self.problems.append(problem)
        if problem.is_error:
            self.errors += 1
            self.faulty.add(problem.place)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def error(self, code: str, message: str, place: Place) -> None:
        self.add(Problem(code, message, place))

    def warn(self, code: str, message: str, place: Place) -> None:
        self.add(warning(code, message, place))

    def consequences(self, problems: Iterable[Problem]) -> None:
        """Problems that a validation found, without those of cells that are known to be wrong."""
        known = frozenset(self.faulty)
        for problem in problems:
            if problem.place not in known:
                self.add(problem)
