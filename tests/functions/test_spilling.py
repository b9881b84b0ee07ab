"""A worksheet function whose own code fails: a text in its cell, the details in the log, no more."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xladdin_udfs

from xladdin import functions
from xladdin.functions import item_scores, spilling
from xladdin.unforeseen import log_file

FUNCTIONS = xladdin_udfs.__all__


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(spilling, "_logged", set())
    return tmp_path


class Hostile(list[Any]):
    """A range that nobody can look into."""

    def __iter__(self) -> Iterator[Any]:
        raise LookupError("张三 83.5")


def call(name: str, argument: object) -> object:
    function = getattr(xladdin_udfs, name)
    parameters = [*inspect.signature(function).parameters.values()]
    needed = [each for each in parameters if each.default is each.empty] or parameters[:1]
    return function(*(argument for _ in needed))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_fault_is_a_short_text_and_logged(name: str) -> None:
    assert call(name, Hostile()) == spilling.LOGGED
    text = log_file().read_text("utf-8")
    assert f"function {name}" in text
    assert "LookupError" in text
    assert "张三" not in text


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("error", [RecursionError, MemoryError, OSError])
def test_whatever_the_fault_is(
    name: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(functions, name.lower(), broken)
    assert str(call(name, None)).startswith(spilling.WENT_WRONG)


def test_a_fault_in_one_cell_is_in_that_cell_alone_and_logged_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = item_scores.measured

    def broken(raw: object, *others: Any) -> Any:
        if raw == 13:
            raise LookupError
        return sound(raw, *others)

    monkeypatch.setattr(item_scores, "measured", broken)
    scheme, item = "online_shop_monthly", "日常询盘转换率"
    column = [["65%"], [13], ["50%"], [13]]
    answers: Any = xladdin_udfs.KPI_ITEM([[scheme]], [[item]], column)
    assert [row[0] for row in answers][1::2] == [spilling.LOGGED] * 2
    assert all(isinstance(row[0], float) for row in answers[::2])
    assert log_file().read_text("utf-8").count("LookupError") == 1


def test_a_log_that_cannot_be_written_is_not_promised(home: Path) -> None:
    (home / ".xladdin").write_text("in the way", "utf-8")
    assert call("KPI_RANK", Hostile()) == spilling.WENT_WRONG


def test_a_fault_in_telling_of_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spilling.unforeseen, "details", lambda _: 1 / 0)
    assert call("KPI_RANK", Hostile()) == spilling.WENT_WRONG


def test_the_text_fits_a_cell_and_names_nobody() -> None:
    assert spilling.LOGGED.startswith("#")
    assert len(spilling.LOGGED) < 40
    assert os.sep not in spilling.LOGGED
