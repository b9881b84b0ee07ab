"""Tables of a report that came back: rows are found by whose they are, columns by their heads.

Cells of tables have no names, and tables are sorted; so a correction is found wherever its row stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.books.reports.sent_cells import TABLE, SentCell
from xladdin.books.reports.sent_record import Record
from xladdin.intake.text import shown, written_text
from xladdin.problems import Problem, warning

from .book_view import BookView, Spot, ViewCell, ViewSheet
from .form_pattern import text_key

FIRST_HEADS = 2
"""So many heads must stand in a row for it to be the table's."""


@dataclass
class _Found:
    """Where a table stands now."""

    sheet: ViewSheet
    head: int
    columns: Mapping[str, int]
    rows: Mapping[str, int]
    """Whose row -> where it is."""
    strange: tuple[Spot, ...]
    """First cells of rows that nobody knows."""


@dataclass
class TableCells:
    """The cells of all tables of a report."""

    view: BookView
    record: Record
    problems: list[Problem] = field(default_factory=list)
    _known: dict[str, _Found | None] = field(default_factory=dict)

    def cell(self, sent: SentCell) -> tuple[ViewSheet, ViewCell] | None:
        """The cell of a table's key; None where row or column is gone."""
        table, row, _ = parts_of(sent.key)
        if table not in self._known:
            self._known[table] = self._find(table)
        found = self._known[table]
        head = text_key(sent.label.rpartition("·")[2])
        if found is None or row not in found.rows or head not in found.columns:
            return None
        return found.sheet, found.sheet.at((found.rows[row], found.columns[head]))

    @property
    def told_rows(self) -> frozenset[tuple[str, int]]:
        """Rows of tables that were added: sheet and row."""
        known = [one for one in self._known.values() if one is not None]
        return frozenset((one.sheet.name, spot[0]) for one in known for spot in one.strange)

    @cached_property
    def _sent(self) -> Mapping[str, list[SentCell]]:
        by_table: dict[str, list[SentCell]] = defaultdict(list)
        for one in self.record.cells:
            if one.key.startswith(TABLE):
                by_table[parts_of(one.key)[0]].append(one)
        return by_table

    def _find(self, table: str) -> _Found | None:
        ours = self._sent[table]
        sheet = self.view.sheet(ours[0].sheet)
        if sheet is None:
            return None
        heads = list(dict.fromkeys(text_key(one.label.rpartition("·")[2]) for one in ours))
        rows: dict[int, dict[str, int]] = defaultdict(dict)
        for (row, column), seen in sheet.cells.items():
            text = text_key(written_text(seen.value))
            if text in heads:
                rows[row].setdefault(text, column)
        best = max(rows, key=lambda row: (len(rows[row]), -row), default=0)
        if not best or len(rows[best]) < min(FIRST_HEADS, len(heads)) or heads[0] not in rows[best]:
            return None
        found = self._rows(sheet, best, rows[best][heads[0]], ours)
        columns = rows[best]
        self._tell(sheet, found, columns)
        return _Found(sheet, best, columns, found[0], found[1])

    def _rows(
        self, sheet: ViewSheet, head: int, column: int, ours: list[SentCell]
    ) -> tuple[Mapping[str, int], tuple[Spot, ...]]:
        """Rows by name; those that went out without one are the next that nobody knows."""
        names: dict[str, str] = {}
        for one in ours:
            row = parts_of(one.key)[1]
            if row not in names:
                # The first of a row's cells is its name, as it stood there.
                names[row] = text_key(written_text(one.sent))
        by_text = {text: row for row, text in names.items() if text}
        spare = [row for row, text in names.items() if not text]
        found: dict[str, int] = {}
        strange: list[Spot] = []
        below = sorted(row for row, at in sheet.cells if at == column and row > head)
        for at in below:
            text = text_key(written_text(sheet.at((at, column)).value))
            known = by_text.get(text)
            if known is not None and known not in found:
                found[known] = at
            elif text:
                strange.append((at, column))
        lost = [row for row, text in names.items() if text and row not in found]
        self._renamed(sheet, head, names, found, lost, strange)
        for row in spare:
            if strange:
                found[row] = strange.pop(0)[0]
            else:
                found[row] = _NOWHERE
        return found, tuple(strange)

    def _renamed(
        self,
        sheet: ViewSheet,
        head: int,
        names: Mapping[str, str],
        found: dict[str, int],
        lost: list[str],
        strange: list[Spot],
    ) -> None:
        """One row whose name is gone and one that nobody knows, where that one stood: a name corrected."""
        order = list(names)
        for row in lost:
            place = head + 1 + order.index(row)
            at = next((spot for spot in strange if spot[0] == place), None)
            if at is not None:
                strange.remove(at)
                found[row] = place
                now = shown(sheet.at(at).value)
                message = f"这一行原来是「{names[row]}」，现在是{now}，按改了名字读"
                self.problems.append(warning("row_renamed", message, sheet.place(at)))

    def _tell(
        self,
        sheet: ViewSheet,
        rows: tuple[Mapping[str, int], tuple[Spot, ...]],
        columns: Mapping[str, int],
    ) -> None:
        for spot in rows[1]:
            beside = any(not sheet.at((spot[0], one)).blank for one in columns.values())
            if beside:
                message = f"表里加了一行{shown(sheet.at(spot).value)}，没有收；数据里没有这个名字"
                self.problems.append(warning("row_added", message, sheet.place(spot)))


_NOWHERE = 1_048_577
"""A row below the last one: what stands there is blank."""


def parts_of(key: str) -> tuple[str, str, str]:
    """Table, row and column of a key; a row's name may have points in it."""
    table, _, rest = key.removeprefix(TABLE).partition(".")
    row, _, column = rest.rpartition(".")
    return table, row, column
