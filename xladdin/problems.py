"""Problems are values: what is wrong, in the clerk's Chinese, and where.

Readers collect problems and go on; nothing stops at the first one.  Only the outermost edge
(a front, or a caller who cannot go on) turns a list of them into an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .characters import printable


class Severity(StrEnum):
    """How much a problem matters: an error stops the piece of work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """Where a problem is: file, then line and field (text) or sheet and cell (workbook)."""

    file: str = ""
    line: int | None = None
    field: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.sheet or self.cell:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        line = "" if self.line is None else f"第{self.line}行"
        return ":".join(part for part in (self.file, line, self.field) if part)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, a Chinese message, a place, a severity.

    A message quotes what others wrote, and ends up on screens, in message boxes, in comments of
    workbooks: characters that nobody sees show as ``�`` in all of them.
    """

    code: str
    message: str
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", printable(self.message))

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}：{self.message}" if where else self.message

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


class ProblemsFound(Exception):
    """Raised once, at the edge, with everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def warning(code: str, message: str, place: Place = NOWHERE) -> Problem:
    """A problem that does not stop the work."""
    return Problem(code, message, place, Severity.WARNING)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that stop the work."""
    return [problem for problem in problems if problem.is_error]
