"""The calling cell is known while it waits for its answer, and let go of afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from xladdin.calling_cell import calling_cell, noting


def test_the_cell_is_known_as_long_as_it_waits() -> None:
    seen: list[Any] = []

    def call_udf(*given: Any) -> str:
        seen.append((calling_cell(), given))
        return "answer"

    cell = object()
    assert noting(call_udf)("functions", "F", (1.0,), None, cell) == "answer"
    assert seen == [(cell, ("functions", "F", (1.0,), None, cell))]
    assert calling_cell() is None


def test_one_within_another() -> None:
    inner = noting(lambda *_: calling_cell())
    outer = noting(lambda *_: (calling_cell(), inner("", "", (), None, "b"), calling_cell()))
    assert outer("", "", (), None, "a") == ("a", "b", "a")


def test_nothing_is_held_after_an_error() -> None:
    def broken(*_: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        noting(broken)("", "", (), None, object())
    assert calling_cell() is None
