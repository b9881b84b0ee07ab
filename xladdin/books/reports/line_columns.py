"""The columns of the sheets that list lines: of requests, of sessions, of orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.record_lines import HEADS, MOMENTS, UNITS, Line
from xladdin.analysis.service_records import DAY, Source
from xladdin.books.summary import summary_parts as sp
from xladdin.layout.styles import CENTER, TEXT, Style

EXCEL_EPOCH = 25_569
"""Days from Excel's first to 1970-01-01."""
SHORT = replace(TEXT, wrap=False)
AS_TEXT = SHORT.shown_as("@")
WHEN = replace(CENTER, number_format="yyyy-mm-dd hh:mm:ss", wrap=False)
EXACT = replace(CENTER, number_format="#,##0.0", wrap=False)
MONEY = replace(CENTER, number_format="#,##0.00", wrap=False)
WHOLE = replace(CENTER, number_format="0", wrap=False)
_WHO: Mapping[str, tuple[float, Style]] = {
    "id": (18, AS_TEXT),
    "agent": (12, SHORT),
    "customer": (12, AS_TEXT),
    "file": (24, SHORT),
    "line": (7, WHOLE),
}
LOOKS: Mapping[Source, Mapping[str, tuple[float, Style]]] = {
    Source.REQUESTS: {
        **_WHO,
        "opened": (18, WHEN),
        "type": (10, SHORT),
        "channel": (7, SHORT),
        "wait": (10, EXACT),
        "reply": (10, EXACT),
        "solve": (11, EXACT),
        "open": (7, CENTER),
        "reopened": (6, WHOLE),
        "contacts": (6, WHOLE),
        "score": (6, CENTER),
        "satisfaction": (8, CENTER),
        "complaint": (6, CENTER),
        "suggestion": (6, CENTER),
        "words": (30, SHORT),
    },
    Source.CHATS: {
        **_WHO,
        "started": (18, WHEN),
        "stage": (16, SHORT),
        "first": (10, EXACT),
        "mean": (10, EXACT),
        "person": (6, CENTER),
        "message": (6, CENTER),
        "asked": (6, CENTER),
        "ordered": (10, EXACT),
        "paid": (10, EXACT),
        **dict.fromkeys(
            ("consulted", "was_received", "was_asked", "was_paid_soon", "was_paid"), (7, WHOLE)
        ),
        **dict.fromkeys(
            ("jingdong_prompt", "jingdong_messages", "kuaishou_soon", "feige_soon"), (12, SHORT)
        ),
        **dict.fromkeys(("feige_unserved", "taobao_soon"), (12, SHORT)),
        "score": (6, CENTER),
    },
    Source.ORDERS: {
        **_WHO,
        "ordered": (18, WHEN),
        "state": (10, SHORT),
        "paid": (18, WHEN),
        "cents": (12, MONEY),
        "returned": (6, CENTER),
        "buyer": (8, WHOLE),
        "again": (9, WHOLE),
    },
}


def columns(source: Source) -> tuple[sp.Wide, ...]:
    """The group first, then what is known of a line."""
    group = sp.entry("group", "组", 15, replace(SHORT, bold=True))
    looks = LOOKS[source]
    return (group, *(sp.entry(key, head, *looks[key]) for key, head in HEADS[source].items()))


def said(
    figures: MonthFigures, source: Source, line: Line
) -> Iterator[tuple[str, str | Decimal | None]]:
    """A line's cells; times and durations whole, so that they add up to the figures."""
    began = MOMENTS[source][0]
    for name in HEADS[source]:
        value = getattr(line, name)
        if name == "file":
            known = value is not None and value < len(figures.files)
            yield name, figures.files[value][0] if known else None
        elif name in MOMENTS[source]:
            moment = line.day * DAY if value is None and name == began and line.day else value
            yield name, part(moment, DAY, EXCEL_EPOCH)
        elif isinstance(value, bool):
            yield name, "是" if value else "否"
        elif isinstance(value, int):
            yield name, part(value, UNITS[source].get(name, 1))
        else:
            yield name, value


def part(count: int | None, unit: int, more: int = 0) -> Decimal | None:
    """A number in a larger unit."""
    return None if count is None else Decimal(count) / unit + more
