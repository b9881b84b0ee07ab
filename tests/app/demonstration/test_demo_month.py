"""The demo's month: what each step leaves, twice the same, and what happens once somebody decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from xladdin.app.demonstration.demo_month import BACK, MASTER, OUT, DemoMonth, demo_month
from xladdin.app.results.summarise import FILE_NAME
from xladdin.books import return_list
from xladdin.company.starting import example_company
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned
from xladdin.ledger.store import Ledger
from xladdin.problems import errors

MONTH = "2026-09"
LISTED, SUMMED = f"收表清单_{MONTH}.xlsx", FILE_NAME.format(period=MONTH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run; not to be changed."""
    return run(tmp_path_factory.mktemp("month")).folder


def run(folder: Path) -> DemoMonth:
    done = demo_month(example_company(), folder)
    assert done is not None
    assert done.problems == []
    return done


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet of the list."""
    found = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(found[3], row, strict=True)) for row in found[4:]]


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_way_to_come_back_has_its_state(folder: Path) -> None:
    states = [row["状态"] for row in rows(folder / LISTED, return_list.LIST)]
    assert states == ["已收", "已收", "待定", "已收", "已收", "已收", "缺", "缺"]
    assert len(list((folder / OUT).rglob("*.xlsx"))) == len(states)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("魏思远-改好了.xlsx", "由 15% 改成了「30%」"),
        ("潘立群最终版 副本.xlsx", "这个文件里有 2 份表"),
        ("余佳音(1).xlsx", "同一份表交来几份，填的不一样"),
        ("9月排班.csv", "不是本工具生成的表"),
    ],
)
def test_what_was_spoilt_is_listed_with_its_file(folder: Path, file: str, told: str) -> None:
    assert (folder / BACK / file).exists()
    problems = [row for row in rows(folder / LISTED, return_list.FAULTS) if row["文件"] == file]
    assert any(told in str(row["问题"]) for row in problems)


def test_what_was_sound_is_taken_in_once(folder: Path) -> None:
    with Ledger(ledger_place(folder / MASTER), write=False) as ledger:
        people = sorted(entry.record.person for entry in ledger.read(Returned))
    assert people == ["QC025", "QC026", "QC028", "QC029", "QC030"]
    slips = sorted(path.stem.split("_")[1] for path in folder.rglob("*反馈单.xlsx"))
    assert slips == people


def test_again_it_leaves_everything_as_it_is_and_elsewhere_it_makes_the_same(
    folder: Path, tmp_path: Path
) -> None:
    before = content(folder)
    run(folder)
    assert content(folder) == before
    ours = {name: data for name, data in before.items() if not name.endswith(".db")}
    other = content(run(tmp_path).folder)
    assert {name: data for name, data in other.items() if not name.endswith(".db")} == ours


def test_once_somebody_has_chosen_a_copy_it_is_taken_in_too(tmp_path: Path) -> None:
    assert any("再运行一次" in line for line in run(tmp_path).lines)
    book = openpyxl.load_workbook(tmp_path / LISTED)
    (question,) = rows(tmp_path / LISTED, return_list.OPEN)
    column = return_list.OPEN_HEADS.index(return_list.CHOICE) + 1
    book[return_list.OPEN].cell(5, column).value = "第 2 份"
    book.save(tmp_path / LISTED)
    assert question["工号"] == "QC027"
    done = run(tmp_path)
    states = {row["工号"]: row["状态"] for row in rows(tmp_path / LISTED, return_list.LIST)}
    assert states["QC027"] == "已收"
    assert any("6 人有总分" in line for line in done.lines)
    assert not any("再运行一次" in line for line in done.lines)


def test_a_company_of_one_or_of_nobody(tmp_path: Path) -> None:
    company = example_company()
    one = demo_month(replace(company, employees=company.employees[:2]), tmp_path)
    assert one is not None
    assert not errors(one.problems)
    (listed,) = tmp_path.glob("收表清单*.xlsx")
    assert [row["工号"] for row in rows(listed, return_list.LIST)] == ["QC002"]
    assert demo_month(replace(company, employees=()), tmp_path) is None
