"""Text on a screen of so many columns: broken where a reader would break it, and tables of it.

Chinese has no blanks to break at, so that the usual ways cut it off or break ids and file names in
two.  Here a line ends after any character, but never inside a word of Latin letters and digits, nor
before a comma or after an opening bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

WHOLE = re.compile(r"[（《“「]*(?:[!-~]+|.)[，。、；：？！）》”」—…]*")
"""What stays on one line: a word; and punctuation with what it closes or opens."""
SHORT = 12
"""Columns of a name, a date, a grade: what is no wider is never broken."""


def width(text: str) -> int:
    """Columns that a line takes; a Chinese character takes two."""
    return cell_len(text)


def padded(text: str, columns: int) -> str:
    """A line with blanks up to so many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """A text in lines of so many columns; only a word that is wider by itself is wider."""
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        current = ""
        for whole in WHOLE.findall(line):
            if current and width(current + whole.rstrip()) > columns:
                lines.append(current.rstrip())
                current = ""
            current += whole if current else whole.lstrip()
        lines.append(current.rstrip())
    return lines


def fitted(rows: Iterable[Sequence[str]], columns: int) -> list[int] | None:
    """Widths for the columns of a table; None where it does not fit without breaking words.

    ``columns`` is the room for all cells together, without what is drawn between them.
    """
    across = list(zip(*rows, strict=True))
    widths = [max(map(width, cells)) for cells in across]
    least = [_least(cells) for cells in across]
    excess = sum(widths) - columns
    if excess > sum(widths) - sum(least):
        return None
    while excess > 0:
        widest = max(range(len(widths)), key=lambda i: (widths[i] > least[i], widths[i]))
        widths[widest] -= 1
        excess -= 1
    return widths


def _least(cells: Sequence[str]) -> int:
    """What a column cannot do without; a narrower one would be read letter by letter."""
    words = (width(whole.strip()) for text in cells for whole in WHOLE.findall(text))
    short = (min(width(text), SHORT) for text in cells)
    return max([0, *words, *short])
