"""Schemes that something is wrong with, as far as others need to look them up."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from xladdin.domain.base import Model
from xladdin.domain.quantities import Unit
from xladdin.domain.raw import dicts
from xladdin.domain.schemes import Adjustment, Indicator, Scheme, Section

from .groups import Group
from .parts import Part

M = TypeVar("M", bound=Model)


def sketch(group: Group, part: Part) -> Scheme:
    """A scheme that knows what its indicators are called and measured in, and nothing else.

    Without it one wrong weight would turn every figure of the scheme into a problem.
    """
    sections = dicts(part.data.get("sections"))
    return sketched(
        Scheme,
        id=group.id,
        name=group.name,
        positions=group.positions,
        sections=tuple(_section(section) for _, section in sections),
        adjustments=tuple(
            sketched(Adjustment, **_called(item)) for _, item in dicts(part.data["adjustments"])
        ),
    )


def sketched(model: type[M], **known: Any) -> M:
    """A model with the fields that are known, unchecked."""
    return cast(M, model.model_construct(**known))


def _section(data: dict[str, Any]) -> Section:
    items = (item for _, item in dicts(data["indicators"]))
    return sketched(Section, indicators=tuple(_indicator(item) for item in items))


def _indicator(data: dict[str, Any]) -> Indicator:
    return sketched(Indicator, unit=Unit(data.get("unit", Unit.NUMBER)), **_called(data))


def _called(data: dict[str, Any]) -> dict[str, str]:
    return {field: data.get(field, "") for field in ("id", "name")}
