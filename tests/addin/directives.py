"""VBA as 64-bit Excel on Windows compiles it: LibreOffice would compile every branch at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

EXCEL: Mapping[str, str | int] = {"mac": 0, "vba7": 1, "vba6": 1, "win64": 1, "win32": 1}
DIRECTIVE = re.compile(r"\s*#(Const|If|ElseIf|Else|End If)\b\s*(.*?)(?:\s+Then)?\s*(?:'.*)?", re.I)
CONDITION = re.compile(r'(\w+)(?:\s*(=|>=)\s*("[^"]*"|\d+))?')
NOTHING = "'"
"""Stands where a line was, so that the others keep their numbers."""


def resolved(text: str) -> str:
    """The text without directives, and without the branches that are not taken."""
    reading = _Reading(dict(EXCEL))
    lines = [reading.line(line) for line in text.split("\r\n")]
    assert not reading.open
    return "\r\n".join(lines)


@dataclass
class _Branch:
    active: bool
    taken: bool


@dataclass
class _Reading:
    constants: dict[str, str | int]
    open: list[_Branch] = field(default_factory=list)

    def line(self, line: str) -> str:
        found = DIRECTIVE.fullmatch(line)
        if found:
            self._directive(found[1].lower(), found[2])
        return line if self._active and not found else NOTHING

    @property
    def _active(self) -> bool:
        return all(branch.active for branch in self.open)

    def _directive(self, word: str, rest: str) -> None:
        match word:
            case "const":
                name, _, value = rest.partition("=")
                self.constants[name.strip().lower()] = _value(value)
            case "if":
                holds = self._holds(rest)
                self.open.append(_Branch(holds, holds))
            case "end if":
                self.open.pop()
            case _:
                branch = self.open[-1]
                branch.active = not branch.taken and (word == "else" or self._holds(rest))
                branch.taken |= branch.active

    def _holds(self, condition: str) -> bool:
        if condition.startswith("Not "):
            return not self._holds(condition.removeprefix("Not "))
        found = CONDITION.fullmatch(condition)
        assert found, condition
        name, operator, wanted = found.groups()
        value = self.constants.get(name.lower(), 0)
        if operator == ">=":
            assert isinstance(value, int)
            return value >= int(wanted)
        return value == _value(wanted) if operator else bool(value)


def _value(text: str) -> str | int:
    text = text.strip()
    return text.strip('"') if text.startswith('"') else int(text)
