"""The parts of a workbook file: kept as bytes, and only what was edited is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import xml
from .archive import Archive, Packer
from .archive import part_key as _key
from .kept_rows import LONG, KeptRows, divided
from .limits import MOST_HELD, MOST_NODES, MOST_OF_PART, MOST_READ_OF_MASTER, MOST_UNPACKED
from .refused import DamagedError, TooLargeError
from .relations import MAIN_KIND, TYPES_PART, Relation, relations_of, source_of
from .sound import nodes_of
from .streaming import Allowance
from .xml import Element

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class Package:
    """A workbook file in memory.

    ``xml`` is for looking, ``edit`` for changing: a part that was not edited keeps its bytes.
    """

    def __init__(self, archive: Archive, *, is_master: bool = False) -> None:
        """Raises DamagedError and TooLargeError; a master workbook may be as large as a group's."""
        self._archive = archive.within(MOST_READ_OF_MASTER if is_master else MOST_UNPACKED)
        self._most_of_part = MOST_READ_OF_MASTER if is_master else MOST_OF_PART
        self._archive.measure()
        self._names = {_key(entry.filename): entry.filename for entry in self._archive.entries}
        self._new: dict[str, bytes] = {}
        self._roots: dict[str, Element] = {}
        self._rows: dict[str, KeptRows] = {}
        self._edited: set[str] = set()
        self._allowance = Allowance(MOST_NODES)
        self._nodes = self._bytes = 0

    @property
    def names(self) -> list[str]:
        """Every part, in the order of the file."""
        return list(self._names.values())

    @property
    def changed(self) -> bool:
        return bool(self._edited)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._names

    def read(self, part: str) -> bytes:
        """A part as it is now."""
        return b"".join(self._pieces(_key(part)))

    def _pieces(self, key: str) -> Iterable[bytes | memoryview]:
        if key in self._edited and key in self._roots:
            root = xml.serialise(self._roots[key])
            return self._rows[key].within(root) if key in self._rows else [root]
        return [self._stored(key)]

    def _stored(self, key: str) -> bytes:
        return self._new[key] if key in self._new else self._archive.read(key, self._most_of_part)

    def has(self, part: str, pattern: re.Pattern[bytes]) -> bool:
        """Whether a part as it is now shows something that lies within one row."""
        return any(pattern.search(piece) for piece in self._pieces(_key(part)))

    def kept_rows(self, part: str) -> KeptRows | None:
        """The rows of a long sheet, which its root does not have; None where the root has them."""
        self.xml(part)
        return self._rows.get(_key(part))

    def xml(self, part: str) -> Element:
        """The root of a part, not to be changed.

        DamagedError where there is none or where it does not hold what its readers rely on;
        TooLargeError where all that was asked for so far would not fit into memory.
        """
        key = _key(part)
        if key not in self._names:
            raise DamagedError(part)
        if key not in self._roots:
            self._roots[key] = self._parsed(key)
        return self._roots[key]

    def _parsed(self, key: str) -> Element:
        data = self._stored(key)
        if len(data) > LONG and (found := divided(data)) is not None:
            self._rows[key] = KeptRows(data, found)
            data = found.rest
        self._nodes += nodes_of(data, self._allowance)
        if self._nodes > MOST_NODES:
            raise TooLargeError(f"内容超过{MOST_NODES // 10_000}万项，改不了")
        self._bytes += len(data)
        if self._bytes > MOST_HELD:
            raise TooLargeError(f"解压后超过{MOST_HELD // 1_000_000} MB，改不了")
        return xml.parse(data)

    def edit(self, part: str) -> Element:
        """The root of a part that will be changed."""
        root = self.xml(part)
        self._edited.add(_key(part))
        return root

    def put(self, part: str, data: bytes) -> None:
        """A new part, or new bytes for one."""
        key = _key(part)
        self._roots.pop(key, None)
        self._rows.pop(key, None)
        self._edited.add(key)
        self._names.setdefault(key, part)
        self._new[key] = data

    def remove(self, part: str) -> None:
        """A part, its content type, and every mention of it among the relationships."""
        del self._names[_key(part)]
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

    @property
    def main(self) -> str:
        """The workbook part, wherever it lies; DamagedError for a package that has none."""
        found = self.related("", MAIN_KIND)
        if not found:
            raise DamagedError("no main part")
        return found[0]

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part; of the package itself for an empty name."""
        name = relations_of(part)
        if name not in self:
            return []
        items = (item for item in self.xml(name) if xml.local(item))
        return [Relation.of(part, xml.attributes(item)) for item in items]

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
        numbers = range(1, len(self._names) + 2)
        return next(name for i in numbers if (name := pattern.format(i)) not in self)

    def to_bytes(self) -> bytes:
        """The file: entries in their order, new ones at the end."""
        old = {_key(entry.filename): entry for entry in self._archive.entries}
        packer = Packer()
        for key, name in self._names.items():
            packer.add_all(name, self._pieces(key), like=old.get(key))
        return packer.done().getvalue()
