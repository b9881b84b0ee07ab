"""Problems in a message box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xladdin.problems import Problem

MOST = 6
"""Problems in one message; more would push its button off the screen."""


def listed(problems: Iterable[Problem]) -> str:
    """Each problem once, errors first, not too many."""
    counts = Counter(problems)
    lines = [
        f"{problem}{f'（{times} 次）' if times > 1 else ''}"
        for problem, times in sorted(counts.items(), key=lambda item: not item[0].is_error)
    ]
    more = [f"……另外还有 {len(lines) - MOST} 个"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *more])
