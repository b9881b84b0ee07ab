"""The shipped mappings of columns, for a workbook whose own sheet says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from xladdin.domain.quantities import Unit
from xladdin.paths import templates_dir

from .mapping import MONTH, PERSON, UNUSED, Mapping

FILE = "exports/metric_columns.yaml"


@cache
def default_mappings() -> tuple[Mapping, ...]:
    """Every known column: who and when, which indicator, or none."""
    text = (templates_dir() / FILE).read_text(encoding="utf-8")
    return tuple(_mappings(yaml.safe_load(text)))


def _mappings(data: dict[str, Any]) -> Iterator[Mapping]:
    for target, columns in data["people"].items():
        yield from (Mapping(column, target) for column in columns)
    yield from (Mapping(column, MONTH) for column in data["months"])
    for item in data["columns"]:
        unit, remark = Unit(item["unit"]), item.get("remark", "")
        yield Mapping(item["column"], item["indicator"], unit, remark)
    yield from (Mapping(column, UNUSED) for column in data["unused"])


def completed(own: tuple[Mapping, ...]) -> tuple[Mapping, ...]:
    """The workbook's own mappings, and the shipped ones that add no indicator.

    A clerk who took a line out of the sheet does not want that column; without any line of an
    indicator the sheet has never been filled in.
    """
    special = (*PERSON, MONTH, UNUSED)
    shipped = default_mappings()
    if any(mapping.target not in special for mapping in own):
        shipped = tuple(mapping for mapping in shipped if mapping.target in special)
    named = {mapping.column for mapping in own}
    return (*own, *(mapping for mapping in shipped if mapping.column not in named))
