"""The metrics once more, over plain rows in plain Python: what engines must come to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Row]


def mean(values: Iterable[int | None]) -> Fraction | None:
    """Of those that are there."""
    known = [value for value in values if value is not None]
    return Fraction(sum(known), len(known)) if known else None


def percentile(values: Iterable[int | None], at: Fraction) -> Fraction | None:
    """Between two values by straight line, as PERCENTILE.INC does."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    place = (len(known) - 1) * at
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def share(truths: Iterable[bool | None]) -> Fraction | None:
    """Of those that are known."""
    known = [truth for truth in truths if truth is not None]
    return Fraction(sum(known), len(known)) if known else None


def count(truths: Iterable[bool | None]) -> Fraction | None:
    """Nothing where nothing is known."""
    known = [truth for truth in truths if truth is not None]
    return Fraction(sum(known)) if known else None


def _of_class(words: str) -> Callable[[Rows], Fraction | None]:
    return lambda rows: share(
        None if row["satisfaction"] is None else row["satisfaction"] == words for row in rows
    )


def _times(key: str) -> dict[str, Callable[[Rows], Fraction | None]]:
    def of(rows: Rows) -> list[int | None]:
        return [row[key] for row in rows]

    return {
        f"{key}_mean": lambda rows: mean(of(rows)),
        f"{key}_median": lambda rows: percentile(of(rows), Fraction(1, 2)),
        f"{key}_p90": lambda rows: percentile(of(rows), Fraction(9, 10)),
    }


def _solved_at_once(rows: Rows) -> Fraction | None:
    return share(
        row["contacts"] <= 1 and row["reopened"] == 0
        for row in rows
        if row["open"] is False and row["contacts"] is not None and row["reopened"] is not None
    )


def _bought_again(rows: Rows) -> Fraction | None:
    orders = Counter(
        row["customer"] for row in rows if row["paid"] is not None and row["customer"] is not None
    )
    return share(number >= 2 for number in orders.values())


FIGURES: Mapping[str, Callable[[Rows], Fraction | None]] = {
    "requests": lambda rows: Fraction(len(rows)),
    "open": lambda rows: count(row["open"] for row in rows),
    **_times("reply"),
    **_times("wait"),
    **_times("solve"),
    "solved": lambda rows: share(None if row["open"] is None else not row["open"] for row in rows),
    "solved_at_once": _solved_at_once,
    "reopened": lambda rows: share(
        None if row["reopened"] is None else row["reopened"] > 0 for row in rows
    ),
    "score": lambda rows: mean(row["score"] for row in rows),
    "answered": lambda rows: share(row["satisfaction"] is not None for row in rows),
    "satisfied": _of_class("满意"),
    "middling": _of_class("一般"),
    "dissatisfied": _of_class("不满意"),
    "complaints": lambda rows: count(row["complaint"] for row in rows),
    "complaint_share": lambda rows: share(row["complaint"] for row in rows),
    "suggestions": lambda rows: count(row["suggestion"] for row in rows),
    "words": lambda rows: Fraction(sum(row["words"] is not None for row in rows)),
    "bought_again": _bought_again,
}
