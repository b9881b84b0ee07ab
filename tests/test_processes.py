"""Work that several processes share comes out as if one had done it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence

import pytest

from xladdin.processes import chunks_of, cores, spread

HERE = os.getpid()


class Summing:
    """Adds up; a negative number is refused, and a zero ends the process that is not this one."""

    def __call__(self, numbers: Sequence[int]) -> tuple[int, int]:
        if min(numbers) < 0:
            raise ValueError(f"negative: {min(numbers)}")
        if 0 in numbers and os.getpid() != HERE_AT_START:
            os.kill(os.getpid(), signal.SIGKILL)
        return sum(numbers), os.getpid()


HERE_AT_START = int(os.environ.setdefault("XLADDIN_TEST_PROCESS", str(HERE)))
"""The process of the tests, also in those that it starts."""


def test_chunks_hold_all_in_order() -> None:
    assert list(chunks_of(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(chunks_of([], 3)) == []


def test_one_job_works_here_and_no_further_than_is_asked_for() -> None:
    taken: list[int] = []

    def numbers() -> Callable[[int], int]:
        return lambda number: number * 2

    results = spread(numbers, (taken.append(n) or n for n in range(5)), 1)  # type: ignore[func-returns-value]
    assert (next(results), next(results)) == (0, 2)
    assert taken == [0, 1]


def test_two_jobs_give_the_same_in_order_and_one_that_dies_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XLADDIN_TEST_PROCESS", str(HERE))
    chunks = [[n, n + 1] for n in range(1, 40)]
    chunks[7] = [0, 5]
    found = list(spread(Summing, chunks, 2))
    assert [total for total, _ in found] == [sum(chunk) for chunk in chunks]
    others = {process for _, process in found} - {HERE}
    assert 1 <= len(others) <= 2
    assert found[7][1] == HERE


def test_what_a_process_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="negative: -1"):
        list(spread(Summing, [[1], [-1], [2]], 2))


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
