"""Signs that a person reads as one are one to every check, where a column is not compared with anything."""

from __future__ import annotations

import random

from xladdin.layout.tables.values import Settled
from xladdin.master.all_sheets import SHEETS
from xladdin.master.check_column import CHECK, STANDING
from xladdin.master.compared_columns import SIGNS, compared_columns
from xladdin.master.list_sheet import lists_table
from xladdin.master.table_sheet import table_of

from .mutants import mutant
from .rows import Rows

WIDE = "".join(map(chr, SIGNS))


def settled(rows: Rows) -> Settled:
    tables = [(table_of(spec, rows[spec.key], spare=1), 0) for spec in SHEETS]
    return Settled((*tables, (lists_table(), 0)))


def test_what_is_compared_with_other_cells_is_among_them() -> None:
    assert {
        "roster.id",
        "roster.name",
        "indicators.name",
        "figures.indicator",
    } <= compared_columns()
    assert not {"figures.origin", "positions.education"} & compared_columns()


def test_no_check_asks_for_the_width_of_a_sign_in_any_other_column() -> None:
    chance, tried = random.Random(5), 0
    for _ in range(4):
        rows = mutant(chance, oddly=True)
        narrow = {sheet: [dict(row) for row in those] for sheet, those in rows.items()}
        for spec in SHEETS:
            free = [
                one.key for one in spec.columns if f"{spec.key}.{one.key}" not in compared_columns()
            ]
            for row, other in zip(rows[spec.key], narrow[spec.key], strict=True):
                for key in free:
                    if isinstance(row.get(key), str) or chance.random() < 0.3:
                        text = "".join(chance.choices(WIDE + "甲|=-／", k=chance.randrange(1, 9)))
                        row[key] = f"{row.get(key) or ''}{text}"
                        other[key] = str(row[key]).translate(SIGNS)
                        tried += 1
        ours, theirs = settled(rows), settled(narrow)
        for spec in SHEETS:
            for column in (STANDING, CHECK):
                assert list(ours[f"{spec.key}.{column}"]) == list(theirs[f"{spec.key}.{column}"])
    assert tried > 100


def test_only_what_reads_a_changed_column_is_worked_out_anew() -> None:
    chance, shared = random.Random(6), 0
    for _ in range(6):
        rows = mutant(chance, oddly=True)
        spec = chance.choice([one for one in SHEETS if rows[one.key]])
        keys = chance.sample([one.key for one in spec.columns], 2)
        other = {sheet: [dict(row) for row in those] for sheet, those in rows.items()}
        for row in other[spec.key]:
            row.update(dict.fromkeys(keys, chance.choice(["甲", "001", None])))
        before, anew = settled(rows), settled(other)
        tables = [(table_of(one, other[one.key], spare=1), 0) for one in SHEETS]
        changed = before.changed(
            (*tables, (lists_table(), 0)), [f"{spec.key}.{key}" for key in keys]
        )
        for name in anew:
            assert list(changed[name]) == list(anew[name]), name
            shared += changed[name] is before[name]
    assert shared > 100
