"""Questions and answers of the server that LibreOffice starts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from xladdin_udfs import opened
from xladdin_udfs.calc_server import answers

from xladdin.functions.known_schemes import MASTERS, known
from xladdin.functions.spilling import LOGGED


@pytest.fixture(autouse=True)
def _asking_excel_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    yield
    MASTERS.ask(opened)


def answered(*questions: object) -> list[Any]:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in questions]
    ready, *found = map(json.loads, answers(lines))
    assert ready == {"ready": True}
    return [each["answer"] for each in found]


def asked(function: str, *arguments: object, **more: object) -> dict[str, object]:
    return {"function": function, "arguments": arguments, **more}


def test_answers_are_those_of_the_functions() -> None:
    assert answered(
        asked("KPI_SCORE", 18, 20, 20),
        asked("KPI_SCORE", [[18], [None]], 20, 20),
        asked("KPI_GRADE", 90),
        asked("KPI_GRADE", None),
    ) == [18, [[18], [None]], "优秀", None]


def test_whatever_is_asked_wrongly_gets_an_answer_and_the_next_is_answered() -> None:
    wrong = ["no json", "[]", {}, asked("KPI_SCORE"), asked("inspect"), asked("opened")]
    *found, last = answered(*wrong, asked("KPI_GRADE", 90))
    assert found == [LOGGED] * len(wrong)
    assert last == "优秀"


def test_the_open_workbooks_are_those_of_the_question(tmp_path: Path) -> None:
    seen = []
    book = str(tmp_path / "a.xlsx")
    questions = [asked("KPI_GRADE", 90, active=book, open=[book]), asked("KPI_GRADE", 90)]
    with mock.patch.object(MASTERS, "ask") as told:
        for _ in answers(map(json.dumps, questions)):
            seen.append(told.call_args[0][0]())
    assert [each.active for each in seen] == [None, Path(book), None]
    assert [each.paths for each in seen] == [(), (Path(book),), ()]
    assert known().scheme("online_shop_monthly")
