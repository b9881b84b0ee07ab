"""Looking for garbage seldom, and as before again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from xladdin.garbage import OBJECTS, OLD, YOUNG, seldom_looked_for

USUAL = (700, 10, 10)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_afterwards_all_is_as_it_was() -> None:
    with seldom_looked_for():
        assert gc.get_threshold() == (OBJECTS, YOUNG, OLD)
        assert gc.get_freeze_count() > 0
        with pytest.raises(ZeroDivisionError), seldom_looked_for():
            raise ZeroDivisionError
        assert gc.get_threshold() == (OBJECTS, YOUNG, OLD)
    assert gc.get_threshold() == USUAL
    assert gc.get_freeze_count() == 0


def test_what_a_command_lets_go_of_is_found() -> None:
    """Also what holds itself, when there is much of it: a command that reads ten thousand files
    does not keep them all."""

    class Holding:
        alive = 0

        def __init__(self) -> None:
            self.myself = self
            Holding.alive += 1

        def __del__(self) -> None:
            Holding.alive -= 1

    with seldom_looked_for():
        for _ in range(3 * OBJECTS):
            Holding()
        assert Holding.alive <= OBJECTS
