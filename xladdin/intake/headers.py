"""Which row of a grid holds the headers, and which column each wanted field is in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from .grids import Cells
from .handed_in import HEAD
from .text import clean, narrow, written_text

Wanted = Mapping[str, tuple[str, ...]]
"""Field -> the headers that are accepted for it, the usual one first."""

Noted = Mapping[str, str]
"""Head, as ``header_key`` has it -> the field that a company has noted for it."""

LONGEST_HEADER = 200
"""Characters of a cell that are looked at; no header that is looked for comes near it."""
_TRAILING_NOTE = re.compile(r"\([^()]*\)$")


def header_key(raw: object) -> str:
    """A header as it is compared: no blanks, underscores, breaks, marks of required columns, colons."""
    return _compared(written_text(raw)[:LONGEST_HEADER])


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    # The first rows of a sheet are compared anew for every table it might be.
    return narrow(text).replace(" ", "").replace("_", "").casefold().strip("*").rstrip(":")


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
    passed_over: Mapping[int, str] = field(default_factory=dict)
    """Columns that would do for a field, but for one whose head fits better -> the field."""
    usual: Mapping[str, str] = field(default_factory=dict)
    """Field -> the head that settles which column is meant."""
    worked_out: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What a reader has found out about the columns, and need not find out for each row."""

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


class HeadRows:
    """The first rows of a grid, to be looked through for one table or for many."""

    def __init__(self, rows: Sequence[Cells]) -> None:
        self._rows = rows[:HEAD]
        self.keys = [_keys(row) for row in self._rows]
        self._labels: dict[int, list[str]] = {}

    def labels(self, row: int) -> list[str]:
        """A row's cells as a message shows them."""
        if row not in self._labels:
            cells = self._rows[row] if self._rows else []
            self._labels[row] = [" ".join(clean(written_text(cell)).split()) for cell in cells]
        return self._labels[row]


def _keys(cells: Cells) -> list[tuple[int, str, str]]:
    """Of each cell that says something its column, its key, and that without a note."""
    return [
        (column, key, _without_note(key))
        for column, cell in enumerate(cells)
        if cell is not None and cell != ""
        for key in [header_key(cell)]
    ]


@lru_cache(maxsize=4096)
def _without_note(key: str) -> str:
    """Without a note in brackets: 目标值（元）."""
    return _TRAILING_NOTE.sub("", key)


def find_headers(
    rows: Sequence[Cells] | HeadRows, wanted: Wanted, noted: Noted = MappingProxyType({})
) -> Headers:
    """The row among the first that names most of the wanted fields (the first of equals).

    A field's usual head, with or without a note, wins over one that is ``noted``, and that over its
    synonyms.  Where no row names any
    field, the row with most cells: it is shown as what was taken for the head, and a title above
    the table is not.
    """
    head = rows if isinstance(rows, HeadRows) else HeadRows(rows)
    usual = _usual(wanted)
    known = {**synonyms(wanted), **noted, **{key: field for field, key in usual.items()}}
    candidates = [(i, _columns(keys, known, usual, noted)) for i, keys in enumerate(head.keys)]
    row, columns = max(candidates, key=lambda each: len(each[1]), default=(0, {}))
    if not columns:
        row = max(range(len(head.keys)), key=lambda i: len(head.keys[i]), default=0)
    best = {field: _best(found) for field, found in columns.items()}
    passed_over = {
        column: field
        for field, found in columns.items()
        for _, column in found
        if column not in best[field]
    }
    names = {field: accepted[0] for field, accepted in wanted.items() if accepted}
    return Headers(row, best, head.labels(row), passed_over, names)


_Ranked = list[tuple[int, int]]
"""How far a head is from the usual one, and its column."""


def _usual(wanted: Wanted) -> dict[str, str]:
    return {field: header_key(names[0]) for field, names in wanted.items() if names}


def _columns(
    keys: list[tuple[int, str, str]],
    known: Mapping[str, str],
    usual: Mapping[str, str],
    noted: Noted,
) -> dict[str, _Ranked]:
    columns: dict[str, _Ranked] = {}
    for column, key, bare in keys:
        field = known.get(key) or known.get(bare)
        if field:
            said = key if key in known else bare
            rank = 0 if said == usual[field] else 1 if said in noted else 2
            columns.setdefault(field, []).append((rank, column))
    return columns


def _best(found: _Ranked) -> list[int]:
    """The columns of the least distance; more than one is a fault of the file."""
    least = min(rank for rank, _ in found)
    return [column for rank, column in found if rank == least]
