"""The metrics once more, over plain rows in plain Python: what engines must come to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from xladdin.analysis.service_records import DAY, HOUR, MINUTE, SECOND

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


def _by_day(rows: Rows) -> dict[tuple[int, str], list[Row]]:
    """The sessions of each customer's day."""
    found: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        if row["customer"] is not None:
            found.setdefault((row["day"], row["customer"]), []).append(row)
    return found


def _late(row: Row, key: str, limit: int) -> bool:
    return row[key] is None or row[key] > limit


def _kuaishou(rows: Rows) -> Fraction | None:
    those = [row for row in rows if 8 * HOUR <= row["clock"] < 23 * HOUR and row["person"]]
    days = _by_day(those).values()
    return share(not any(_late(row, "first", 3 * MINUTE) for row in day) for day in days)


def _feige(rows: Rows) -> list[Row]:
    return [row for row in rows if 8 * HOUR <= row["clock"] < 23 * HOUR and row["person"]]


def _jingdong(row: Row) -> bool:
    return 9 * HOUR <= row["clock"] < 23 * HOUR and not row["message"]


def _off_hours(row: Row) -> bool:
    return not 8 <= row["clock"] / HOUR < 23


def _left_out(test: Callable[[Row], Any]) -> Callable[[Rows], Fraction | None]:
    return lambda rows: Fraction(sum(map(bool, map(test, rows)))) if rows else None


def _received(row: Row) -> bool:
    return row["first"] is not None


def _asked(row: Row) -> bool:
    return _received(row) and bool(row["asked"])


def _paid(row: Row, days: int) -> bool:
    if not _asked(row) or row["paid"] is None:
        return False
    return bool((row["clock"] + row["paid"]) // DAY <= days)


def _people(test: Callable[[Row], bool]) -> Callable[[Rows], Fraction | None]:
    return lambda rows: count(any(map(test, day)) for day in _by_day(rows).values())


def _converted(days: int) -> Callable[[Rows], Fraction | None]:
    def of(rows: Rows) -> Fraction | None:
        asking = [day for day in _by_day(rows).values() if any(map(_asked, day))]
        return share(any(_paid(row, days) for row in day) for day in asking)

    return of


def _sales(rows: Rows) -> Fraction | None:
    known = [r["cents"] for r in rows if r["paid"] is not None and r["cents"] is not None]
    return Fraction(sum(known)) if known else None


def _each_buyer(rows: Rows) -> Fraction | None:
    known = [r for r in rows if None not in (r["paid"], r["customer"], r["cents"])]
    buyers = {row["customer"] for row in known}
    return Fraction(sum(row["cents"] for row in known), len(buyers)) if buyers else None


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
    "jingdong_prompt": lambda rows: share(
        not _late(row, "first", 30 * SECOND) for row in rows if _jingdong(row)
    ),
    "jingdong_messages": lambda rows: share(not _jingdong(row) for row in rows),
    "kuaishou_soon": _kuaishou,
    "feige_soon": lambda rows: share(not _late(row, "mean", 3 * MINUTE) for row in _feige(rows)),
    "feige_unserved": lambda rows: share(
        row["message"] or row["first"] is None for row in _feige(rows)
    ),
    "taobao_soon": lambda rows: share(
        not _late(row, "first", 3 * MINUTE) for row in rows if row["clock"] >= 8 * HOUR
    ),
    "consulted": lambda rows: Fraction(len(_by_day(rows))),
    "received": _people(_received),
    "received_share": lambda rows: share(
        any(map(_received, day)) for day in _by_day(rows).values()
    ),
    "asked_share": lambda rows: share(
        any(map(_asked, day)) for day in _by_day(rows).values() if any(map(_received, day))
    ),
    "chats": lambda rows: Fraction(len(rows)),
    "jingdong_out": _left_out(lambda row: not 9 <= row["clock"] / HOUR < 23),
    "jingdong_message": _left_out(
        lambda row: 9 <= row["clock"] / HOUR < 23 and row["message"] is not False
    ),
    "kuaishou_out": _left_out(_off_hours),
    "kuaishou_robot": _left_out(lambda row: not _off_hours(row) and not row["person"]),
    "kuaishou_nobody": _left_out(
        lambda row: not _off_hours(row) and row["person"] and row["customer"] is None
    ),
    "feige_out": _left_out(_off_hours),
    "feige_robot": _left_out(lambda row: not _off_hours(row) and not row["person"]),
    "taobao_out": _left_out(lambda row: row["clock"] < 8 * HOUR),
    "asked": _people(_asked),
    "paid": _people(lambda row: _paid(row, 4)),
    "converted_soon": _converted(1),
    "converted": _converted(4),
    "replied": lambda rows: share(row["first"] is not None for row in rows),
    "first_reply": lambda rows: mean(row["first"] for row in rows),
    "mean_reply": lambda rows: mean(row["mean"] for row in rows),
    "sales": _sales,
    "paid_orders": lambda rows: Fraction(sum(row["paid"] is not None for row in rows)),
    "buyers": lambda rows: Fraction(
        len({row["customer"] for row in rows if row["paid"] is not None} - {None})
    ),
    "each_buyer": _each_buyer,
    "returned": lambda rows: share(row["returned"] for row in rows if row["paid"] is not None),
}
