"""Mutations of an XML part: elements, attributes, references, and the cells of a sheet."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from random import Random

from lxml import etree

from . import odd

Element = etree._Element
Change = Callable[[Random, Element], None]

REFERENCES = (
    "A1", "a1", "$A$1", "XFD1048576", "XFE1", "A1048577", "A0", "A", "1", "", "1A", "ZZZZ1", "A1:A1",
    "A1:XFD1048576", "B2:A1", "A:A", "1:1", "A-1", "A99999999999", "Ａ1", "A1 B2", "#REF!", "R1C1",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "2", "65535", "1048576", "1048577", "16385", "2147483647", "2147483648", "1e9",
    "4294967295", "18446744073709551616", "0.5", "NaN", "", "x", "９", "true",
)  # fmt: skip
TYPES = ("s", "n", "b", "e", "str", "inlineStr", "d", "", "x", "S")
POINTING = {"r", "ref", "sqref", "spans", "location", "activeCell", "topLeftCell", "range-address"}
TYPED = {"t", "value-type", "type"}
REPEATED = {"number-columns-repeated", "number-rows-repeated", "number-columns-spanned"}
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}"><!ENTITY c "{}"><!ENTITY d "{}">]>'.format(
        "z" * 1000, "&a;" * 1000, "&b;" * 1000, "&c;" * 1000
    ),
    '<!DOCTYPE x SYSTEM "file:///etc/hostname">',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
)
DEPTHS = (50, 300, 3_000, 100_000)
BLOW_UP = 200_000
"""Elements that a repeated one may become at most."""


def is_sheet(name: str) -> bool:
    return "/worksheets/sheet" in name or name == "content.xml"


def mutate(rng: Random, name: str, data: bytes) -> bytes:
    """One change: of the tree, where there is one and chance agrees, else of the text."""
    if rng.random() < 0.8 and (root := parse(data)) is not None:
        # A sheet has thousands of cells: half the changes go to what there is little of.
        changes = (*TREE, repeated) if name == "content.xml" else TREE
        rng.choice(changes)(rng, root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return rng.choice(TEXT)(rng, data)


def parse(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


# Changes of the tree.


def _elements(root: Element) -> list[Element]:
    return [element for element in root.iter() if isinstance(element.tag, str)]


def pick(rng: Random, root: Element) -> Element:
    """An element: each tag as likely as any other, however often it stands there."""
    found = _elements(root)
    tags = sorted({str(element.tag) for element in found})
    tag = rng.choice(tags)
    return rng.choice([element for element in found if element.tag == tag])


def drop(rng: Random, root: Element) -> None:
    element = pick(rng, root)
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def duplicate(rng: Random, root: Element) -> None:
    element = pick(rng, root)
    size = 1 + len(_elements(element))
    times = min(rng.choice((1, 1, 1, 2, 100, 30_000)), BLOW_UP // size)
    if element.getparent() is not None:
        for _ in range(times):
            element.addnext(copy.deepcopy(element))


def move(rng: Random, root: Element) -> None:
    element, place = pick(rng, root), pick(rng, root)
    if element is not root and element not in (place, *place.iterancestors()):
        place.append(element)


def retag(rng: Random, root: Element) -> None:
    element, other = pick(rng, root), pick(rng, root)
    element.tag = rng.choice((str(other.tag), "x", etree.QName(element).localname))


def empty(rng: Random, root: Element) -> None:
    element = pick(rng, root)
    for child in list(element):
        element.remove(child)
    element.text = None


def drop_attribute(rng: Random, root: Element) -> None:
    if found := _attributes(rng, root):
        element, name = found
        del element.attrib[name]


def change_attribute(rng: Random, root: Element) -> None:
    if found := _attributes(rng, root):
        element, name = found
        element.set(name, _odd_attribute(rng, name, root))


def _attributes(rng: Random, root: Element) -> tuple[Element, str] | None:
    for _ in range(20):
        element = pick(rng, root)
        if names := sorted(map(str, element.attrib)):
            return element, rng.choice(names)
    return None


def _odd_attribute(rng: Random, name: str, root: Element) -> str:
    local = etree.QName(name).localname
    if local in POINTING and rng.random() < 0.8:
        return rng.choice(REFERENCES)
    if local in TYPED and rng.random() < 0.7:
        return rng.choice(TYPES)
    if rng.random() < 0.6:
        return rng.choice(NUMBERS)
    other = pick(rng, root)
    return rng.choice([*map(str, other.attrib.values()), odd.xml_value(rng)])


def add_attribute(rng: Random, root: Element) -> None:
    """One that the other elements of the part have, or that means much in a sheet."""
    found = _attributes(rng, root)
    names = ["r", "s", "t", "hidden", "ref", "si", "count", "name", *([found[1]] if found else [])]
    name = rng.choice(names)
    pick(rng, root).set(name, _odd_attribute(rng, name, root))


def text(rng: Random, root: Element) -> None:
    pick(rng, root).text = odd.xml_value(rng)


def reorder(rng: Random, root: Element) -> None:
    element = pick(rng, root)
    element[:] = rng.sample(list(element), len(element))


def foreign(rng: Random, root: Element) -> None:
    """A comment, an instruction, or an element of nobody's namespace."""
    place = pick(rng, root)
    place.insert(
        rng.randint(0, len(place)),
        rng.choice((etree.Comment("x"), etree.PI("x", "y"), etree.Element("{urn:x}x", x="1"))),
    )


def repeated(rng: Random, root: Element) -> None:
    """How often a row or cell of an OpenDocument sheet is to be thought there."""
    names = [
        (e, n) for e in _elements(root) for n in e.attrib if etree.QName(n).localname in REPEATED
    ]
    element, name = rng.choice(names) if names else (pick(rng, root), None)
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    element.set(name or f"{table}number-rows-repeated", rng.choice(NUMBERS))


TREE: tuple[Change, ...] = (
    drop, drop, duplicate, move, retag, empty, drop_attribute, change_attribute, change_attribute,
    change_attribute, change_attribute, add_attribute, text, reorder, foreign,
)  # fmt: skip


# Changes of the text.


def entity(rng: Random, data: bytes) -> bytes:
    """Entities declared, and one of them used in some text."""
    body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data)
    gaps = [match.end() - 1 for match in re.finditer(rb"><", body[:100_000])]
    at = rng.choice(gaps) if gaps else 0
    used = rng.choice((b"&a;", b"&d;", b"&none;", b"&#0;", b"&#x110000;"))
    return rng.choice(ENTITIES).encode() + body[:at] + used + body[at:]


def nest(rng: Random, data: bytes) -> bytes:
    """Elements inside each other; as text, since lxml's own tree cannot be that deep."""
    gaps = [match.end() - 1 for match in re.finditer(rb"><", data)]
    at, depth = rng.choice(gaps) if gaps else 0, rng.choice(DEPTHS)
    name = rng.choice((b"x", b"c", b"row", b"si", b"table:table-row"))
    inner = (b"<%s>" % name) * depth + (b"</%s>" % name) * depth
    return data[:at] + inner + data[at:]


def cut(rng: Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def encode(rng: Random, data: bytes) -> bytes:
    """Another encoding than it says."""
    content = data.decode("utf-8", "replace")
    encoding = rng.choice(("utf-16", "utf-8-sig", "gbk", "utf-16-be", "utf-32", "latin-1"))
    return content.encode(encoding, "replace")


def declare(rng: Random, data: bytes) -> bytes:
    declared = rng.choice((b"UTF-16", b"GBK", b"latin-1", b"UTF-7", b"x-none", b""))
    return re.sub(rb'encoding="[^"]*"', b'encoding="' + declared + b'"', data, count=1)


def namespace(rng: Random, data: bytes) -> bytes:
    if rng.random() < 0.5:
        return re.sub(rb'xmlns(:\w+)?="[^"]*"', b"", data, count=rng.randint(1, 3))
    return re.sub(rb'xmlns="[^"]*"', b'xmlns="urn:x"', data, count=1)


def spoil(rng: Random, data: bytes) -> bytes:
    """A character of the markup, or one that XML may not hold, in the middle."""
    at = rng.randrange(len(data) + 1)
    junk = rng.choice((b"<", b">", b'"', b"&", b"\0", b"\x08", b"\xff", b"\xed\xa0\x80", b"</c>"))
    return data[:at] + junk + data[at:]


TEXT: tuple[Callable[[Random, bytes], bytes], ...] = (
    entity, entity, nest, cut, encode, declare, namespace, spoil,
)  # fmt: skip


# Cells.


def odd_cells(rng: Random, data: bytes) -> bytes:
    """One to eight cells with another type, value or style; the rest as it was."""
    root = parse(data)
    cells = [e for e in _elements(root) if _is_cell(e)] if root is not None else []
    if root is None or not cells:
        return data
    for _ in range(rng.randint(1, 8)):
        cell = rng.choice(_near_the_head(rng, cells))
        rng.choice(OPEN_DOCUMENT if "table-cell" in str(cell.tag) else SPREADSHEET)(rng, cell)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _is_cell(element: Element) -> bool:
    return etree.QName(element).localname in ("c", "table-cell")


def _near_the_head(rng: Random, cells: list[Element]) -> list[Element]:
    """Half the time among the first: heads and first rows decide how a sheet is read."""
    return cells[:60] if rng.random() < 0.5 else cells


def _refill(cell: Element, kind: str | None, children: Iterator[tuple[str, str]]) -> None:
    namespace = etree.QName(cell).namespace
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if kind is not None:
        cell.set("t", kind)
    for name, content in children:
        etree.SubElement(cell, etree.QName(namespace, name)).text = content


def _inline(rng: Random, cell: Element) -> None:
    _refill(cell, "inlineStr", iter(()))
    inline = etree.SubElement(cell, etree.QName(etree.QName(cell).namespace, "is"))
    words = etree.SubElement(inline, etree.QName(etree.QName(cell).namespace, "t"))
    words.text = odd.xml_value(rng)


def _typed(rng: Random, cell: Element) -> None:
    """A value under a type that it may not have."""
    content = rng.choice((*odd.NUMBERS, *NUMBERS, odd.xml_value(rng)))
    _refill(cell, rng.choice((None, *TYPES)), iter([("v", content)]))


def _error(rng: Random, cell: Element) -> None:
    texts = ("#REF!", "#N/A", "#DIV/0!", "#NAME?", "#SPILL!", "#GETTING_DATA", "#X", "", "#BUSY!")
    _refill(cell, "e", iter([("v", rng.choice(texts))]))


def _formula(rng: Random, cell: Element) -> None:
    formulas = (
        "1+1",
        "A1",
        "NOW()",
        "#REF!",
        "",
        "=1",
        "(" * 500,
        "SUM(" * 80,
        "'[1]x'!A1",
        "a\nb",
    )
    value = odd.xml_value(rng)
    _refill(
        cell, rng.choice((None, "str", "b", "e")), iter([("f", rng.choice(formulas)), ("v", value)])
    )


def _styled(rng: Random, cell: Element) -> None:
    cell.set("s", rng.choice((*map(str, range(40)), *NUMBERS)))


def _moved(rng: Random, cell: Element) -> None:
    cell.set("r", rng.choice(REFERENCES))


def _gone(rng: Random, cell: Element) -> None:
    if (row := cell.getparent()) is not None:
        row.remove(cell)


SPREADSHEET: tuple[Change, ...] = (
    _inline, _inline, _inline, _typed, _typed, _error, _formula, _styled, _moved, _gone,
)  # fmt: skip


def _typed_value(rng: Random, cell: Element) -> None:
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    kinds = ("float", "percentage", "currency", "date", "time", "boolean", "string", "x", "")
    kind = rng.choice(kinds)
    cell.set(f"{office}value-type", kind)
    names = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
    cell.set(f"{office}{names.get(kind, 'value')}", odd.xml_value(rng))


def _paragraph(rng: Random, cell: Element) -> None:
    for child in cell:
        child.text = odd.xml_value(rng)


OPEN_DOCUMENT: tuple[Change, ...] = (_typed_value, _paragraph, _paragraph, _gone)
