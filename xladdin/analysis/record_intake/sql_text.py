"""Names and texts as SQL writes them; every statement of this room is put together from these."""

from __future__ import annotations

from collections.abc import Iterable


def named(name: str) -> str:
    """A column's name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Texts as what IN compares with."""
    return f"({', '.join(map(literal, texts))})"
