"""Where the rows and columns of a form lie in a sheet that came back, told by its own texts.

A row is found by a text that stands nowhere else, wherever it was moved; the others are matched in
order by the texts that stand in them, as a comparison of two files does it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xladdin.intake.text import written_text

from .book_view import Spot, ViewSheet
from .form_pattern import PatternSheet, text_key

MOST_ROWS, MOST_COLUMNS = 2_000, 200
"""Of a sheet that came back: what lies beyond is no form of ours."""
Texts = dict[int, dict[int, str]]
"""Row -> column -> text to compare by."""


@dataclass(frozen=True)
class Alignment:
    """The form's rows and columns in a sheet; those that are not there are left out."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    sure_rows: frozenset[int]
    """Rows of the form that were found by a text in them, not by their neighbours."""
    likeness: float
    """Share of the form's texts that stand where they should, 0 to 1."""

    def place(self, spot: Spot) -> Spot | None:
        """Where a cell of the form lies in the sheet."""
        row, column = self.rows.get(spot[0]), self.columns.get(spot[1])
        return None if row is None or column is None else (row, column)

    def back(self, spot: Spot) -> Spot | None:
        """Which cell of the form lies at a place of the sheet."""
        row, column = self._rows_back.get(spot[0]), self._columns_back.get(spot[1])
        return None if row is None or column is None else (row, column)

    @cached_property
    def _rows_back(self) -> dict[int, int]:
        return {there: row for row, there in self.rows.items()}

    @cached_property
    def _columns_back(self) -> dict[int, int]:
        return {there: column for column, there in self.columns.items()}


def texts_of(sheet: ViewSheet) -> Texts:
    """Every cell of a sheet as a text to compare by."""
    found: Texts = defaultdict(dict)
    for (row, column), cell in sheet.cells.items():
        near = row <= MOST_ROWS and column <= MOST_COLUMNS and not cell.formula
        if near and (text := text_key(written_text(cell.plain))):
            found[row][column] = text
    return found


def likeness(pattern: PatternSheet, texts: Texts) -> float:
    """Quickly: the share of a form's different texts that stand anywhere in a sheet."""
    wanted = {text for text in pattern.fixed.values() if len(text) > 1}
    there = {text for cells in texts.values() for text in cells.values()}
    return len(wanted & there) / len(wanted) if wanted else 0.0


def align(
    pattern: PatternSheet, sheet: ViewSheet, named: Mapping[str, Spot] | None = None
) -> Alignment:
    """Find a form's rows and columns; ``named`` tells where names still lead."""
    texts = texts_of(sheet)
    wanted: Texts = defaultdict(dict)
    for (row, column), text in pattern.fixed.items():
        wanted[row][column] = text
    rows = _by_own_texts(wanted, texts)
    taken = set(rows.values())
    rows |= _in_order(
        {row: cells for row, cells in wanted.items() if row not in rows},
        {row: cells for row, cells in texts.items() if row not in taken},
    )
    sure = frozenset(rows)
    matched = [pair for row, other in rows.items() for pair in _beside(wanted[row], texts[other])]
    columns = _columns(matched, pattern)
    hits = sum(
        texts.get(rows.get(row, 0), {}).get(columns.get(column, 0)) == text
        for (row, column), text in pattern.fixed.items()
    )
    rows = _completed(rows, pattern, named or {})
    return Alignment(rows, columns, sure, hits / max(1, len(pattern.fixed)))


def _in_order(wanted: Texts, texts: Texts) -> dict[int, int]:
    """The rows that follow each other as in the form, so that as many texts as can be match."""
    ours, theirs = sorted(wanted), sorted(texts)
    sets = {row: Counter(texts[row].values()) for row in theirs}
    best = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        mine = Counter(wanted[ours[i]].values())
        for j in range(len(theirs) - 1, -1, -1):
            same = _weight(mine, sets[theirs[j]])
            skipped = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(skipped, best[i + 1][j + 1] + same) if same else skipped
    found, i, j = {}, 0, 0
    while i < len(ours) and j < len(theirs):
        same = _weight(Counter(wanted[ours[i]].values()), sets[theirs[j]])
        if same and best[i][j] == best[i + 1][j + 1] + same:
            found[ours[i]] = theirs[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _weight(mine: Counter[str], theirs: Counter[str]) -> int:
    """Texts that both rows have, long ones count for more: names of posts repeat, rules do not."""
    return sum(min(4, len(text)) * count for text, count in (mine & theirs).items())


def _by_own_texts(wanted: Texts, texts: Texts) -> dict[int, int]:
    """Rows, wherever they were moved, by texts that the form and the sheet have once each."""
    ours = Counter(text for cells in wanted.values() for text in cells.values())
    where: dict[str, list[int]] = defaultdict(list)
    for row, cells in texts.items():
        for text in cells.values():
            where[text].append(row)
    found: dict[int, int] = {}
    for row, cells in wanted.items():
        votes = Counter(
            where[text][0] for text in cells.values() if ours[text] == 1 and len(where[text]) == 1
        )
        there = next((one for one, _ in votes.most_common() if one not in found.values()), None)
        if there is not None:
            found[row] = there
    return found


def _beside(ours: Mapping[int, str], theirs: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Columns of the same text in two rows; of one that has gone missing once, nobody knows which."""
    for text in dict.fromkeys(ours.values()):
        mine = [column for column, said in ours.items() if said == text]
        there = [column for column, said in theirs.items() if said == text]
        if len(mine) == len(there):
            yield from zip(mine, sorted(there), strict=True)


def _columns(matched: list[tuple[int, int]], pattern: PatternSheet) -> dict[int, int]:
    """Each column where most of its texts stand; one without texts beside its neighbour."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for column, there in matched:
        votes[column][there] += 1
    found: dict[int, int] = {}
    # The surest first: a text may stand in two columns.
    for column in sorted(votes, key=lambda one: -votes[one].most_common(1)[0][1]):
        for there, _ in votes[column].most_common():
            if there not in found.values():
                found[column] = there
                break
    shift = 0
    for column in range(1, len(pattern.sheet.widths) + 1):
        if column in found:
            shift = found[column] - column
        elif column + shift not in found.values():
            found[column] = column + shift
    return found


def _completed(
    rows: dict[int, int], pattern: PatternSheet, named: Mapping[str, Spot]
) -> dict[int, int]:
    """Rows without texts of their own: where names lead, else as far from the rows around them."""
    found = dict(rows)
    by_name: dict[int, Counter[int]] = defaultdict(Counter)
    for key, cell in pattern.slots.items():
        if key in named and cell.row + 1 not in rows:
            by_name[cell.row + 1][named[key][0]] += 1
    taken = set(found.values())
    for row, votes in by_name.items():
        there = votes.most_common(1)[0][0]
        if there not in taken:
            found[row] = there
            taken.add(there)
    known = sorted(found)
    every = {cell.row + 1 for cell in pattern.slots.values()} | {row for row, _ in pattern.fixed}
    for row in sorted(every - set(found)):
        above = max((one for one in known if one < row), default=None)
        below = min((one for one in known if one > row), default=None)
        shifts = [found[one] - one for one in (above, below) if one is not None]
        there = row + shifts[0] if shifts else row
        if len(set(shifts)) <= 1 and there not in taken:
            found[row] = there
            taken.add(there)
    return found
