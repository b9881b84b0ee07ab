"""The ledger: what has been.  Opened for one command, in one transaction; nothing is ever changed.

    with Ledger(ledger_place(master)) as ledger:
        ledger.append(Returned(...))

Everything is there when the block has ended, or nothing is.  Two runs at once take turns.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import sqlalchemy as sa

from xladdin.files import sweep
from xladdin.locks import WAIT, locked
from xladdin.problems import ProblemsFound

from .entering import Entering
from .ledger_backups import back_up_before
from .ledger_faults import told
from .ledger_place import LedgerPlace, postgres_engine
from .ledger_tables import (
    CHAIN,
    NOTHING_BEFORE,
    SALT,
    SEQ,
    TABLES,
    WITNESS,
    WITNESS_ID,
    Row,
    content_hash,
    line_hash,
    plain_rows,
    record_of,
    row_of,
    witness_hash,
)
from .records import PeriodChange, PeriodState, Record
from .sqlite_file import create_private, may_be_written_beside, sign, sqlite_engine
from .upgrading import bring_up_to_date

R = TypeVar("R", bound=Record)
ADVISORY = 0x786C6164
"""The lock that our runs take on a PostgreSQL database, for one transaction."""

UNFINISHED = "台账上次没有正常关闭，这个位置又不能写；请把台账复制到能写的文件夹再看"


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of a record that was handed over."""

    seq: int
    """Number of the entry that holds it."""
    new: bool
    """False: the same was there already."""
    current: bool = True
    """False: it was there, and something later has superseded it."""
    supersedes: int = 0
    """Number of the entry that it takes the place of; 0: none."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record with its number, and when it was written (UTC)."""

    seq: int
    at: dt.datetime
    record: R


class Ledger:
    """One opening of a ledger; a context, whose end writes everything or nothing.

    ``write`` False reads only, and refuses where there is no ledger yet.  Raises ProblemsFound with
    what to do where it is locked, read-only, damaged, newer than we, or cannot be reached.
    """

    def __init__(
        self,
        place: LedgerPlace,
        *,
        write: bool = True,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        salt: Callable[[], str] = lambda: secrets.token_hex(16),
        wait: float = WAIT,
    ) -> None:
        self.place = place
        self.write = write
        self.backup: Path | None = None
        """The copy of before this run, where one was made or there already."""
        self.length, self.head = 0, NOTHING_BEFORE
        self._now, self._salt, self._wait = now, salt, wait
        self._open = ExitStack()
        self._states: dict[str, PeriodState] | None = None
        self._grown = False

    # Opening and ending.

    def __enter__(self) -> Self:
        with ExitStack() as opening, told(self.place):
            self._entering = Entering(opening.enter_context(self._connected()))
            self._transaction = self.connection.begin()
            opening.callback(self._roll_back)
            if self.place.url is not None:
                self._take_turns()
            # Also to read an older one: what is not committed was never there.
            made = bring_up_to_date(self.connection, self.place)
            if made and self.place.file is not None:
                sign(self.connection)
            self._read_witness()
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._open, told(self.place):
            if error is None and self.write:
                self._write()
                self._transaction.commit()
            elif isinstance(error, sa.exc.DBAPIError):
                raise error
            elif self.place.file is None and isinstance(error, ConnectionError):
                raise error  # The driver lets the network's own error through.

    @property
    def connection(self) -> sa.Connection:
        """The open database, in which everything is that was added."""
        self._write()
        return self._entering.connection

    def _write(self) -> None:
        """Write what waits; a ledger that was added to says how long it is."""
        self._entering.write()
        if self._grown:
            self._grown = False
            self._write_witness()

    def _roll_back(self) -> None:
        if self._transaction.is_active:
            # Where the connection is gone, so is what was not committed; what broke it is told already.
            with suppress(sa.exc.DBAPIError, ConnectionError):
                self._transaction.rollback()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        if self.place.file is None:
            engine = postgres_engine(self.place, self._wait)
            with engine.connect() as connection:
                yield connection
            return
        file = self.place.file
        if not self.write and not file.exists():
            message = "还没有台账：收回考核表（collect）或打开月份（period open）时会自动建立"
            self.place.refuse("no_ledger", message)
        if not self.write and not may_be_written_beside(file):
            if file.with_name(f"{file.name}-wal").exists():
                # What was written last lies there, and cannot be read from here.
                self.place.refuse("ledger_read_only", UNFINISHED)
            with sqlite_engine(file, self._wait, read_only=True).connect() as connection:
                yield connection
            return
        with locked(file, self._wait):
            if self.write:
                # What a killed run has left while it made a copy.
                sweep(file.parent)
                create_private(file)
            with sqlite_engine(file, self._wait).connect() as connection:
                if self.write:
                    self.backup = back_up_before(self.place, connection, self._now())
                yield connection

    def _take_turns(self) -> None:
        limit = f"SET LOCAL lock_timeout = {int(self._wait * 1000)}"
        self.connection.exec_driver_sql(limit)
        self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY)))

    def _read_witness(self) -> None:
        found = self.connection.execute(sa.select(WITNESS)).mappings().first()
        if found is not None:
            self.length, self.head = int(found["length"]), str(found["head"])

    def _write_witness(self) -> None:
        values = {
            "length": self.length,
            "head": self.head,
            "hash": witness_hash(self.length, self.head),
        }
        connection = self._entering.connection
        changed = connection.execute(sa.update(WITNESS).values(values))
        if not changed.rowcount:
            connection.execute(sa.insert(WITNESS).values(id=WITNESS_ID, **values))

    # Writing.

    def append(self, record: Record, *, again: bool = False) -> Appended:
        """Add a record, unless the same is there already.

        The same is what the last answer to its question says already, or what any earlier one said
        out of the very same file; ``again`` lets such an earlier one count once more, as a new
        entry: somebody has chosen it.  Raises ProblemsFound where its
        month is closed, TypeError or ValueError where a value cannot be kept exactly.
        """
        row = row_of(record)
        earlier = self._entering.answers(type(record), row)
        if earlier:
            last = earlier[-1]
            if _same(record, last, row):
                return Appended(last[SEQ], new=False)
            for old in () if again else reversed(earlier[:-1]):
                if _of_one_file(old, row) and _same(record, old, row):
                    return Appended(old[SEQ], new=False, current=False)
        self._refuse_closed(record)
        supersedes = earlier[-1][SEQ] if earlier else 0
        return Appended(self._add(type(record), row), new=True, supersedes=supersedes)

    def _add(self, kind: type[Record], row: Row) -> int:
        table, seq = TABLES[kind], self.length + 1
        row = {SALT: self._salt(), **row}
        line = {
            SEQ: seq,
            "kind": table.name,
            "at": self._now().astimezone(dt.UTC).isoformat(timespec="seconds"),
            "content": content_hash(table.name, row),
            "previous": self.head,
        }
        line["hash"] = line_hash(line)
        with told(self.place):
            self._entering.add(kind, line, row)
            self.length, self.head, self._grown = seq, str(line["hash"]), True
        return seq

    def remove_content(self, kind: type[Record], seqs: Sequence[int]) -> None:
        """Take the content of entries away; their lines in the chain stay.

        Only for ``forgetting``, which also writes down that it was so.
        """
        table = TABLES[kind]
        for begin in range(0, len(seqs), 500):
            some = seqs[begin : begin + 500]
            self.connection.execute(sa.delete(table).where(table.c.seq.in_(some)))

    # Months.

    def state_of(self, period: str) -> PeriodState | None:
        """How a month stands; None: nothing was said of it, and it takes entries."""
        return self._period_states().get(period)

    def _period_states(self) -> dict[str, PeriodState]:
        if self._states is None:
            changes = self.read(PeriodChange)
            self._states = {each.record.period: each.record.state for each in changes}
        return self._states

    def change_period(
        self, period: str, state: PeriodState, *, by: str = "", why: str = ""
    ) -> Appended:
        """Open, close or reopen a month; what it is already, it stays without an entry.

        Raises ProblemsFound where a closed month is opened without being reopened, where one that
        is not closed is reopened, and where a reason is missing.
        """
        now = self.state_of(period)
        open_now = now in (PeriodState.OPEN, PeriodState.REOPENED)
        if now is state or (open_now and state is PeriodState.OPEN):
            return Appended(self._last_change(period), new=False)
        if now is PeriodState.CLOSED and state is PeriodState.OPEN:
            self.place.refuse(
                "period_closed", f"{period} 已关闭；要再打开请用 period reopen 并写明原因"
            )
        if state is PeriodState.REOPENED:
            self._refuse_reopening(period, now, why)
        change = PeriodChange(period, state, by, why.strip(), self.length, self.head)
        done = self._add(PeriodChange, row_of(change))
        self._period_states()[period] = state
        return Appended(done, new=True)

    def _refuse_reopening(self, period: str, now: PeriodState | None, why: str) -> None:
        if now is not PeriodState.CLOSED:
            self.place.refuse("period_not_closed", f"{period} 没有关闭，不用重新打开")
        if not why.strip():
            self.place.refuse("no_reason", f"重新打开 {period} 要写明原因（--why）")

    def _last_change(self, period: str) -> int:
        return max(it.seq for it in self.read(PeriodChange, period=period))

    def _refuse_closed(self, record: Record) -> None:
        period = getattr(record, "period", "")
        if record.NEEDS_OPEN_PERIOD and self.state_of(period) is PeriodState.CLOSED:
            message = (
                f"{period} 已关闭，不再接收{record.LABEL}；"
                f"确实要改，请先重新打开：xladdin period reopen 总表 --period {period} --why 原因"
            )
            self.place.refuse("period_closed", message)

    # Reading.

    def read(self, kind: type[R], /, *, superseded: bool = True, **asked: str) -> list[Entry[R]]:
        """The entries of a kind, the oldest first: those whose fields are as asked.

        ``superseded`` False leaves out those that a later answer has taken the place of.
        """
        table = TABLES[kind]
        query = (
            sa.select(table, CHAIN.c["at"].label("entered"))
            .join(CHAIN, CHAIN.c.seq == table.c.seq)
            .where(*(table.c[name] == value for name, value in asked.items()))
            .order_by(table.c.seq)
        )
        with told(self.place):
            found = list(plain_rows(self.connection.execute(query)))
        try:
            entries = [_entry(kind, row) for row in found]
        except (ValueError, TypeError, KeyError, ArithmeticError) as error:
            raise self._touched() from error
        return entries if superseded else _last_of_each_slot(kind, entries)

    def _touched(self) -> ProblemsFound:
        message = "台账里有内容被别的程序改过，读不出来；请用 xladdin ledger verify 查是哪一条"
        return ProblemsFound([self.place.problem("ledger_touched", message)])


def _entry(kind: type[R], row: Any) -> Entry[R]:
    return Entry(row[SEQ], dt.datetime.fromisoformat(row["entered"]), record_of(kind, row))


def _last_of_each_slot(kind: type[R], entries: Sequence[Entry[R]]) -> list[Entry[R]]:
    if not kind.SLOT:
        return list(entries)
    last = {tuple(getattr(it.record, name) for name in kind.SLOT): it for it in entries}
    return sorted(last.values(), key=lambda entry: entry.seq)


def _same(record: Record, old: Row, row: Row) -> bool:
    return all(old[name] == value for name, value in row.items() if name not in record.ASIDE)


def _of_one_file(old: Row, row: Row) -> bool:
    return bool(row.get("file_sha256")) and old.get("file_sha256") == row["file_sha256"]
