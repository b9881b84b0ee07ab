"""Appending, superseding, months: whole or not at all, never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.records import (
    KINDS,
    Calibration,
    Deletion,
    PeriodChange,
    PeriodState,
    Record,
    Returned,
    ScoreResult,
)
from xladdin.ledger.store import Appended, Entry
from xladdin.ledger.verifying import verify
from xladdin.problems import ProblemsFound

from .entries import MONTH, NOW, one_of_each, opened, result, returned


def codes(found: pytest.ExceptionInfo[ProblemsFound]) -> list[str]:
    return [problem.code for problem in found.value.problems]


def append_all(place: LedgerPlace, records: Iterable[Record]) -> None:
    with opened(place) as ledger:
        for record in records:
            ledger.append(record)


def test_every_kind_comes_back_as_it_was(place: LedgerPlace) -> None:
    records = one_of_each()
    with opened(place) as ledger:
        seqs = [ledger.append(record).seq for record in records]
    assert seqs == list(range(1, len(records) + 1))
    with opened(place, write=False) as ledger:
        for seq, record in enumerate(records, 1):
            assert ledger.read(type(record)) == [Entry(seq, NOW, record)]
        assert verify(ledger).touched == ()
    assert {type(record) for record in records} == set(KINDS) - {PeriodChange, Deletion}


def test_the_same_twice_is_one_entry(place: LedgerPlace) -> None:
    records = one_of_each()
    with opened(place) as ledger:
        first = [ledger.append(record) for record in records]
    with opened(place) as ledger:
        again = [ledger.append(record) for record in records]
        appeals = [done for done, record in zip(again, records, strict=True) if not record.SLOT]
        assert all(done.new for done in appeals)
        assert len(appeals) == 1, "an appeal stands for itself"
        others = [done for done in again if done not in appeals]
        assert {done.seq for done in others} < {done.seq for done in first}
        assert not any(done.new for done in others)


def test_the_same_inputs_out_of_another_file_are_one_entry(place: LedgerPlace) -> None:
    copy = replace(returned(), file_name="CS001 (1).xlsx", file_sha256="e" * 64)
    with opened(place) as ledger:
        assert ledger.append(returned()).new
        assert ledger.append(copy) == Appended(1, new=False)


def test_a_changed_form_supersedes_and_both_stay(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        assert ledger.append(returned(points=95)) == Appended(1, new=True)
        assert ledger.append(returned(points=90)) == Appended(2, new=True, supersedes=1)
        # The old file lies still in the folder: it does not win again.
        assert ledger.append(returned(points=95)) == Appended(1, new=False, current=False)
        # Handed in once more as a new file, or asked for by somebody, it does.
        newer = returned(points=95, file_sha256="d" * 64)
        assert ledger.append(newer) == Appended(3, new=True, supersedes=2)
        assert ledger.append(returned(points=90), again=True) == Appended(4, True, supersedes=3)
        assert ledger.append(returned(points=90), again=True) == Appended(4, new=False)
        entries = ledger.read(Returned)
        assert [it.record.inputs["points"] for it in entries] == [95, 90, 95, 90]
        (current,) = ledger.read(Returned, superseded=False)
        assert current.seq == 4


def test_each_question_has_its_own_answer(place: LedgerPlace) -> None:
    forms = [
        returned(),
        returned("CS002"),
        returned(period="2026-12"),
        returned(kind="self_rating"),
        *(returned(kind="peer_rating", token=name) for name in ("abc", "abd")),
        returned(kind="superior_rating", rater="CS009"),
        *(returned("", kind="job_analysis", period="", subject=id) for id in ("agent", "lead")),
    ]
    with opened(place) as ledger:
        assert all(ledger.append(form).new for form in forms)
        assert len(ledger.read(Returned, superseded=False)) == len(forms)
        assert [it.record for it in ledger.read(Returned, person="CS002")] == [forms[1]]


def test_nothing_of_a_run_that_fails_is_there(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        ledger.append(returned())
    with pytest.raises(TypeError):
        append_all(place, [returned("CS002"), returned("CS002", inputs={"a": 0.1})])
    with opened(place, write=False) as ledger:
        ledger.append(returned("CS003"))
    with opened(place, write=False) as ledger:
        assert [it.record.person for it in ledger.read(Returned)] == ["CS001"]
        assert verify(ledger).touched == ()


def test_numbers_and_moments_are_exact(place: LedgerPlace) -> None:
    moment = dt.datetime(2026, 11, 5, 17, 30, 1, 5, dt.timezone(dt.timedelta(hours=8)))
    with opened(place) as ledger:
        ledger.append(returned(at=moment, inputs={"a": Decimal("0.1"), "b": Decimal("1E+20")}))
        ledger.append(result(total="88.888888888888888888888888888888"))
        ledger.append(result("CS002", total=None))
        form = ledger.read(Returned)[0].record
        totals = [it.record.total for it in ledger.read(ScoreResult)]
    assert form.inputs == {"a": Decimal("0.1"), "b": Decimal(10) ** 20}
    assert form.at == moment
    assert totals == [Decimal("88.888888888888888888888888888888"), None]


def test_odd_texts_are_kept_in_every_database(place: LedgerPlace) -> None:
    odd = "甲\0乙\ud800丙🀄'\";--\\%"
    with opened(place) as ledger:
        ledger.append(returned(file_name=odd, inputs={odd: odd}))
        form = ledger.read(Returned)[0].record
        assert form.file_name == "甲\ufffd乙\ufffd丙🀄'\";--\\%"
        assert form.inputs == {odd: odd}
        assert not ledger.append(returned(file_name=odd, inputs={odd: odd})).new


# Months.


def change(place: LedgerPlace, state: PeriodState, why: str = "") -> Appended:
    with opened(place) as ledger:
        return ledger.change_period(MONTH, state, by="赵敏", why=why)


def test_a_month_opens_closes_and_opens_again_with_a_reason(place: LedgerPlace) -> None:
    assert change(place, PeriodState.OPEN) == Appended(1, new=True)
    assert change(place, PeriodState.OPEN) == Appended(1, new=False)
    assert change(place, PeriodState.CLOSED) == Appended(2, new=True)
    assert change(place, PeriodState.CLOSED) == Appended(2, new=False)
    assert change(place, PeriodState.REOPENED, "漏算一张表") == Appended(3, new=True)
    assert change(place, PeriodState.OPEN) == Appended(3, new=False)
    assert change(place, PeriodState.CLOSED) == Appended(4, new=True)
    with opened(place, write=False) as ledger:
        changes = ledger.read(PeriodChange)
        assert ledger.state_of(MONTH) is PeriodState.CLOSED
        assert ledger.state_of("2026-12") is None
    assert [(it.record.state.value, it.record.why, it.record.length) for it in changes] == [
        ("open", "", 0),
        ("closed", "", 1),
        ("reopened", "漏算一张表", 2),
        ("closed", "", 3),
    ]


@pytest.mark.parametrize(
    ("before", "then", "why", "code"),
    [
        ([PeriodState.CLOSED], PeriodState.OPEN, "", "period_closed"),
        ([PeriodState.CLOSED], PeriodState.REOPENED, " ", "no_reason"),
        ([PeriodState.OPEN], PeriodState.REOPENED, "漏了", "period_not_closed"),
        ([], PeriodState.REOPENED, "漏了", "period_not_closed"),
    ],
)
def test_what_cannot_be_done_to_a_month(
    place: LedgerPlace, before: Iterable[PeriodState], then: PeriodState, why: str, code: str
) -> None:
    for state in before:
        change(place, state)
    with pytest.raises(ProblemsFound) as found:
        change(place, then, why)
    assert codes(found) == [code]


def test_a_closed_month_takes_nothing_new(place: LedgerPlace) -> None:
    calibration = Calibration("CS001", MONTH, "grade", "B", "A", "赵敏", "补记")
    with opened(place) as ledger:
        ledger.append(returned())
        ledger.change_period(MONTH, PeriodState.CLOSED)
        for record in (returned(points=1), result(), calibration):
            with pytest.raises(ProblemsFound) as found:
                ledger.append(record)
            assert codes(found) == ["period_closed"]
            assert f"{MONTH} 已关闭" in str(found.value)
            assert "period reopen" in str(found.value)
        # What is there already is no news; another month and feedback are none of its business.
        assert not ledger.append(returned()).new
        assert ledger.append(returned(period="2026-12")).new
        assert all(ledger.append(it).new for it in one_of_each() if not it.NEEDS_OPEN_PERIOD)
        ledger.change_period(MONTH, PeriodState.REOPENED, why="漏算")
        assert ledger.append(returned(points=1)).supersedes == 1
