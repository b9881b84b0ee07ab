"""方案试算 over a real ledger: row by row what scoring again gives; nothing left out in silence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.app.kept import PERSON, SCHEME
from tests.app.results.many_months import MONTHS, changed, company, people, write_ledger
from tests.app.results.test_ledger_results import MONTHS as THREE
from tests.app.results.test_ledger_results import OTHER, rows
from tests.app.results.test_ledger_results import collected as collected  # noqa: PLC0414 - a fixture
from tests.app.results.test_ledger_results import folder as folder  # noqa: PLC0414 - a fixture
from tests.patch.masters import write_master
from tests.proof.fixtures import Proofs
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.ledger_results import whole_months
from xladdin.app.results.trying_out import Asked, told_in_words, try_out, write_trial
from xladdin.company.simulation import DOWN, UP, Simulation
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.garbage import seldom_looked_for
from xladdin.ledger.ledger_place import LEDGER_NAME
from xladdin.problems import Problem, ProblemsFound
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

EVERYTHING = Asked()
NEW = changed()
SCORER, IDS = scorer_of(NEW), [item.id for item in SCHEME.indicators]
Made = TypeVar("Made")
SECONDS = 5.0
TIMES = 5
"""So often a proof of seconds is tried: other programs take their share of the processor."""


def changed_master(folder: Path, scheme: Scheme | None = None, **more: Any) -> Path:
    """The master as the clerk changes it, beside the ledger."""
    values: dict[str, Any] = {
        "library": Library((changed() if scheme is None else scheme,)),
        "employees": (PERSON, OTHER),
        "mappings": (),
    }
    return write_master(folder / "总表.xlsx", rows(THREE), **{**values, **more})


def tried(folder: Path, asked: Asked = EVERYTHING, **more: Any) -> tuple[Simulation, list[Problem]]:
    master = changed_master(folder, **more)
    known, _ = read_master_company(master)
    return try_out(master, known, asked)


def test_forms_that_came_back_are_scored_by_the_changed_scheme(folder: Path) -> None:
    found, problems = tried(folder)
    assert [one.period for one in found.tried] == list(THREE)
    asked = input_defaults(NEW)
    for one in found.tried:
        inputs = {key: one.after.values[key] for key in one.after.values if key in asked}
        assert one.after.values[keys.TOTAL] == SCORER.values(inputs)[keys.TOTAL]
        assert one.after.total != one.before.total
    messages = [problem.message for problem in problems]
    (why,) = (text for text in messages if OTHER.name in text)
    assert "2026年9月、2026年10月、2026年11月没有试算：台账里没有收到这个月的考核表" in why
    assert (
        sum("默认目标由 2% 改为 3%：用默认目标的 3 人月按新的算" in text for text in messages) == 1
    )
    assert not any(problem.is_error for problem in problems)


def test_a_month_without_forms_is_told_once(folder: Path) -> None:
    found, problems = tried(folder, Asked(Period("2026-07"), Period("2026-09")))
    assert [one.period for one in found.tried] == [Period("2026-09")]
    assert found.empty == (Period("2026-07"), Period("2026-08"))
    told = [problem.message for problem in problems if problem.code == "month_not_kept"]
    assert told == ["台账里没有这些月份的考核表，没有试算：2026年7月、2026年8月"]


def test_whoever_is_gone_is_told_and_a_scheme_that_is_gone_too(folder: Path) -> None:
    _, problems = tried(folder, employees=(OTHER,))
    assert any(PERSON.id in it.message and "名册里没有此人" in it.message for it in problems)
    other = Scheme.model_validate({**changed().model_dump(), "id": "other", "name": "别的方案"})
    found, problems = tried(folder, scheme=other)
    assert found.tried == ()
    assert any("没有可用的考核方案" in it.message for it in problems)


def test_figures_of_another_kind_are_not_taken_for_those_that_are_asked(folder: Path) -> None:
    raw = changed().model_dump()
    items = {item["id"]: item for section in raw["sections"] for item in section["indicators"]}
    items["initiative"]["method"]["bands"][0]["high"] += 5
    found, problems = tried(folder, scheme=Scheme.model_validate(raw))
    assert found.tried == ()
    (why,) = {it.message.partition("没有试算：")[2] for it in problems if PERSON.name in it.message}
    assert why.startswith("指标的填法改了，当月填的数不能照用：「")
    assert "评分（满分 5）改为评分（满分 10）" in why


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(schemes=["没有的方案"]), "unknown_scheme"),
        (Asked(Period("2020-01"), Period("2020-02")), "nothing_kept"),
        (Asked(Period("2027-01")), "nothing_kept"),
    ],
)
def test_what_cannot_be_asked_is_said(folder: Path, asked: Asked, code: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        tried(folder, asked)
    assert [problem.code for problem in found.value.problems] == [code]


def test_only_the_schemes_that_are_named_are_tried(folder: Path) -> None:
    for name in (SCHEME.id, SCHEME.name):
        found, _ = tried(folder, Asked(schemes=[name]))
        assert len(found.tried) == len(THREE)


def test_without_a_ledger_there_is_nothing_to_try(folder: Path) -> None:
    (folder / LEDGER_NAME).unlink()
    with pytest.raises(ProblemsFound, match="没有绩效台账"):
        tried(folder)


def test_the_command_tells_writes_and_answers_machines(folder: Path) -> None:
    master = changed_master(folder)
    before = {path: path.read_bytes() for path in folder.glob("*.*") if path.is_file()}
    out = folder / "试算.xlsx"
    done = xladdin("simulate", master, "--since", "2026-09", "--to", "2026-11", "--out", out)
    assert (done.code, "共试算 3 人月（1 人）" in done.out) == (0, True)
    assert OTHER.name in done.err
    assert openpyxl.load_workbook(out).sheetnames == ["概览", "逐月明细", "没有试算"]
    again = xladdin("simulate", master, "--json")
    data = json.loads(again.out)
    assert (again.code, data["tried"], data["months"]) == (0, 3, list(map(str, THREE)))
    first = data["results"][0]
    assert first["score"]["difference"] == pytest.approx(
        first["score"]["after"] - first["score"]["before"]
    )
    assert data["not_tried"][0]["employee"] == OTHER.id
    assert {path: path.read_bytes() for path in before} == before
    assert xladdin("simulate", master, "--from", "2026-11", "--to", "2026-09").code == 2
    (folder / "我的.xlsx").write_bytes(b"mine")
    assert xladdin("simulate", master, "--out", folder / "我的.xlsx").code == 1
    assert (folder / "我的.xlsx").read_bytes() == b"mine"


# Many.


def cpu(work: Callable[[], Made], times: int) -> tuple[float, Made]:
    """The least seconds of the processor that something takes, as a command does it; what it gives."""
    found = []
    for _ in range(times):
        start = time.process_time()
        with seldom_looked_for():
            made = work()
        found.append(time.process_time() - start)
    return min(found), made


@dataclass(frozen=True)
class Tried:
    """How many rows there were, how many are not what scoring again gives, and what it took."""

    rows: int
    wrong: int
    seconds: float
    reading: float
    """So many of the seconds went into reading and verifying the ledger."""


def many(folder: Path, count: int, seed: int, times: int = 1) -> Tried:
    master, staff = folder / "总表.xlsx", people(count)
    inputs = write_ledger(master, staff, seed)
    known = company(staff)
    seconds, (found, problems) = cpu(lambda: try_out(master, known, EVERYTHING), times)
    reading, _ = cpu(lambda: whole_months(master, known), times)
    assert [problem.code for problem in problems] == ["scheme_changed"]
    assert found.moved(UP)
    assert found.moved(DOWN)
    wrong = sum(not _as_scored_again(one, inputs) for one in found.tried)
    return Tried(len(inputs), wrong + len(inputs) - len(found.tried), seconds, reading)


def _as_scored_again(one: Any, inputs: dict[tuple[str, str], Any]) -> bool:
    """By plain scoring of what stood on the form, with nothing of how simulations are made."""
    said = {**inputs[one.before.employee.id, str(one.period)]}
    for item in NEW.indicators:
        said[keys.weight(item.id)] = item.weight / 100
    said[keys.target("bad_review_rate")] = Decimal("0.03")
    values = SCORER.values(said)
    names = (keys.TOTAL, keys.GRADE, keys.COEFFICIENT, *map(keys.score, IDS))
    same = all(one.after.values[name] == values[name] for name in names)
    due = one.before.employee.bonus_base * values[keys.COEFFICIENT]
    return same and one.bonus_after == due


def test_every_row_is_what_scoring_again_gives(tmp_path: Path, proofs: Proofs) -> None:
    count = proofs.count("simulation")
    done = many(tmp_path, count // len(MONTHS), 1)
    assert (done.rows, done.wrong) == (count, 0)


@pytest.mark.proof
def test_every_row_of_a_large_company_is_what_scoring_again_gives(
    tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("simulation")
    done = many(tmp_path, count // len(MONTHS), 2, TIMES)
    scoring = done.seconds - done.reading
    note = f"{scoring:.1f} s of CPU, and {done.reading:.1f} s to read and verify the ledger"
    proofs.record("simulation", tried=done.rows, survived=done.rows - done.wrong, note=note)
    assert (done.rows, done.wrong) == (count, 0)
    assert scoring <= SECONDS


def test_the_words_say_what_the_workbook_says(tmp_path: Path) -> None:
    staff = people(6)
    write_ledger(tmp_path / "总表.xlsx", staff, 3)
    found, _ = try_out(tmp_path / "总表.xlsx", company(staff), Asked())
    words = "\n".join(told_in_words(found))
    assert f"共试算 {6 * len(MONTHS)} 人月（6 人）" in words
    assert f"升 {found.moved(UP)}，降 {found.moved(DOWN)}" in words
    assert write_trial(found, tmp_path / "试算.xlsx") == []
    # Over its own earlier file, without a word.
    assert write_trial(replace(found, changes=()), tmp_path / "试算.xlsx") == []
