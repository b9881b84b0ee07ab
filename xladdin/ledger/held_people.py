"""Who is in the ledger and with what; and the deletion of what a law or a setting wants gone.

The content of an entry goes with its salt; its line in the chain stays, so that the ledger is as
whole as before and tells nobody what had been there.  That it was deleted is an entry itself, which
names no person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from .canonical import storable
from .ledger_faults import told
from .ledger_tables import CHAIN, TABLES
from .records import KINDS, Deletion, Record, Returned
from .store import Ledger

PERSONAL = tuple(kind for kind in KINDS if kind.PERSONAL)


@dataclass(slots=True)
class Held:
    """What the ledger has of one person."""

    person: str
    entries: Counter[str] = field(default_factory=Counter)
    """By what a clerk calls such an entry; 作为评价人 are forms about others."""
    first: str = ""
    last: str = ""
    """The first and the last month."""

    def add(self, label: str, period: str) -> None:
        """Count one entry more."""
        self.entries[label] += 1
        if period:
            self.first = min(self.first or period, period)
            self.last = max(self.last, period)


AS_RATER = "作为评价人的表"


def people(ledger: Ledger) -> list[Held]:
    """Everybody of whom there is something, by employee id."""
    found: dict[str, Held] = {}

    def of(person: str) -> Held:
        return found.setdefault(person, Held(person))

    for kind, row in _personal_rows(ledger):
        if row["person"]:
            of(row["person"]).add(kind.LABEL, row["period"])
        if row.get("rater") and row["rater"] != row["person"] and kind is Returned:
            of(row["rater"]).add(AS_RATER, row["period"])
    return sorted(found.values(), key=lambda held: held.person)


def _personal_rows(ledger: Ledger) -> Iterator[tuple[type[Record], dict[str, Any]]]:
    """The rows of people, without what is in them."""
    wanted = ("seq", "person", "period", "rater", "file_sha256")
    for kind in PERSONAL:
        table = TABLES[kind]
        columns = [table.c[name] for name in wanted if name in table.c]
        query = (
            sa.select(*columns, CHAIN.c["at"].label("entered"))
            .join(CHAIN, CHAIN.c.seq == table.c.seq)
            .order_by(table.c.seq)
        )
        with told(ledger.place):
            for row in ledger.connection.execute(query).mappings():
                yield kind, dict(row)


@dataclass(frozen=True, slots=True)
class Doomed:
    """What a deletion takes, before it is done."""

    entries: dict[type[Record], list[int]]
    people: tuple[str, ...]
    files: tuple[str, ...]
    """SHA-256 of the kept files that nobody else needs."""
    shared_files: tuple[str, ...]
    """Of those that stay, since they are also somebody else's."""
    as_rater: int = 0
    """Forms about others that these people have filled in: they stay."""

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(sorted(seq for seqs in self.entries.values() for seq in seqs))


def of_people(ledger: Ledger, wanted: Collection[str]) -> Doomed:
    """Everything about these people."""
    return _doomed(ledger, wanted, lambda row: row["person"] in wanted)


def of_before(ledger: Ledger, month: str) -> Doomed:
    """Everything about anybody of months before this one; without a month, as it was entered."""
    return _doomed(ledger, (), lambda row: (row["period"] or row["entered"][:7]) < month)


def _doomed(ledger: Ledger, raters: Collection[str], goes: Any) -> Doomed:
    entries: dict[type[Record], list[int]] = defaultdict(list)
    people_gone, files, kept, as_rater = set(), set(), set(), 0
    for kind, row in _personal_rows(ledger):
        file = row.get("file_sha256") or ""
        if goes(row):
            entries[kind].append(row["seq"])
            people_gone.add(row["person"])
            files.add(file)
            continue
        kept.add(file)
        as_rater += kind is Returned and row["rater"] in raters
    files.discard("")
    return Doomed(
        dict(entries),
        tuple(sorted(people_gone - {""})),
        tuple(sorted(files - kept)),
        tuple(sorted(files & kept)),
        as_rater,
    )


def forget(ledger: Ledger, doomed: Doomed, *, why: str, by: str = "") -> int:
    """Delete that content, and write down that it was done; the number of that entry, 0: nothing.

    The files go afterwards, by ``files_to_remove``, once the ledger is written.
    """
    if not doomed.seqs:
        return 0
    with told(ledger.place):
        for kind, seqs in doomed.entries.items():
            ledger.remove_content(kind, seqs)
    record = Deletion(doomed.seqs, storable(why.strip()), storable(by), doomed.files)
    return ledger.append(record).seq


def files_to_remove(ledger: Ledger) -> Sequence[str]:
    """The files of all deletions that nobody has handed in again since."""
    gone = {sha256 for entry in ledger.read(Deletion) for sha256 in entry.record.files}
    there = {row.get("file_sha256") for _, row in _personal_rows(ledger)}
    return sorted(gone - there)


def oldest_kept(today: dt.date, months: int) -> str:
    """The first month that is still within so many months; this month is one of them."""
    number = today.year * 12 + today.month - 1 - max(months, 1) + 1
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
