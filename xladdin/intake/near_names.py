"""Names that somebody may have meant who wrote one that nobody knows."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache


def hint(said: str, known: Collection[str]) -> str:
    """What a misspelt name may have been meant to be; empty where none is near."""
    return _hint(said, frozenset(known))


@lru_cache
def _hint(said: str, known: frozenset[str]) -> str:
    """One mistake may stand in a thousand rows, each compared with a thousand names."""
    near = get_close_matches(said, sorted(filter(None, known)), n=1, cutoff=0.6)
    return f"，是不是「{near[0]}」？" if near else ""
