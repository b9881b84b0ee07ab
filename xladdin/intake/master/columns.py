"""What stands in the master workbook: its sheets and their columns.

One description for all who need it: the writer lays the sheets out from it, the reader finds
sheets and columns by it (by head row, wherever a clerk has moved or renamed them), and problems
are placed by it.  Keys are the fields of the domain models where a column is one of their fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a cell is read and what may be entered in it."""

    TEXT = "text"
    LONG = "long"
    """Text over several lines."""
    KEY = "key"
    """Text that other sheets refer to; numbers are taken as text (1001, not 1001.0)."""
    NUMBER = "number"
    WHOLE = "whole"
    POINTS = "points"
    """Points or percent of 100, written 20 or 20%: 20 either way."""
    RATIO = "ratio"
    """A share, written 95% or 0.95."""
    MEASURE = "measure"
    """A figure in the unit that the row's indicator has."""
    CHOICE = "choice"
    """One of the words of ``schemes.labels.CHOICE_LABELS[column.key]`` (or of ``choices``)."""
    YES_NO = "yes_no"
    NAMES = "names"
    """Several names, separated by 、."""
    LINES = "lines"
    """Several texts, one per line of the cell."""
    PERIOD = "period"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its head, how it is read, and what the clerk is told about it."""

    key: str
    head: str
    kind: Kind = Kind.TEXT
    prompt: str = ""
    width: float = 14.0
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """Fixed words, where they are not labels of a model's choices."""
    refers: str = ""
    """``sheet.column`` whose entries it must be one of: ``positions.name``."""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its key, its name, its columns, and what the clerk is told at its head."""

    key: str
    name: str
    told: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns if column.required)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Key -> accepted heads, as ``intake.tables`` takes them."""
        return {column.key: (column.head, *column.synonyms) for column in self.columns}


RESTORED = Column("restored", "补定", Kind.YES_NO, "原表没有、补定的内容写“是”。", 7.0)
