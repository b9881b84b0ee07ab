"""Entries for tests, and a ledger that is the same in every run."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from xladdin.ledger.canonical import digest
from xladdin.ledger.ledger_place import LedgerPlace
from xladdin.ledger.records import (
    Appeal,
    AppealAnswer,
    Calibration,
    Correction,
    Decision,
    FeedbackIssued,
    Record,
    Returned,
    ReturnedReport,
    SchemeSnapshot,
    ScoreResult,
)
from xladdin.ledger.store import Ledger

NOW = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC)
MONTH = "2026-11"


def opened(place: LedgerPlace, *, write: bool = True, wait: float = 0.3, **more: Any) -> Ledger:
    """A ledger whose clock stands still and whose salts are counted."""
    return Ledger(place, write=write, wait=wait, **{"now": lambda: NOW, "salt": salts(), **more})


def salts() -> Callable[[], str]:
    count = itertools.count()
    return lambda: f"{next(count):032x}"


def returned(person: str = "CS001", points: object = 95, **more: Any) -> Returned:
    """A monthly form; its file is another one whenever its points are."""
    values: dict[str, Any] = {
        "kind": "monthly",
        "person": person,
        "period": MONTH,
        "scheme_hash": "0123456789ab",
        "inputs": {"points": Decimal(str(points)), "comment": "很好", "nothing": None},
        "file_name": f"{person}.xlsx",
        "file_sha256": f"{digest([person, str(points)])}",
        "at": NOW,
    }
    return Returned(**{**values, **more})


def result(person: str = "CS001", total: str | None = "88.5") -> ScoreResult:
    points = None if total is None else Decimal(total)
    return ScoreResult("monthly", person, MONTH, "0123456789ab", {"score_a": points}, points, "B")


def one_of_each(person: str = "CS001") -> list[Record]:
    """Every kind that is appended as it is."""
    day = NOW.date()
    return [
        SchemeSnapshot("0123456789ab", "cs_monthly", "客服月度", '{"id":"cs_monthly"}'),
        returned(person),
        result(person),
        Decision("monthly", person, MONTH, "target_a", "90", "95", "总表", "赵敏"),
        Calibration(person, MONTH, "grade", "B", "A", "赵敏", "全年最难的一个月"),
        appeal(person),
        AppealAnswer(person, MONTH, 6, "成立", "已核对", "赵敏"),
        Correction(
            person,
            MONTH,
            "actual.a",
            "退款率",
            "percent",
            Decimal("0.08"),
            Decimal("0.05"),
            "赵敏",
            "已核对",
            6,
        ),
        FeedbackIssued(
            person,
            MONTH,
            f"{person}反馈单.xlsx",
            "f" * 64,
            day,
            day + dt.timedelta(days=9),
            "c" * 64,
        ),
        returned_report(person),
    ]


def appeal(person: str = "CS001", text: str = "退款不该算我的") -> Appeal:
    """An appeal against one figure."""
    day = NOW.date()
    return Appeal(
        person,
        MONTH,
        text,
        day,
        day + dt.timedelta(days=9),
        "actual.a",
        "退款率",
        "percent",
        Decimal("0.05"),
        day,
        day + dt.timedelta(days=2),
        f"{person}反馈单.xlsx",
        "f" * 64,
    )


def returned_report(person: str = "CS001", words: str = "进步明显", **more: Any) -> ReturnedReport:
    """A debrief; its file is another one whenever its words are."""
    values: dict[str, Any] = {
        "kind": "report_debrief",
        "person": person,
        "period": MONTH,
        "inputs": {"superior.comment": words, "y.solved.this.own": Decimal("0.95"), "gone": None},
        "base": {"superior.comment": None, "gone": Decimal(28)},
        "labels": {"superior.comment": "述职报告·上级评语"},
        "file_name": f"{person}述职.xlsx",
        "file_sha256": f"{digest([person, words])}",
        "at": NOW,
    }
    return ReturnedReport(**{**values, **more})
