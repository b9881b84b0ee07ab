"""What a clause is made of: the parts that phrases mean, and the table row of a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from xladdin.domain.positions import Cycle, StandardKind
from xladdin.domain.quantities import Unit


class Role(StrEnum):
    """What a phrase contributes to a standard."""

    FIGURE = "figure"
    """A figure demanded: 95%以上, 至少2次."""
    GROWTH = "growth"
    """A figure by which something grows or shrinks: 递增30%以上."""
    LIMIT = "limit"
    """A time allowed after an event: 两个工作日内, 次日."""
    DUE = "due"
    """A date or hour: 每月5日前."""
    EVERY = "every"
    """How often: 每周, 两个月."""
    FLAWLESS = "flawless"
    """无差错."""
    RECORDED = "recorded"
    """做好记录."""
    NAME = "name"
    """A figure inside a name, which stays in the subject: 3分钟响应率."""


@dataclass(frozen=True, slots=True)
class Part:
    """One phrase, understood."""

    role: Role
    kind: StandardKind | None = None
    """With a figure: what it demands; None where no word says so."""
    value: Decimal | None = None
    unit: Unit = Unit.NUMBER
    cycle: Cycle | None = None
    due: str = ""
    noun: str = ""
    """What the phrase adds to the subject: 增长率, 泄露."""


Meaning = Part | str
"""What a phrase means, or in Chinese why nobody can be sure."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying something: how it is written, what it means, and examples of it."""

    pattern: re.Pattern[str]
    means: Callable[[re.Match[str]], Meaning]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A part and where it stands in its clause."""

    part: Part
    start: int
    end: int


def phrase(pattern: str, means: Callable[[re.Match[str]], Meaning], *examples: str) -> Phrase:
    """A row of a table of phrases."""
    return Phrase(re.compile(pattern), means, examples)


def always(meaning: Meaning) -> Callable[[re.Match[str]], Meaning]:
    """For phrases that mean one thing only."""
    return lambda _: meaning
