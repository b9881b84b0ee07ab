"""Formulas that stand in one cell for many: what happens to them when a cell is overwritten."""

from __future__ import annotations

from collections.abc import Iterable

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area, address
from xladdin.ooxml.formula_moving import moved
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.xml import Element, main

from .rows import Rows

_FIXED, _SHARED = frozenset(["array", "dataTable"]), "shared"


def fixed_areas(rows: Rows) -> list[Area]:
    """The areas of array formulas and data tables, of which no single cell may change."""
    found = []
    for _, _, cell in rows.holding(*_FIXED):
        formula = cell.find(main("f"))
        if formula is not None and formula.get("t") in _FIXED:
            area = Area.parse(formula.get("ref", cell.get("r", "")))
            if area.top != area.bottom or area.left != area.right:
                found.append(area)
        rows.rest()
    return found


def refuse_fixed(areas: Iterable[Area], row: int, column: int) -> None:
    """RefusedError for a cell inside one of the areas."""
    for area in areas:
        if (row, column) in area:
            message = f"这一格属于数组公式或模拟运算表（{area}），不能单独改"
            raise RefusedError("array_formula", message, cell=address(row, column))


def unshare(rows: Rows, cell: Element) -> None:
    """Give every cell that shares this cell's formula a formula of its own.

    The first of them holds the text for all; overwritten, it would leave the others without.
    """
    formula = cell.find(main("f"))
    if formula is None or formula.get("t") != _SHARED:
        return
    members = [item for _, _, item in rows.holding(_SHARED) if _shares(item, formula.get("si"))]
    source = next((item for item in members if item.findtext(main("f"))), None)
    if source is None:
        return
    text, origin = source.findtext(main("f")) or "", source.get("r", "")
    for member in members:
        own = member.find(main("f"))
        if own is not None:
            # A later one may have a text besides; then that is what it computes.
            own.text = own.text or moved(text, origin, member.get("r", ""))
            xml.drop(own, "t", "si", "ref")


def _shares(cell: Element, group: str | None) -> bool:
    formula = cell.find(main("f"))
    return formula is not None and formula.get("t") == _SHARED and formula.get("si") == group


def text_at(rows: Rows, row: int, column: int) -> str | None:
    """The formula of a cell as its own text, also where it shares one; None for arrays."""
    cell = rows.cell(row, column)
    formula = None if cell is None else cell.find(main("f"))
    if cell is None or formula is None or formula.get("t") in _FIXED:
        return None
    if formula.text:
        return formula.text
    members = [item for _, _, item in rows.holding(_SHARED) if _shares(item, formula.get("si"))]
    source = next((item for item in members if item.findtext(main("f"))), None)
    if source is None:
        return None
    return moved(source.findtext(main("f")) or "", source.get("r", ""), address(row, column))
