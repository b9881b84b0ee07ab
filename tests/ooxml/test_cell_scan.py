"""What is looked up in a sheet, what all else of it makes of its frame, and what is not taken."""

from __future__ import annotations

import zlib

import pytest

from xladdin.ooxml.archive import Packed
from xladdin.ooxml.cell_scan import Scanner, Unusual, Value, inflated, shared_texts, text_of

BEGIN = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def strings(*items: str) -> bytes:
    return BEGIN + f"<sst count='9'>{''.join(f'<si>{one}</si>' for one in items)}</sst>".encode()


def sheet(cells: str, head: str = "", tail: str = "") -> bytes:
    row = f'<row r="1" ht="15">{cells}</row>'
    return BEGIN + f"<worksheet>{head}<sheetData>{row}</sheetData>{tail}</worksheet>".encode()


TEXTS = [b"a", b"b&amp;c", b"d"]
CELLS = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"><f>A1</f><v>5</v></c><c r="C1" s="3"/>'


def frame(data: bytes, texts: list[bytes] = TEXTS) -> bytes:
    return Scanner({b"B1", b"C1"}).scan(data, texts).frame


def test_texts_are_taken_whole_whatever_their_runs_look_like() -> None:
    run = '<r><rPr><sz val="9"/><color rgb="FF0"/></rPr><t xml:space="preserve">b </t></r>'
    data = strings("<t>a</t>", f"{run}<r><t>c</t></r>", "<t/>", '<t>d</t><phoneticPr fontId="1"/>')
    assert shared_texts(data) == [b"a", b"b c", b"", b"d"]


@pytest.mark.parametrize(
    "item",
    ["<t>a</t><rPh><t>b</t></rPh>", "<r><t>a</t></r>x<r><t>b</t></r>", "a", "<t>a<!-- --></t>"],
)
def test_texts_that_are_written_otherwise_are_not_taken(item: str) -> None:
    with pytest.raises(Unusual):
        shared_texts(strings(item))


@pytest.mark.parametrize(
    ("written", "text"),
    [(b"a&lt;b&#10;c&amp;lt;", "a<b\nc&lt;"), (b"_x0041_", "A"), ("中".encode(), "中")],
)
def test_a_text_says_what_xml_means(written: bytes, text: str) -> None:
    assert text_of(written) == text


@pytest.mark.parametrize("written", [b"&nbsp;", b"&#0;", b"\xff", b"&", b"x" * 40_000])
def test_what_is_no_text_is_not_taken(written: bytes) -> None:
    with pytest.raises(Unusual):
        text_of(written)


def test_the_wanted_cells_are_looked_up() -> None:
    scanner = Scanner({b"B1", b"C1"})
    found = scanner.scan(sheet(CELLS), TEXTS)
    assert found.values == {"B1": Value("n", "5")}
    other = CELLS.replace("<v>5<", "<v>6<").replace('s="3"/>', 's="3" t="s"><v>1</v></c>')
    again = scanner.scan(sheet(other), TEXTS)
    assert again.values == {"B1": Value("n", "6"), "C1": Value("s", "b&c")}
    assert again.frame == found.frame == frame(sheet(other))


SAME = {
    "cursor": sheet(CELLS, head='<sheetViews><sheetView topLeftCell="B9"/></sheetViews>'),
    "height": sheet(CELLS).replace(b'ht="15"', b'ht="30"'),
}
OTHER = {
    "another text": (sheet(CELLS), [b"x", *TEXTS[1:]]),
    "a style": (sheet(CELLS.replace('s="3"', 's="4"')), TEXTS),
    "a formula": (sheet(CELLS.replace("<f>A1", "<f>A2")), TEXTS),
    "no formula": (sheet(CELLS.replace("<f>A1</f>", "")), TEXTS),
    "a cell more": (sheet(CELLS + '<c r="D1"><v>1</v></c>'), TEXTS),
    "a hidden row": (sheet(CELLS).replace(b'ht="15"', b'ht="0"'), TEXTS),
    "what stands behind": (sheet(CELLS, tail="<mergeCells/>"), TEXTS),
}


@pytest.mark.parametrize("name", SAME)
def test_what_nobody_reads_is_in_no_frame(name: str) -> None:
    assert frame(SAME[name]) == frame(sheet(CELLS))


@pytest.mark.parametrize("name", OTHER)
def test_anything_else_makes_another_frame(name: str) -> None:
    data, texts = OTHER[name]
    assert frame(data, texts) != frame(sheet(CELLS))


@pytest.mark.parametrize(
    "cells",
    [
        CELLS.replace('r="A1" ', ""),
        CELLS.replace('"1"', "'1'"),
        CELLS.replace("<v>0<", "<v>7<"),
        CELLS.replace("<v>5<", "<is><t>5</t></is><"),
        CELLS + '<c r="B1"/>',
        CELLS + "x",
        CELLS + "<!-- -->",
    ],
)
def test_a_sheet_that_is_written_otherwise_is_not_taken(cells: str) -> None:
    with pytest.raises(Unusual):
        frame(sheet(cells))


def test_a_part_is_what_the_file_says_or_is_not_taken() -> None:
    packer = zlib.compressobj(wbits=-15)
    data = packer.compress(b"abc") + packer.flush()
    sound = Packed(8, zlib.crc32(b"abc"), 3, data)
    assert inflated(sound) == b"abc"
    for spoilt in (
        sound._replace(crc=1),
        sound._replace(size=4),
        sound._replace(data=data[:-1]),
        sound._replace(data=data + b"x"),
        sound._replace(size=10_000_000),
    ):
        with pytest.raises(Unusual):
            inflated(spoilt)
