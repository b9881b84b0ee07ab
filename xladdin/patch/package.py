"""The parts of a workbook file: kept as bytes, and only what was edited is written anew."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from . import xml
from .xml import Element

TYPES_PART = "[Content_Types].xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
MOST_BYTES = 1_000_000_000
"""Unpacked; more is no workbook that a person keeps."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, the last word of its kind, and the part that it names."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class _Entry:
    """One file of the zip archive; ``info`` is None for a new one."""

    name: str
    data: bytes
    info: zipfile.ZipInfo | None = None


class TooLargeError(Exception):
    """Unpacked, the file would not fit into memory."""


class Package:
    """A workbook file in memory.

    ``xml`` is for looking, ``edit`` for changing: a part that was not edited keeps its bytes.
    """

    def __init__(self, data: bytes) -> None:
        """Raises what zipfile raises over a damaged file, and TooLargeError."""
        self._entries: dict[str, _Entry] = {}
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                raise TooLargeError
            for info in archive.infolist():
                entry = _Entry(info.filename, archive.read(info), info)
                self._entries[_key(info.filename)] = entry

    @property
    def names(self) -> list[str]:
        """Every part, in the order of the file."""
        return [entry.name for entry in self._entries.values()]

    @property
    def changed(self) -> bool:
        return bool(self._edited)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._entries

    def read(self, part: str) -> bytes:
        """A part as it is now."""
        key = _key(part)
        if key in self._edited and key in self._roots:
            return xml.serialise(self._roots[key])
        return self._entries[key].data

    def xml(self, part: str) -> Element:
        """The root of a part, not to be changed; BrokenXmlError where there is none."""
        key = _key(part)
        if key not in self._entries:
            raise xml.BrokenXmlError(part)
        if key not in self._roots:
            self._roots[key] = xml.parse(self._entries[key].data)
        return self._roots[key]

    def edit(self, part: str) -> Element:
        """The root of a part that will be changed."""
        root = self.xml(part)
        self._edited.add(_key(part))
        return root

    def put(self, part: str, data: bytes) -> None:
        """A new part, or new bytes for one."""
        key = _key(part)
        self._roots.pop(key, None)
        self._edited.add(key)
        if key in self._entries:
            self._entries[key].data = data
        else:
            self._entries[key] = _Entry(part, data)

    def remove(self, part: str) -> None:
        """A part, its content type, and every mention of it among the relationships."""
        del self._entries[_key(part)]
        self._edited.add(_key(part))
        types = self.xml(TYPES_PART)
        listed = [item for item in types if _key(item.get("PartName", "")) == _key(part)]
        for item in listed:
            self.edit(TYPES_PART).remove(item)
        for name in [name for name in self.names if name.endswith(".rels")]:
            self._forget(name, part)

    def _forget(self, relations: str, part: str) -> None:
        source = source_of(relations)
        for relation in self.relations(source):
            if not relation.external and _key(relation.target) == _key(part):
                root = self.edit(relations)
                root.remove(next(item for item in root if item.get("Id") == relation.id))

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part; of the package itself for an empty name."""
        name = relations_of(part)
        if name not in self:
            return []
        return [_relation(part, item) for item in self.xml(name) if xml.local(item)]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part refers to by a kind of relationship, as far as they are there."""
        found = [item.target for item in self.relations(part) if item.kind == kind]
        return [target for target in found if target in self]

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relationship to a part; its id."""
        name = relations_of(part)
        if name not in self:
            head = f'<Relationships xmlns="{xml.RELATIONS}"/>'
            self.put(name, head.encode())
        taken = {relation.id for relation in self.relations(part)}
        id_ = next(f"rId{i}" for i in range(1, len(taken) + 2) if f"rId{i}" not in taken)
        values = {"Id": id_, "Type": f"{xml.RELATION}/{kind}", "Target": f"/{target}"}
        xml.add(self.edit(name), "Relationship", values)
        return id_

    def declare(self, part: str, content_type: str) -> None:
        """The content type of a new part."""
        root = self.edit(TYPES_PART)
        xml.add(root, "Override", {"PartName": f"/{part}", "ContentType": content_type})

    def declare_ending(self, ending: str, content_type: str) -> None:
        """The content type of every part with an ending, unless it has one."""
        root = self.xml(TYPES_PART)
        if any(item.get("Extension", "").lower() == ending for item in root):
            return
        item = xml.add(self.edit(TYPES_PART), "Default")
        item.set("Extension", ending)
        item.set("ContentType", content_type)
        root.insert(0, item)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has: ``xl/comments{}.xml`` -> ``xl/comments1.xml``."""
        numbers = range(1, len(self._entries) + 2)
        return next(name for i in numbers if (name := pattern.format(i)) not in self)

    def to_bytes(self) -> bytes:
        """The file: entries in their order, new ones at the end."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in self._entries.values():
                archive.writestr(_info(entry), self.read(entry.name))
        return target.getvalue()


def _info(entry: _Entry) -> zipfile.ZipInfo:
    """Afresh, because what the old writer noted about sizes no longer holds."""
    old = entry.info
    info = zipfile.ZipInfo(entry.name, old.date_time if old else (1980, 1, 1, 0, 0, 0))
    stored = old is not None and old.compress_type == zipfile.ZIP_STORED
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = old.external_attr if old else 0
    return info


def _key(part: str) -> str:
    """Part names do not tell upper from lower case; some writers use backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()


def relations_of(part: str) -> str:
    """The part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations: str) -> str:
    """The part whose relationships a part holds."""
    return re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", relations)


def _relation(part: str, item: Element) -> Relation:
    kind = item.get("Type", "").rpartition("/")[2]
    id_, target = item.get("Id", ""), item.get("Target", "")
    if item.get("TargetMode") == "External":
        return Relation(id_, kind, target, external=True)
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
    return Relation(id_, kind, joined.lstrip("/"))
