"""Collecting, killed before any of its operations on files: nothing is lost, nothing comes twice."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.patch.masters import SMALL, write_master
from tests.proof.fixtures import Proofs
from xladdin.app.generate import plan
from xladdin.app.planning import Request
from xladdin.books import return_list
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.layout.place import defined_name
from xladdin.layout.writer import workbook_bytes
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master

from .runs import Scene, Stage, Zygote, digest, is_whole, visible
from .scenes import MASTER

LAW = "collect_kills"
PERIOD = Period("2026-11")
COMMAND = ["collect", MASTER, "收到", "--period", PERIOD, "--move-to", "已收", "--repair", "修复"]
ROWS = [{"period": "2026-10", "employee": "QC005", "indicator": "销售目标达成", "actual": 90000}]
ANSWERS = {"actual.reply_quality": 1, "actual.initiative": 5, "comment.self": "按时完成"}
KILLED = -9


@cache
def _filled() -> dict[str, bytes]:
    """Two forms as people send them back, one of them with a score typed over."""
    company = example_company()
    request = Request(company, PERIOD, company.employees[1:3], Path())
    return {
        f"{i}.xlsx": _form(workbook_bytes(form.book(), form.values), spoilt=i == 1)
        for i, form in enumerate(plan(request, "monthly", []))
    }


def _form(sent: bytes, *, spoilt: bool) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(sent))
    answers: dict[str, Any] = {**ANSWERS, **({"total": 100} if spoilt else {})}
    for key, value in answers.items():
        ((sheet, place),) = book.defined_names[defined_name(key)].destinations
        book[sheet][place].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def prepare(folder: Path) -> None:
    few = {**SMALL, "employees": example_company().employees[1:5]}
    write_master(folder / MASTER, ROWS, **few)
    (folder / "收到").mkdir()
    for name, data in _filled().items():
        (folder / "收到" / name).write_bytes(data)


SCENE = Scene("collect", COMMAND, prepare)


@pytest.fixture
def stage(zygote: Zygote, tmp_path: Path) -> Stage:
    return Stage(zygote, SCENE, tmp_path)


def outcome(folder: Path) -> dict[str, Any]:
    """What counts of a folder: figures, forms in the ledger, where the files are, states."""
    company, _ = read_master(folder / MASTER)
    figures = {
        (line.employee, line.indicator): line.actual
        for lines in company.measured.values()
        for line in lines
    }
    with Ledger(ledger_place(folder / MASTER), write=False) as ledger:
        returned = sorted(
            (one.record.person, str(one.record.inputs)) for one in ledger.read(Returned)
        )
    (listed,) = folder.glob("收表清单_*.xlsx")
    rows = openpyxl.load_workbook(listed)[return_list.LIST].iter_rows(min_row=4, values_only=True)
    return {
        "figures": figures,
        "returned": returned,
        "files": {name: _contents(folder / name) for name in ("收到", "已收", "修复")},
        "states": {row[1]: row[5] for row in rows},
        "temporary": [path.name for path in folder.rglob(".xladdin-*")],
    }


def _contents(folder: Path) -> list[str]:
    return sorted(digest(path) for path in folder.glob("*.xlsx"))


def kill(stage: Stage, points: Iterable[int]) -> int:
    """Kill a run at each of these operations, look, and run again; how many were killed."""
    wanted, count = outcome_of(stage), 0
    before = {digest(path) for path in visible(stage.original)}
    for point in points:
        stage.fresh()
        assert stage.play(stage.run(at=point, kill=True)) == [KILLED], stage.operations[point - 1]
        half = [path for path in visible(stage.place) if not is_whole(path)]
        assert [path.name for path in half] == []
        there = {digest(path) for path in visible(stage.place)}
        for data in before - {digest(stage.original / MASTER)}:
            assert data in there, "a returned form is gone"
        (code,) = stage.play(stage.run())
        assert code in (0, 1), stage.said()
        assert "Traceback" not in stage.said()
        assert outcome(stage.place) == wanted, stage.operations[point - 1]
        count += 1
    return count


def outcome_of(stage: Stage) -> dict[str, Any]:
    """What an undisturbed run comes to."""
    stage.fresh()
    stage.play(stage.run())
    found = outcome(stage.place)
    shutil.rmtree(stage.place)
    return found


def test_an_undisturbed_run_does_its_work(stage: Stage) -> None:
    found = outcome_of(stage)
    assert len(found["returned"]) == 2
    assert found["files"]["收到"] == []
    assert len(found["files"]["已收"]) == 2
    assert len(found["files"]["修复"]) == 1


def test_killed_somewhere(stage: Stage) -> None:
    pick = random.Random(7)
    assert kill(stage, pick.sample(range(1, len(stage.operations) + 1), 3)) == 3


@pytest.mark.proof
def test_killed_at_sixty_points(stage: Stage, proofs: Proofs) -> None:
    count = proofs.count(LAW)
    points = [1 + i * len(stage.operations) // count for i in range(count)]
    survived = kill(stage, points)
    proofs.record(LAW, tried=count, survived=survived, note=f"{len(stage.operations)} operations")
