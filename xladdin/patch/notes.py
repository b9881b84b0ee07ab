"""Comments of cells: new ones, and text below those that are there."""

from __future__ import annotations

from collections.abc import Mapping

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import position
from xladdin.ooxml.package import VML_TYPE
from xladdin.ooxml.refused import TooLargeError
from xladdin.ooxml.xml import Element, main

from . import order
from .boxes import Sizes, add_boxes
from .cell_elements import escaped
from .sheet import SheetPatch
from .workbook import text_of

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
MOST_DRAWN = 20_000_000
"""Bytes of all the workbook's boxes; one takes some 800."""
_THREADED = "tc="
"""How the author of a comment begins that only stands in for a conversation."""


def add_notes(sheet: SheetPatch, notes: Mapping[str, str], author: str) -> list[str]:
    """Comment cells, below what their comments say already; the cells that cannot be commented.

    Excel shows a conversation in the place of a comment, so a cell that has one is left alone.
    """
    if not notes:
        return []
    part = _comments_part(sheet)
    root = sheet.book.package.edit(part)
    there = {item.get("ref", ""): item for item in root.iter(main("comment"))}
    number = _author(root, author)
    left = [place for place in notes if place in there and _is_threaded(root, there[place])]
    texts = {place: text for place, text in notes.items() if place not in left}
    comments = _child(root, "commentList")
    for place, text in texts.items():
        if place in there:
            _append(there[place], text)
        else:
            _add(comments, place, text, number)
    comments[:] = sorted(comments, key=lambda item: position(item.get("ref", "")))
    # Of two comments on one cell the first is shown, wherever the other one came from.
    whole = {item.get("ref", ""): item for item in reversed(comments)}
    _draw(sheet, {place: _text(whole[place]) for place in texts})
    return left


def _comments_part(sheet: SheetPatch) -> str:
    package, part = sheet.book.package, sheet.entry.part
    found = package.related(part, "comments")
    if found:
        return found[0]
    name = package.free_name("xl/comments{}.xml")
    data = f'<comments xmlns="{xml.MAIN}"><authors/><commentList/></comments>'
    package.put(name, data.encode())
    package.declare(name, _TYPE)
    package.relate(part, "comments", name)
    return name


def _child(root: Element, tag: str) -> Element:
    found = root.find(main(tag))
    return xml.add(root, tag) if found is None else found


def _author(root: Element, author: str) -> str:
    authors = _child(root, "authors")
    names = [item.text or "" for item in authors]
    if author not in names:
        xml.add(authors, "author").text = author
        names.append(author)
    return str(names.index(author))


def _is_threaded(root: Element, comment: Element) -> bool:
    authors = [item.text or "" for item in _child(root, "authors")]
    number = comment.get("authorId", "")
    return number.isdecimal() and any(
        name.startswith(_THREADED) for name in authors[int(number) : int(number) + 1]
    )


def _add(comments: Element, place: str, text: str, author: str) -> None:
    comment = xml.add(comments, "comment", {"ref": place, "authorId": author})
    _run(xml.add(comment, "text"), text)


def _append(comment: Element, text: str) -> None:
    """As another run of text; a plain text becomes the first run."""
    body = _child(comment, "text")
    plain = body.find(main("t"))
    if plain is not None:
        run = xml.new("r")
        body.replace(plain, run)
        run.append(plain)
    _run(body, f"\n{text}")


def _run(body: Element, text: str) -> None:
    run = xml.new("r")
    properties = xml.add(run, "rPr")
    for tag, value in (("sz", "9"), ("color", None), ("rFont", "宋体"), ("charset", "134")):
        xml.add(properties, tag, {"val": value} if value else {"indexed": "81"})
    content = xml.add(run, "t")
    content.text = escaped(text)
    content.set(xml.SPACE, "preserve")
    xml.insert_ordered(body, run, ["t", "r", "rPh", "phoneticPr"])


def _text(comment: Element) -> str:
    body = comment.find(main("text"))
    return "" if body is None else text_of(body)


def _draw(sheet: SheetPatch, texts: Mapping[str, str]) -> None:
    """Every comment needs a box in the sheet's old-style drawing."""
    package = sheet.book.package
    legacy = sheet.root.find(main("legacyDrawing"))
    related = {item.id: item.target for item in package.relations(sheet.entry.part)}
    name = "" if legacy is None else related.get(legacy.get(xml.RELATION_ID, ""), "")
    if name not in package or not name:
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.declare_ending("vml", VML_TYPE)
        relation = package.relate(sheet.entry.part, "vmlDrawing", name)
        _refer(sheet, relation)
        package.put(name, b"")
    others = [package.read(part) for part in package.names if part.lower().endswith(".vml")]
    if sum(map(len, others)) > MOST_DRAWN:
        raise TooLargeError(f"批注的框超过{MOST_DRAWN // 1_000_000} MB")
    boxes = {position(place): text for place, text in texts.items()}
    sizes = Sizes.of(sheet.root, sheet.rows.heights())
    package.put(name, add_boxes(package.read(name), others, boxes, sizes))


def _refer(sheet: SheetPatch, relation: str) -> None:
    root = sheet.book.package.edit(sheet.entry.part)
    for old in root.findall(main("legacyDrawing")):
        root.remove(old)
    element = xml.add_reference(root, "legacyDrawing", relation)
    xml.insert_ordered(root, element, order.SHEET)
