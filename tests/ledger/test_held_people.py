"""Who is in the ledger; and what is deleted is gone, while the chain stays whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xladdin.ledger.held_people import (
    AS_RATER,
    files_to_remove,
    forget,
    of_before,
    of_people,
    oldest_kept,
    people,
)
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.records import KINDS, Deletion, Returned
from xladdin.ledger.verifying import verify

from .entries import MONTH, one_of_each, opened, returned

SHARED, OWN = "c" * 64, "d" * 64


def fill(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        for person in ("CS001", "CS002"):
            for record in one_of_each(person):
                ledger.append(record)
        ledger.append(returned("CS001", period="2026-12", file_sha256=OWN))
        for person in ("CS001", "CS002"):
            ledger.append(returned(person, kind="two_in_one_file", file_sha256=SHARED))
        ledger.append(
            returned("CS002", kind="superior_rating", rater="CS001", file_sha256=OWN[:-1])
        )


def test_everybody_is_listed_with_what_there_is(place: LedgerPlace) -> None:
    fill(place)
    with opened(place, write=False) as ledger:
        one, two = people(ledger)
    assert (one.person, one.first, one.last) == ("CS001", MONTH, "2026-12")
    assert one.entries == {
        "收回的表": 3, "得分": 1, "对不一致的决定": 1, "校准": 1, "申诉": 1, "申诉答复": 1, "更正": 1,
        "反馈单": 1, "收回的报告": 1, AS_RATER: 1,
    }  # fmt: skip
    assert (two.person, two.entries["收回的表"], two.last) == ("CS002", 3, MONTH)


def test_what_is_deleted_is_gone_and_the_chain_is_whole(place: LedgerPlace) -> None:
    fill(place)
    with opened(place) as ledger:
        before = ledger.length
        doomed = of_people(ledger, ["CS001"])
        assert doomed.people == ("CS001",)
        assert doomed.as_rater == 1
        assert doomed.shared_files == ("c" * 64, "f" * 64)
        assert OWN in doomed.files
        seq = forget(ledger, doomed, why="离职满两年", by="赵敏")
        assert seq == ledger.length == before + 1
    with opened(place, write=False) as ledger:
        assert verify(ledger).touched == ()
        assert verify(ledger).length == before + 1
        for kind in KINDS:
            assert "CS001" not in {getattr(it.record, "person", "") for it in ledger.read(kind)}
        assert [held.person for held in people(ledger)] == ["CS001", "CS002"]
        assert people(ledger)[0].entries == {AS_RATER: 1}
        (deletion,) = ledger.read(Deletion)
        assert "CS001" not in repr(deletion)
        assert set(files_to_remove(ledger)) == set(doomed.files)


def test_a_file_that_came_back_is_not_removed(place: LedgerPlace) -> None:
    fill(place)
    with opened(place) as ledger:
        forget(ledger, of_people(ledger, ["CS001"]), why="要求删除")
        assert OWN in files_to_remove(ledger)
        assert ledger.append(returned("CS001", file_sha256=OWN)).new
        assert OWN not in files_to_remove(ledger)


def test_a_deletion_explains_no_more_than_it_took(place: LedgerPlace) -> None:
    fill(place)
    with opened(place) as ledger:
        forget(ledger, of_people(ledger, ["CS001"]), why="要求删除")
        (gone,) = [it.seq for it in ledger.read(Returned, person="CS002", kind="monthly")]
        ledger.remove_content(Returned, [gone])
        (found,) = verify(ledger).touched
    assert (found.seq, found.how) == (gone, "的内容被拿掉了")


def test_nobody_twice(place: LedgerPlace) -> None:
    fill(place)
    with opened(place) as ledger:
        forget(ledger, of_people(ledger, ["CS001"]), why="要求删除")
        length = ledger.length
        assert forget(ledger, of_people(ledger, ["CS001", "CS009"]), why="再来一次") == 0
        assert ledger.length == length


def test_what_is_older_than_a_month_goes_whoever_it_is_of(place: LedgerPlace) -> None:
    with opened(place) as ledger:
        for month in ("2023-10", "2023-11", "2023-12"):
            for person in ("CS001", "CS002"):
                ledger.append(replace(returned(person), period=month))
        ledger.append(replace(returned(), period=""))
        doomed = of_before(ledger, "2023-12")
        assert doomed.seqs == (1, 2, 3, 4)
        # What is of no month is as old as its entry.
        assert of_before(ledger, "2026-12").seqs == (1, 2, 3, 4, 5, 6)
        assert of_before(ledger, "2027-01").seqs == (1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("months", "first"), [(1, "2026-03"), (3, "2026-01"), (4, "2025-12"), (36, "2023-04")]
)
def test_so_many_months_are_kept(months: int, first: str) -> None:
    assert oldest_kept(dt.date(2026, 3, 31), months) == first
