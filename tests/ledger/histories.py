"""Random lives of a ledger, told as plain data, and what came of each command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from xladdin.ledger.held_people import files_to_remove, forget, of_before, of_people, people
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.records import KINDS, PeriodState, Record
from xladdin.ledger.store import Entry, Ledger
from xladdin.ledger.verifying import verify
from xladdin.problems import ProblemsFound

from .entries import NOW, one_of_each, opened, returned, salts

PEOPLE, MONTHS = ("CS001", "CS002"), ("2026-10", "2026-11")
Step = tuple[str, str, str, int]
"""What is done, to whom, in which month, and in which of its variants."""

STEPS = st.one_of(
    st.tuples(
        st.sampled_from(("form", "form", "each")),
        st.sampled_from(PEOPLE),
        st.sampled_from(MONTHS),
        st.integers(0, 7),
    ),
    st.tuples(st.just("month"), st.just(""), st.sampled_from(MONTHS), st.integers(0, 2)),
    st.tuples(st.just("forget"), st.sampled_from(PEOPLE), st.just(""), st.just(0)),
    st.tuples(st.just("expire"), st.just(""), st.sampled_from(MONTHS), st.just(0)),
    st.tuples(st.just("break"), st.just(""), st.just(""), st.just(0)),
)
HISTORIES = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=6)


class Broken(Exception):
    """A command that ends in the middle."""


def record_of(what: str, person: str, month: str, variant: int) -> Record:
    if what == "each":
        record = one_of_each(person)[variant]
        return replace(record, period=month) if hasattr(record, "period") else record  # type: ignore[type-var]
    # Few points and few files: the same again, and the same inputs out of another file.
    file = f"{person}{month}{variant}".encode().hex().zfill(64)[-64:]
    points = Decimal(variant % 3)
    return returned(person, points, period=month, file_sha256=file)


def _step(ledger: Ledger, step: Step) -> object:
    what, person, month, variant = step
    match what:
        case "form" | "each":
            return ledger.append(record_of(what, person, month, variant))
        case "month":
            return ledger.change_period(month, list(PeriodState)[variant], by="赵敏", why="补")
        case "forget":
            return forget(ledger, of_people(ledger, [person]), why="要求删除")
        case "expire":
            return forget(ledger, of_before(ledger, month), why="过了保留期")
    raise Broken


def live(place: LedgerPlace, history: Sequence[Sequence[Step]]) -> list[object]:
    """What came of each command: of each of its steps, or the problem that undid all of them."""
    salt, outcomes = salts(), list[object]()
    for number, command in enumerate(history):
        moment = NOW + dt.timedelta(hours=number)
        outcomes.append(_command(place, command, moment, salt))
    return outcomes


def _command(
    place: LedgerPlace, command: Sequence[Step], moment: dt.datetime, salt: Callable[[], str]
) -> object:
    try:
        with opened(place, now=lambda: moment, salt=salt, wait=10) as ledger:
            return [_step(ledger, step) for step in command], ledger.length
    except ProblemsFound as found:
        return [problem.code for problem in found.problems]
    except Broken:
        return "broken off"


@dataclass(frozen=True)
class Seen:
    """All that can be read of a ledger."""

    length: int
    head: str
    entries: list[list[Entry[Record]]]
    current: list[list[Entry[Record]]]
    people: list[str]
    files: list[str]


def see(place: LedgerPlace) -> Seen:
    with opened(place, write=False, wait=10) as ledger:
        found = verify(ledger)
        assert found.touched == ()
        return Seen(
            found.length,
            found.head,
            [ledger.read(kind) for kind in KINDS],
            [ledger.read(kind, superseded=False) for kind in KINDS],
            [repr(held) for held in people(ledger)],
            list(files_to_remove(ledger)),
        )
