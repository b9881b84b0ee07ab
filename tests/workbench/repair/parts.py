"""Rules of the package itself: parts, content types, relationships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..package import RELATIONSHIPS, Package
from .book import Book
from .problem import Code, RepairProblem

TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# The content type that the default for .xml gives; Excel knows no part of this type.
_PLAIN_XML = "application/xml"


def check(book: Book) -> Iterator[RepairProblem]:
    """Find parts that are doubled, absent, unreadable, untyped or wrongly referred to."""
    package = book.package
    yield from _duplicates(package)
    yield from _broken(package)
    yield from _missing(package)
    yield from _untyped(book)
    for part in _xml_parts(package):
        yield from _unknown_relations(book, part)


def _xml_parts(package: Package) -> list[str]:
    return [name for name in package.names if name.endswith((".xml", ".rels", ".vml"))]


def _duplicates(package: Package) -> Iterator[RepairProblem]:
    counts = Counter(name.lower() for name in package.names)
    for name, count in counts.items():
        if count > 1:
            yield RepairProblem(Code.PART_DUPLICATE, name, f"stored {count} times")


def _broken(package: Package) -> Iterator[RepairProblem]:
    for part in _xml_parts(package):
        package.xml(part)
    for part, reason in package.parse_errors.items():
        yield RepairProblem(Code.PART_NOT_XML, part, reason)


def _missing(package: Package) -> Iterator[RepairProblem]:
    for part in _sources(package):
        for relation in package.relations(part).values():
            if not relation.external and relation.target not in package:
                message = f"needed by {part or 'the package'}, but absent"
                yield RepairProblem(Code.PART_MISSING, relation.target, message)


def _sources(package: Package) -> list[str]:
    """List the parts with relationships; "" is the package itself."""
    holders = [name for name in package.names if name.endswith(".rels")]
    return [name.replace("_rels/", "").removesuffix(".rels") for name in holders]


def _untyped(book: Book) -> Iterator[RepairProblem]:
    types = book.root(TYPES)
    listed = {t.get("PartName", "").lstrip("/").lower() for t in types.iter(_TYPE + "Override")}
    defaults = {
        t.get("Extension", "").lower(): t.get("ContentType") for t in types.iter(_TYPE + "Default")
    }
    for part in book.package.names:
        default = defaults.get(part.rpartition(".")[2].lower(), _PLAIN_XML)
        if part != TYPES and part.lower() not in listed and default == _PLAIN_XML:
            yield RepairProblem(Code.PART_UNTYPED, part, f"has no content type in {TYPES}")


def _unknown_relations(book: Book, part: str) -> Iterator[RepairProblem]:
    known = book.package.relations(part)
    for element in book.root(part).iter():
        for attribute, value in element.attrib.items():
            if attribute.startswith(RELATIONSHIPS) and value not in known:
                tag = element.tag.rpartition("}")[2]
                message = f"<{tag}> refers to relationship {value!r}, which is not there"
                yield RepairProblem(Code.RELATION_UNKNOWN, part, message)
