"""How the parts of a package refer to each other; the main part is found this way, not by name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .archive import Archive
from .streaming import Allowance, Attributes, Stream

TYPES_PART = "[Content_Types].xml"
MAIN_KIND = "officeDocument"
"""The kind of relationship by which a package names its main part."""
_RELATIONS = re.compile(r"(^|/)_rels/([^/]*)\.rels$")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: its id, the last word of its kind, and the part that it names."""

    id: str
    kind: str
    target: str
    external: bool = False

    @classmethod
    def of(cls, part: str, attributes: Mapping[str, str]) -> Relation:
        """As written for a part; a target may be absolute, or relative to the part's folder."""
        kind = attributes.get("Type", "").rpartition("/")[2]
        id_, target = attributes.get("Id", ""), attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            return cls(id_, kind, target, external=True)
        joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
        return cls(id_, kind, joined.lstrip("/"))


def relations_of(part: str) -> str:
    """The part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations: str) -> str:
    """The part whose relationships a part holds."""
    return _RELATIONS.sub(r"\1\2", relations)


def read_relations(archive: Archive, part: str, allowance: Allowance) -> list[Relation]:
    """The relationships of a part, of the package itself for an empty name."""
    name = relations_of(part)
    found: list[Relation] = []
    if name in archive:
        stream = Stream(archive.read(name), allowance)

        def relationship(attributes: Attributes) -> None:
            found.append(Relation.of(part, attributes))

        stream.starts = {"Relationship": relationship}
        stream.run()
    return found


def main_part(archive: Archive, allowance: Allowance) -> str:
    """The workbook part, wherever it lies; empty for a package that has none."""
    relations = read_relations(archive, "", allowance)
    named = (item.target for item in relations if item.kind == MAIN_KIND and not item.external)
    return next((part for part in named if part in archive), "")
