"""What is done to a ledger in a process of its own, which may be killed or starved."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from xladdin.problems import ProblemsFound

NOBODY = 65534


@dataclass(frozen=True)
class Outcome:
    """What a child has told until it ended, its problem, and the signal that ended it (0: none)."""

    told: list[Any]
    problem: str
    signal: int


@dataclass
class Child:
    """A process that runs a function, which tells what it has finished."""

    process: int
    answers: int

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)

    def ended(self) -> Outcome:
        """Wait for its end."""
        with os.fdopen(self.answers, "rb") as stream:
            told = []
            try:
                while True:
                    told.append(pickle.load(stream))  # noqa: S301 - of our own child
            except (EOFError, pickle.UnpicklingError):
                pass
        _, status = os.waitpid(self.process, 0)
        problem = told.pop() if told and isinstance(told[-1], str) else ""
        assert not problem.startswith("Traceback"), problem
        return Outcome(told, problem, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)


Tell = Callable[[Any], None]


def child(work: Callable[[Tell], None], *before: Callable[[], None]) -> Child:
    """Fork, prepare, and work."""
    answers, out = os.pipe()
    process = os.fork()
    if process:
        os.close(out)
        return Child(process, answers)
    try:
        for prepare in before:
            prepare()
        work(lambda what: _write(out, what))
    except ProblemsFound as found:
        _write(out, found.problems[0].code)
    except BaseException:
        _write(out, traceback.format_exc())
    finally:
        os._exit(0)
    raise AssertionError


def _write(out: int, what: object) -> None:
    os.write(out, pickle.dumps(what))


def killed_at(point: int) -> Callable[[], None]:
    """Kill the process before its so manieth statement, or right before or after it has committed."""
    count = 0

    def step(*_: object, **__: object) -> None:
        nonlocal count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def prepare() -> None:
        sa.event.listen(sa.Engine, "before_cursor_execute", step)
        sa.event.listen(sa.Engine, "after_cursor_execute", step)
        sa.event.listen(sa.Engine, "commit", step)

    return prepare


def as_nobody() -> None:
    """Root may write anywhere."""
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
