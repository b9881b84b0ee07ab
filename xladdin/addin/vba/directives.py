"""Conditional compilation: a text for one of the machines that it was written for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DIRECTIVE = re.compile(r"\s*#(Const|If|ElseIf|Else|End If)\b\s*(.*?)(?:\s+Then)?\s*(?:'.*)?", re.I)
CONDITION = re.compile(r'(Not\s+)?(\w+)(?:\s*(=|>=)\s*("[^"]*"|\d+))?', re.I)
Value = str | int
Constants = Mapping[str, Value]
"""Compiler constants by their names in small letters."""


def decided(lines: Iterable[str], known: Constants) -> list[str]:
    """The lines without the branches that some constants rule out, and without their directives.

    Directives about other constants stay, with all that is between them.  Raises ValueError where
    one question is about both kinds, or a directive is not understood.
    """
    reading = _Reading(known)
    kept = [line for line in lines if reading.keeps(line)]
    if reading.open:
        raise ValueError("#If without #End If")
    return kept


@dataclass(slots=True)
class _Branches:
    """A group from ``#If`` to ``#End If``; one that is not decided stays as it is."""

    decided: bool
    active: bool
    taken: bool


@dataclass(slots=True)
class _Reading:
    known: Constants
    open: list[_Branches] = field(default_factory=list)

    def keeps(self, line: str) -> bool:
        """Whether a line is left."""
        found = DIRECTIVE.fullmatch(line)
        if found is None:
            return self._active
        word, rest = found[1].lower(), found[2]
        if word == "const":
            return self._active and rest.partition("=")[0].strip().lower() not in self.known
        around = self._active
        if word == "if":
            self._begin(rest)
            return around and not self.open[-1].decided
        if not self.open:
            raise ValueError(f"{line.strip()}: without #If")
        group = self.open[-1]
        if word == "end if":
            self.open.pop()
        else:
            self._next(group, word, rest)
        return self._active and not group.decided

    @property
    def _active(self) -> bool:
        return all(group.active for group in self.open)

    def _begin(self, condition: str) -> None:
        holds = self._holds(condition)
        self.open.append(_Branches(holds is not None, holds is not False, bool(holds)))

    def _next(self, group: _Branches, word: str, condition: str) -> None:
        holds = word == "else" or self._holds(condition)
        if word != "else" and group.decided is (holds is None):
            raise ValueError(f"{condition}: about other constants than the one before")
        if group.decided:
            group.active = bool(holds) and not group.taken
            group.taken |= bool(holds)

    def _holds(self, condition: str) -> bool | None:
        """None where the condition is about another constant."""
        found = CONDITION.fullmatch(condition)
        if found is None:
            raise ValueError(f"{condition}: not understood")
        negated, name, operator, wanted = found.groups()
        if name.lower() not in self.known:
            return None
        value = self.known[name.lower()]
        return _compared(value, operator, wanted) is not bool(negated)


def _compared(value: Value, operator: str | None, wanted: str) -> bool:
    if operator is None:
        return bool(value)
    other = wanted.strip('"') if wanted.startswith('"') else int(wanted)
    if operator == "=":
        return value == other
    if isinstance(value, str) or isinstance(other, str):
        raise ValueError(f"{wanted}: only numbers are compared")
    return value >= other
