"""The State Council's notices, typed in by hand, and deadlines counted with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

TABLE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("working_days.yaml").read_text("utf-8")
)


def days_of(spans: list[object]) -> set[dt.date]:
    """``2026-02-15..2026-02-23`` and single days."""
    found: set[dt.date] = set()
    for span in spans:
        first, _, last = str(span).partition("..")
        day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += dt.timedelta(days=1)
    return found


OFF, WORKED = days_of(TABLE["closed"]), days_of(TABLE["worked"])


def works(day: dt.date) -> bool:
    """By the notices alone."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)
