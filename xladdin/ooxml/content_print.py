"""A fingerprint of what a workbook says, without what every saving writes anew.

Two copies that one program made of one state have one print, also where it has numbered styles and
texts differently.  Where prints differ, nothing is known: a program is free to write as it likes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from .archive import Archive
from .refused import RefusedError
from .xml import Element, canonical, local, parse

_MADE_ANEW = re.compile(
    r"docprops/|_rels/\.rels|\[content_types]|customxml/|"
    r"xl/(?:calcchain|printersettings|persons|styles|sharedstrings|workbook\.xml\.rels)",
    re.IGNORECASE,
)
"""Parts with the time of saving, the order of computing, the printer; styles and texts are looked up
where they are used."""
_BOOK = re.compile(rb"<(?:\w+:)?(sheets|definedNames)\b.*?</(?:\w+:)?\1>", re.DOTALL)
"""What counts of the workbook's own part: not its windows, its folder, the number of the saving."""
_SEEN = re.compile(
    rb'<sheetViews>.*?</sheetViews>|\sxr\d*:\w+="[^"]*"|(?:(?<=</f>)|(?<=/>))<v>[^<]*</v>'
    rb'|(?<=<x14:id>)\{[0-9A-F-]{36}\}|(?<=\sid=")\{[0-9A-F-]{36}\}',
    re.DOTALL,
)
"""What of a sheet is looking (cursor, scrolling), an id of the saving (those that join the two halves
of a data bar too), or computed."""
_FILTER = re.compile(
    rb"<autoFilter\b(?:[^<>/]++|/(?!>))*+(?:/>|>(?:[^<]++|<(?!/?autoFilter\b))*+</autoFilter>)\s*+"
)
"""What of a table is looking; rows that it hides count."""
_ROW = re.compile(rb"<row\b[^<>]*+>")
_FIXED = re.compile(rb'\scustomHeight="(?:1|true)"')
_HEIGHT = re.compile(rb'\sht="[^"<>]*+"')
_STYLE = re.compile(rb'\s(s|style|dxfId)="(\d+)"')
_TEXT = re.compile(rb't="s"((?:(?!t="s")[^>])*+)><v>(\d+)</v>')
_BORROWED = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


def content_print(data: bytes) -> str:
    """As hexadecimal digits; empty for what is no open workbook (damaged, or with a password)."""
    made = hashlib.sha256()
    try:
        archive = Archive(data)
        known = _Known(archive)
        for name in sorted(entry.filename for entry in archive.entries):
            if not _MADE_ANEW.match(name):
                part = _said(name.lower(), archive.read(name), known)
                made.update(f"{name}\0{len(part)}\0".encode() + part)
    except RefusedError:
        return ""
    return made.hexdigest()


def _said(name: str, part: bytes, known: _Known) -> bytes:
    if name == "xl/workbook.xml":
        return b"".join(found[0] for found in _BOOK.finditer(part))
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        said = _ROW.sub(_row, _SEEN.sub(b"", part))
        return _TEXT.sub(known.text, _STYLE.sub(known.style, said))
    return _FILTER.sub(b"", part) if name.startswith("xl/tables/") else part


def _row(found: re.Match[bytes]) -> bytes:
    """Without the height that the program has worked out from the texts."""
    return found[0] if _FIXED.search(found[0]) else _HEIGHT.sub(b"", found[0])


class _Known:
    """Styles and texts that cells name by number."""

    def __init__(self, archive: Archive) -> None:
        self._texts = _children(archive, "xl/sharedStrings.xml")
        lists = {local(one): list(one) for one in _children(archive, "xl/styles.xml")}
        self._lists = lists
        self._codes = {
            one.get("numFmtId"): one.get("formatCode") for one in lists.get("numFmts", ())
        }
        self._looks: dict[tuple[bytes, int], bytes] = {}

    def text(self, found: re.Match[bytes]) -> bytes:
        return found[1] + _at(self._texts, int(found[2]), canonical)

    def style(self, found: re.Match[bytes]) -> bytes:
        key = found[1], int(found[2])
        if key not in self._looks:
            of = "dxfs" if found[1] == b"dxfId" else "cellXfs"
            look = _at(self._lists.get(of, ()), key[1], self._look)
            self._looks[key] = hashlib.sha256(look).hexdigest().encode()
        return b" " + self._looks[key]

    def _look(self, element: Element) -> bytes:
        """A style with what it names by number; a format of a rule stands for itself."""
        # What a style takes from the named one that it is of stands in it as well.
        said = {str(key): str(one) for key, one in element.items()}
        ids = {key: one for key, one in said.items() if not key.startswith("apply")}
        ids.pop("xfId", None)
        if "numFmtId" in ids:
            ids["numFmtId"] = self._codes.get(ids["numFmtId"]) or ids["numFmtId"]
        for name, of in _BORROWED.items():
            number = ids.pop(name, "")
            if number.isdigit():
                ids[name] = _at(self._lists.get(of, ()), int(number), canonical).decode()
        inside = b"".join(map(canonical, element))
        return repr(sorted(ids.items())).encode() + inside


def _children(archive: Archive, name: str) -> list[Element]:
    return list(parse(archive.read(name))) if name in archive else []


def _at(elements: Sequence[Element], number: int, said: Callable[[Element], bytes]) -> bytes:
    return said(elements[number]) if number < len(elements) else b"?"
