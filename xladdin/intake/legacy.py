"""Workbooks that are not .xlsx (.xls, .xlsb, .ods), read in a process of their own.

Their reader makes room for whatever they say that they hold, and a room that cannot be had ends
its process; there is no looking through them first.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine

from xladdin.ooxml.limited_process import run_limited
from xladdin.ooxml.limits import MOST_AREA
from xladdin.ooxml.opening import OLE
from xladdin.ooxml.refused import DamagedError, TooLargeError

from .grids import Cells

MEMORY, SECONDS = 400_000_000, 6
"""Bytes and seconds of CPU time that the process gets."""
_CHILD = Path(__file__).with_name("legacy_child.py")
_KINDS: dict[str, Any] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda seconds: dt.timedelta(seconds=seconds),
}


@dataclass(frozen=True, slots=True)
class LegacySheet:
    """One sheet; without rows where it spans too many cells."""

    name: str
    visible: bool
    height: int
    width: int
    rows: list[Cells] | None
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def read_legacy(data: bytes, *, hidden: bool) -> list[LegacySheet]:
    """Every sheet; of those that are hidden only the name, unless asked for; raises RefusedError."""
    answer = _answer(data, _run(data, hidden))
    return [LegacySheet(**sheet) for sheet in answer]


def _run(data: bytes, hidden: bool) -> subprocess.CompletedProcess[bytes]:
    return run_limited(
        _CHILD,
        [str(MOST_AREA), str(int(hidden))],
        data,
        packages=[Path(python_calamine.__file__).parents[1]],
        memory=MEMORY,
        seconds=SECONDS,
    )


def _answer(data: bytes, done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    if done.returncode:
        raise TooLargeError("里面的内容放不进内存，或者文件已损坏")
    answer = json.loads(done.stdout, object_hook=_value)
    if "fault" not in answer:
        sheets: list[dict[str, Any]] = answer["sheets"]
        return sheets
    if answer["fault"] == "memory":
        raise TooLargeError("里面的内容放不进内存")
    raise DamagedError(answer["fault"], maybe_protected=data.startswith(OLE))


def _value(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((kind, text),) = found.items()
        if kind in _KINDS:
            return _KINDS[kind](text)
    return found
