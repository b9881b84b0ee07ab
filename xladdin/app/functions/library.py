"""Schemes, indicators and elements by the ids or names that stand in cells."""

from __future__ import annotations

from xladdin.domain.competency import CompetencyScheme, Element
from xladdin.domain.schemes import Adjustment, Indicator, Scheme
from xladdin.schemes.library import Library

from .values import bad, text

SCHEME, INDICATOR, ELEMENT = "方案", "指标", "要素"
DEFAULT_SCHEME = "online_shop_monthly"
"""Whose grades and total count where no scheme is named: the form RS201331."""


def scheme_of(raw: object) -> Scheme:
    """The shipped scheme with this id or name; the usual one where none is named."""
    key = text(raw, SCHEME) or DEFAULT_SCHEME
    found = Library.shipped().scheme(key)
    if found is None:
        known = "、".join(item.id for item in Library.shipped().schemes)
        raise bad(SCHEME, f"没有「{key}」，可写：{known}")
    return found


def item_of(scheme: Scheme, raw: object) -> Indicator | Adjustment | None:
    """The scheme's indicator, addition or deduction with this id or name; None for a blank."""
    key = text(raw, INDICATOR)
    if not key:
        return None
    extras = {name: item for item in scheme.adjustments for name in (item.id, item.name)}
    found = scheme.indicator(key) or extras.get(key)
    if found is None:
        raise bad(INDICATOR, f"{scheme.name}没有「{key}」")
    return found


def competency_of(raw: object) -> CompetencyScheme:
    """The shipped competency scheme with this id or name; the first one where none is named."""
    key, shipped = text(raw, SCHEME), Library.shipped().competencies
    found = Library.shipped().competency(key) if key else shipped[0]
    if found is None:
        raise bad(SCHEME, f"没有「{key}」，可写：{'、'.join(item.id for item in shipped)}")
    return found


def element_of(scheme: CompetencyScheme, raw: object) -> Element | None:
    """The element with this id or name; None where none is named."""
    key = text(raw, ELEMENT)
    if not key:
        return None
    for element in scheme.elements:
        if key in (element.id, element.name):
            return element
    known = "、".join(element.name for element in scheme.elements)
    raise bad(ELEMENT, f"没有「{key}」，可写：{known}")
