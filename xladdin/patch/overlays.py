"""Cells that keep a ground of their own under conditional formats: a format of the first priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xladdin.ooxml import xml
from xladdin.ooxml.xml import Element, main

from .sheet import SheetPatch

MOST_AREAS = 500
"""Cells that one format names: Excel reads no more than 8192 characters there."""


def overlay(sheet: SheetPatch, cells: Mapping[str, Sequence[str]]) -> None:
    """Show cells on a ground (RRGGBB -> addresses), whatever a live format says of them."""
    wanted = [(colour, places) for colour, places in cells.items() if places]
    root = sheet.book.package.edit(sheet.entry.part)
    first = root.find(main("conditionalFormatting"))
    if first is None:
        return  # then nothing lies over the cells
    groups = [
        (colour, places[at : at + MOST_AREAS])
        for colour, places in wanted
        for at in range(0, len(places), MOST_AREAS)
    ]
    _give_way(root, len(groups))
    for priority, (colour, places) in enumerate(groups, start=1):
        first.addprevious(_format(" ".join(places), sheet.styles.ground(colour), priority))


def _give_way(root: Element, by: int) -> None:
    """Formats that are there come after ours; of two with one priority nobody says which wins."""
    for rule in root.iter(main("cfRule")):
        rule.set("priority", str(int(rule.get("priority", "1")) + by))


def _format(places: str, look: str, priority: int) -> Element:
    found = xml.new("conditionalFormatting", {"sqref": places})
    values = {"type": "expression", "dxfId": look, "priority": str(priority), "stopIfTrue": "1"}
    xml.add(xml.add(found, "cfRule", values), "formula").text = "TRUE"
    return found
