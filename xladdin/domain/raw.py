"""Helpers that look at raw data before it is a model: parts may be missing or malformed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from xladdin.formula.arithmetic import Value

from .base import Fault, Loc
from .quantities import plain

FULL = Decimal(100)
"""What weights and shares of time add up to, in percent."""


def dicts(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The mappings of a raw list with their positions; anything else is passed over."""
    items = value if isinstance(value, list | tuple) else ()
    return [(i, item) for i, item in enumerate(items) if isinstance(item, dict)]


def number(item: Mapping[str, Any], field: str) -> Decimal | None:
    """A field's number, or None where it is missing or no number (the field check names it)."""
    value = item.get(field)
    return value if isinstance(value, Decimal) and value.is_finite() else None


def held(item: Mapping[str, Any], field: str) -> Value:
    """A field as rules see it: what is malformed is neither empty nor a number."""
    value = item.get(field)
    if value is None or isinstance(value, str):
        return value
    known = number(item, field)
    return "?" if known is None else known


def total_of(items: Iterable[Mapping[str, Any]], field: str) -> Decimal | None:
    """The sum of a field, or None as soon as one is no number: the sum would say nothing."""
    values = [number(item, field) for item in items]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def located(data: Mapping[str, Any], field: str) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """The mappings of a list field, each with its path."""
    return (((field, i), item) for i, item in dicts(data.get(field)))


def repeated(items: Iterable[tuple[Loc, dict[str, Any]]], label: str) -> Iterator[Fault]:
    """Ids and names that an earlier one of the items has already."""
    seen: dict[str, set[str]] = {"id": set(), "name": set()}
    for loc, item in items:
        for field, word in (("id", "编号"), ("name", "名称")):
            value = item.get(field)
            if not isinstance(value, str):
                continue
            # Spreadsheets compare text without regard to case, so "a" and "A" would be one.
            key = value.casefold()
            if key in seen[field]:
                message = f"{label}{word}「{value}」重复"
                yield Fault(f"duplicate_{field}", message, (*loc, field))
            seen[field].add(key)


def off_by(total: Decimal, due: Decimal) -> str:
    """``差5%`` or ``多5%``: how far a total is off."""
    gap = total - due
    return f"{'多' if gap > 0 else '差'}{plain(abs(gap))}%"
