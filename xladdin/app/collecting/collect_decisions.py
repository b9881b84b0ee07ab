"""What else lies among collected forms: appeals on 反馈单, answers in 申诉清单; each goes to who keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xladdin.app.results.appeal_answers import take_answers
from xladdin.app.results.appeal_returns import SlipFile, take_appeals
from xladdin.returns.file_reading import FileRead

from .collected import Collected


@dataclass
class TakenDecisions:
    """What became of them: lines for a person, data for a machine; problems are told with those of the forms."""

    told: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def take_decisions(
    master: Path, done: Collected, today: dt.date, *, url: str | None = None
) -> TakenDecisions:
    """Hand them on, after the forms; nothing is raised."""
    found = TakenDecisions()
    if done.slips:
        appeals = take_appeals(master, list(map(_slip, done.slips)), today, url=url)
        found.data["appeals"] = appeals.as_json()
        found.told += appeals.told
        done.problems += appeals.problems
    if done.appeal_answers:
        answers = take_answers(master, done.appeal_answers, url=url)
        found.data["answers"] = answers.as_json()
        found.told += answers.told
        done.problems += answers.problems
    return found


def _slip(read: FileRead) -> SlipFile:
    assert read.slip is not None  # noqa: S101 - Collected.slips has no others
    file = read.file
    saved = read.saved_at.date() if read.saved_at else dt.date.today()
    return SlipFile(read.slip, file.name, read.sha256, file.as_it_came, saved)
