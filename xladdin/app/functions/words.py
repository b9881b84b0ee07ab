"""Words that a clerk types into an argument, found among the few that are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.quantities import FACTS, Unit
from xladdin.intake.text import narrow

from .values import bad

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
    words = {label: kind for kind, label in METHOD_LABELS.items()}
    ids = {kind: kind for kind in METHOD_LABELS}
    return chosen(given, words | ids, name, words) if given else DEFAULT_METHOD


def unit(given: str, name: str) -> Unit:
    """The unit with this id, label or suffix: ``percent``, ``百分比``, ``%``."""
    words = {unit.value: unit for unit in FACTS}
    words |= {known.suffix: unit for unit, known in FACTS.items() if known.suffix}
    words |= {known.label: unit for unit, known in FACTS.items()}
    return chosen(narrow(given), words, name, (known.label for known in FACTS.values()))
