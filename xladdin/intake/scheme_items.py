"""What figures are of: a scheme's items by all that a file may call them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import Unit, plain, written
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Scheme

from .text import key_text


@dataclass(frozen=True, slots=True)
class Item:
    """What a figure is of: an indicator, or an addition or deduction in points."""

    id: str
    name: str
    unit: Unit
    limits: tuple[Decimal, Decimal] | None = None
    """Fewest and most points of an adjustment that refuses any others."""

    def beyond(self, value: Decimal) -> str:
        """Why a figure is none that the item takes; empty where it is one."""
        if self.limits is None or self.limits[0] <= value <= self.limits[1]:
            return ""
        span = "～".join(written(end, self.unit) for end in self.limits)
        return f"「{self.name}」填了 {plain(value)}，应在 {span} 之间"


def items_of(scheme: Scheme) -> dict[str, Item]:
    """What a scheme measures, by id and by name."""
    found = [Item(each.id, each.name, each.unit) for each in scheme.indicators]
    found += [_adjusting(each) for each in scheme.adjustments]
    return {key_text(item.name): item for item in found} | {item.id: item for item in found}


def _adjusting(item: Adjustment) -> Item:
    limits = (item.low, item.high) if item.refuses else None
    return Item(item.id, item.name, item.points_unit, limits)
