"""What a person calls a cell of a report: by the texts at its left and above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Asked, Book, Cell, Fixed, Result, Sheet, Slot
from xladdin.layout.place import results
from xladdin.layout.styles import HEAD

_LONGEST = 30


class Labels:
    """The labels of a book's cells."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._called: dict[str, Mapping[tuple[int, int], str]] = {}
        self._sheets: dict[str, Mapping[tuple[int, int], Cell]] = {}

    @cached_property
    def _results(self) -> Mapping[str, Value]:
        return results(self._book, {})

    def of(self, sheet: Sheet, cell: Cell) -> str:
        """``平均响应时间·目标``, or what stands above where nothing stands beside or over it.

        No two cells of a sheet that people may fill in are called alike: where they would be, what stands
        over their part of the sheet is added, and where that is the same, which one of them it is.
        """
        if sheet.name not in self._called:
            self._called[sheet.name] = self._told_apart(sheet)
        spot = cell.row, cell.col
        return self._called[sheet.name].get(spot) or self._plain(sheet, cell)

    def _told_apart(self, sheet: Sheet) -> Mapping[tuple[int, int], str]:
        asking = [cell for cell in sheet.cells if isinstance(cell.content, Asked)]
        found = {(cell.row, cell.col): self._plain(sheet, cell) for cell in asking}
        for more in (self._first_head, self._heading):
            alike = {label for label, count in Counter(found.values()).items() if count > 1}
            for cell in asking:
                spot = cell.row, cell.col
                text = more(sheet, cell) if found[spot] in alike else ""
                if text not in ("", sheet.name, *found[spot].split("·")):
                    found[spot] = f"{found[spot]}·{text}"
        counts, seen = Counter(found.values()), Counter[str]()
        for spot, label in found.items():
            if counts[label] > 1:
                seen[label] += 1
                found[spot] = f"{label}（{seen[label]}）"
        return found

    def _plain(self, sheet: Sheet, cell: Cell) -> str:
        row, head = self.anchor(sheet, cell)[1], self._above(sheet, cell)
        if row.isdigit() or not (row or head):
            row = f"{self._first_head(sheet, cell)}{row}"
        told = "·".join(dict.fromkeys(filter(None, (row, head))))
        return told or self._heading(sheet, cell)

    def _at(self, sheet: Sheet) -> Mapping[tuple[int, int], Cell]:
        """Every cell by each place that it covers."""
        if sheet.name not in self._sheets:
            self._sheets[sheet.name] = {
                (cell.row + down, cell.col + right): cell
                for cell in sheet.cells
                for down in range(cell.rows)
                for right in range(cell.cols)
            }
        return self._sheets[sheet.name]

    def anchor(self, sheet: Sheet, cell: Cell) -> tuple[int, str]:
        """The column, from 1, and the first of the texts that stand together next at its left."""
        there, found = self._at(sheet), (0, "")
        for col in reversed(range(cell.col)):
            own = there.get((cell.row, col))
            text = self._fixed(own)
            if own is None or not text:
                if found[0]:
                    break
                continue
            if found[0] and text.isdigit():
                break  # a number of the line says less than what stands beside it
            found = own.col + 1, text
        if found[0] > 1 and self._repeated(sheet, found):
            first = self._fixed(there.get((cell.row, 0)))
            return (1, first) if first else found
        return found

    def _repeated(self, sheet: Sheet, anchor: tuple[int, str]) -> bool:
        """Whether other lines have the same text there, so that it does not tell one from another."""
        column, text = anchor
        alike = (one for one in sheet.cells if one.col == column - 1 and self._fixed(one) == text)
        return len(list(alike)) > 1

    def _above(self, sheet: Sheet, cell: Cell) -> str:
        """The head of its column."""
        there = self._at(sheet)
        for row in reversed(range(cell.row)):
            own = there.get((row, cell.col))
            if own is not None and _ends_a_part(own) and (text := self._text(own)):
                return text
        return ""

    def _first_head(self, sheet: Sheet, cell: Cell) -> str:
        there = self._at(sheet)
        for row in reversed(range(cell.row)):
            own = there.get((row, 0))
            if own is not None and _is_head(own):
                return self._text(own)
        return ""

    def _heading(self, sheet: Sheet, cell: Cell) -> str:
        """What stands over its part of the sheet."""
        there = self._at(sheet)
        for row in reversed(range(cell.row)):
            own = there.get((row, 0))
            if own is not None and _is_heading(own) and (text := self._text(own)):
                return text
        return sheet.name

    def _fixed(self, cell: Cell | None) -> str:
        return self._text(cell) if cell is not None and isinstance(cell.content, Fixed) else ""

    def _text(self, cell: Cell) -> str:
        match cell.content:
            case Fixed(value=value) | Slot(default=value):
                found: object = value
            case Result(key=key):
                found = self._results.get(key)
            case _:
                found = None
        return " ".join(str(found or "").split())[:_LONGEST]


def _ends_a_part(cell: Cell) -> bool:
    """Whether what is above it belongs to something else."""
    return _is_head(cell) or _is_heading(cell)


def _is_heading(cell: Cell) -> bool:
    return cell.style.bold and not cell.style.border


def _is_head(cell: Cell) -> bool:
    return (cell.style.fill, cell.style.bold) == (HEAD.fill, HEAD.bold)
