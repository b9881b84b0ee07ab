"""Figures of a 收数表 that came back: each is found by whose row it is in and what its column is called.

So they are read right where rows were sorted, which leaves names where they were.  Where a row or a head
says nothing of ours any more, the cell's name decides, unless it leads to somebody else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.books.data_request import LEADING, VALUE, figure_of
from xladdin.books.reports.sent_cells import SentCell
from xladdin.books.reports.sent_record import Record
from xladdin.intake.text import written_text
from xladdin.problems import Problem, warning

from .book_view import Spot, ViewCell, ViewSheet
from .form_pattern import text_key

Found = tuple[ViewSheet, ViewCell]
_HEAD = text_key(LEADING[-1][0])
"""What stands over the ids of people in every head row."""
MOST_TOLD = 5


@dataclass
class RequestCells:
    """The cells of one sheet."""

    record: Record
    problems: list[Problem] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """Labels of figures that stand elsewhere than their names lead."""
    _sheets: dict[str, _Texts] = field(default_factory=dict)
    _told: set[tuple[str, int]] = field(default_factory=set)

    def cell(self, sent: SentCell, sheet: ViewSheet, named: Found | None) -> Found | None:
        """Where a figure stands; None where that cannot be told for sure."""
        known = figure_of(sent.key)
        if known is None:
            return named
        texts = self._sheets.setdefault(sheet.name, _Texts(sheet))
        spot = texts.spot(known[0], sent.label.rpartition("·")[2])
        if spot is not None:
            if named is not None and spot != named[1].spot:
                self.moved.append(sent.label)
            return sheet, sheet.at(spot)
        if named is not None and (other := self._somebody_else(texts, named, known[0])):
            message = f"「{sent.label}」那一行的工号是「{other}」，不知道是谁的数，没有收"
            self.problems.append(Problem("row_mixed_up", message, sheet.place(named[1].spot)))
            return None
        if named is not None:
            self._tell_changed(texts, sheet, named[1].spot, known[0])
        return named

    def _tell_changed(self, texts: _Texts, sheet: ViewSheet, spot: Spot, person: str) -> None:
        """That a row or head does not say any more whose figure it is; once for a row."""
        if (sheet.name, spot[0]) not in self._told:
            self._told.add((sheet.name, spot[0]))
            rows = texts.rows.get(text_key(person), ())
            what = f"工号 {person} 写在几行里" if len(rows) > 1 else "这一行上面的指标名称改过"
            if spot[0] not in rows:
                what = f"这一行的工号改过（原来是 {person}）"
            self.problems.append(warning("id_changed", f"{what}，按原来的读", sheet.place(spot)))

    def _somebody_else(self, texts: _Texts, named: Found, person: str) -> str:
        """Whose row a name leads to, where that is another one's who is asked about."""
        return next(
            (
                id_
                for id_ in self._people
                if id_ != person and named[1].spot[0] in texts.rows.get(text_key(id_), ())
            ),
            "",
        )

    @cached_property
    def _people(self) -> Mapping[str, None]:
        """The ids of all who are asked about."""
        found = (figure_of(one.key) for one in self.record.cells)
        return dict.fromkeys(one[0] for one in found if one is not None)

    def tell(self, sheet: ViewSheet | None) -> None:
        """That figures were found by whose they are."""
        if self.moved and sheet is not None:
            named = "、".join(self.moved[:MOST_TOLD])
            more = f"等 {len(self.moved)} 个" if self.moved[MOST_TOLD:] else ""
            message = f"行的先后变过（像是排过序），{named}{more}按工号和指标名称读"
            self.problems.append(warning("rows_moved", message, sheet.whole))


class _Texts:
    """The texts of a sheet by which its figures are found."""

    def __init__(self, sheet: ViewSheet) -> None:
        self.rows: dict[str, list[int]] = defaultdict(list)
        """Text -> the rows in which it stands."""
        self._columns: dict[tuple[int, str], int] = {}
        """Row and text -> its first column."""
        self._values: dict[int, list[int]] = defaultdict(list)
        """Row -> the columns that say 实际."""
        for (row, column), seen in sorted(sheet.cells.items()):
            text = text_key(written_text(seen.plain))
            if not text:
                continue
            if (row, text) not in self._columns:
                self._columns[row, text] = column
                self.rows[text].append(row)
            if text.startswith(text_key(VALUE)):
                self._values[row].append(column)

    def spot(self, person: str, item: str) -> Spot | None:
        """The figure's place; None where there is none, or more than one."""
        found = [
            (row, column)
            for row in self.rows.get(text_key(person), ())
            if (column := self._column(row, text_key(item)))
        ]
        return found[0] if len(found) == 1 else None

    def _column(self, row: int, item: str) -> int | None:
        """The column of an indicator in the part to which a row belongs."""
        heads = self.rows.get(_HEAD, [])
        at = bisect_left(heads, row) - 1
        if at < 0 or (heads[at], item) not in self._columns:
            return None
        first = self._columns[heads[at], item]
        values = self._values.get(heads[at] + 1, [])
        return next((column for column in values if column >= first), None)
