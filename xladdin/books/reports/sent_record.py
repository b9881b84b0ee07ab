"""What a report that came back says of how it went out: its hidden sheet, read again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from xladdin.formula.evaluate import Value
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.text import written_text

from .sent_cells import COMPUTED, FILLED, SAID, TEXT, Rule, SentCell, hash_of

MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Record:
    """What a report that came back says of how it went out."""

    cells: tuple[SentCell, ...] = ()
    filled: Mapping[str, Mapping[int, frozenset[int]]] = field(default_factory=dict)
    """Sheet -> row -> columns, all from 1, in which something stood; no rows of sheets of lines."""
    whole: bool = True
    """Whether it is what was written: nobody has changed or cut it."""


def record_of(grid: Grid, content: str) -> Record:
    """The lines of the hidden sheet; ``content`` is the hash that the identity has."""
    lines = [_line(written_text(cell_at(row, 0))) for row in grid.rows]
    rows = [row for row in lines if row is not None]
    found = [cell for row in rows if (cell := _cell(row)) is not None]
    filled = {row[0]: _columns(row[4]) for row in rows if row[3] == FILLED}
    return Record(tuple(found), filled, hash_of(rows) == content)


def _line(text: str) -> tuple[str, ...] | None:
    """The texts of a line; None where it is none."""
    try:
        row = json.loads(text)
    except ValueError:
        return None
    sound = isinstance(row, list) and len(row) == len(COLUMNS_OF_A_LINE)
    return tuple(row) if sound and all(isinstance(one, str) for one in row) else None


COLUMNS_OF_A_LINE = ("key", "sheet", "label", "kind", "base", "sent", "where", "anchor")


def _cell(row: Sequence[str]) -> SentCell | None:
    key, sheet, label, kind, base, sent, where, anchor = row
    rule = Rule.parse(kind)
    if not key or (rule is None and kind not in (TEXT, SAID, COMPUTED)):
        return None
    numbers = [int(part) for part in where.split() if part.isascii() and part.isdigit()]
    top, left, beside = numbers if len(numbers) == len(("row", "column", "beside")) else (0, 0, 0)
    return SentCell(
        key,
        sheet,
        label,
        rule,
        _value(base, rule),
        _value(sent, rule),
        kind if rule is None else TEXT,
        (top, left),
        (beside, anchor),
    )


def _columns(told: str) -> Mapping[int, frozenset[int]]:
    if not told:
        return {}
    return {
        row: frozenset(column for span in spans.split(",") for column in _span(span))
        for row, spans in enumerate(told.split(";"), start=1)
    }


def _span(text: str) -> range:
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        return range(0)
    return range(int(first), min(int(last or first), MOST_COLUMNS) + 1)


def _value(text: str, rule: Rule | None) -> Value:
    if not text or rule is None:
        return text or None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
