"""Commands that misbehave, run as cases are: what is then found shows that the fuzzing can fail.

A process of its own, as ``python -m tests.fuzz`` is one: a test run has threads, and must not fork.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from xladdin import cli

from . import judge, server
from .cases import Case, Input


def sound() -> None:
    print("做好了")


def explained() -> None:
    complain("错误 总表.xlsx：读不懂")


def traceback() -> None:
    raise KeyError("x")


def unforeseen() -> None:
    log = Path(os.environ["HOME"]) / "xladdin.log"
    log.write_text(
        'Traceback (most recent call last):\n  File "/a/xladdin/b.py", line 7, in c\nKeyError: 1'
    )
    sys.exit(70)


def abort() -> None:
    os.abort()


def endless() -> None:
    while True:
        pass


def asleep() -> None:
    time.sleep(60)


def greedy() -> None:
    block = bytearray(700 * server.MEGABYTE)
    block[::4096] = b"x" * len(block[::4096])


def silent() -> None:
    sys.exit(1)


def english() -> None:
    complain("错误 总表.xlsx：could not convert string to float")


def foreign() -> None:
    complain("No such file")


def no_json() -> None:
    complain("错误 总表.xlsx：读不懂")


def overwriting() -> None:
    Path("总表.xlsx").write_text("y", "utf-8")


def removing() -> None:
    Path("总表.xlsx").unlink()


def complain(text: str) -> None:
    print(text, file=sys.stderr)
    sys.exit(1)


PLANTED: tuple[Callable[[], None], ...] = (
    sound, explained, traceback, unforeseen, abort, endless, asleep, greedy, silent, english, foreign,
    no_json, overwriting, removing,
)  # fmt: skip


def found(command: Callable[[], None]) -> list[str]:
    """The faults of one of them."""
    arguments = ("check", "总表.xlsx", *(["--json"] if command is no_json else []))
    case = Case(command.__name__, arguments, (Input("总表.xlsx", b"x"),))
    # Only the endless one may meet this limit: filling memory takes a busy machine over a second.
    server.CPU_SECONDS = 1 if command is endless else 30
    server.WALL_SECONDS = 1 if command is asleep else 90
    with tempfile.TemporaryDirectory() as place, mock.patch.object(cli, "main", command):
        folder = Path(place) / "case"
        return judge.faults(case, server.run(case, folder), folder)


if __name__ == "__main__":
    print(json.dumps({command.__name__: found(command) for command in PLANTED}))
