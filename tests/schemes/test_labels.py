"""Every field and every fixed value has a Chinese name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xladdin.domain.methods import METHOD_LABELS
from xladdin.schemes.json_schema import schemas
from xladdin.schemes.labels import CHOICE_LABELS, FIELD_LABELS, KIND_LABELS, choices
from xladdin.schemes.load import ALL_MODELS, MODELS


def _fields(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _fields(child)


def test_every_field_has_a_label() -> None:
    fields = {name for model in ALL_MODELS.values() for name in _fields(model.model_json_schema())}
    assert fields <= FIELD_LABELS.keys()
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in FIELD_LABELS.values())


def test_every_method_has_a_label() -> None:
    mapping = MODELS["kpi_scheme"].model_json_schema()["$defs"]["Indicator"]
    assert mapping["properties"]["method"]["discriminator"]["mapping"].keys() == (
        METHOD_LABELS.keys()
    )


def test_every_kind_of_template_has_a_label() -> None:
    assert KIND_LABELS.keys() == ALL_MODELS.keys()
    assert len(schemas()) == len(ALL_MODELS)


def test_choices_name_what_they_mean() -> None:
    assert choices("direction", ["higher", "other"]) == "higher（越高越好）、other"
    assert choices("anything", ["x", "y"]) == "x、y"
    assert CHOICE_LABELS["unit"]["percent"] == "百分比"
    assert CHOICE_LABELS["method"]["percent"] == "百分比计分制"
