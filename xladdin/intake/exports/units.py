"""Units of columns: what a head says in brackets, and figures from one unit into another."""

from __future__ import annotations

import re
from decimal import Decimal

from xladdin.domain.quantities import FACTS, Unit
from xladdin.intake.decimals import snapped
from xladdin.intake.text import narrow
from xladdin.intake.times import SECONDS

_NOTE = re.compile(r"\(([^()]*)\)$")
_WORDS: dict[str, Unit] = {
    **{facts.label: unit for unit, facts in FACTS.items()},
    "%": Unit.PERCENT,
    "百分数": Unit.PERCENT,
    "s": Unit.SECOND,
    "秒钟": Unit.SECOND,
    "分钟": Unit.MINUTE,
    "min": Unit.MINUTE,
    "时": Unit.HOUR,
    "h": Unit.HOUR,
    "日": Unit.DAY,
    "¥": Unit.YUAN,
    "单": Unit.PIECE,
    "个": Unit.PIECE,
    "笔": Unit.PIECE,
    "人次": Unit.TIMES,
    "名": Unit.PERSON,
}
_CLOCK = "分"
"""Minutes in the head of a duration, points elsewhere."""
_POINTS = (Unit.POINT, Unit.SIGNED)
_COUNTS = frozenset(
    [Unit.TIMES, Unit.PIECE, Unit.PERSON, Unit.NUMBER, Unit.POINT, Unit.SIGNED, Unit.STAR]
)


def note_of(head: str) -> str:
    """What a head says in brackets at its end; empty where there is nothing."""
    found = _NOTE.search(narrow(head).replace(" ", ""))
    return found[1].casefold() if found else ""


def without_note(head: str) -> str:
    """The head up to its brackets."""
    return _NOTE.sub("", narrow(head).replace(" ", ""))


def unit_named(note: str, wanted: Unit) -> Unit | None:
    """The unit that a note names, if it names one."""
    if note == _CLOCK:
        return Unit.MINUTE if wanted in SECONDS else wanted if wanted in _POINTS else Unit.POINT
    return _WORDS.get(note)


def converted(value: Decimal, unit: Unit, target: Unit) -> Decimal:
    """A figure in another unit; only for units that ``convertible`` allows."""
    if unit in SECONDS and target in SECONDS:
        return snapped(value * SECONDS[unit] / SECONDS[target])
    return value


def convertible(unit: Unit, target: Unit) -> bool:
    """Whether a figure in one unit says what the other one asks for."""
    return (
        unit is target
        or (unit in SECONDS and target in SECONDS)
        or (unit in _COUNTS and target in _COUNTS)
    )
