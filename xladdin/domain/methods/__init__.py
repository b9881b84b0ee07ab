"""The scoring rules, one module each: settings, what they mean, how every door states them.

A module of this folder is found by itself, so that a new rule is a new file.  Sources: CONVENTIONS,
table of scoring methods, gathered from published appraisal forms; 以上/以下/以内 include the number
itself (Civil Code of the PRC, article 1259), so "n events and more" is ``count >= n``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from pydantic import Field

from ..rule_models import Adjustment, MethodSettings, ScoringRule

__all__ = ["ADJUSTMENTS", "METHODS", "METHOD_LABELS", "RULES", "AnyAdjustment", "Method"]


def _found() -> Iterator[type[ScoringRule]]:
    """The rules of every module here."""
    for each in iter_modules(__path__):
        module = import_module(f"{__name__}.{each.name}")
        for value in vars(module).values():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, ScoringRule):
                yield value


def _one_of(rules: dict[str, Any]) -> Any:
    return Annotated[Union[tuple(rules.values())], Field(discriminator="kind")]  # noqa: UP007


RULES: dict[str, type[ScoringRule]] = {
    rule.kind_name(): rule for rule in sorted(_found(), key=lambda rule: rule.place)
}
"""Kind -> rule, in the order of lists."""
METHODS: dict[str, type[MethodSettings]] = {
    kind: rule for kind, rule in RULES.items() if issubclass(rule, MethodSettings)
}
"""The rules that score an indicator."""
ADJUSTMENTS: dict[str, type[Adjustment]] = {
    kind: rule for kind, rule in RULES.items() if issubclass(rule, Adjustment)
}
"""The rules that count points outside the 100."""
METHOD_LABELS = {kind: rule.label for kind, rule in METHODS.items()}

if TYPE_CHECKING:
    Method: TypeAlias = MethodSettings
    AnyAdjustment: TypeAlias = Adjustment
else:
    Method, AnyAdjustment = _one_of(METHODS), _one_of(ADJUSTMENTS)
