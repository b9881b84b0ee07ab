"""Rating forms that may not be whose they say: asked in the list, never silently in the ledger."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.patch.masters import SMALL, write_master
from tests.returns.samples import Sample, answers
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.generating.generate import generate
from xladdin.books import forms, return_list
from xladdin.books.forms import Copy
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.company.tokens import LIST_NAME, Line, Tokens
from xladdin.domain.competency import SOURCE_LABELS, Source
from xladdin.domain.people import Period
from xladdin.ledger.records import Decision, Returned
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master
from xladdin.returns.form_pattern import pattern_of

PERIOD = Period("2026-11")
RATED, OTHER = "QC002", "QC003"


@dataclass
class Desk:
    """A master workbook, HR's list of who has which form, and a folder of what came back."""

    folder: Path
    company: Company
    lines: dict[tuple[str, str], Line]
    """Ratee and label of the source -> the list's first such line."""

    @property
    def keeper(self) -> LedgerKeeper:
        return LedgerKeeper.of(self.folder / "总表.xlsx")

    def token(self, source: Source, ratee: str = RATED) -> str:
        return self.lines[ratee, SOURCE_LABELS[source]].token

    def send(
        self, name: str, source: Source, token: str, ratee: str = RATED, seed: int = 1
    ) -> Path:
        """A form filled in by somebody; ``seed`` decides what they say."""
        employee = self.company.people[ratee]
        line = self.lines.get((ratee, SOURCE_LABELS[source]))
        copy = Copy(self.company, employee, PERIOD, token, line.rater_id if line else "")
        kind = forms.RATED_BY[source]
        pattern = pattern_of(kind, self.company.competency_of(employee), copy)
        path = self.folder / "收到" / name
        path.write_bytes(Sample(pattern, answers(pattern, random.Random(seed)), name).data)
        return path

    def collect(self) -> Collected:
        return collect(
            self.folder / "总表.xlsx", [self.folder / "收到"], period=PERIOD, keeper=self.keeper
        )

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(self.folder / f"收表清单_{PERIOD}.xlsx")
        rows = list(book[sheet].iter_rows(values_only=True))
        return [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]

    def decide(self, choice: str) -> None:
        path = self.folder / f"收表清单_{PERIOD}.xlsx"
        book = openpyxl.load_workbook(path)
        column = return_list.OPEN_HEADS.index(return_list.CHOICE) + 1
        for row in range(5, book[return_list.OPEN].max_row + 1):
            book[return_list.OPEN].cell(row, column).value = choice
        book.save(path)

    def kept(self) -> list[Returned]:
        if not self.keeper.place.file or not self.keeper.place.file.exists():
            return []
        with Ledger(self.keeper.place, write=False) as ledger:
            return [entry.record for entry in ledger.read(Returned)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raters")
    (folder / "收到").mkdir()
    whole = example_company()
    people = [it for it in whole.employees if it.id in (RATED, OTHER)]
    names = {it.id for it in people}
    raters = [it for it in whole.raters if it.ratee in names]
    ids = {*names, *(it.rater_id for it in raters), *(it.superior for it in people)}
    few = {
        "library": replace(SMALL["library"], competencies=whole.library.competencies),
        "employees": tuple(it for it in whole.employees if it.id in ids),
        "raters": tuple(raters),
        "mappings": SMALL["mappings"],
    }
    company, problems = read_master(write_master(folder / "总表.xlsx", [], **few))
    assert [str(it) for it in problems if it.is_error] == []
    generate(company, PERIOD, folder / forms.COMPETENCY_SUITE.base, form="competency", ids=[*names])
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    (path,) = tmp_path.rglob(LIST_NAME)
    tokens, _ = Tokens.read(path)
    assert tokens is not None
    lines: dict[tuple[str, str], Line] = {}
    for line in tokens.lines.values():
        lines.setdefault((line.ratee, line.source), line)
    company, _ = read_master(tmp_path / "总表.xlsx")
    return Desk(tmp_path, company, lines)


def open_questions(done: Collected) -> list[tuple[str, tuple[str, ...]]]:
    return [(question.known, question.options) for one in done.settled for question in one.open]


def test_a_form_of_the_list_is_taken(desk: Desk) -> None:
    desk.send("a.xlsx", Source.PEER, desk.token(Source.PEER))
    done = desk.collect()
    assert open_questions(done) == []
    assert [one.token for one in desk.kept()] == [desk.token(Source.PEER)]


def test_a_token_that_nobody_knows_is_a_question(desk: Desk) -> None:
    desk.send("a.xlsx", Source.PEER, "zzzzzzzz")
    done = desk.collect()
    assert open_questions(done) == [("对照表里没有这个编号", ("收下", "不收"))]
    assert [problem.code for problem in done.problems if problem.is_error] == ["form_doubtful"]
    assert desk.kept() == []
    desk.decide("不收")
    done = desk.collect()
    assert desk.kept() == []
    assert "1 份按决定没有收" in done.told[0]
    assert "不收" in [row["状态"] for row in desk.rows(return_list.LIST)]
    desk.decide("收下")
    desk.collect()
    assert [one.token for one in desk.kept()] == ["zzzzzzzz"]
    with Ledger(desk.keeper.place, write=False) as ledger:
        assert [it.record.choice for it in ledger.read(Decision)] == ["收下"]


@pytest.mark.parametrize(
    ("source", "ratee", "of", "whose"),
    [
        (Source.SUPERIOR, RATED, Source.PEER, RATED),
        (Source.PEER, RATED, Source.CUSTOMER, RATED),
        (Source.PEER, OTHER, Source.PEER, RATED),
    ],
)
def test_a_token_of_somebody_else_is_a_question(
    desk: Desk, source: Source, ratee: str, of: Source, whose: str
) -> None:
    line = desk.lines[whose, SOURCE_LABELS[of]]
    desk.send("a.xlsx", source, line.token, ratee)
    ((known, _),) = open_questions(desk.collect())
    assert known == f"{line.source}，{line.rater}评{line.ratee_name}，{PERIOD}"
    assert desk.kept() == []
    expected = [row for row in desk.rows(return_list.LIST) if row["谁填"] == line.rater]
    assert {row["状态"] for row in expected} <= {return_list.LACKING, return_list.UNDECIDED}


def test_without_the_list_every_token_is_a_question(desk: Desk) -> None:
    desk.send("a.xlsx", Source.PEER, desk.token(Source.PEER))
    (path,) = desk.folder.rglob(LIST_NAME)
    aside = path.rename(desk.folder / "别处.xlsx")
    assert open_questions(desk.collect()) == [("没有找到评价人对照表", ("收下", "不收"))]
    aside.rename(path)
    assert open_questions(desk.collect()) == []
    assert len(desk.kept()) == 1


def test_one_token_in_two_files_at_once_is_a_question(desk: Desk) -> None:
    token = desk.token(Source.PEER)
    desk.send("a.xlsx", Source.PEER, token)
    desk.send("b.xlsx", Source.PEER, token, seed=2)
    ((_, options),) = open_questions(desk.collect())
    assert options == ("第 1 份", "第 2 份")
    assert desk.kept() == []


@pytest.mark.parametrize(("choice", "count"), [("先前的", 1), ("这次的", 2)])
def test_one_token_in_two_files_one_after_the_other_is_a_question(
    desk: Desk, choice: str, count: int
) -> None:
    token = desk.token(Source.PEER)
    desk.send("a.xlsx", Source.PEER, token).chmod(0o600)
    desk.collect()
    (desk.folder / "收到" / "a.xlsx").unlink()
    desk.send("b.xlsx", Source.PEER, token, seed=2)
    ((known, options),) = open_questions(desk.collect())
    assert "a.xlsx" in known
    assert options == ("这次的", "先前的")
    assert len(desk.kept()) == 1
    desk.decide(choice)
    done = desk.collect()
    assert open_questions(done) == []
    assert len(desk.kept()) == count
    assert open_questions(desk.collect()) == []
    (row,) = [row for row in desk.rows(return_list.LIST) if row["状态"] != return_list.LACKING]
    assert row["状态"] == return_list.RECEIVED


def test_the_same_answers_again_are_no_question(desk: Desk) -> None:
    token = desk.token(Source.PEER)
    desk.send("a.xlsx", Source.PEER, token)
    desk.collect()
    desk.send("b.xlsx", Source.PEER, token)
    assert open_questions(desk.collect()) == []
    assert len(desk.kept()) == 1
