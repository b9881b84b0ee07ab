from __future__ import annotations

import pytest

from xladdin.ooxml import xml
from xladdin.ooxml.refused import DamagedError


def test_nothing_is_lost_on_the_way() -> None:
    data = b'<a xmlns:x="u"><!--c--><x:b>1</x:b></a>'
    assert data in xml.serialise(xml.parse(data))


@pytest.mark.parametrize("data", [b"", b"<a", b"<x:a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_what_is_no_part(data: bytes) -> None:
    with pytest.raises(DamagedError):
        xml.parse(data)


def test_children_in_the_order_of_the_schema() -> None:
    root = xml.new("worksheet")
    for tag in ("cols", "pageMargins", "sheetData"):
        xml.insert_ordered(root, xml.new(tag), ["cols", "sheetData", "pageMargins"])
    assert [xml.local(child) for child in root] == ["cols", "sheetData", "pageMargins"]
