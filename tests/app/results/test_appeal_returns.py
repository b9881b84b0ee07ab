"""Appeals on 反馈单 that come back: whatever somebody wrote is taken, what it lacks is told, nothing twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

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


def test_what_rows_say(issued_master: Path) -> None:
    """All cases in one run, as slips come in: each is told by its own file."""
    slips = []
    for case in CASES:
        path = issued_master.with_name(f"{case['name']}.xlsx")
        path.write_bytes(slip_of(issued_master, "QC025").read_bytes())
        row = {**case["row"]}
        if "grounds" in row:
            row["grounds"] += f"（{case['name']}）"
        objected(path, [row] if row else [], own=case.get("own", ""), lose=case.get("lose", ""))
        slips.append(handed_in(path, **case.get("read", {})))
    done = take_appeals(issued_master, slips, TODAY)
    found = {one.file_name: one for one in kept(issued_master)}
    wrong = [
        told for case in CASES if (told := apart(case, done, found.get(f"{case['name']}.xlsx")))
    ]
    assert wrong == []
    assert (done.kept, done.late) == (sum(case["kept"] for case in CASES), 1)
    for one in found.values():
        assert Archive(issued_master.parent).find(one.file_sha256) is not None


def apart(case: dict[str, Any], done: TakenAppeals, one: Appeal | None) -> str:
    """What is otherwise than it is due; empty: nothing."""
    problems = [it for it in done.problems if it.place.file == f"{case['name']}.xlsx"]
    told = "\n".join(map(str, problems))
    found: list[object] = [
        sorted(it.code for it in problems),
        case.get("words", "") in told,
        bool(one),
    ]
    due: list[object] = [sorted(case.get("codes", [])), True, bool(case["kept"])]
    if one is not None:
        claimed = case.get("claimed")
        found += [one.claimed, one.received, one.due]
        # Seven working days behind a Thursday, New Year not reached.
        due += [None if claimed is None else Decimal(claimed), TODAY, dt.date(2026, 12, 21)]
        found.append(
            case.get("text", case["row"].get("grounds", ""))
            == one.text.replace(f"（{case['name']}）", "")
        )
        due.append(True)
    return "" if found == due else f"{case['name']}: {found}, due {due}: {told}"


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
