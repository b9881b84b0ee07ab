"""Schemes and positions as YAML text that people read, and that loads back into the same model.

Block style, Chinese as it is, defaults left out, percentages as ``95%`` where the field or the
indicator's unit is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import yaml

from xladdin.domain.base import Model
from xladdin.domain.bonus_rules import BonusRule, BonusStep
from xladdin.domain.guidelines import Guideline
from xladdin.domain.methods.linear import LinearEnd
from xladdin.domain.methods.steps import Step
from xladdin.domain.positions import Standard
from xladdin.domain.quantities import Unit, plain
from xladdin.domain.rule_models import MethodSettings, ScoringRule
from xladdin.domain.schemes import Indicator, Scheme, TotalRule
from xladdin.domain.setting_declarations import Takes

from .yaml_text import parse

SHARES: dict[type[Model], frozenset[str]] = {
    Step: frozenset({"share"}),
    LinearEnd: frozenset({"share"}),
    BonusRule: frozenset({"share"}),
    BonusStep: frozenset({"share"}),
    Guideline: frozenset({"share", "most"}),
}
"""Fields that are shares whatever is measured, besides the settings of rules."""

MEASURES: dict[type[Model], frozenset[str]] = {
    Indicator: frozenset({"target"}),
    Standard: frozenset({"value"}),
    Step: frozenset({"bound"}),
    LinearEnd: frozenset({"at"}),
}
"""Fields in the unit of what is measured, besides the settings of rules."""

_WEIGHTS = ("weight", "within")
KIND = frozenset({"kind"})
"""It says which model this is, although it is always the default."""
STATED: dict[type[Model], frozenset[str]] = {
    Scheme: KIND | {"total"},
    TotalRule: frozenset({"cap"}),
}
"""Fields that are written even where they are as they are by default.

Whoever reads a scheme must see where the total ends, without knowing what is usual.
"""

_NOTHING: frozenset[str] = frozenset()
_WIDEST = 1_000_000
"""Never break a line: a text is one line in the file as it is in the form."""

Comments = Mapping[str, str]


def to_yaml(model: Model, comments: Comments | None = None) -> str:
    """The model as a file's text; ``comments`` go above the items that have these ids."""
    return "\n".join(_mapping(model, percent=False, comments=comments or {})) + "\n"


def _mapping(model: Model, *, percent: bool, comments: Comments) -> Iterator[str]:
    """The lines of a model's fields, without those that are as they are by default."""
    percent = _in_percent(model, percent)
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(model, Indicator) and model.within is not None and name in _WEIGHTS:
            # Its section says that weights are shares of the section: one of the two is enough.
            value = model.within if name == "weight" else None
        if (
            name not in STATED.get(type(model), KIND)
            and not field.is_required()
            and value == field.default
        ):
            continue
        if isinstance(value, Decimal):
            yield f"{name}: {_figure(value, percent=_is_percentage(model, name, percent))}"
        else:
            yield from _field(name, value, percent, comments)


def _is_percentage(model: Model, name: str, percent: bool) -> bool:
    if isinstance(model, ScoringRule):
        takes = {each.field: each.setting.takes for each in model.settings()}.get(name)
        return takes is Takes.RATIO or (percent and takes is Takes.MEASURE)
    share, measure = (table.get(type(model), _NOTHING) for table in (SHARES, MEASURES))
    return name in share or (percent and name in measure)


def _field(name: str, value: Any, percent: bool, comments: Comments) -> Iterator[str]:
    match value:
        case Model():
            lines = list(_mapping(value, percent=percent, comments=comments))
            yield f"{name}:" if lines else f"{name}: {{}}"
            yield from _indented(lines)
        case tuple() if value:
            yield f"{name}:"
            for item in value:
                yield from _indented(_item(item, percent, comments))
        case tuple():
            yield f"{name}: []"
        case _:
            yield f"{name}: {_scalar(value)}"


def _item(item: Any, percent: bool, comments: Comments) -> Iterator[str]:
    """An entry of a list, its comment above it."""
    if not isinstance(item, Model):
        yield f"- {_scalar(item)}"
        return
    yield from _comment(comments.get(getattr(item, "id", ""), ""))
    first, *others = _mapping(item, percent=percent, comments=comments)
    yield f"- {first}"
    yield from _indented(others)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"# {''.join(sign for sign in line if sign.isprintable())}"


def _in_percent(model: Model, inherited: bool) -> bool:
    """Whether the measures in a model are percentages; a completion always is one."""
    match model:
        case Indicator(unit=unit) | Standard(unit=unit):
            return unit is Unit.PERCENT
        case MethodSettings():
            return inherited or model.of_completion
        case _:
            return inherited


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case _:
            return _text(str(value))


def _figure(value: Decimal, *, percent: bool) -> str:
    """``95%`` for a percentage, unless that would round it."""
    shown = plain(value * 100)
    exact = percent and Decimal(shown) / 100 == value
    return f"{shown}%" if exact else plain(value)


def _text(text: str) -> str:
    """Without quotes where every reader takes it for this text, ours and those of YAML 1.1."""
    bare = yaml.safe_dump(text, allow_unicode=True, width=_WIDEST).removesuffix("\n...\n")
    if bare == text and _reads_back(bare):
        return bare
    quoted = yaml.safe_dump(text, allow_unicode=True, width=_WIDEST, default_style='"')
    return quoted.removesuffix("\n")


def _reads_back(text: str) -> bool:
    document, _ = parse(f"text: {text}\n")
    return document is not None and document.data == {"text": text}
