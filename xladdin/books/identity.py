"""Every form knows itself: a hidden sheet says what it is, for whom, and for when.

The hidden identity travels with the file wherever a clerk moves or renames it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.layout.cells import Block, Cell, Content, Fixed, Sheet, Slot
from xladdin.layout.styles import PLAIN

FORM_VERSION = "1"
"""Version of the forms' structure: raised when a reader would have to know the difference."""

SHEET_NAME = "_xladdin"

FORM, SCHEME, CONTENT = "id.form", "id.scheme", "id.content"
EMPLOYEE, PERIOD, VERSION = "id.employee", "id.period", "id.version"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a book is made from: form kind, scheme (or position) id, hash of its content."""

    form: str
    scheme: str
    content: str


def identity_sheet(kind: Kind, extra: Sequence[str] = ()) -> Sheet:
    """The very hidden sheet with the identity, one line each; ``extra`` names further slots."""
    lines: tuple[tuple[str, Content], ...] = (
        (FORM, Fixed(kind.form, FORM)),
        (SCHEME, Fixed(kind.scheme, SCHEME)),
        (CONTENT, Fixed(kind.content, CONTENT)),
        (EMPLOYEE, Slot(EMPLOYEE)),
        (PERIOD, Slot(PERIOD)),
        (VERSION, Fixed(FORM_VERSION, VERSION)),
        *((key, Slot(key)) for key in extra),
    )
    cells = [
        cell
        for row, (key, content) in enumerate(lines)
        for cell in (Cell(row, 0, Fixed(key), PLAIN), Cell(row, 1, content, PLAIN))
    ]
    return Sheet(SHEET_NAME, (16, 40), (Block(tuple(cells), len(lines)),), visibility="very_hidden")
