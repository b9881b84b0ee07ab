"""The shipped templates, listed and described."""

from __future__ import annotations

import pytest

from xladdin.app.catalog import RESTORED, Entry, described, entries, find
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme

ALL = pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.id)


@ALL
def test_every_template_is_found_by_its_id_and_described(entry: Entry) -> None:
    template = find(entry.id)
    assert template is not None
    lines = list(described(template))
    assert entry.id in lines[0]
    assert not any("None" in line or "Decimal" in line for line in lines)
    assert set(entry.as_json()) == {"id", "kind", "name", "about"}


@ALL
def test_what_is_restored_is_marked(entry: Entry) -> None:
    template = find(entry.id)
    lines = list(described(template)) if template else []
    if isinstance(template, Scheme):
        for item in template.indicators:
            marked = any(line.startswith(f"  {RESTORED}{item.name}　") for line in lines)
            assert marked is item.restored
    if isinstance(template, Position):
        for duty in template.duties:
            assert f"  {duty.rank}. {RESTORED if duty.restored else ''}{duty.wording}" in (
                line.rpartition("　")[0] for line in lines
            )


def test_a_name_that_two_positions_have_finds_neither() -> None:
    assert find("客服专员") is None
    assert find("没有") is None
