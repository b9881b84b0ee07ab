"""One name changed everywhere: what is read afterwards is the same company, called otherwise."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.app.command import shown
from tests.master.rows import cell, saved, small
from xladdin.app.renaming import What, known_names, rename, renaming
from xladdin.domain.identifiers import made_id
from xladdin.master.all_sheets import SHEETS
from xladdin.master.read_master import read_master
from xladdin.problems import errors

NAMES = {spec.key: spec.name for spec in SHEETS}


@pytest.fixture
def master(tmp_path: Path) -> Path:
    rows = small()
    rows["roster"][0]["superior"] = "质检"
    rows["roster"][1]["scheme"] = "月度"
    rows["positions"][1]["subordinates"] = "客服、仓管"
    return saved(tmp_path / "总表.xlsx", rows)


def _changed(done: object) -> set[str]:
    return {f"{one.sheet}!{one.address}" for one in done.changes}  # type: ignore[attr-defined]


def test_a_position_is_renamed_wherever_it_is_named(master: Path) -> None:
    before, _ = read_master(master)
    done = rename(master, What.POSITION, "客服", "客户顾问")
    assert (done.written, errors(done.problems)) == (True, [])
    assert _changed(done) == {
        f"岗位!{cell('positions', 'name', 5)}",
        f"岗位!{cell('positions', 'subordinates', 6)}",
        f"职责!{cell('duties', 'position', 5)}",
        f"职责!{cell('duties', 'position', 6)}",
        f"衡量标准!{cell('standards', 'position', 5)}",
        f"考核方案!{cell('schemes', 'positions', 5)}",
        f"员工名册!{cell('roster', 'position', 5)}",
        f"员工名册!{cell('roster', 'position', 6)}",
    }
    after, problems = read_master(master)
    assert errors(problems) == []
    assert {one.position for one in after.employees} == {"客户顾问"}
    assert [one.id for one in after.library.positions] == [
        one.id for one in before.library.positions
    ]
    assert after.library.schemes[0].positions == ("质检", "客户顾问")
    assert len(list(master.parent.glob("*备份*"))) == 1


def test_an_id_made_of_the_old_name_is_written_down(tmp_path: Path) -> None:
    rows = small()
    rows["schemes"][0]["id"] = None
    path = saved(tmp_path / "总表.xlsx", rows)
    before, _ = read_master(path)
    assert before.library.schemes[0].id == made_id("月度")
    done = rename(path, What.SCHEME, "月度", "月度考核（新）")
    assert done.written
    after, problems = read_master(path)
    assert errors(problems) == []
    assert after.library.schemes[0].id == before.library.schemes[0].id
    assert after.library.schemes[0].name == "月度考核（新）"
    sheet = openpyxl.load_workbook(path)[NAMES["schemes"]]
    assert sheet[cell("schemes", "id", 5)].value == made_id("月度")


def test_a_department_may_join_another_and_that_is_told(master: Path) -> None:
    done = rename(master, What.DEPARTMENT, "质检部", "客服部")
    assert done.written
    assert [one.code for one in done.problems] == ["names_joined"]
    assert known_names(master, What.DEPARTMENT) == ["客服部"]


@pytest.mark.parametrize(
    ("what", "old", "new", "code"),
    [
        (What.POSITION, "司机", "驾驶员", "name_unknown"),
        (What.POSITION, "客服", "质检", "name_taken"),
        (What.POSITION, "客服", "甲、乙", "bad_name"),
        (What.POSITION, "客服", " ", "bad_name"),
        (What.SCHEME, "月度", "=1", "bad_name"),
        (What.SCHEME, "月度", "月度", "same_name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    what: What, old: str, new: str, code: str, master: Path
) -> None:
    before = master.read_bytes()
    done = rename(master, what, old, new)
    assert [one.code for one in done.problems] == [code]
    assert not done.written
    assert master.read_bytes() == before


def test_a_position_without_a_job_analysis_is_renamed_too(tmp_path: Path) -> None:
    rows = small()
    rows["roster"][0]["position"] = "仓管"
    rows["schemes"][0]["positions"] = "仓管、客服"
    path = saved(tmp_path / "总表.xlsx", rows)
    done = rename(path, What.POSITION, "仓管", "仓库管理")
    assert done.written
    company = read_master(path)[0]
    assert company.employees[0].position == "仓库管理"
    assert company.library.schemes[0].positions == ("仓库管理", "客服")


def test_two_of_one_name_are_not_guessed_at(tmp_path: Path) -> None:
    rows = small()
    rows["positions"].append({**rows["positions"][0], "id": "third", "company": "乙公司"})
    path = saved(tmp_path / "总表.xlsx", rows)
    done = renaming(path, What.POSITION, "客服", "顾问")
    assert [one.code for one in done.problems] == ["name_ambiguous"]


def test_the_command_says_where(master: Path) -> None:
    code, told = shown("rename", str(master), "--what", "方案", "月度", "月度绩效")
    assert code == 0
    assert "方案「月度」改名为「月度绩效」" in told
    assert f"员工名册：{cell('roster', 'scheme', 6)}" in told
