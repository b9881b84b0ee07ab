"""HR's list of tokens: kept, completed, never overwritten in silence, never half-trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.workbench.repair import repair_problems
from xladdin.app.generating.generate import Outcome, generate
from xladdin.books.forms import COMPETENCY_SUITE
from xladdin.company.company import Company
from xladdin.company.tokens import LIST_NAME
from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import Employee, Period
from xladdin.locks import locked
from xladdin.schemes.library import Library

PERIOD = Period("2026-10")
PEOPLE = tuple(
    Employee(id=f"QC{i}", name=name, department="客服部", position="售后客服", superior="唐静宜")
    for i, name in enumerate(["韩雪凝", "魏思远", "余佳音", "潘立群"])
)
FIRST_ROW = 5
"""Of the list's sheet, below title, note and head."""
TOKEN = 7
FEW = {"no_rater", "few_raters"}
NOTE = {(FIRST_ROW, 10): "已收回"}


def company(peers: int = 2) -> Company:
    """Every employee is rated by so many of the others."""
    lines = tuple(
        Assignment(ratee=ratee.id, source=Source.PEER, rater=rater.name, rater_id=rater.id)
        for ratee in PEOPLE
        for rater in [other for other in PEOPLE if other is not ratee][:peers]
    )
    return Company(PEOPLE, Library.shipped(), raters=lines)


def make(out: Path, peers: int = 2, ids: Sequence[str] = ("QC0",), month: str = PERIOD) -> Outcome:
    return generate(company(peers), Period(month), out, form=COMPETENCY_SUITE.id, ids=ids)


def listed(out: Path) -> dict[tuple[str, ...], str]:
    """The list as it is on disk: everything but the token -> the token."""
    sheet = openpyxl.load_workbook(out / LIST_NAME).worksheets[0]
    rows = sheet.iter_rows(min_row=FIRST_ROW, values_only=True)
    return {tuple(str(cell) for cell in row[: TOKEN - 1]): str(row[TOKEN - 1]) for row in rows}


def codes(outcome: Outcome) -> list[str]:
    """Problems, without those about raters, of whom there are few here."""
    return [problem.code for problem in outcome.problems if problem.code not in FEW]


def forms(out: Path) -> set[str]:
    return {path.name for path in out.rglob("*.xlsx") if not path.name.startswith("评价人对照表")}


def edit(out: Path, changes: Mapping[tuple[int, int], object]) -> bytes:
    """Change cells of the list as somebody in HR would, and return what is then on disk."""
    path = out / LIST_NAME
    book = openpyxl.load_workbook(path)
    for (row, col), value in changes.items():
        book.worksheets[0].cell(row, col).value = value
    book.save(path)
    return path.read_bytes()


# Tokens.


def test_every_form_has_a_token_of_its_own(tmp_path: Path) -> None:
    make(tmp_path, ids=["QC0", "QC1"])
    tokens = listed(tmp_path)
    assert len(tokens) == len(set(tokens.values())) == 2 * 4
    make(tmp_path, month="2026-11")
    assert len(set(listed(tmp_path).values())) == 3 * 4


# The list is kept.


def test_generating_again_keeps_every_token(tmp_path: Path) -> None:
    make(tmp_path)
    before, bytes_before = listed(tmp_path), (tmp_path / LIST_NAME).read_bytes()
    again = make(tmp_path)
    assert again.written == []
    assert (tmp_path / LIST_NAME).read_bytes() == bytes_before
    make(tmp_path, 3)
    after = listed(tmp_path)
    assert before.items() < after.items()
    assert len(after) == len(before) + 1


def test_part_after_part_makes_one_list(tmp_path: Path) -> None:
    make(tmp_path, ids=["QC1"])
    first = listed(tmp_path)
    assert {line[1] for line in first} == {"QC1"}
    make(tmp_path, ids=["QC0", "QC1"])
    assert first.items() < listed(tmp_path).items()
    assert {line[1] for line in listed(tmp_path)} == {"QC0", "QC1"}


def test_a_list_that_hr_changed_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    make(tmp_path)
    before = listed(tmp_path)

    theirs = edit(tmp_path, NOTE)
    assert codes(make(tmp_path)) == []
    assert (tmp_path / LIST_NAME).read_bytes() == theirs

    outcome = make(tmp_path, 3)
    assert codes(outcome) == ["list_kept"]
    kept = tmp_path / "评价人对照表（人力资源专用）（改动过 1）.xlsx"
    assert any(kept.name in str(problem) for problem in outcome.problems)
    assert kept.read_bytes() == theirs
    assert before.items() < listed(tmp_path).items()

    edit(tmp_path, NOTE)
    make(tmp_path, 3, month="2026-12")
    assert (tmp_path / "评价人对照表（人力资源专用）（改动过 2）.xlsx").exists()
    assert kept.read_bytes() == theirs


def test_a_month_that_became_a_date_is_still_that_month(tmp_path: Path) -> None:
    make(tmp_path)
    before = listed(tmp_path)

    edit(tmp_path, {(FIRST_ROW, 1): datetime(2026, 10, 1)})
    assert codes(make(tmp_path, 3)) == ["list_kept"]
    assert before.items() < listed(tmp_path).items()


def test_a_renamed_rater_keeps_the_token(tmp_path: Path) -> None:
    make(tmp_path)
    before = set(listed(tmp_path).values())
    renamed = tuple(
        line.model_copy(update={"rater": line.rater + "（新名）"}) for line in company().raters
    )
    generate(
        Company(PEOPLE, Library.shipped(), raters=renamed),
        PERIOD,
        tmp_path,
        form=COMPETENCY_SUITE.id,
        ids=["QC0"],
    )
    assert set(listed(tmp_path).values()) == before


# Whatever makes a token doubtful stops everything.


SPOILED = {
    "missing_value": lambda row, _: {(FIRST_ROW, TOKEN): None},
    "duplicate_token": lambda row, _: {(FIRST_ROW + 1, TOKEN): row[-1]},
    "two_tokens": lambda row, other: {
        (FIRST_ROW + 1, col): value for col, value in enumerate([*row[:-1], other[-1]], start=1)
    },
    "missing_column": lambda *_: {(FIRST_ROW - 1, TOKEN): "代码"},
}


@pytest.mark.parametrize("code", SPOILED)
def test_a_list_with_a_fault_stops_everything(tmp_path: Path, code: str) -> None:
    make(tmp_path)
    there = forms(tmp_path)
    lines = [(*line, token) for line, token in listed(tmp_path).items()]
    theirs = edit(tmp_path, SPOILED[code](lines[0], lines[1]))
    outcome = make(tmp_path, 3)
    assert codes(outcome) == [code, "tokens_unreadable"]
    assert outcome.total == 0
    assert forms(tmp_path) == there
    assert (tmp_path / LIST_NAME).read_bytes() == theirs


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 damaged"])
def test_a_list_that_cannot_be_read_stops_everything(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LIST_NAME).write_bytes(content)
    outcome = make(tmp_path)
    assert codes(outcome)[-1] == "tokens_unreadable"
    assert "没有生成评分表" in str(outcome.problems[-1])
    assert forms(tmp_path) == set()
    assert (tmp_path / LIST_NAME).read_bytes() == content


def test_a_folder_in_the_place_of_the_list_stops_everything(tmp_path: Path) -> None:
    (tmp_path / LIST_NAME).mkdir()
    assert codes(make(tmp_path))[-1] == "tokens_unreadable"
    assert forms(tmp_path) == set()


@pytest.mark.parametrize("changed", [False, True])
def test_a_list_that_is_open_stops_everything_that_needs_a_new_token(
    tmp_path: Path, changed: bool
) -> None:
    make(tmp_path)
    there = forms(tmp_path)
    if changed:
        edit(tmp_path, NOTE)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")}
    (tmp_path / f"~${LIST_NAME}").touch()
    outcome = make(tmp_path, 3)
    assert codes(outcome) == ["file_locked"]
    assert "关闭" in str(outcome.problems[-1])
    assert forms(tmp_path) - {f"~${LIST_NAME}"} == there
    assert {p: p.read_bytes() for p in tmp_path.glob("评价人对照表*.xlsx")} == before
    # Nothing new to be written: the forms are the same as before, and may be made again.
    assert codes(make(tmp_path)) == []


def test_a_folder_that_cannot_be_written_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("xladdin.app.generating.token_list.save_if_same", refused)
    outcome = make(tmp_path)
    assert codes(outcome) == ["file_locked"]
    assert forms(tmp_path) == set()


def test_a_list_that_is_saved_meanwhile_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Office programs do not ask for our lock."""
    make(tmp_path)
    there = forms(tmp_path)

    def slow(*arguments: object) -> bytes:
        edit(tmp_path, NOTE)
        return b""

    monkeypatch.setattr("xladdin.app.generating.token_list.workbook_bytes", slow)
    outcome = make(tmp_path, 3)
    assert codes(outcome) == ["file_changed"]
    assert forms(tmp_path) == there
    assert listed(tmp_path)


def test_a_list_that_another_run_is_writing_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xladdin.locks.locked.__wrapped__.__defaults__", (0.1,))
    with locked(tmp_path / LIST_NAME):
        outcome = make(tmp_path)
    assert codes(outcome) == ["file_busy"]
    assert forms(tmp_path) == set()


def test_what_tells_names_from_tokens_is_its_owners_alone(tmp_path: Path) -> None:
    """Also the folders: their names are the raters', and the files in them bear tokens."""
    before = os.umask(0o022)
    try:
        make(tmp_path / "out")
    finally:
        os.umask(before)
    made = list((tmp_path / "out").rglob("*"))
    assert len(made) > 5
    for path in (tmp_path / "out", *made):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_nobody_to_rate_and_nothing_is_written(tmp_path: Path) -> None:
    make(tmp_path / "out", 0, ids=["QC0"])
    generate(Company((), Library.shipped()), PERIOD, tmp_path / "new", form=COMPETENCY_SUITE.id)
    assert not (tmp_path / "new").exists()


def test_the_list_is_a_sound_workbook_without_formulas(tmp_path: Path) -> None:
    make(tmp_path)
    assert repair_problems(tmp_path / LIST_NAME) == []
    sheet = openpyxl.load_workbook(tmp_path / LIST_NAME).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "不要外发" in sheet["A3"].value
