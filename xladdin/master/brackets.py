"""Standards that a clerk wrote into the brackets of a duty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xladdin.domain.positions import Standard
from xladdin.standards.clause_reader import Unread, read_standards

_OPEN, _CLOSE = "（(", "）)"


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A duty taken apart; ``unread`` are the clauses that are no standards, and why not."""

    duty: str
    standards: tuple[Standard, ...] = ()
    unread: tuple[Unread, ...] = ()


def standards_in(text: str) -> Bracketed:
    """The standards in a duty's brackets; what is not understood there stays in its text."""
    pieces = list(_pieces(text))
    if not any(bracketed for _, bracketed in pieces):
        return Bracketed(text)
    outside = "".join(piece for piece, bracketed in pieces if not bracketed)
    standards, unread = read_standards(text)
    # What the duty says outside of its brackets is printed already.
    inside = tuple(item for item in standards if item.text not in outside)
    if not inside:
        return Bracketed(text, (), tuple(unread))
    duty = "".join(_rest(piece, unread) if bracketed else piece for piece, bracketed in pieces)
    return Bracketed(duty.strip(), inside, tuple(unread))


def _rest(bracket: str, unread: list[Unread]) -> str:
    """What must stay of a bracket once its standards have rows of their own."""
    rest = "；".join(item.clause for item in unread if item.clause in bracket)
    return f"（{rest}）" if rest else ""


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its outermost brackets; a bracket that is never closed goes to the end."""
    depth, start = 0, 0
    for i, sign in enumerate(text):
        if sign in _OPEN:
            if depth == 0:
                yield text[start:i], False
                start = i
            depth += 1
        elif sign in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                yield text[start : i + 1], True
                start = i + 1
    yield text[start:], depth > 0
