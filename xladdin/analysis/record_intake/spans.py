"""Durations as people and systems write them, in whole microseconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xladdin.analysis.service_records import SECOND
from xladdin.domain.quantities import Unit
from xladdin.intake.numbers import bare_number
from xladdin.intake.text import narrow
from xladdin.intake.times import SECONDS, clock_to_seconds

_FIGURE = r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?"
_WORDS = re.compile(
    rf"(?:{_FIGURE}(?:个星期|周|weeks?|w))? ?,? ?(?:{_FIGURE}(?:天|日|days?|d))? ?,? ?"
    rf"(?:{_FIGURE}(?:个小时|小时|钟头|时|hours?|hrs?|h))? ?,? ?(?:{_FIGURE}(?:分钟|分|minutes?|mins?|m(?!s)))? ?,? ?"
    rf"(?:{_FIGURE}(?:秒钟|秒|seconds?|secs?|s))? ?,? ?(?:{_FIGURE}(?:毫秒|ms))?"
)
_PARTS = tuple(map(Decimal, ("604800", "86400", "3600", "60", "1", "0.001")))
_DAYS_AND_CLOCK = re.compile(
    r"([0-9]{1,5}) ?(?:天|日|days?|d)?,? ([0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)"
)
SHORTEST = Decimal("0.01")
"""Seconds: what is shorter is a time cell that lost its format, a fraction of a day."""
_PLACES = 4
"""So many places has the fraction of a day; half an hour, written 0.5, has fewer."""
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Span:
    """What a text says of a duration; nothing where it says none."""

    micros: int | None = None
    guess: str = ""
    """What had to be taken for granted."""


DAY_FRACTION, TWO_PARTS = "day_fraction", "two_parts"


@lru_cache(maxsize=65536)
def read_span(raw: str, unit: Unit | None) -> Span:
    """A duration; a bare figure is read in ``unit``, and not at all where nobody says which."""
    text = narrow(raw).lstrip("'").lower().strip()
    sign = -1 if text.startswith("-") and len(text) > 1 else 1
    text = text.removeprefix("-").strip()
    value = bare_number(text)
    if value is not None:
        return _of_number(value * sign, text, unit)
    seconds, guess = _seconds(text, unit)
    return Span(None if seconds is None else _micros(seconds * sign), guess)


def _of_number(value: Decimal, text: str, unit: Unit | None) -> Span:
    seconds = None if unit is None else value * SECONDS[unit]
    places = len(text.partition(".")[2])
    if seconds is None or 0 < seconds < SHORTEST:
        if 0 < value < 1 and places >= _PLACES:
            return Span(_micros(round(value * _DAY, 3)), DAY_FRACTION)
        return Span()
    return Span(_micros(seconds))


def _seconds(text: str, unit: Unit | None) -> tuple[Decimal | None, str]:
    found = _WORDS.fullmatch(text)
    if found and any(found.groups()):
        return sum(
            (Decimal(part or 0) * each for part, each in zip(found.groups(), _PARTS, strict=True)),
            Decimal(0),
        ), ""
    if found := _DAYS_AND_CLOCK.fullmatch(text):
        clock = clock_to_seconds(found[2], Unit.SECOND)
        return (Decimal(found[1]) * 86_400 + clock[0], "") if clock else (None, "")
    clock = clock_to_seconds(text, unit or Unit.SECOND)
    return (clock[0], TWO_PARTS if clock[1] else "") if clock else (None, "")


def _micros(seconds: Decimal) -> int:
    return round(seconds * SECOND)
