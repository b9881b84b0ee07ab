"""What a run may not do; each fault by its name, with enough to find its root."""

from __future__ import annotations

import functools
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

from .cases import Case
from .server import Outcome

CODES = (0, 1, 2)
CPU, GROWTH = 10.0, 600
"""Seconds and MB that any file up to 20 MB may take."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"「[^」]*」|“[^”]*”|'[^']*'|\S+[./\\]\S+")
ENGLISH = re.compile(r"\b[A-Za-z][a-z]+(?: [a-z]+){3,}\b")
"""Four words in a row: a message of some library, which no clerk can read."""
MOST_LINES, LONGEST_LINE = 300, 1000
"""Of what is said, that is read for English: the rest repeats it."""
TRACEBACK = "Traceback (most recent call last)"
REPORTING = {"doctor"}
"""Commands whose result is a list of what is wrong."""
MOVED = "已收"
"""Where commands.yaml has what was read moved to."""
USAGE = 2
USAGE_LINE = re.compile(r"Usage:|Try |[╭│╰]")
FRAME = re.compile(r'File "[^"]*?((?:xladdin|site-packages)/[^"]+)", line (\d+), in (\S+)')


def faults(case: Case, outcome: Outcome, folder: Path) -> list[str]:
    """Everything that is wrong with how a case ended; empty where it survived."""
    return [
        *_end(outcome),
        *_cost(outcome),
        *_said(case, outcome),
        *_changed(case, folder / "work"),
    ]


def _end(outcome: Outcome) -> Iterator[str]:
    texts = outcome.err + outcome.out
    if outcome.timed_out:
        yield "hang: killed after a long wait"
    elif outcome.code < 0:
        yield f"signal {signal.Signals(-outcome.code).name} after {outcome.cpu:.0f} s of CPU"
    elif outcome.code not in CODES:
        yield f"exit code {outcome.code}: {cause(outcome.log)}"
    if TRACEBACK in texts:
        yield f"traceback: {cause(texts)}"


def _cost(outcome: Outcome) -> Iterator[str]:
    if outcome.cpu > CPU and outcome.code >= 0:
        yield f"slow: {outcome.cpu:.0f} s of CPU"
    if outcome.growth > GROWTH:
        yield f"memory: {outcome.growth} MB"


def _said(case: Case, outcome: Outcome) -> Iterator[str]:
    """Whoever runs it is told why, in Chinese; a program in JSON."""
    if outcome.code not in CODES or outcome.timed_out or TRACEBACK in outcome.err:
        return
    said = outcome.out if REPORTING & {*case.arguments} else outcome.err
    if "--json" in case.arguments and outcome.code != USAGE:
        try:
            said += "\n".join(it["message"] for it in _problems(json.loads(outcome.out)))
        except ValueError:
            yield f"no JSON on stdout: {outcome.out[:80]!r}"
    if outcome.code and not said.strip():
        yield f"silent: exit code {outcome.code} without a word"
    elif outcome.code and not CHINESE.search(said):
        yield f"not Chinese: {said.strip()[-120:]!r}"
    elif found := _english(case, said):
        yield f"not Chinese: {found!r}"


def _problems(data: object) -> list[dict[str, str]]:
    return data.get("problems", []) if isinstance(data, dict) else []


def _english(case: Case, said: str) -> str:
    """A library's sentence among ours; usage lines and what the user wrote are none."""
    for line in said.splitlines()[:MOST_LINES]:
        if USAGE_LINE.match(line.strip()):
            continue
        own = functools.reduce(_without, filter(None, case.arguments), line[:LONGEST_LINE])
        if match := ENGLISH.search(QUOTED.sub("", own)):
            return match[0]
    return ""


def _without(line: str, argument: str) -> str:
    return line.replace(argument, "")


def _changed(case: Case, work: Path) -> Iterator[str]:
    """What is only read stays as it is, or lies whole where it was to be moved."""
    moved = [path.read_bytes() for path in (work / MOVED).rglob("*") if path.is_file()]
    for given in case.inputs:
        path = work / given.path
        if isinstance(given.content, bytes) and not given.is_written:
            if not path.is_file():
                if given.content not in moved:
                    yield f"lost: {given.path}"
            elif path.read_bytes() != given.content:
                yield f"changed: {given.path}"


def cause(text: str) -> str:
    """The last line of the last traceback in a text, and the last places of ours before it."""
    if "Traceback" not in text:
        return text.strip()[-200:]
    last = text[text.rindex("Traceback") :]
    lines = [line for line in last.splitlines() if re.match(r"\w[\w.]*(:|$)", line)]
    ours = [f"{path}:{line}" for path, line, _ in FRAME.findall(last)]
    return f"{lines[-1][:160] if lines else '?'} at {' < '.join(reversed(ours[-2:]))}"
