"""What figures are of: a scheme's items by all that a file may call them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import Unit, plain, written
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.domain.rule_terms import NEGATIVE_TARGET
from xladdin.domain.schemes import Indicator, Scheme

from .text import key_text


@dataclass(frozen=True, slots=True)
class Item:
    """What a figure is of: an indicator, or an addition or deduction in points."""

    id: str
    name: str
    unit: Unit
    rule: ScoringRule | None = None
    of_target: bool = False
    """Whether a target below 0 means nothing."""
    of_self: bool = False
    """Whether people rate themselves on it, beside their superior."""

    @property
    def may_lack(self) -> bool:
        """Whether nothing entered is none: an addition or deduction."""
        return isinstance(self.rule, Adjustment)

    def beyond(self, value: Decimal) -> str:
        """Why an actual is none that the item takes; empty where it is one."""
        why = self.rule.refusal(value) if self.rule else ""
        return f"「{self.name}」填了 {plain(value)}，{why}" if why else ""

    def aimless(self, target: Decimal) -> str:
        """Why a target is none that the item takes; empty where it is one."""
        if not self.of_target or target >= 0:
            return ""
        return f"「{self.name}」的目标是 {written(target, self.unit)}，{NEGATIVE_TARGET}"


_known: OrderedDict[int, tuple[Scheme, dict[str, Item]]] = OrderedDict()
_MOST_KNOWN = 64


def items_of(scheme: Scheme) -> dict[str, Item]:
    """What a scheme measures, by id and by name; not to be changed."""
    # By identity: to hash a scheme takes longer.  What is kept keeps its number.
    found = _known.get(id(scheme))
    if found is None:
        found = _known[id(scheme)] = scheme, _items_of(scheme)
        while len(_known) > _MOST_KNOWN:
            _known.popitem(last=False)
    return found[1]


def _items_of(scheme: Scheme) -> dict[str, Item]:
    found = [_measured(each, of_self=scheme.asks_self(each)) for each in scheme.indicators]
    found += [_adjusting(each) for each in scheme.adjustments]
    return {key_text(item.name): item for item in found} | {item.id: item for item in found}


def _measured(item: Indicator, *, of_self: bool) -> Item:
    return Item(item.id, item.name, item.unit, item.method, item.method.of_target, of_self)


def _adjusting(item: Adjustment) -> Item:
    return Item(item.id, item.name, item.points_unit, item)
