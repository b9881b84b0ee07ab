"""A foreign hand on the tables of a ledger, by plain SQL as any tool would."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from xladdin.ledger.ledger_tables import CHAIN, METADATA, TABLES, WITNESS, content_hash, line_hash
from xladdin.ledger.store import Ledger

CONTENT = [*TABLES.values()]


@dataclass(frozen=True)
class Touch:
    """What was done, and the number of the entry that it was done to; 0: the witness."""

    seq: int
    how: str


def touch(ledger: Ledger, chance: random.Random) -> Touch:
    """Change a character of a field, or remove a row, anywhere."""
    ways = [_flip, _flip, _flip, _remove_content, _remove_line, _remove_both, _swap_line, _cut_end]
    return chance.choice(ways)(ledger, chance)


def _rows(ledger: Ledger, table: sa.Table) -> Sequence[Any]:
    return ledger.connection.execute(sa.select(table)).mappings().all()


def _filled(ledger: Ledger, chance: random.Random, tables: Sequence[sa.Table]) -> sa.Table:
    return chance.choice([table for table in tables if _rows(ledger, table)])


def _flip(ledger: Ledger, chance: random.Random) -> Touch:
    table = _filled(ledger, chance, [*METADATA.tables.values()])
    key = next(iter(table.primary_key))
    row = dict(chance.choice(_rows(ledger, table)))
    name = chance.choice([name for name in row if name != key.name])
    new = _flipped(row[name], chance)
    ledger.connection.execute(sa.update(table).where(key == row[key.name]).values({name: new}))
    return Touch(0 if table is WITNESS else row[key.name], f"{table.name}.{name}")


def _flipped(value: object, chance: random.Random) -> object:
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    text = str(value or "")
    if not text:
        return chance.choice("0x否")
    place = chance.randrange(len(text))
    other = chr(ord(text[place]) ^ 1)
    return f"{text[:place]}{other}{text[place + 1 :]}"


def _remove(ledger: Ledger, table: sa.Table, seq: int) -> None:
    _unlinked(ledger)
    ledger.connection.execute(sa.delete(table).where(table.c.seq == seq))


def _unlinked(ledger: Ledger) -> None:
    """As a tool that does not look after references."""
    if ledger.place.file is None:
        ledger.connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    else:
        ledger.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def _remove_content(ledger: Ledger, chance: random.Random) -> Touch:
    table = _filled(ledger, chance, CONTENT)
    seq = chance.choice(_rows(ledger, table))["seq"]
    _remove(ledger, table, seq)
    return Touch(seq, f"{table.name} row removed")


def _remove_line(ledger: Ledger, chance: random.Random) -> Touch:
    seq = chance.choice(_rows(ledger, CHAIN))["seq"]
    _remove(ledger, CHAIN, seq)
    return Touch(seq, "line removed")


def _remove_both(ledger: Ledger, chance: random.Random) -> Touch:
    line = chance.choice(_rows(ledger, CHAIN))
    for table in CONTENT:
        _remove(ledger, table, line["seq"])
    _remove(ledger, CHAIN, line["seq"])
    return Touch(line["seq"], f"{line['kind']} line and row removed")


def _swap_line(ledger: Ledger, chance: random.Random) -> Touch:
    """Change a content, and make its line fit."""
    table = _filled(ledger, chance, CONTENT)
    row = dict(chance.choice(_rows(ledger, table)))
    row["salt"] = _flipped(row["salt"], chance)
    where = CHAIN.c.seq == row["seq"]
    line = dict(ledger.connection.execute(sa.select(CHAIN).where(where)).mappings().one())
    line["content"] = content_hash(table.name, row)
    line["hash"] = line_hash(line)
    ledger.connection.execute(sa.update(CHAIN).where(where).values(line))
    ledger.connection.execute(
        sa.update(table).where(table.c.seq == row["seq"]).values(salt=row["salt"])
    )
    return Touch(row["seq"], f"{table.name} replaced with a fitting line")


def _cut_end(ledger: Ledger, chance: random.Random) -> Touch:
    first = ledger.length - chance.randrange(3)
    for seq in range(first, ledger.length + 1):
        for table in (*CONTENT, CHAIN):
            _remove(ledger, table, seq)
    return Touch(first, "the last lines removed")
