"""A method's settings as the text of options, the way back of what the functions read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xladdin.domain.quantities import Direction, Unit, plain
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.functions.method_options import SETTINGS
from xladdin.schemes.labels import CHOICE_LABELS


def options(method: ScoringRule, direction: Direction, unit: Unit = Unit.NUMBER) -> str:
    """Every setting, whether or not it differs from what goes without saying."""
    raw = method.model_dump()
    known = {option.field: option.label for option in SETTINGS[method.kind]}
    settings = {known[field]: _text(field, raw[field]) for field in known if raw[field] is not None}
    if not isinstance(method, Adjustment):
        settings |= {"方向": CHOICE_LABELS["direction"][direction], "单位": unit.value}
    return "；".join(f"{label}={text}" for label, text in settings.items())


def _text(field: str, value: Any) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return plain(value)
        case str():
            return CHOICE_LABELS[field][value]
        case list() | tuple():
            return ",".join(map(_entry, value))
        case _:
            return _entry(value)


def _entry(entry: Mapping[str, Any]) -> str:
    """``90:1`` of a step or an end, ``4-5`` of a band."""
    if "share" in entry:
        bound = entry["bound"] if "bound" in entry else entry["at"]
        return f"{plain(bound)}:{plain(entry['share'])}"
    return f"{plain(entry['low'])}-{plain(entry['high'])}"
