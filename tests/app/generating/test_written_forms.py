"""The list of a folder's forms saves time, and changes nothing of what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.company.people import PERIOD, company, employee
from xladdin.app.generating import generate as module
from xladdin.app.generating import written_forms
from xladdin.app.generating.form_writing import Outcome, Stopped
from xladdin.app.generating.generate import generate, plan
from xladdin.app.generating.planning import Form, Request
from xladdin.app.generating.written_forms import (
    LIST_NAME,
    Written,
    WrittenForms,
    made_from,
    origin_of,
)
from xladdin.company.company import Company
from xladdin.domain.people import Actual
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.stamp import Stamps

PEOPLE = tuple(employee(f"A{number}") for number in range(8))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 1)
    monkeypatch.setattr(module, "CHUNK", 3)


def known(count: int = 8, actual: str = "100") -> Company:
    """So many people, one of them with a figure."""
    people = PEOPLE[:count]
    figure = Actual(
        period=PERIOD, employee="A1", indicator="销售目标达成", target=90, actual=Decimal(actual)
    )
    return company(*people).with_actuals([figure])


def said(outcome: Outcome) -> dict[str, object]:
    return {
        name: sorted(map(str, getattr(outcome, name)))
        for name in ("written", "updated", "unchanged", "kept", "elsewhere", "problems")
    }


def form_of(company_: Company) -> Form:
    request = Request(company_, PERIOD, company_.employees, Path())
    return plan(request, "monthly", [])[1]


def save_as_somebody(path: Path) -> None:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path)
    book.save(path)


def no_stamping(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("made")

    monkeypatch.setattr(Stamps, "workbook", refuse)


# What it is for.


def test_what_would_come_out_the_same_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(known(), PERIOD, tmp_path)
    no_stamping(monkeypatch)
    assert len(generate(known(), PERIOD, tmp_path).unchanged) == 8


SPOILT: dict[str, Callable[[Path], None]] = {
    "lost": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "noise": lambda path: path.write_bytes(b"\xff\x00noise\n{}\n[1]\n" + path.read_bytes()),
    "of other files": lambda path: path.write_text(
        path.read_text("utf-8").replace('"content":"', '"content":"0'), "utf-8"
    ),
    "of other figures": lambda path: path.write_text(
        path.read_text("utf-8").replace('"made":"', '"made":"0'), "utf-8"
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir())[1],  # type: ignore[func-returns-value]
}
TOLD = {"noise": 1, "a folder": 1, "torn": 1}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("change", ["nothing", "figures", "saved", "gone"])
def test_a_list_that_is_lost_or_damaged_changes_nothing(
    how: str, change: str, tmp_path: Path
) -> None:
    """Files, outcome and problems are those that come about with a sound list."""
    done = {}
    for folder in ("sound", "spoilt"):
        out = tmp_path / folder
        first = generate(known(), PERIOD, out)
        if folder == "spoilt":
            SPOILT[how](out / LIST_NAME)
        if change == "saved":
            save_as_somebody(out / first.written[1])
        if change == "gone":
            (out / first.written[1]).unlink()
        again = generate(known(actual="120" if change == "figures" else "100"), PERIOD, out)
        lists = [one for one in again.problems if one.code == "form_list"]
        assert len(lists) == (TOLD.get(how, 0) if folder == "spoilt" else 0)
        again.problems = [one for one in again.problems if one.code != "form_list"]
        files = {
            path.relative_to(out): path.read_bytes() if change != "saved" else b""
            for path in out.rglob("*.xlsx")
        }
        done[folder] = (said(again), files)
    assert done["sound"] == done["spoilt"]
    expected = {"nothing": "unchanged", "figures": "updated", "saved": "kept", "gone": "written"}
    assert len(done["sound"][0][expected[change]]) == (8 if change == "nothing" else 1)  # type: ignore[arg-type]


def test_after_any_interruption_the_list_is_the_one_of_an_undisturbed_run(tmp_path: Path) -> None:
    def stop(done: int, total: int, label: str) -> None:
        if done == 5:
            raise Stopped

    generate(known(), PERIOD, tmp_path / "whole")
    broken = generate(known(), PERIOD, tmp_path / "broken", progress=stop)
    assert (len(broken.written), broken.left_out) == (5, 3)
    assert WrittenForms.of(tmp_path / "broken").unfinished
    generate(known(), PERIOD, tmp_path / "broken")
    lists = [(tmp_path / folder / LIST_NAME).read_bytes() for folder in ("whole", "broken")]
    assert lists[0] == lists[1]


def test_what_was_broken_off_is_gone_on_with_and_what_it_wrote_is_not_read(tmp_path: Path) -> None:
    def stop(done: int, total: int, label: str) -> None:
        if done == 6:
            raise Stopped

    broken = generate(known(), PERIOD, tmp_path, progress=stop)
    path = tmp_path / broken.written[0]
    path.write_bytes(bytes(path.stat().st_size))
    rest = generate(known(), PERIOD, tmp_path, resume=True)
    assert (len(rest.unchanged), len(rest.written)) == (6, 2)
    assert rest.problems == broken.problems
    # Ended now: there is nothing to go on with, and every file is looked at.
    again = generate(known(), PERIOD, tmp_path, resume=True)
    assert (len(again.kept), len(again.unchanged)) == (1, 7)
    told = [one.code for one in again.problems if one not in rest.problems]
    assert told == ["not_broken_off", "kept"]


def test_figures_that_changed_meanwhile_are_in_what_is_gone_on_with(tmp_path: Path) -> None:
    def stop(done: int, total: int, label: str) -> None:
        if done == 6:
            raise Stopped

    generate(known(), PERIOD, tmp_path, progress=stop)
    rest = generate(known(actual="77"), PERIOD, tmp_path, resume=True)
    assert [path.name[8:10] for path in rest.updated] == ["A1"]
    assert (len(rest.unchanged), len(rest.written)) == (5, 2)


# What is in it.


def test_everything_that_a_file_depends_on_makes_another_hash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = form_of(known())
    values = dict(form.values)
    hashes = {made_from(origin_of(form), values)}
    for key, value in values.items():
        hashes.add(made_from(origin_of(form), {**values, key: f"{value}x"}))
    for other in (
        replace(form, letterhead=Letterhead("另一家公司")),
        replace(form, letterhead=Letterhead("", b"picture")),
        replace(form, rows=("self",)),  # type: ignore[arg-type]
        replace(form, template=form.template.model_copy(update={"note": "另一句"})),
    ):
        hashes.add(made_from(origin_of(other), values))
    monkeypatch.setattr(written_forms, "program", lambda: "another")
    hashes.add(made_from(origin_of(form), values))
    assert len(hashes) == len(values) + 6


def test_nothing_of_what_a_form_says_stands_in_it(tmp_path: Path) -> None:
    generate(known(actual="98765.4321"), PERIOD, tmp_path)
    text = (tmp_path / LIST_NAME).read_text("utf-8")
    assert "98765" not in text
    assert {tuple(json.loads(line)) for line in text.splitlines()} == {
        ("file", "content", "size", "made")
    }


def test_a_small_folder_has_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    generate(known(), PERIOD, tmp_path)
    assert not (tmp_path / LIST_NAME).exists()


def test_a_list_that_cannot_be_written_is_told_once_and_hinders_nothing(tmp_path: Path) -> None:
    noted = WrittenForms(tmp_path / "no folder" / "file")
    (tmp_path / "no folder").touch()
    one = Written("0", 1, "2")
    noted.add({"a.xlsx": one})
    noted.add({"b.xlsx": one})
    noted.finish()
    assert [problem.code for problem in noted.problems] == ["form_list"]
    assert list(noted.known) == ["a.xlsx", "b.xlsx"]
