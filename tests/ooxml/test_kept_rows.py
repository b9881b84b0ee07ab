"""Rows kept as text: where they lie, what becomes of those that were changed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.ooxml import kept_rows, xml
from xladdin.ooxml.kept_rows import KeptRows, divided
from xladdin.ooxml.refused import DamagedError, TooLargeError

HEAD = f'<worksheet xmlns="{xml.MAIN}" xmlns:x="urn:x"><dimension ref="A1"/><sheetData>'.encode()
TAIL = b'</sheetData><pageMargins left="1"/></worksheet>'
ROWS = (
    b'<row r="1" ht="17.25"><c r="A1"><v>1</v></c></row>\n'
    b'<row r="3" x:own="&lt;"><c r="B3" t="inlineStr"><is><t>&amp; r</t></is></c></row>'
    b'<row r="4"/>'
    b'<row r="9"><c r="A9"><f t="shared" si="0"/></c></row>'
)
DATA = HEAD + ROWS + TAIL


def kept(data: bytes = DATA) -> KeptRows:
    found = divided(data)
    assert found
    return KeptRows(data, found)


def whole(rows: KeptRows, data: bytes = DATA) -> bytes:
    found = divided(data)
    assert found
    return b"".join(rows.within(found.rest))


def test_what_nobody_changes_stays_byte_for_byte() -> None:
    rows = kept()
    assert rows.numbers == [1, 3, 4, 9]
    assert whole(rows) == DATA.replace(b"\n", b"")
    for number in rows.numbers:
        rows.element(number)
    assert xml.canonical(xml.parse(whole(rows))) == xml.canonical(
        xml.parse(DATA.replace(b"\n", b""))
    )


def test_changed_and_new_rows_stand_in_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "MOST_OPEN", 0)
    rows = kept()
    rows.element(3).set("ht", "30")
    rows.new(5).set("ht", "40")
    rows.new(2)
    assert rows.rest()
    assert not rows.rest()
    text = whole(rows)
    assert re.findall(rb'<row r="(\d)"', text) == [b"1", b"2", b"3", b"4", b"5", b"9"]
    assert b'x:own="&lt;" ht="30"' in text
    assert text.count(b"xmlns") == DATA.count(b"xmlns")
    assert [*rows.heights()] == [(1, "17.25"), (3, "30"), (5, "40")]
    assert [*rows.holding([b"shared"])] == [9]
    rows.element(5).set("ht", "41")
    assert b'ht="41"' in whole(rows)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        DATA.replace(b'<row r="3"', b"<row"),
        DATA.replace(b'<row r="3"', b'<row r="1"'),
        DATA.replace(b'<row r="9"', b'<row r="1048577"'),
        DATA.replace(b'<row r="4"/>', b"<!-- 4 -->"),
        DATA.replace(b'<row r="4"/>', b"4"),
        DATA.replace(b'<row r="4"/>', b'<rows r="4"/>'),
        DATA.replace(b"<row ", b"<x:row ").replace(b"</row>", b"</x:row>"),
        DATA.replace(b"</row></sheetData>", b"</sheetData>"),
        DATA.replace(b"<sheetData>", b"<sheetData><sheetData>"),
        b"<?xml version='1.0' encoding='GBK'?>" + DATA,
        DATA.decode().encode("utf-16"),
    ],
)
def test_a_sheet_that_does_not_show_where_its_rows_lie_is_held_as_a_tree(data: bytes) -> None:
    assert divided(data) is None


def test_a_row_that_is_not_sound_is_told_when_it_is_asked_for() -> None:
    rows = kept(DATA.replace(b'r="B3"', b'r="ZZZZZ"'))
    rows.element(1)
    with pytest.raises(DamagedError):
        rows.element(3)


def test_no_change_may_hold_all_rows_of_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "MOST_HELD_OPEN", 2)
    rows = kept()
    rows.element(1)
    rows.element(3)
    with pytest.raises(TooLargeError):
        rows.element(4)


NUMBERS = st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=12).map(sorted)


@given(NUMBERS, st.lists(st.integers(1, 30), max_size=8), st.integers(0, 3))
def test_rows_rise_and_none_is_lost(there: list[int], asked: list[int], most: int) -> None:
    data = HEAD + b"".join(b'<row r="%d" a="%d"/>' % (each, each) for each in there) + TAIL
    rows, open_ = kept(data), kept_rows.MOST_OPEN
    kept_rows.MOST_OPEN = most
    try:
        for number in asked:
            row = rows.element(number) if number in rows else rows.new(number)
            row.set("seen", "1")
            rows.rest()
        text = whole(rows, data)
    finally:
        kept_rows.MOST_OPEN = open_
    found = {int(row.get("r", "0")): row for row in xml.parse(text)[1]}
    assert [*found] == sorted({*there, *asked})
    assert all(first < second for first, second in pairwise(found))
    assert {number for number, row in found.items() if row.get("seen")} == {*asked}
    assert {number for number, row in found.items() if row.get("a") == str(number)} == {*there}
