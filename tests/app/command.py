"""Running the command line inside the test process, as its entry point is run."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from xladdin import cli


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, results, problems."""

    code: int
    out: str
    err: str


def xladdin(*arguments: str | Path) -> Done:
    """Run a command; whatever is not an orderly exit is raised, as the user would see it."""
    out, err = _stream(), _stream()
    command = ["xladdin", *map(str, arguments)]
    with mock.patch.object(sys, "argv", command), redirect_stdout(out), redirect_stderr(err):
        code = _exit_code()
    return Done(code, _text(out), _text(err))


def shown(*arguments: str | Path) -> tuple[int, str]:
    """The exit code and all that a console shows, results and problems in their order."""
    both = _stream()
    command = ["xladdin", *map(str, arguments)]
    with mock.patch.object(sys, "argv", command), redirect_stdout(both), redirect_stderr(both):
        code = _exit_code()
    return code, _text(both)


def _exit_code() -> int:
    try:
        cli.main()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    return 0


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")
