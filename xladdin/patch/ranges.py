"""Areas that rules hold for: what holds for the last line of a table holds for the next ones."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area
from xladdin.ooxml.xml import Element

_RULES = frozenset(["dataValidation", "conditionalFormatting"])


def stretch(root: Element, columns: Area, last: int, bottom: int) -> None:
    """Carry validations and conditional formats on from row ``last`` down to ``bottom``.

    Only those of more than one row that lie within the columns and end with the last line, as
    rules of a whole column do; the newer kinds in extensions are among them.
    """
    for item in root.iter():
        if xml.local(item) in _RULES:
            if item.get("sqref"):
                item.set("sqref", _stretched(item.get("sqref", ""), columns, last, bottom))
            for child in _extension_areas(item):
                child.text = _stretched(child.text or "", columns, last, bottom)


def _extension_areas(item: Element) -> Iterator[Element]:
    return (child for child in item if xml.local(child) == "sqref")


def _stretched(areas: str, columns: Area, last: int, bottom: int) -> str:
    return " ".join(_one(text, columns, last, bottom) for text in areas.split())


def _one(text: str, columns: Area, last: int, bottom: int) -> str:
    try:
        area = Area.parse(text)
    except ValueError:
        return text
    within = columns.left <= area.left and area.right <= columns.right
    whole = area.bottom == last and area.top <= max(columns.top + 1, last - 1)
    return str(area.down_to(bottom)) if within and whole else text
