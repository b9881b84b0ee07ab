"""One form per person, month and kind, wherever it lies: a transfer makes no second one."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.books.opened import Opened
from tests.company.people import PERIOD, company, employee
from xladdin.app.generating import earlier_forms
from xladdin.app.generating.generate import Outcome, generate
from xladdin.books import forms
from xladdin.domain.people import Employee, Period

BEFORE = employee("A02", "网销客服", department="网络销售部", name="乙二")
OLD = "网络销售部/2026-11_A02_乙二_月度绩效考核表.xlsx"
AFTER = {
    "transferred": employee("A02", "售后客服", department="客服部", name="乙二"),
    "department renamed": employee("A02", "网销客服", department="网销一部", name="乙二"),
    "to the other kind of form": employee("A02", "销售客服", department="客服部", name="乙二"),
    "name put right": employee("A02", "网销客服", department="网络销售部", name="乙贰"),
}


def files(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.xlsx"))


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def fill_in(path: Path) -> None:
    """As an office program saves it."""
    book = openpyxl.load_workbook(path)
    book.save(path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    assert generate(company(BEFORE), PERIOD, tmp_path).total == 1
    assert files(tmp_path) == [OLD]
    return tmp_path


@pytest.mark.parametrize("person", AFTER.values(), ids=AFTER)
def test_the_old_form_is_named_and_no_second_one_made(out: Path, person: Employee) -> None:
    outcome = generate(company(person), PERIOD, out)
    assert files(out) == [OLD]
    assert [path.as_posix() for path in outcome.elsewhere] == [OLD]
    assert codes(outcome) == ["form_elsewhere"]
    assert OLD in outcome.problems[0].message
    assert outcome.problems[0].place.file != OLD


@pytest.mark.parametrize("person", AFTER.values(), ids=AFTER)
def test_on_demand_it_is_written_anew_where_it_belongs(out: Path, person: Employee) -> None:
    outcome = generate(company(person), PERIOD, out, move=True)
    (path,) = files(out)
    assert path != OLD
    assert [each.as_posix() for each in outcome.updated] == [path]
    assert codes(outcome) == ["form_moved"]
    assert Opened(out / path).identity["id.employee"] == "A02"
    again = generate(company(person), PERIOD, out)
    assert (again.problems, len(again.unchanged)) == ([], 1)


def test_it_is_known_by_what_it_says_of_itself(out: Path) -> None:
    (out / OLD).rename(out / "乙二的表.xlsx")
    outcome = generate(company(AFTER["transferred"]), PERIOD, out)
    assert codes(outcome) == ["form_elsewhere"]
    assert "乙二的表.xlsx" in outcome.problems[0].message


def test_one_that_was_filled_in_moves_as_it_is(out: Path) -> None:
    fill_in(out / OLD)
    content = (out / OLD).read_bytes()
    outcome = generate(company(AFTER["department renamed"]), PERIOD, out, move=True)
    (path,) = files(out)
    assert path == "网销一部/2026-11_A02_乙二_月度绩效考核表.xlsx"
    assert (out / path).read_bytes() == content
    assert [each.as_posix() for each in outcome.kept] == [path]


def test_one_of_another_scheme_keeps_its_name(out: Path) -> None:
    fill_in(out / OLD)
    outcome = generate(company(AFTER["transferred"]), PERIOD, out, move=True)
    assert files(out) == ["客服部/2026-11_A02_乙二_月度绩效考核表.xlsx"]
    assert "仍是原来方案的表" in outcome.problems[0].message


def test_of_two_none_is_moved_and_a_copy_is_named(out: Path) -> None:
    shutil.copy(out / OLD, out / "副本.xlsx")
    outcome = generate(company(AFTER["transferred"]), PERIOD, out, move=True)
    assert codes(outcome) == ["form_elsewhere"]
    assert len(files(out)) == len(outcome.elsewhere) == 2
    assert codes(generate(company(BEFORE), PERIOD, out)) == ["form_twice"]


def test_another_month_person_or_kind_is_another_form(out: Path) -> None:
    moved = AFTER["transferred"]
    assert codes(generate(company(moved), Period("2026-12"), out)) == []
    other = moved.model_copy(update={"id": "A03"})
    assert codes(generate(company(other), PERIOD, out)) == []
    summary = generate(company(BEFORE), PERIOD, out, form=forms.SUMMARY_SUITE.id)
    assert "form_elsewhere" not in codes(summary)
    assert "form_twice" not in codes(summary)


def test_forms_of_other_months_and_people_are_not_even_opened(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(earlier_forms, "quick_identity", lambda path: opened.append(path.name))
    for period, person in ((Period("2026-12"), BEFORE), (PERIOD, employee("A03"))):
        generate(company(person), period, out)
    assert opened == []
    (out / "坏.xlsx").write_bytes(b"PK")
    generate(company(BEFORE), PERIOD, out)
    assert opened == ["坏.xlsx"]
