"""What figures are of: a scheme's items by all that a file may call them."""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme

from .text import key_text


@dataclass(frozen=True, slots=True)
class Item:
    """What a figure is of: an indicator, or an addition or deduction in points."""

    id: str
    name: str
    unit: Unit


def items_of(scheme: Scheme) -> dict[str, Item]:
    """What a scheme measures, by id and by name."""
    found = [Item(each.id, each.name, each.unit) for each in scheme.indicators]
    found += [Item(each.id, each.name, Unit.POINT) for each in scheme.adjustments]
    return {key_text(item.name): item for item in found} | {item.id: item for item in found}
