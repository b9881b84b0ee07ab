"""Rows are judged many at once: what that relies on."""

from __future__ import annotations

import random
from collections.abc import Iterator

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Expr, Var
from xladdin.layout.tables.values import Settled
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_demands import Cells
from xladdin.master.cell_kinds import Kind
from xladdin.master.judging import STAGES, columns_read
from xladdin.master.list_sheet import lists_table
from xladdin.master.row_formats import unit_column
from xladdin.master.sheet_spec import SheetSpec
from xladdin.master.table_sheet import table_of

from .mutants import mutant


def test_rows_that_say_the_same_are_answered_alike() -> None:
    """Asked once for all of them, or each by itself: the answers are the same."""
    chance = random.Random(4)
    asked = 0
    for _ in range(4):
        rows = mutant(chance, oddly=True)
        tables = [(table_of(spec, rows[spec.key], spare=1), 0) for spec in SHEETS]
        settled = Settled((*tables, (lists_table(), 0)))
        for spec in SHEETS:
            for expr in _asked_of_rows(spec):
                single, height = compiled(expr), len(rows[spec.key]) + 1
                each = [single(settled.row(spec.key, i)) for i in range(height)]
                assert list(settled.down(spec.key, expr)) == each
                asked += height
    assert asked > 10_000


def _asked_of_rows(spec: SheetSpec) -> Iterator[Expr]:
    yield from (rule.wrong for rule in spec.rules)
    yield from (one.formula for one in spec.computed)


def test_how_a_cell_is_read_never_hangs_on_one_that_is_read_later() -> None:
    """Columns are worked out whole, once: what stands in them must have been read by then."""
    stage = {
        f"{spec.key}.{column.key}": number
        for spec in SHEETS
        for column in spec.columns
        for number, takes in enumerate(STAGES)
        if takes(spec, column)
    }
    known = 0
    for spec in SHEETS:
        for key, needed in _read_first(spec):
            later = [one for one in needed if stage.get(one, -1) >= stage[key]]
            assert later == [], key
            known += bool(needed)
    assert known > 10


def _read_first(spec: SheetSpec) -> Iterator[tuple[str, frozenset[str]]]:
    """Columns, and all that is looked at before a cell of them is read."""
    (demands,) = (one for one in spec.constraints if isinstance(one, Cells))
    for key, when in demands.only.items():
        yield f"{spec.key}.{key}", columns_read(spec, when)
    for column in spec.columns:
        if column.kind is Kind.MEASURE:
            sheet, _, unit = unit_column(spec.key, column.key).partition(".")
            (owner,) = (one for one in SHEETS if one.key == sheet)
            yield f"{spec.key}.{column.key}", columns_read(owner, Var(unit))
