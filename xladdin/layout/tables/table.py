"""Tables as values: columns with what may be entered, rows, and columns that are computed.

A computed column has one expression for all rows.  In it a variable is a column of the same row
(``Var("weight")``), a range a whole column of any table (``Range("roster.id")``); ``NUMBER`` is the
row's place in the table, ``HEAD_ROW`` the sheet row of the head, ``OWN`` the row's last entries that
stand side by side: all of them, unless a computed column stands further left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from xladdin.formula.nodes import Expr, Range

from ..cell_rules import Behind, Check, DataBar, Highlight
from ..styles import Style

TableCell: TypeAlias = str | Decimal | None

NUMBER, HEAD_ROW, OWN = "#number", "#head", "#own"
LAST_ROW = 2000
"""Rows of the sheet down to which entries are checked, also below the table."""
SPARE = 20
"""Empty rows at the end of a table, ready to be filled in."""

_SPECIAL = re.compile(r"(['\[\]#])")
"""Characters that a table reference masks with an apostrophe."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what its cells look like and what may stand in them."""

    key: str
    head: str
    style: Style
    head_style: Style
    formula: Expr | None = None
    check: Check | None = None
    highlights: tuple[Highlight, ...] = ()
    hidden: bool = False
    sparkline: tuple[str, str] | None = None
    """A small line in each of its cells: the first and the last column whose numbers it shows."""
    bar: DataBar | None = None

    @property
    def bracketed(self) -> str:
        """The column inside a table reference."""
        return "[" + _SPECIAL.sub(r"'\1", self.head) + "]"


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table: entries, and computed columns after them, some of them among the first."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, TableCell], ...]
    number_formats: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """Row (from 0) and column key -> how this one cell is shown, where its column says otherwise."""
    spare: int = SPARE
    behind: Mapping[tuple[int, str], Behind] = field(default_factory=dict)
    """Row (from 0) and column key -> where the cell's number comes from."""
    head_room: float = 0.0
    """Points below the text of the heads."""

    @property
    def name(self) -> str:
        """The table's name in formulas."""
        return f"tbl_{self.key}"

    @property
    def height(self) -> int:
        """Rows below the head; a table has at least one."""
        return max(1, len(self.rows) + self.spare)

    @property
    def entries(self) -> tuple[Column, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if column.formula is None)

    @property
    def own(self) -> tuple[int, int]:
        """The first and the last (from 1) of the entries that stand side by side furthest right."""
        entered = [i for i, column in enumerate(self.columns, start=1) if column.formula is None]
        last = entered[-1] if entered else len(self.columns)
        first = last
        while first - 1 in entered:
            first -= 1
        return (first if entered else 1), last

    def range_of(self, column: Column) -> Range:
        """A column as formulas of the whole book know it."""
        return Range(f"{self.key}.{column.key}")

    @property
    def places(self) -> dict[str, str]:
        """Where formulas of the whole book find the columns: ``roster.id``, ``tbl_roster[工号]``."""
        return {self.range_of(one).name: self.name + one.bracketed for one in self.columns}

    def cells(self, column: Column) -> Iterator[TableCell]:
        """What stands in a column of entries, spare rows included."""
        for row in self.rows:
            yield row.get(column.key)
        yield from (None for _ in range(self.height - len(self.rows)))
