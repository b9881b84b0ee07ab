"""Appeals on 反馈单 that come back: whatever somebody wrote is taken, what it lacks is told, nothing twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.app.results.appeal_filling import objected
from tests.app.results.issued import DEADLINE, slip_of
from xladdin.app.results.appeal_returns import SlipFile, TakenAppeals, take_appeals
from xladdin.intake.sheets import read_workbook
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import Appeal
from xladdin.ledger.store import Ledger
from xladdin.returns.appeal_reading import read_slip

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("appeal_cases.yaml").read_text("utf-8")
)
TODAY = dt.date(2026, 12, 10)


def handed_in(path: Path, **changes: Any) -> SlipFile:
    data = path.read_bytes()
    grids, _ = read_workbook(path.name, data, hidden=True)
    read = read_slip(path.name, grids)
    assert read is not None
    sha256 = hashlib.sha256(data).hexdigest()
    return SlipFile(replace(read, **changes), path.name, sha256, data, dt.date(2026, 12, 3))


def kept(master: Path) -> list[Appeal]:
    with Ledger(ledger_place(master), write=False) as ledger:
        return [entry.record for entry in ledger.read(Appeal)]


def codes(done: TakenAppeals) -> list[str]:
    return sorted(problem.code for problem in done.problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_row_says(case: dict[str, Any], issued_master: Path) -> None:
    path = slip_of(issued_master, "QC025")
    rows = [case["row"]] if case["row"] else []
    objected(path, rows, own=case.get("own", ""), lose=case.get("lose", ""))
    done = take_appeals(issued_master, [handed_in(path, **case.get("read", {}))], TODAY)
    told = "\n".join(str(problem) for problem in done.problems)
    assert codes(done) == sorted(case.get("codes", [])), told
    assert case.get("words", "") in told
    found = kept(issued_master)
    assert (done.kept, len(found)) == (case["kept"], case["kept"])
    if not found:
        return
    (one,) = found
    claimed = case.get("claimed")
    assert one.claimed == (
        None if claimed is None or (case.get("other_person") and not one.item) else Decimal(claimed)
    )
    assert one.text.startswith(case.get("text", case["row"].get("grounds", "")))
    assert one.received == TODAY
    # Seven working days behind a Thursday, New Year not reached.
    assert one.due == dt.date(2026, 12, 21)
    assert done.late == ("appeal_late" in codes(done))
    assert Archive(issued_master.parent).find(one.file_sha256) is not None


def test_the_same_appeal_is_taken_once_and_others_are_appended(issued_master: Path) -> None:
    path = slip_of(issued_master, "QC025")
    row = {"item": "首次响应时间", "claimed": 12, "grounds": "漏记", "filed": dt.date(2026, 12, 1)}
    objected(path, [row, row])
    done = take_appeals(issued_master, [handed_in(path)], TODAY)
    assert (done.kept, done.known, codes(done)) == (1, 1, ["appeal_known"])
    objected(path, [row, {**row, "grounds": "还漏记了周六"}])
    done = take_appeals(issued_master, [handed_in(path)], TODAY + dt.timedelta(days=1))
    assert (done.kept, done.known) == (1, 1)
    assert "收下申诉 1 条，1 条先前收过" in done.told[0]
    assert [one.text for one in kept(issued_master)] == ["漏记", "还漏记了周六"]
    assert {str(one.deadline) for one in kept(issued_master)} == {DEADLINE}


def test_nothing_is_kept_in_a_ledger_that_somebody_has_touched(issued_master: Path) -> None:
    path = slip_of(issued_master, "QC025")
    objected(path, [{"item": "其他", "grounds": "等级不对"}])
    ledger = issued_master.with_name(LEDGER_NAME)
    ledger.write_bytes(b"nothing of a database, however long it is " * 50)
    done = take_appeals(issued_master, [handed_in(path)], TODAY)
    assert done.kept == 0
    assert any(problem.is_error for problem in done.problems)


def test_a_year_without_holidays_is_told_of_the_answer(issued_master: Path) -> None:
    path = slip_of(issued_master, "QC025")
    objected(
        path, [{"item": "其他", "grounds": "等级不对"}, {"item": "其他", "grounds": "奖金不对"}]
    )
    done = take_appeals(issued_master, [handed_in(path)], dt.date(2031, 3, 3))
    assert codes(done) == ["holidays_unknown"]
    assert "答复期限 2031-03-12" in str(done.problems[0])
