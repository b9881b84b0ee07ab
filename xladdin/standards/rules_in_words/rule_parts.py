"""What a rule's phrases mean, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from xladdin.domain.quantities import Direction, Unit

from .rule_text import Figure


class Role(StrEnum):
    """What a phrase contributes to a rule."""

    RATIO = auto()
    """Full points times actual against target."""
    CAP = auto()
    """So much at most, as a share of the full points or in points."""
    PER_STEP = auto()
    PER_EVENT = auto()
    PER_DAY = auto()
    DEDUCT_CAP = auto()
    STARTED = auto()
    BAND = auto()
    OTHERWISE = auto()
    """What all the rest earns."""
    REACHED = auto()
    """What reaching the target earns."""
    MISSED = auto()
    TARGET = auto()
    FULL = auto()
    """How many points the item is worth, as the rule says it."""
    FLAWLESS = auto()
    """What no event at all earns."""
    NOTHING = auto()
    """Words that change nothing: 扣完为止, 以系统数据为准."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a band earns: points, or a share of the full points; ``off``: taken off them."""

    points: Decimal | None = None
    share: Decimal | None = None
    off: bool = False


FULL_VALUE, NO_VALUE = Value(share=Decimal(1)), Value(share=Decimal(0))


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a band goes; None is open."""

    low: Figure | None = None
    low_in: bool = True
    high: Figure | None = None
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One phrase."""

    role: Role
    said: str = ""
    size: Figure | None = None
    """Of a step, a target, a begun step."""
    value: Value | None = None
    span: Span | None = None
    direction: Direction | None = None
    how: str = ""
    """Of a begun step: ``whole``, ``ignored``, ``proportional``; ``bare``: nothing says 扣."""
    base: Figure | None = None
    """From where steps are counted, where the phrase says so: 低于95%的，每低1%…"""


@dataclass(frozen=True, slots=True)
class Context:
    """What the form says of an item besides its rule."""

    name: str
    weight: Decimal
    """In points of 100."""
    target: str = ""
    actual: str = ""
    """An actual that was filled in: its unit tells what is measured."""
    scale: Decimal | None = None
    """The full points in which the rule counts, where not the weight: 100 for 百分制."""


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule that was read for certain."""

    method: dict[str, Any]
    unit: Unit = Unit.NUMBER
    direction: Direction = Direction.HIGHER
    target: Decimal | None = None
    completion: bool = False
    """What is filled in is the share of the target that was reached, not the figure itself."""
    notes: tuple[str, ...] = ()
    """What the words leave open, and how it was settled."""
    others: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    """Other methods that the words allow too, each with what it would mean."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a rule was not read."""

    reason: str
