"""The values of all columns of a book's tables, computed ones included."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Any

from xladdin.formula.evaluate import Cells, Value
from xladdin.formula.nodes import Expr
from xladdin.formula.ready import ready

from .table import HEAD_ROW, NUMBER, OWN, Column, Table

_EMPTY = frozenset([type(None)])


def column_values(tables: Iterable[tuple[Table, int]]) -> dict[str, Cells]:
    """``roster.check`` -> its cells; each table comes with the sheet row of its head (from 0).

    Raises RecursionError on columns that read each other in a circle: a bug of who built them.
    """
    found = Settled(tables)
    return {name: found[name] for name in found}


class Settled(Mapping[str, Cells]):
    """Columns by name, each worked out when it is first asked for."""

    def __init__(
        self, tables: Iterable[tuple[Table, int]], same: Mapping[str, Cells] | None = None
    ) -> None:
        """``same``: columns that need not be worked out, each asked for once."""
        listed = tuple(tables)
        self._tables = {table.key: (table, top) for table, top in listed}
        self._columns = {
            table.range_of(column).name: (table, top, column)
            for table, top in listed
            for column in table.columns
        }
        self._same: Mapping[str, Cells] = same or {}
        self._known: dict[str, Cells] = {}
        self._own: dict[str, dict[str, Cells]] = {table.key: {} for table, _ in listed}

    def changed(self, tables: Iterable[tuple[Table, int]], entries: Collection[str]) -> Settled:
        """The same tables with other entries in these columns (``roster.id``), as many rows in each.

        What reads none of them is what it was.
        """
        touched = set(entries)
        reads = {name: _read(table, column) for name, (table, _, column) in self._columns.items()}
        while more := {one for one, those in reads.items() if touched & those} - touched:
            touched |= more
        return Settled(tables, _Untouched(self, frozenset(touched)))

    def row(self, table: str, index: int) -> Mapping[str, Value | Cells]:
        """What a formula in one row (from 0) of a table reads."""
        known, top = self._tables[table]
        return _Row(self, known, top, self._own[table], index)

    def down(self, key: str, expr: Expr) -> Iterator[Value]:
        """What an expression says in each row of a table, from the first one down.

        Rows that say the same in all that it reads are asked once: of thousands most are alike.
        """
        (table, top), own, value = self._tables[key], self._own[key], ready(expr).program
        rows = range(table.height)
        if (columns := self._read_by(expr, table)) is None:
            yield from (value(_Row(self, table, top, own, row)) for row in rows)
            return
        known: dict[tuple[Value, ...], Value] = {}
        said = zip(*columns, strict=True) if columns else repeat(())
        for row, inputs in zip(rows, said, strict=False):
            if inputs not in known:
                known[inputs] = value(_Row(self, table, top, own, row))
            yield known[inputs]

    def _read_by(self, expr: Expr, table: Table) -> list[Cells] | None:
        """The columns that tell rows apart to an expression; None where they do not suffice."""
        names = ready(expr).variables
        if NUMBER in names or OWN in ready(expr).ranges:
            return None
        columns = [
            self[column] for name in names if (column := f"{table.key}.{name}") in self._columns
        ]
        if any(bool in cells.types for cells in columns):  # equal to the number 1 in a dictionary
            return None
        return [cells for cells in columns if cells.types != _EMPTY]

    def __getitem__(self, name: str) -> Cells:
        if name not in self._known:
            same = self._same.get(name)
            self._known[name] = self._computed(*self._columns[name]) if same is None else same
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def _computed(self, table: Table, top: int, column: Column) -> Cells:
        if column.formula is None:
            return Cells(table.cells(column))
        return Cells(self.down(table.key, column.formula))


def _read(table: Table, column: Column) -> frozenset[str]:
    """The columns that a column's formula names."""
    if column.formula is None:
        return frozenset()
    said = ready(column.formula)
    found = {*(f"{table.key}.{name}" for name in said.variables), *said.ranges}
    if OWN in found:
        first, last = table.own
        found |= {table.range_of(one).name for one in table.columns[first - 1 : last]}
    return frozenset(found)


class _Untouched(Mapping[str, Cells]):
    """The columns of settled tables but for some."""

    def __init__(self, settled: Settled, touched: frozenset[str]) -> None:
        self._settled, self._touched = settled, touched

    def __getitem__(self, name: str) -> Cells:
        if name in self._touched:
            raise KeyError(name)
        return self._settled[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._settled if name not in self._touched)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Row(Mapping[str, Value | Cells]):
    """What a formula in one row of a table reads."""

    __slots__ = ("_book", "_own", "_row", "_table", "_top")

    def __init__(
        self, book: Mapping[str, Cells], table: Table, top: int, own: dict[str, Cells], row: int
    ) -> None:
        self._book, self._table, self._top, self._own, self._row = book, table, top, own, row

    def get(self, name: str, default: Any = None) -> Any:
        """Nearly all that is asked for are columns that were asked for before."""
        cells = self._own.get(name)
        return super().get(name, default) if cells is None else cells[self._row]

    def __getitem__(self, name: str) -> Value | Cells:
        if "." in name:
            return self._book[name]
        if name == NUMBER:
            return Decimal(self._row + 1)
        if name == HEAD_ROW:
            return Decimal(self._top + 1)
        if name == OWN:
            first, last = self._table.own
            return Cells(self._cell(one.key) for one in self._table.columns[first - 1 : last])
        return self._cell(name)

    def _cell(self, key: str) -> Value:
        if key not in self._own:
            self._own[key] = self._book[f"{self._table.key}.{key}"]
        return self._own[key][self._row]

    def __iter__(self) -> Iterator[str]:
        return iter(self._book)

    def __len__(self) -> int:
        return len(self._book)
