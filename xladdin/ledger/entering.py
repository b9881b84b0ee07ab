"""Entries on their way into the tables: many are written together, and which questions have an answer
is read once for a month instead of asked for each.

All of it belongs to one transaction of one ``Ledger``: nothing is there until that is committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from .ledger_tables import CHAIN, SEQ, TABLES, Row
from .records import Record

MOST = 1_000
"""Entries that wait to be written."""
ASKED_SINGLY = 20
"""Questions of a kind and month that are asked one by one, before all answers are looked through."""
Slot = tuple[object, ...]


@dataclass
class Entering:
    """What waits, and what is known to be there."""

    connection: sa.Connection
    _lines: list[Row] = field(default_factory=list)
    _rows: dict[str, list[Row]] = field(default_factory=dict)
    _asked: dict[tuple[type[Record], str], int] = field(default_factory=dict)
    _there: dict[tuple[type[Record], str], set[Slot]] = field(default_factory=dict)

    def add(self, kind: type[Record], line: Row, row: Row) -> None:
        """An entry: its line in the chain, its content."""
        self._lines.append(line)
        self._rows.setdefault(kind.TABLE, []).append({SEQ: line[SEQ], **row})
        known = self._there.get((kind, str(row.get("period"))))
        if known is not None:
            known.add(_slot(kind, row))
        if len(self._lines) >= MOST:
            self.write()

    def write(self) -> None:
        """Write what waits; the chain first, to which the contents refer."""
        lines, rows = self._lines, self._rows
        self._lines, self._rows = [], {}
        if lines:
            self.connection.execute(sa.insert(CHAIN), lines)
        for kind, table in TABLES.items():
            if kind.TABLE in rows:
                self.connection.execute(sa.insert(table), rows[kind.TABLE])

    def answers(self, kind: type[Record], row: Row) -> Sequence[Row]:
        """The answers to the question of a record, the oldest first."""
        if not kind.SLOT or self._is_new(kind, row):
            return []
        self.write()
        table = TABLES[kind]
        asked = [table.c[name] == row[name] for name in kind.SLOT]
        found = self.connection.execute(sa.select(table).where(*asked).order_by(table.c.seq))
        return [dict(old) for old in found.mappings()]

    def _is_new(self, kind: type[Record], row: Row) -> bool:
        """Whether there is surely none: known once many of one month were asked for."""
        if "period" not in kind.SLOT:
            return False
        month = (kind, str(row["period"]))
        if month not in self._there:
            self._asked[month] = self._asked.get(month, 0) + 1
            if self._asked[month] <= ASKED_SINGLY:
                return False
            self._there[month] = self._slots(kind, row["period"])
        return _slot(kind, row) not in self._there[month]

    def _slots(self, kind: type[Record], period: object) -> set[Slot]:
        self.write()
        table = TABLES[kind]
        columns = [table.c[name] for name in kind.SLOT]
        found = self.connection.execute(sa.select(*columns).where(table.c.period == period))
        return {tuple(line) for line in found}


def _slot(kind: type[Record], row: Row) -> Slot:
    return tuple(row[name] for name in kind.SLOT)
