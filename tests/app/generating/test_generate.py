"""Generating forms: nobody left out silently, nothing overwritten, no file for two people."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.books.opened import Opened
from tests.company.people import PERIOD, company, employee
from xladdin import file_batches
from xladdin.app.generating import generate as module
from xladdin.app.generating.generate import Outcome, Stopped, generate
from xladdin.company.company_settings import COMPANY_NAME, Setting
from xladdin.domain.people import Employee
from xladdin.schemes.library import Library

THREE = (employee("A1"), employee("A2", "销售客服"), employee("A3", "扫地僧"))


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def test_a_form_for_everybody_and_a_word_for_who_gets_none(tmp_path: Path) -> None:
    outcome = generate(company(*THREE), PERIOD, tmp_path)
    assert sorted(path.name[:10] for path in outcome.written) == ["2026-11_A1", "2026-11_A2"]
    assert [str(problem) for problem in outcome.problems] == [
        "名册.csv：员工A3（A3）的岗位「扫地僧」没有考核方案，未生成"
    ]
    assert outcome.total == len(list(tmp_path.rglob("*.xlsx"))) == 2


def test_the_companys_name_stands_at_the_head_of_each_form(tmp_path: Path) -> None:
    named = replace(company(*THREE), settings=(Setting(COMPANY_NAME, "晴川数码旗舰店"),))
    for path in generate(named, PERIOD, tmp_path).written:
        form = Opened(tmp_path / path)
        assert [
            sheet.cell(1 + at, 1).value for sheet, at in zip(form.visible, (1, 0, 0), strict=True)
        ] == ["晴川数码旗舰店"] * 3


def test_progress_is_told_before_each_form_and_at_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    generate(company(*THREE), PERIOD, tmp_path, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "员工A1（A1）"), (1, 2, "员工A2（A2）"), (2, 2, "")]


def test_only_those_who_are_asked_for(tmp_path: Path) -> None:
    people = (*THREE, employee("A4", department="财务部"))
    one = generate(company(*people), PERIOD, tmp_path / "1", ids=["A1"])
    assert [path.name[8:10] for path in one.written] == ["A1"]
    some = generate(company(*people), PERIOD, tmp_path / "2", department="财务部")
    assert [str(path.parent) for path in some.written] == ["财务部"]
    none = generate(company(*people), PERIOD, tmp_path / "3", ids=["A1"], department="财务部")
    assert none.total == 0


def test_two_people_whose_files_would_be_the_same_are_named(tmp_path: Path) -> None:
    """Windows does not tell upper from lower case."""
    outcome = generate(company(employee("a1"), employee("A1", name="员工a1")), PERIOD, tmp_path)
    assert codes(outcome) == ["same_file"]
    assert outcome.total == len(list(tmp_path.rglob("*.xlsx"))) == 1


def test_odd_names_stay_inside_the_folder(tmp_path: Path) -> None:
    odd = [
        employee("A1", name="../../张三", department="../上级"),
        employee("A2", name="a/b\\c:d", department="CON"),
        employee("A3", name="=1+1", department="..."),
    ]
    outcome = generate(company(*odd), PERIOD, tmp_path / "out")
    assert len(outcome.written) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {len(path.parts) for path in outcome.written} == {2}


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    generate(company(employee("A1", name="=1+1")), PERIOD, tmp_path)
    (path,) = tmp_path.rglob("*.xlsx")
    form = Opened(path)
    sheet, place = form.keys["head.name"]
    assert form.book[sheet][place].data_type == "s"
    assert form.value("head.name") == "=1+1"


def test_a_file_in_the_place_of_the_folder_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    outcome = generate(company(*THREE), PERIOD, tmp_path / "out")
    assert codes(outcome) == ["not_a_folder"]
    assert outcome.total == 0


@pytest.mark.parametrize("step", ["begun_aside", "put"])
def test_a_full_disk_is_said_for_each_form_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    usual: Callable[..., Any] = getattr(file_batches, step)

    def full(*given: Any, **more: Any) -> Any:
        if any("A1" in one.name for one in given if isinstance(one, Path)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return usual(*given, **more)

    monkeypatch.setattr(file_batches, step, full)
    outcome = generate(company(*THREE[:2]), PERIOD, tmp_path)
    assert codes(outcome) == ["not_written"]
    assert outcome.problems[0].message == "员工A1（A1）的表写不进去：磁盘已满"
    assert len(outcome.written) == 1


def test_two_companies_with_a_position_of_one_name_get_a_file_each(tmp_path: Path) -> None:
    twice = employee("A1", "客服专员")
    assert len(Library.shipped().positions_named("客服专员")) == 2
    outcome = generate(company(twice, twice), PERIOD, tmp_path, form="job")
    assert len(set(outcome.written)) == outcome.total == 2
    assert codes(outcome) == []


@pytest.mark.parametrize("form", sorted(module.PLANNERS))
def test_no_kind_of_form_fails_on_an_empty_company(form: str, tmp_path: Path) -> None:
    outcome = generate(company(), PERIOD, tmp_path, form=form)
    assert (outcome.total, outcome.problems) == (0, [])


@pytest.mark.parametrize("form", sorted(module.PLANNERS))
def test_every_kind_of_form_comes_out_the_same_again(form: str, tmp_path: Path) -> None:
    people: tuple[Employee, ...] = (
        employee("A1", "网销主管"),
        employee("A2", "销售客服", superior="员工A1"),
        employee("A3", "网销客服", superior="员工A1"),
    )
    first = generate(company(*people), PERIOD, tmp_path, form=form)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}
    again = generate(company(*people), PERIOD, tmp_path, form=form)
    assert sorted(again.unchanged) == sorted(first.written)
    assert again.written == again.kept == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")} == before


def test_whoever_stops_keeps_what_is_written_and_knows_what_is_left(tmp_path: Path) -> None:
    def once(done: int, total: int, label: str) -> None:
        if done == 1:
            raise Stopped

    outcome = generate(company(*THREE), PERIOD, tmp_path, progress=once)
    assert (len(outcome.written), outcome.left_out) == (1, 1)
    assert [path for path in outcome.paths if not (tmp_path / path).is_file()] == []
    again = generate(company(*THREE), PERIOD, tmp_path)
    assert (len(again.unchanged), len(again.written), again.left_out) == (1, 1, 0)


def test_a_form_is_written_as_computed(tmp_path: Path) -> None:
    """Else Excel computes it on opening, and asks at closing to save what nobody touched."""
    outcome = generate(company(THREE[0]), PERIOD, tmp_path)
    with ZipFile(tmp_path / outcome.written[0]) as package:
        workbook = package.read("xl/workbook.xml").decode()
    assert 'calcId="191029"' in workbook
    assert "fullCalcOnLoad" not in workbook


def test_a_path_that_excel_could_not_open_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xladdin.files.WINDOWS", True)
    outcome = generate(
        company(THREE[0]), PERIOD, tmp_path / ("长" * 60) / ("长" * 60) / ("长" * 60)
    )
    assert codes(outcome) == ["path_too_long"]
    assert not list(tmp_path.iterdir())


def test_a_form_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    outcome = generate(company(THREE[0]), PERIOD, tmp_path, busy=lambda path: "A1" in path.name)
    assert codes(outcome) == ["file_locked"]
    assert not list(tmp_path.rglob("*.xlsx"))
