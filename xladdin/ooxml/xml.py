"""XML parts, parsed and written so that nothing of them is lost; the only importer of lxml."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from .refused import DamagedError

Element = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATION_ID = f"{{{RELATION}}}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def main(tag: str) -> str:
    """A tag of the spreadsheet namespace, as lxml writes it."""
    return f"{{{MAIN}}}{tag}"


def parse(data: bytes) -> Element:
    """The root of a part; DamagedError for what is no XML, and for a document type."""
    # No entity is followed and none is expanded; a long sheet is not taken for an attack.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("document type")
    return root


def serialise(root: Element) -> bytes:
    """A part's bytes; prefixes and unused declarations stay, since mc:Ignorable names them."""
    # Through the tree, so that comments before the root stay too.
    return etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )


def canonical(element: Element) -> bytes:
    """An element alone, written so that equal ones are equal as bytes."""
    return etree.tostring(element, method="c14n", with_tail=False)


def alone(element: Element) -> bytes:
    """An element as a text of its own, which declares every prefix that holds where it stands."""
    return etree.tostring(element, encoding="UTF-8", with_tail=False)


def local(element: Element) -> str:
    """A tag without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def new(tag: str, attributes: dict[str, str] | None = None) -> Element:
    """A spreadsheet element of its own, declaring no prefix but the empty one."""
    names: dict[str, str] = {None: MAIN}  # type: ignore[dict-item] # the stubs forget the default
    return etree.Element(main(tag), attributes or {}, nsmap=names)


def add(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Element:
    """A new last child, in the namespace of its parent."""
    namespace = str(parent.tag).rpartition("}")[0]
    return etree.SubElement(parent, f"{namespace}}}{tag}", attributes or {})


def add_reference(parent: Element, tag: str, relation: str) -> Element:
    """A new last child that names a relationship, declaring the prefix that all programs use."""
    return etree.SubElement(parent, main(tag), {RELATION_ID: relation}, nsmap={"r": RELATION})


def insert_ordered(parent: Element, child: Element, order: Sequence[str]) -> None:
    """Put a child where the schema's order of tags wants it."""
    place = order.index(local(child))
    followers = set(order[place + 1 :])
    for index, other in enumerate(parent):
        if local(other) in followers:
            parent.insert(index, child)
            return
    parent.append(child)


def count(parent: Element) -> None:
    """Bring the ``count`` of a list up to date."""
    parent.set("count", str(len(parent)))


def drop(element: Element, *names: str) -> None:
    """Take attributes away, as far as they are there."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def attributes(element: Element) -> dict[str, str]:
    """A copy of the attributes."""
    return {str(name): str(value) for name, value in element.attrib.items()}
