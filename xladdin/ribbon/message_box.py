"""Problems in a message box."""

from __future__ import annotations

from collections.abc import Iterable

from xladdin.folding import folded
from xladdin.problems import Problem

MOST = 6
"""Lines in one message; more would push its button off the screen."""


def listed(problems: Iterable[Problem]) -> str:
    """Errors first, what is the same on one line, not too many lines."""
    folds = folded(problems)
    left = sum(len(fold.problems) for fold in folds[MOST:])
    more = [f"……另外还有 {left} 个"] if left else []
    return "\n".join([*map(str, folds[:MOST]), *more])
