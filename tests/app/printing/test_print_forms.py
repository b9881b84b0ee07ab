"""A department's forms as one PDF: which pages, in which order, and what is told of the others."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from pypdf import PasswordType, PdfReader, PdfWriter

from tests.app.command import xladdin
from tests.master.small_company import small
from xladdin.app.collecting.collect import collect
from xladdin.app.generating.generate import generate
from xladdin.app.init import write
from xladdin.app.printing.libreoffice import installed
from xladdin.app.printing.print_forms import (
    FOLDER,
    Outcome,
    forms_to_print,
    print_forms,
    title_of,
)
from xladdin.books.forms import MONTHLY_SUITE
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import Sealing

OCTOBER = Period("2026-10")
NAME = "2026-10_考核表_{}.pdf"
WORD = "一二三四五六七八"


@dataclass
class Paper:
    """A printer that writes on a page for each sheet what its first cells say."""

    unreadable: Sequence[str] = ()
    seen: list[list[str]] = field(default_factory=list)
    """The sheets of each file that can be seen."""

    def pdfs(
        self, files: Sequence[Path], folder: Path, progress: Callable[[int], None]
    ) -> Mapping[Path, Path]:
        found = {}
        for done, file in enumerate(files):
            progress(done)
            book = openpyxl.load_workbook(file)
            sheets = [sheet for sheet in book if sheet.sheet_state == "visible"]
            self.seen.append([sheet.title for sheet in sheets])
            text = str([cell.value for row in sheets[0].iter_rows(max_row=5) for cell in row])
            if any(name in text for name in self.unreadable):
                continue
            made = PdfWriter()
            for _ in sheets:
                made.add_blank_page(200, 200)
            found[file] = folder / f"{file.stem}.pdf"
            with found[file].open("wb") as opened:
                made.write(opened)
        return found


@pytest.fixture(scope="module")
def company() -> Company:
    return small()


@pytest.fixture(scope="module")
def written(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    assert generate(company, OCTOBER, folder).written
    return folder


@pytest.fixture
def forms(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "forms"))


def printed(company: Company, folder: Path, printer: Paper | None = None, **more: bool) -> Outcome:
    asked = forms_to_print(company, OCTOBER, folder, suite=MONTHLY_SUITE)
    title = title_of(MONTHLY_SUITE, OCTOBER)
    return print_forms(folder, asked, printer or Paper(), title=title, **more)


def labels(folder: Path, department: str) -> list[str]:
    """Whose forms a department's PDF has, as its bookmarks say."""
    path = folder / FOLDER / NAME.format(department)
    return [str(one.title) for one in PdfReader(path).outline if not isinstance(one, list)]


def roster(company: Company, folder: Path) -> dict[str, list[str]]:
    """Who has a form, in the roster's order, by department."""
    there = "".join(path.name for path in folder.rglob("*.xlsx"))
    found: dict[str, list[str]] = {}
    for one in company.employees:
        if one.id in there:
            found.setdefault(one.department, []).append(f"{one.name}（{one.id}）")
    return found


def test_a_departments_forms_are_one_pdf_in_the_rosters_order(
    company: Company, forms: Path
) -> None:
    printer = Paper()
    outcome = printed(company, forms, printer)
    assert outcome.problems == []
    expected = roster(company, forms)
    assert len(expected) > 1
    for one, (department, people) in zip(outcome.written, expected.items(), strict=True):
        assert one.path == Path(FOLDER, NAME.format(department))
        assert labels(forms, department) == people
        assert one.pages == one.forms == len(people)
    assert {*map(tuple, printer.seen)} == {("考核表",)}


def test_every_sheet_where_that_is_asked_and_sides_by_two(company: Company, forms: Path) -> None:
    printer = Paper()
    written = printed(company, forms, printer, whole=True, duplex=True).written
    assert {*map(tuple, printer.seen)} == {("考核表", "填表说明", "数据来源")}
    assert all(one.pages == 4 * one.forms for one in written)


def test_what_was_left_out_is_told_and_the_others_are_printed(
    company: Company, forms: Path
) -> None:
    department, (first, second, third, *_) = next(iter(roster(company, forms).items()))
    next(forms.rglob(f"*{first[-6:-1]}*.xlsx")).unlink()
    outcome = printed(company, forms, Paper(unreadable=[second.partition("（")[0]]))
    assert {problem.code: problem.message[: len(second)] for problem in outcome.problems} == {
        "not_there": first,
        "cannot_print": second,
    }
    assert labels(forms, department)[0] == third


def test_printing_again_replaces_what_was_printed_and_nothing_else(
    company: Company, forms: Path
) -> None:
    printed(company, forms)
    again = printed(company, forms)
    assert again.problems == []
    path = forms / again.written[0].path
    path.write_bytes(b"%PDF somebody's own")
    (problem,) = printed(company, forms).problems
    assert problem.code == "exists"
    assert path.read_bytes() == b"%PDF somebody's own"


def test_forms_with_a_password_are_a_pdf_with_the_password(
    company: Company, tmp_path: Path
) -> None:
    from xladdin.ooxml import passwords  # noqa: PLC0415

    sealing = Sealing(WORD)
    person = company.employees[1].id
    with passwords.tried([WORD]):
        generate(company, OCTOBER, tmp_path, ids=[person], sealing=sealing)
        asked = forms_to_print(company, OCTOBER, tmp_path, suite=MONTHLY_SUITE, ids=[person])
        outcome = print_forms(tmp_path, asked, Paper(), title="表", sealing=sealing)
    assert outcome.problems == []
    there = PdfReader(io.BytesIO((tmp_path / outcome.written[0].path).read_bytes()))
    assert there.decrypt(WORD) is not PasswordType.NOT_DECRYPTED
    outcome = print_forms(tmp_path, asked, Paper(), title="表")
    assert [problem.code for problem in outcome.problems] == ["sealed"]


def test_collecting_passes_over_what_was_printed(company: Company, forms: Path) -> None:
    printed(company, forms)
    master = forms.parent / "总表.xlsx"
    write(master, company)
    done = collect(master, [forms], period=OCTOBER, keeper=None)
    assert not [problem for problem in done.problems if ".pdf" in problem.place.file]


def test_the_command_prints_with_the_computers_libreoffice(
    company: Company, tmp_path: Path
) -> None:
    assert installed() is not None
    master, out = tmp_path / "总表.xlsx", tmp_path / "考核"
    write(master, company)
    done = xladdin(
        *("generate", master, "--period", "2026-10", "--out", out, "--pdf"),
        *("--employee", "QC002", "--employee", "QC003"),
    )
    people = labels(out, "网络销售部")
    name = Path(FOLDER, NAME.format("网络销售部"))
    assert f"{name}：{len(people)} 份，{len(people)} 页" in done.out
    text = PdfReader(out / name).pages[0].extract_text()
    assert people[0].partition("（")[0] in text.replace(" ", "")


def test_without_libreoffice_the_forms_are_written_and_it_is_told(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    master, out = tmp_path / "总表.xlsx", tmp_path / "考核"
    write(master, company)
    for name in ("PATH", "PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"):
        monkeypatch.setenv(name, str(tmp_path))
    done = xladdin("generate", master, "--period", "2026-10", "--out", out, "--pdf")
    assert done.code == 1
    assert "没有找到 LibreOffice" in done.err
    assert [*out.rglob("*.xlsx")]
