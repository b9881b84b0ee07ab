"""Rows and records are one another's image, and hashes see every column."""

from __future__ import annotations

import pytest

from xladdin.ledger.ledger_tables import SALT, TABLES, content_hash, line_hash, record_of, row_of
from xladdin.ledger.records import Deletion, PeriodChange, PeriodState, Record

from .entries import one_of_each

RECORDS = [
    *one_of_each(),
    PeriodChange("2026-11", PeriodState.REOPENED, "赵敏", "漏算", 3, "a" * 64),
    Deletion((3, 4), "离职满两年", "赵敏", ("b" * 64,)),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda it: type(it).__name__)
def test_a_row_is_its_record(record: Record) -> None:
    row = row_of(record)
    assert record_of(type(record), row) == record
    assert all(isinstance(value, str | int | None) for value in row.values())
    assert [*row, "seq", SALT] == sorted(
        [*TABLES[type(record)].c.keys()], key=[*row, "seq", SALT].index
    )


@pytest.mark.parametrize("record", RECORDS, ids=lambda it: type(it).__name__)
def test_a_hash_sees_every_column(record: Record) -> None:
    row = {SALT: "0" * 32, **row_of(record)}
    table = TABLES[type(record)].name
    others = [content_hash(table, {**row, name: "other"}) for name in row]
    hashes = {content_hash(table, row), content_hash("another", row), *others}
    assert len(hashes) == len(row) + 2
    # The number is the line's.
    assert content_hash(table, {**row, "seq": 7}) == content_hash(table, row)


def test_a_line_stands_for_all_that_it_says() -> None:
    line = {"seq": 1, "kind": "a", "at": "b", "content": "c", "previous": "d"}
    assert len({line_hash(line), *(line_hash({**line, name: "x"}) for name in line)}) == 6
