"""Charts as plain values; what they show is named by keys, as in formulas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: its name, and the cells of its values in order, without gaps."""

    name: str
    keys: tuple[str, ...]
    color: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A radar chart over cells of the book, laid over part of its block."""

    row: int
    col: int
    title: str
    categories: tuple[str, ...]
    """Keys of the cells that name the axes."""
    series: tuple[Series, ...]
    width: int
    height: int
    """Size in pixels."""
    maximum: Decimal
