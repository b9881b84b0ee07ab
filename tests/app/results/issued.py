"""What the tests know of the company whose 反馈单 went out."""

from __future__ import annotations

from pathlib import Path

from xladdin.domain.people import Period

PERIOD = Period("2026-10")
ISSUED, DEADLINE = "2026-11-27", "2026-12-08"
PEOPLE = ["QC025", "QC002"]


def slip_of(master: Path, person: str) -> Path:
    return next((master.parent / "反馈单").rglob(f"*{person}*.xlsx"))
