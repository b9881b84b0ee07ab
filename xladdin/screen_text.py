"""Text on a screen of so many columns: broken where a reader would break it, and tables of it.

Chinese has no blanks to break at, so that the usual ways cut it off or break ids and file names in
two.  Here a line ends after any character, but never inside a word of Latin letters and digits, nor
before a comma or after an opening bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.box import HEAVY_HEAD
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
    across = [set(cells) for cells in zip(*rows, strict=True)]
    widths = [max(map(width, cells)) for cells in across]
    excess = sum(widths) - columns
    if excess <= 0:
        return widths
    least = [_least(cells) for cells in across]
    if excess > sum(widths) - sum(least):
        return None
    while excess > 0:
        widest = max(range(len(widths)), key=lambda i: (widths[i] > least[i], widths[i]))
        widths[widest] -= 1
        excess -= 1
    return widths


def _least(cells: Iterable[str]) -> int:
    """What a column cannot do without; a narrower one would be read letter by letter."""
    words = (width(whole.strip()) for text in cells for whole in WHOLE.findall(text))
    short = (min(width(text), SHORT) for text in cells)
    return max([0, *words, *short])


def drawn(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """The lines of a table whose first row has its heads, as Rich draws it."""
    inner = [columns + 2 for columns in widths]
    yield HEAVY_HEAD.get_top(inner) + "\n"
    for number, row in enumerate(rows):
        lines = (
            zip_longest(*map(wrapped, row, widths), fillvalue="")
            if _is_wide(row, widths)
            else [row]
        )
        stroke = "│" if number else "┃"
        for line in lines:
            cells = (padded(cell, columns) for cell, columns in zip(line, widths, strict=True))
            yield f"{stroke} {f' {stroke} '.join(cells)} {stroke}\n"
        if not number:
            yield HEAVY_HEAD.get_row(inner, "head") + "\n"
    yield HEAVY_HEAD.get_bottom(inner) + "\n"


def _is_wide(row: Sequence[str], widths: Sequence[int]) -> bool:
    return any(width(cell) > columns for cell, columns in zip(row, widths, strict=True))
