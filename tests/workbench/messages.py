"""What the code can say: every text in it, with … for what is filled in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .tools import ROOT

GAP = "…"
_FIELD = re.compile(r"\{[^{}]*+\}")


@cache
def said() -> frozenset[str]:
    """Every literal of the package and of the worksheet functions."""
    found = set[str]()
    for folder in (ROOT / "xladdin", ROOT / "udfs"):
        for path in folder.rglob("*.py"):
            found.update(_literals(path))
    return frozenset(found)


def _literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = (v.value if isinstance(v, ast.Constant) else GAP for v in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield _FIELD.sub(GAP, node.value)


def is_said(quoted: str) -> bool:
    """Whether one text of the code holds all pieces of a quotation, in their order."""
    pieces = [piece for piece in quoted.split(GAP) if piece.strip()]
    return any(_holds(text, pieces) for text in said())


def _holds(text: str, pieces: list[str]) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
