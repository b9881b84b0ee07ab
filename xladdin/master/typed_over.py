"""Columns that a master workbook works out for itself, where something else stands in a row.

Whoever reads a master works these columns out anew and looks at none of their cells.  What somebody
typed there, or pasted as values over the formulas, would count for nothing without a word, and a
检查 that was pasted says 通过 for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.intake.grids import cell_at
from xladdin.intake.text import shown
from xladdin.ooxml.sheet_stream import place_of

from .check_column import checking
from .finding import Book
from .lines import Line, Notes, Sheet
from .sheet_spec import SheetSpec


def tell_typed_over(book: Book, notes: Notes) -> None:
    """Note, once for each column, what stands in place of its formulas."""
    for sheet in book.sheets.values():
        for head in _worked_out(sheet.spec):
            _tell(sheet, head, notes)


def _worked_out(spec: SheetSpec) -> Iterator[str]:
    """The heads of what is worked out and seen."""
    return (one.head for one in (*spec.computed, *checking(spec)) if one.head and not one.hidden)


def _tell(sheet: Sheet, head: str, notes: Notes) -> None:
    # Of two columns that are called alike one is the clerk's own: nobody can say which.
    if sheet.head.labels.count(head) != 1 or sheet.grid.formulas is None:
        return
    column = sheet.head.labels.index(head)
    found = [line for line in sheet.lines if _typed(sheet, line, column)]
    if not found:
        return
    row = found[0].row.index
    said = shown(cell_at(sheet.grid.rows[row], column))
    rows = f"（这样的共 {len(found)} 行）" if len(found) > 1 else ""
    message = (
        f"「{head}」是自动计算的列，这里的公式换成了{said}，没有用上{rows}；"
        "从别的行把这一格复制过来，就又自动计算"
    )
    notes.warn("typed_over", message, sheet.grid.place(row, column))


def _typed(sheet: Sheet, line: Line, column: int) -> bool:
    row = line.row.index
    formulas = sheet.grid.formulas or frozenset()
    filled = cell_at(sheet.grid.rows[row], column) not in (None, "")
    return filled and place_of(row, column) not in formulas
