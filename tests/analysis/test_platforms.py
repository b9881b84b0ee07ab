"""One chat log, each platform's figure under its own definition, to the microsecond at its edges."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.analysis.measuring import known, measure
from xladdin.analysis.metric import Reading
from xladdin.analysis.metrics import platforms, shop
from xladdin.analysis.service_records import CHATS, HOUR, MINUTE, SECOND, Source

from .engine_tables import duck

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "platform_cases.yaml").read_text("utf-8")
)
METRICS = {metric.id: metric for metric in (*platforms.ALL, *shop.ALL)}


def microseconds(seconds: float | str) -> int:
    return int(Decimal(str(seconds)) * SECOND)


def chat(clock: str, answered: float | None, *words: str) -> dict[str, Any]:
    """A session as a case writes it."""
    hours, minutes, seconds = clock.split(":")
    row: dict[str, Any] = {
        "clock": int(hours) * HOUR + int(minutes) * MINUTE + microseconds(seconds),
        "first": None if answered is None else microseconds(answered),
        "customer": "甲",
        "day": 1,
        "person": "robot" not in words,
        "message": "message" in words,
        "asked": "silent" not in words,
    }
    row["mean"] = row["first"]
    for word in words:
        match word.split():
            case ["mean" | "paid" as key, number]:
                row[key] = microseconds(number)
            case ["day", number]:
                row["day"] = int(number)
            case ["nobody"]:
                row["customer"] = None
            case ["甲" | "乙"]:
                row["customer"] = word
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['metric']}: {case['why']}")
def test_a_session_at_the_edge_counts_as_the_platform_counts_it(case: dict[str, Any]) -> None:
    chats = [chat(*session) for session in case["chats"]]
    metric = METRICS[case["metric"]]
    found = measure(duck({Source.CHATS: chats}), [metric])[()][metric.id]
    if case["is"] == "nothing":
        assert found == Reading(None, 0, 0)
    else:
        above, of = case["is"].split("/")
        assert (found.above, found.basis) == (int(above), int(of))


def test_every_platform_has_cases_at_its_edges() -> None:
    tried = [case["metric"] for case in CASES]
    assert len(tried) >= 40
    assert {metric.id for metric in platforms.ALL} <= set(tried)
    assert {shop.CONVERTED_SOON.id, shop.CONVERTED.id} <= set(tried)


def test_what_nobody_handed_in_is_not_counted_as_never_happened() -> None:
    have = {Source.CHATS: set(CHATS) - {"paid"}}
    rows = [chat("12:00:00", 5)]
    found = measure(duck({Source.CHATS: rows}, have), shop.FUNNEL)[()]
    assert found["asked"].value == 1
    assert found["paid"] == Reading(None, 0)
    assert not known(shop.PAID, have[Source.CHATS])
    assert known(shop.ASKED, have[Source.CHATS])
