"""Reading an OOXML package: parts, parsed XML and relationships. Nothing is ever written here."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORKBOOK = "xl/workbook.xml"

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Relation:
    """One relationship: last word of its type URI, and the part (or the outside URL) it names."""

    kind: str
    target: str
    external: bool


class Package:
    """A workbook file held in memory, each XML part parsed at most once."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self._bytes = {name: archive.read(name) for name in self.names}
        self._roots: dict[str, ElementTree.Element | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.parse_errors: dict[str, str] = {}

    def __contains__(self, part: str) -> bool:
        return part in self._bytes

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; `KeyError` when it is absent."""
        return self._bytes[part]

    def xml(self, part: str) -> ElementTree.Element | None:
        """Return the root of a part, or None when it is absent or is not XML."""
        if part not in self._roots:
            self._roots[part] = self._parse(part)
        return self._roots[part]

    def _parse(self, part: str) -> ElementTree.Element | None:
        if part not in self:
            return None
        try:
            return ElementTree.fromstring(self.read(part))
        except ElementTree.ParseError as error:
            self.parse_errors[part] = str(error)
            return None

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by id; empty when it has none."""
        if part not in self._relations:
            root = self.xml(relations_part(part))
            found = root if root is not None else ()
            self._relations[part] = {r.get("Id", ""): _relation(part, r) for r in found}
        return self._relations[part]

    @cached_property
    def sheets(self) -> list[tuple[str, str]]:
        """Name and part of every sheet in tab order; sheets without a part are left out."""
        root = self.xml(WORKBOOK)
        relations = self.relations(WORKBOOK)
        found = [] if root is None else list(root.iter(MAIN + "sheet"))
        keys = [(s.get("name", ""), s.get(RELATIONSHIPS + "id", "")) for s in found]
        return [(name, relations[key].target) for name, key in keys if key in relations]

    @cached_property
    def shared_strings(self) -> list[str]:
        """The shared strings in order; empty when the part is absent or broken."""
        root = self.xml("xl/sharedStrings.xml")
        return [] if root is None else [text_of(item) for item in root]


def relations_part(part: str) -> str:
    """Return the name of the part that holds the relationships of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _relation(part: str, element: ElementTree.Element) -> Relation:
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    # An absolute target starts at the package root, any other at the folder of its part.
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
    return Relation(kind, joined.lstrip("/"), external=False)


def text_of(element: ElementTree.Element) -> str:
    """Return the text of a rich or plain string item, without phonetic hints."""
    runs = [element, *element.iter(MAIN + "r")]
    pieces = [run.findtext(MAIN + "t") or "" for run in runs]
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Turn `_x000a_` and its kin into the characters that they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def utf16_length(text: str) -> int:
    """Return the length as Excel counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
