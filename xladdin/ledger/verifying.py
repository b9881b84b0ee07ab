"""Whether anybody has touched the ledger, and where first.

A line of the chain says the hash of its entry's content and that of the line before.  So a content
that was changed or taken away is known by its line, a line by its own hash, one that was replaced
with a hash that fits by the next line, the last one by the witness.  What nobody outside can know:
that somebody has rewritten everything from some entry to the end; the number and the hash that were
told when a month was closed show that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from .ledger_faults import told
from .ledger_tables import (
    CHAIN,
    NOTHING_BEFORE,
    SEQ,
    TABLES,
    WITNESS,
    WITNESS_ID,
    content_hash,
    line_hash,
    plain_rows,
    record_of,
    witness_hash,
)
from .records import BY_TABLE, Deletion
from .store import Ledger

Line = Mapping[str, Any]
WITNESS_FIELDS = ("length", "head", "hash")


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """An entry that is no longer as it was written."""

    seq: int
    """Its number; 0: the witness, which is no entry."""
    what: str
    """What a clerk calls such an entry."""
    how: str

    def __str__(self) -> str:
        return (
            f"第 {self.seq} 条（{self.what}）{self.how}" if self.seq else f"{self.what}{self.how}"
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through a whole ledger gave."""

    length: int
    """How many entries there are."""
    head: str
    """The hash of the last one."""
    touched: tuple[Touched, ...]
    """The first one first; empty: everything is as it was written."""


def verify(ledger: Ledger) -> Verified:
    """Look through every entry.  Raises ProblemsFound where the database itself is damaged."""
    with told(ledger.place):
        if ledger.place.file is not None:
            _refuse_damage(ledger)
        lines = _lines(ledger)
        contents = _contents(ledger)
        witness = ledger.connection.execute(sa.select(WITNESS)).mappings().all()
        deleted, sound = _deleted(ledger)
    broken = dict(_broken(lines, contents, deleted))
    touched = [
        Touched(seq, _label(lines.get(seq), contents, seq), how) for seq, how in broken.items()
    ]
    if not sound or any(lines.get(seq, {}).get("kind") == Deletion.TABLE for seq in broken):
        # What it had explained is explained no more: told, but not taken for the cause.
        touched = [it for it in touched if it.how != GONE] + [
            it for it in touched if it.how == GONE
        ]
    else:
        touched.sort()
    touched += _of_witness(witness, lines, broken)
    last = max(lines, default=0)
    return Verified(
        len(lines), str(lines[last]["hash"]) if lines else NOTHING_BEFORE, tuple(touched)
    )


CHANGED, GONE, NO_LINE = "的内容被改过", "的内容被拿掉了", "不见了"
LINE_CHANGED, REPLACED, ADDED = "的登记被改过", "被换掉了", "是别的程序加进来的"


def _refuse_damage(ledger: Ledger) -> None:
    found = ledger.connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if found != "ok":
        message = "台账文件已损坏；请用 xladdin ledger restore 从备份恢复"
        ledger.place.refuse("ledger_corrupted", message)


def _lines(ledger: Ledger) -> dict[int, Line]:
    found = ledger.connection.execute(sa.select(CHAIN).order_by(CHAIN.c.seq))
    return {line[SEQ]: line for line in plain_rows(found)}


def _contents(ledger: Ledger) -> dict[tuple[str, int], str]:
    """Table and number -> hash of what is there now."""
    found = {}
    for table in TABLES.values():
        for row in plain_rows(ledger.connection.execute(sa.select(table))):
            found[table.name, row[SEQ]] = content_hash(table.name, row)
    return found


def _deleted(ledger: Ledger) -> tuple[set[int], bool]:
    """The entries whose content was deleted by us, and whether all that is said of it can be read."""
    found: set[int] = set()
    sound = True
    for row in ledger.connection.execute(sa.select(TABLES[Deletion])).mappings():
        try:
            found.update(record_of(Deletion, dict(row)).entries)
        except (ValueError, TypeError):
            sound = False
    return found, sound


def _broken(
    lines: Mapping[int, Line], contents: Mapping[tuple[str, int], str], deleted: set[int]
) -> Iterator[tuple[int, str]]:
    for seq in range(1, max(lines, default=0) + 1):
        line = lines.get(seq)
        if line is None:
            yield seq, NO_LINE
        elif how := _how_broken(line, lines, contents, deleted):
            yield seq, how
    for kind, seq in contents:
        if seq not in lines:
            yield seq, ADDED if seq > max(lines, default=0) else NO_LINE
        elif lines[seq]["kind"] != kind and line_hash(lines[seq]) == lines[seq]["hash"]:
            yield seq, ADDED


def _how_broken(
    line: Line,
    lines: Mapping[int, Line],
    contents: Mapping[tuple[str, int], str],
    deleted: set[int],
) -> str:
    seq = line[SEQ]
    if line_hash(line) != line["hash"]:
        return LINE_CHANGED
    if seq == 1 and line["previous"] != NOTHING_BEFORE:
        return REPLACED
    after = lines.get(seq + 1)
    if (
        after is not None
        and after["previous"] != line["hash"]
        and line_hash(after) == after["hash"]
    ):
        return REPLACED
    content = contents.get((line["kind"], seq))
    if content is None:
        return "" if seq in deleted else GONE
    return "" if content == line["content"] else CHANGED


def _label(line: Line | None, contents: Mapping[tuple[str, int], str], seq: int) -> str:
    kinds = [line["kind"]] if line is not None else []
    kinds += [kind for kind, number in contents if number == seq]
    return next((BY_TABLE[kind].LABEL for kind in kinds if kind in BY_TABLE), "一条记录")


def _of_witness(
    witness: Sequence[Any], lines: Mapping[int, Line], broken: Mapping[int, str]
) -> Iterator[Touched]:
    """What the witness says against the lines: the last ones may be gone, or replaced."""
    last = max(lines, default=0)
    if not witness and not lines:
        return
    sound = len(witness) == 1 and witness[0]["id"] == WITNESS_ID
    told_length, head, own = (witness[0][name] if sound else 0 for name in WITNESS_FIELDS)
    if not sound or witness_hash(told_length, head) != own:
        yield Touched(0, "台账的总计", "被改过")
    elif told_length > last:
        yield Touched(last + 1, "最后几条记录", f"到第 {told_length} 条都不见了")
    elif told_length < last:
        yield Touched(told_length + 1, "最后几条记录", ADDED)
    elif last and head != lines[last]["hash"] and last not in broken:
        yield Touched(last, _label(lines[last], {}, last), REPLACED)
