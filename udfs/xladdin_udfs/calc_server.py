"""Worksheet functions for LibreOffice Calc: asked and answered in lines of JSON.

The same functions as in Excel; what asks is ``xladdin.addin.calc.calc_component`` inside LibreOffice.  A question
is ``{"function": "KPI_SCORE", "arguments": [18, 20, 20], "active": path or null, "open": [paths]}``, its answer
``{"answer": number, text, null or rows of them}``.  The first line is ``{"ready": true}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import xladdin_udfs
from xladdin.functions.known_schemes import MASTERS, Opened
from xladdin.functions.spilling import went_wrong


def answers(lines: Iterable[str]) -> Iterator[str]:
    """A line for each line; nothing raises."""
    opened = Opened()
    MASTERS.ask(lambda: opened)
    yield json.dumps({"ready": True})
    for line in lines:
        try:
            asked = json.loads(line)
            opened = _opened(asked)
            answer = _function(asked["function"])(*asked["arguments"])
        except Exception as error:
            answer = went_wrong("asked by LibreOffice", error)
        yield json.dumps({"answer": answer})


def _function(name: str) -> Callable[..., Any]:
    if name not in xladdin_udfs.__all__:
        raise LookupError(name)
    found: Callable[..., Any] = getattr(xladdin_udfs, name)
    return found


def _opened(asked: dict[str, Any]) -> Opened:
    active = asked.get("active")
    return Opened(Path(active) if active else None, tuple(map(Path, asked.get("open", ()))))


def serve() -> None:
    """Answer until nobody asks any more."""
    # Whatever prints must not print among the answers.
    out, sys.stdout = sys.stdout, sys.stderr
    for answer in answers(sys.stdin):
        out.write(f"{answer}\n")
        out.flush()
