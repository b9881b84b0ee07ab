"""Job analyses and personal summaries that were generated are expected back, until they came."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.patch.masters import SMALL, write_master
from tests.returns.samples import Sample, answers
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.generating.generate import generate
from xladdin.books import forms, return_list
from xladdin.books.forms import Copy, FormKind
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.master.read_master import read_master
from xladdin.returns.form_pattern import pattern_of

NOVEMBER, DECEMBER = Period("2026-11"), Period("2026-12")
PERSON, OTHER = "QC002", "QC003"


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder, self.master = folder, folder / "总表.xlsx"
        self.company, _ = read_master(self.master)

    def generate(self, form: str, month: Period = NOVEMBER) -> None:
        out = self.folder / forms.SUITES[form].folder(month)
        assert generate(self.company, month, out, form=form, ids=[PERSON]).paths

    def send(self, kind: FormKind[Any]) -> None:
        employee = self.company.people[PERSON]
        (position,) = self.company.positions_of(employee)
        copy = None if kind is forms.JOB else Copy(self.company, employee, NOVEMBER)
        pattern = pattern_of(kind, position, copy)
        data = Sample(pattern, answers(pattern, random.Random(1)), "").data
        (self.folder / "收到" / f"{kind.id}.xlsx").write_bytes(data)

    def states(self, kind: FormKind[Any], month: Period = NOVEMBER) -> dict[str, str]:
        """By whose form it is; collected once more."""
        keeper = LedgerKeeper.of(self.master)
        collect(self.master, [self.folder / "收到"], period=month, keeper=keeper)
        book = openpyxl.load_workbook(self.folder / f"收表清单_{month}.xlsx")
        rows = list(book[return_list.LIST].iter_rows(values_only=True))
        lines = [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]
        return {line["姓名"]: line["状态"] for line in lines if line["表"] == kind.label}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("expected")
    (folder / "收到").mkdir()
    whole = example_company()
    people = tuple(it for it in whole.employees if it.id in (PERSON, OTHER))
    held = {it.position for it in people}
    library = replace(
        SMALL["library"],
        positions=tuple(it for it in whole.library.positions if it.name in held),
    )
    write_master(folder / "总表.xlsx", [], **{**SMALL, "library": library, "employees": people})
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path)


def name(company: Company) -> str:
    return company.people[PERSON].name


def test_a_summary_that_was_generated_is_expected_for_its_month(desk: Desk) -> None:
    assert desk.states(forms.SUMMARY) == {}
    desk.generate("summary")
    assert desk.states(forms.SUMMARY) == {name(desk.company): return_list.LACKING}
    desk.send(forms.SUMMARY)
    assert desk.states(forms.SUMMARY) == {name(desk.company): return_list.RECEIVED}
    assert desk.states(forms.SUMMARY, DECEMBER) == {}


def test_a_job_analysis_that_was_generated_is_expected_until_it_came(desk: Desk) -> None:
    desk.generate("job")
    (position,) = desk.company.positions_of(desk.company.people[PERSON])
    assert desk.states(forms.JOB) == {position.name: return_list.LACKING}
    desk.send(forms.JOB)
    assert desk.states(forms.JOB) == {position.name: return_list.RECEIVED}
    shutil.rmtree(desk.folder / "收到")
    (desk.folder / "收到").mkdir()
    assert desk.states(forms.JOB) == {position.name: return_list.RECEIVED}
    assert desk.states(forms.JOB, DECEMBER) == {}
