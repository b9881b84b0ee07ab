"""What the ledger gives back to collecting: schemes as they were, and what came before."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.patch.masters import SMALL, write_master
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.company.starting import example_company
from xladdin.domain.schemes import Scheme
from xladdin.ledger.records import Returned, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.patch.backups import backups
from xladdin.schemes.library import Library

from .test_collect import ANSWERS, ROWS, Desk, codes, made

__all__ = ["made"]
FULL = {**ANSWERS, "actual.sales_target": 120000, "target.sales_target": 100000}
(SCHEME,) = SMALL["library"].schemes


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path)


def without_initiative(scheme: Scheme) -> Scheme:
    """Another version: one indicator is gone, and its weight goes to the first of its section."""
    sections = []
    for section in scheme.sections:
        items = [item for item in section.indicators if item.id != "initiative"]
        lost = sum((item.weight for item in section.indicators), Decimal(0)) - sum(
            (item.weight for item in items), Decimal(0)
        )
        items[0] = items[0].model_copy(update={"weight": items[0].weight + lost})
        sections.append(section.model_copy(update={"indicators": tuple(items)}))
    return scheme.model_copy(update={"sections": tuple(sections)})


def change_scheme(desk: Desk) -> None:
    """The clerk has changed the scheme since the forms went out."""
    few = {**SMALL, "employees": example_company().employees[1:5]}
    few["library"] = Library((without_initiative(SCHEME),))
    write_master(desk.master, ROWS, **few)


def records(keeper: LedgerKeeper, kind: type[Any]) -> list[Any]:
    with Ledger(keeper.place, write=False) as ledger:
        return [entry.record for entry in ledger.read(kind)]


def test_a_form_of_an_older_scheme_is_scored_by_that_scheme(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect(keeper=LedgerKeeper.of(desk.master))
    change_scheme(desk)
    desk.fill("QC003")
    keeper = LedgerKeeper.of(desk.master)
    done = desk.collect(keeper=keeper)
    assert "scheme_kept" in codes(done)
    assert {one.scheme_hash for one in records(keeper, Returned)} == {SCHEME.fingerprint()}
    assert len(records(keeper, Returned)) == 2
    result = records(keeper, ScoreResult)[-1]
    assert (result.person, "score.initiative" in result.items) == ("QC003", True)
    told = [problem.message for problem in done.problems if problem.code == "item_gone"]
    assert told
    assert all("「工作主动性」" in message for message in told)
    assert "initiative" not in desk.figures("QC003")
    assert desk.figures("QC003")["teamwork"] == Decimal("4.5")


def test_where_no_ledger_has_it_the_scheme_of_now_is_taken_and_told(desk: Desk) -> None:
    change_scheme(desk)
    desk.fill("QC003")
    keeper = LedgerKeeper.of(desk.master)
    done = desk.collect(keeper=keeper)
    assert "scheme_changed" in codes(done)
    assert "scheme_kept" not in codes(done)
    (returned,) = records(keeper, Returned)
    assert returned.scheme_hash == without_initiative(SCHEME).fingerprint()


def test_a_kept_scheme_is_the_one_that_it_was(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect(keeper=LedgerKeeper.of(desk.master))
    keeper = LedgerKeeper.of(desk.master)
    assert keeper.template(SCHEME.fingerprint()) == SCHEME
    assert keeper.template("0" * 64) is None


def test_what_replaces_an_earlier_answer_is_told(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect(keeper=LedgerKeeper.of(desk.master))
    desk.fill("QC002", {**ANSWERS, "comment.self": "补充：月底完成"})
    done = desk.collect(keeper=LedgerKeeper.of(desk.master))
    assert "form_replaced" in codes(done)
    assert done.kept == 1


def test_collecting_that_adds_nothing_makes_one_copy_of_what_there_is_and_no_more(
    desk: Desk,
) -> None:
    """A copy is what protects the last entries: so the first run after them makes it, whatever it does."""
    keeper = LedgerKeeper.of(desk.master)
    desk.fill("QC002")
    for copies in (0, 1, 1, 1):
        desk.collect(keeper=keeper)
        assert keeper.place.file is not None
        assert len(backups(keeper.place.file)) == copies
