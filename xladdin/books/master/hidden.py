"""The hidden sheet 列表: lists that drop-downs offer and that no other sheet holds."""

from __future__ import annotations

from itertools import zip_longest

from xladdin.formula.nodes import Var
from xladdin.formula.ranges.nodes import NthFilled, Range
from xladdin.layout.cells import Sheet
from xladdin.layout.tables.table import NUMBER, Column, Table

from . import looks
from .inputs import LISTS, long_lists
from .watching_positions import FRESH

SHEET_NAME = "列表"
DEPARTMENTS = 60
"""So many different departments are offered."""


def lists_sheet() -> Sheet:
    """Departments as the positions name them, and choices that are too long for a validation."""
    fixed = long_lists()
    rows = [
        {key: word for key, word in zip(fixed, words, strict=True) if word}
        for words in zip_longest(*fixed.values())
    ]
    columns = [Column(key, key, looks.ENTRY, looks.COMPUTED_HEAD) for key in fixed]
    departments = Column(
        "department",
        "部门",
        looks.COMPUTED,
        looks.COMPUTED_HEAD,
        formula=NthFilled(Range(f"positions.{FRESH}"), Var(NUMBER)),
    )
    table = Table(
        LISTS, (*columns, departments), tuple(rows), spare=max(0, DEPARTMENTS - len(rows))
    )
    widths = (20.0,) * len(table.columns)
    return Sheet(SHEET_NAME, widths, (), protected=False, visibility="very_hidden", table=table)
