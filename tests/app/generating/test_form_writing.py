"""Several processes write what one writes; forms travel to them whole."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.app.generating.test_written_forms import PEOPLE, known, said, save_as_somebody
from tests.company.people import PERIOD
from xladdin.app.generating import generate as module
from xladdin.app.generating.form_writing import FormWriter, Task
from xladdin.app.generating.generate import PLANNERS, generate, plan
from xladdin.app.generating.planning import Request
from xladdin.app.generating.written_forms import LIST_NAME
from xladdin.books.forms import KINDS
from xladdin.books.identity import EMPLOYEE
from xladdin.books.identity import PERIOD as MONTH


def travelled(what: Any) -> Any:
    return pickle.loads(pickle.dumps(what))  # noqa: S301 - our own bytes


def test_two_processes_write_the_very_files_and_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEAST", 1)
    monkeypatch.setattr(module, "CHUNK", 2)
    steps: list[int] = []
    done = {}
    for jobs in (1, 2):
        out = tmp_path / str(jobs)
        first = generate(known(6), PERIOD, out)
        save_as_somebody(out / first.written[0])
        (out / first.written[1]).unlink()
        again = generate(
            known(actual="5"),
            PERIOD,
            out,
            jobs=jobs,
            progress=lambda done, total, label, jobs=jobs: steps.append(done) if jobs > 1 else None,  # type: ignore[misc]
        )
        files = {
            path.relative_to(out): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file() and path.name not in (first.written[0].name, LIST_NAME)
        }
        done[jobs] = ([str(path) for path in again.paths], said(again), files)
    assert done[1] == done[2]
    assert len(done[1][1]["kept"]) == len(done[1][1]["written"]) - 2 == 1  # type: ignore[arg-type]
    assert steps == [0, 2, 4, 6, 8]


def test_a_kind_of_form_travels_as_itself() -> None:
    assert [travelled(kind) is kind for kind in KINDS] == [True] * len(KINDS)


@pytest.mark.parametrize("suite", PLANNERS)
def test_a_form_travels_with_its_slots_and_knows_whose_it_is(suite: str, tmp_path: Path) -> None:
    company = known()
    request = Request(company, PERIOD, company.employees, tmp_path)
    for form in plan(request, suite, [])[:3]:
        again = travelled(Task(form).packed()).form
        assert again.values == form.values
        assert (again.path, again.label, again.template) == (form.path, form.label, form.template)
        assert (form.person, form.month) == (
            str(form.values.get(EMPLOYEE) or ""),
            str(form.values.get(MONTH) or ""),
        )


def test_a_chunk_is_on_the_disk_when_it_is_done(tmp_path: Path) -> None:
    company = known()
    request = Request(company, PERIOD, company.employees, tmp_path)
    tasks = [Task(form) for form in plan(request, "monthly", [])]
    write = FormWriter(tmp_path)
    for begin in (0, 4):
        done = write(tasks[begin : begin + 4])
        assert [(tmp_path / path).is_file() for path in done.outcome.written] == [True] * 4
        assert not done.written
    assert len(PEOPLE) == len(list(tmp_path.rglob("*.xlsx")))
