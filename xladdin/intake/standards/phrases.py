"""The phrases met in a clause, looked for in the order of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import FIGURES
from .parts import Found, Part, Phrase, Role
from .times import CYCLES, DUES, LIMITS
from .wordings import NAMES, WORDINGS

TABLES: tuple[tuple[Phrase, ...], ...] = (NAMES, DUES, LIMITS, CYCLES, WORDINGS, FIGURES)
"""What an earlier table has taken is gone for the later ones: 每月5日前 is no 5日."""

_TAKEN = "\0"
_DEMANDS = frozenset(Role) - {Role.EVERY, Role.NAME}


@dataclass(slots=True)
class Heard:
    """A clause with its phrases taken out."""

    text: str
    found: tuple[Found, ...] = ()
    refused: str = ""
    """Why a phrase cannot be understood, where one cannot."""
    rest: str = ""
    """What no phrase explains, without names, and with gaps where phrases were."""
    words: str = ""
    """What no phrase explains, with names that hold a figure: the words of the subject."""

    def of(self, *roles: Role) -> list[Found]:
        """The parts of these roles, in the clause's order."""
        return [found for found in self.found if found.part.role in roles]

    @property
    def demands(self) -> list[Found]:
        """The parts that each make a standard of their own."""
        return self.of(*_DEMANDS)


def heard(text: str) -> Heard:
    """Take the phrases out of a clause."""
    found: list[Found] = []
    refused: list[str] = []
    rest = words = text
    for table in TABLES:
        for phrase in table:
            for match in phrase.pattern.finditer(rest):
                meaning = phrase.means(match)
                start, end = match.span()
                rest = _without(rest, start, end)
                if isinstance(meaning, str):
                    refused.append(meaning)
                    continue
                found.append(Found(meaning, start, end))
                words = words if meaning.role is Role.NAME else _without(words, start, end)
    found.sort(key=lambda part: part.start)
    reason = refused[0] if refused else ""
    return Heard(
        text, tuple(_once(found)), reason, rest.replace(_TAKEN, " "), words.replace(_TAKEN, "")
    )


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + _TAKEN * (end - start) + text[end:]


def _once(found: list[Found]) -> list[Found]:
    """无差错、无丢失 is one demand, and so is 完成一次 beside a date."""
    flawless = [item for item in found if item.part.role is Role.FLAWLESS]
    timed = any(item.part.role in (Role.DUE, Role.LIMIT) for item in found)
    drop = [*flawless[1:], *(item for item in found if timed and _is_one(item.part))]
    return [item for item in found if item not in drop]


def _is_one(part: Part) -> bool:
    counts = part.role is Role.FIGURE and part.kind is None
    return counts and part.value == 1 and part.unit in ("times", "piece")
