"""Which row of a grid holds the headers, and which column each wanted field is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .files import HEAD
from .grids import Cells
from .text import clean, narrow, written_text

Wanted = Mapping[str, tuple[str, ...]]
"""Field -> the headers that are accepted for it, the usual one first."""

_TRAILING_NOTE = re.compile(r"\([^()]*\)$")


def header_key(raw: object) -> str:
    """A header as it is compared: no blanks, line breaks, marks of required columns, colons."""
    return _compared(written_text(raw))


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    # The first rows of a sheet are compared anew for every table it might be.
    return narrow(text).replace(" ", "").casefold().strip("*").rstrip(":")


def synonyms(wanted: Wanted) -> dict[str, str]:
    """Every accepted header -> its field."""
    return {header_key(name): field for field, names in wanted.items() for name in names}


@dataclass(frozen=True, slots=True)
class Headers:
    """A header row: the columns of each field, and the labels as they stand there."""

    row: int
    columns: dict[str, list[int]]
    """Field -> its columns; more than one is a fault of the file."""
    labels: list[str]

    @property
    def score(self) -> int:
        return len(self.columns)

    @property
    def first_column(self) -> int:
        return min((found[0] for found in self.columns.values()), default=0)

    def label(self, name: str) -> str:
        """A field's header as the file writes it."""
        return self.labels[self.columns[name][0]]

    @property
    def seen(self) -> str:
        """The labels that are there, for a message."""
        return "、".join(label for label in self.labels if label)[:120]


def find_headers(rows: list[Cells], wanted: Wanted) -> Headers:
    """The row among the first that names most of the wanted fields (the first of equals)."""
    known = synonyms(wanted)
    candidates = [(i, _columns(row, known)) for i, row in enumerate(rows[:HEAD])]
    row, columns = max(candidates, key=lambda each: len(each[1]), default=(0, {}))
    return Headers(row, columns, _labels(rows[row]) if rows else [])


def _labels(cells: Cells) -> list[str]:
    return [" ".join(clean(written_text(cell)).split()) for cell in cells]


def _columns(cells: Cells, known: dict[str, str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for column, cell in enumerate(cells):
        field = _field(header_key(cell), known)
        if field:
            columns.setdefault(field, []).append(column)
    return columns


def _field(key: str, known: dict[str, str]) -> str | None:
    """Also without a note in brackets: 目标值（元）."""
    return known.get(key) or known.get(_TRAILING_NOTE.sub("", key))
