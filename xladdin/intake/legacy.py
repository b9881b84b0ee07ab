"""Workbooks that are not .xlsx (.xls, .xlsb, .ods), read in a process of their own.

Their reader makes room for whatever they say that they hold, and a room that cannot be had ends
its process; there is no looking through them first.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine

from xladdin.ooxml.limits import MOST_AREA
from xladdin.ooxml.opening import OLE
from xladdin.ooxml.refused import DamagedError, RefusedError, TooLargeError

from .grids import Cells

MEMORY, SECONDS, PATIENCE = 400_000_000, 6, 30
"""Bytes and seconds of CPU time that the process gets, and how long it is waited for."""
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
    if not sys.executable or getattr(sys, "frozen", False):
        # No interpreter to start: the program itself would be started again.
        message = "这种格式在这里读不了，请在Excel里另存为“Excel 工作簿（*.xlsx）”后再试"
        raise RefusedError("file_old", message)
    answer = _answer(data, _run(data, hidden))
    return [LegacySheet(**sheet) for sheet in answer]


def _run(data: bytes, hidden: bool) -> subprocess.CompletedProcess[bytes]:
    folder = Path(python_calamine.__file__).parents[1]
    limits = [str(number) for number in (MOST_AREA, MEMORY, SECONDS)]
    # Isolated and without site packages: nothing of the current folder or environment is run.
    command = [sys.executable, "-I", "-S", "-B", str(_CHILD), str(folder), *limits]
    try:
        return subprocess.run(  # noqa: S603 - our own script
            [*command, str(int(hidden))],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            # In Excel's Python a console would flash up.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise TooLargeError("读它要太久") from None
    except OSError as error:
        raise RefusedError("file_unreadable", f"这种格式读不了：{error}") from error


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
