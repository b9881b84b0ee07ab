"""Cells of the master workbook as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

CellValue = str | Decimal | None
Row = dict[str, CellValue]
"""Column key -> what the cell holds."""

YES, NO = "是", "否"


def text(value: str | None) -> str | None:
    """Text, or an empty cell."""
    return value or None


def joined(names: Iterable[str]) -> str | None:
    """Several names in one cell."""
    return "、".join(names) or None


def yes(value: bool) -> str | None:
    """是, or an empty cell, for what is usually not so."""
    return YES if value else None


def yes_or_no(value: bool) -> str:
    """是 or 否, for what is usually so: an empty cell would say 是."""
    return YES if value else NO


def fraction(points: Decimal) -> Decimal:
    """Points of 100 as the fraction that a cell shows as a percentage."""
    return points / 100
