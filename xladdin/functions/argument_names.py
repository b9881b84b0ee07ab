"""Methods, units, schemes, indicators and elements by the words that stand in arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from xladdin.domain.competency import CompetencyScheme, Element
from xladdin.domain.methods import RULES
from xladdin.domain.quantities import FACTS, Unit
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.intake.text import narrow
from xladdin.schemes.library import Library

from .argument_values import bad, text
from .known_schemes import SCHEME, Known

Meant = TypeVar("Meant")

DEFAULT_METHOD = "percent"


def chosen(given: str, words: Mapping[str, Meant], name: str, shown: Iterable[str]) -> Meant:
    """What a word stands for: the word itself, or a part that only words of one meaning have."""
    wanted = given.casefold()
    exact = {word.casefold(): meant for word, meant in words.items()}
    if wanted in exact:
        return exact[wanted]
    partly = {word: meant for word, meant in exact.items() if wanted in word}
    if len(set(partly.values())) == 1:
        return next(iter(partly.values()))
    why = f"「{given}」不止一种" if partly else f"没有「{given}」"
    raise bad(name, f"{why}，可写：{'、'.join(partly or shown)}")


def method_kind(given: str, name: str) -> str:
    """The kind of scoring method with this id or Chinese label; 百分比计分制 where none is given."""
    words = {rule.label: kind for kind, rule in RULES.items()}
    others = {alias: kind for kind, rule in RULES.items() for alias in (kind, *rule.aliases)}
    return chosen(given, words | others, name, words) if given else DEFAULT_METHOD


def unit(given: str, name: str) -> Unit:
    """The unit with this id, label or suffix: ``percent``, ``百分比``, ``%``."""
    words = {unit.value: unit for unit in FACTS}
    # Two units may be written alike: the first one is meant.
    words |= {known.suffix: unit for unit, known in reversed(FACTS.items()) if known.suffix}
    words |= {known.label: unit for unit, known in FACTS.items()}
    return chosen(narrow(given), words, name, (known.label for known in FACTS.values()))


INDICATOR, ELEMENT = "指标", "要素"
DEFAULT_SCHEME = "online_shop_monthly"
"""Whose grades and total count where no scheme is named: the form RS201331."""


def scheme_of(raw: object, known: Known) -> Scheme:
    """The scheme with this id or name; the usual one where none is named."""
    return known.scheme(text(raw, SCHEME) or DEFAULT_SCHEME)


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


def competency_of(raw: object, known: Known) -> CompetencyScheme:
    """The competency scheme with this id or name; the usual one where none is named."""
    return known.competency(text(raw, SCHEME) or Library.shipped().competencies[0].id)


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
