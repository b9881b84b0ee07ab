"""Workbooks as programs save them are read like those that we write."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.workbench.office import Office
from tests.workbench.tools import program
from xladdin.company.company import Company
from xladdin.company.starting import example_company, shipped_company
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.read_master import read_master
from xladdin.master.writing_rows import rows_of

from .books import book_of, write
from .test_round_trip import corners

TOLD = {"hiring_narrowed", "looks_like_formula", "criteria_missing"}


def written(content: Company, path: Path) -> Path:
    path.write_bytes(workbook_bytes(book(rows_of(content)), {}))
    return path


def check_read(path: Path, content: Company) -> None:
    read, problems = read_master(path)
    assert [str(problem) for problem in problems if problem.code not in TOLD] == []
    assert read == content


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(example_company(), tmp_path_factory.mktemp("master") / "example.xlsx")


def test_our_own_workbook_is_read_back(example: Path) -> None:
    check_read(example, example_company())


@pytest.mark.parametrize("content", [shipped_company(), corners()], ids=["shipped", "corners"])
def test_our_own_workbook_of_other_contents(content: Company, tmp_path: Path) -> None:
    check_read(written(content, tmp_path / "master.xlsx"), content)


def test_saved_again_by_libreoffice(example: Path, tmp_path: Path, office: Office) -> None:
    with office.open(example) as document:
        saved = document.save_as(tmp_path / "saved.xlsx")
    check_read(saved, example_company())


def test_a_plain_workbook_saved_again_by_libreoffice(tmp_path: Path, office: Office) -> None:
    with office.open(write(tmp_path / "plain.xlsx", book_of(corners()))) as document:
        saved = document.save_as(tmp_path / "saved.xlsx")
    check_read(saved, corners())


def test_saved_again_by_gnumeric(example: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    subprocess.run(
        [program("ssconvert"), str(example), str(saved)], check=True, capture_output=True
    )
    check_read(saved, example_company())
