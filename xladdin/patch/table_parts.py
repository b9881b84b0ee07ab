"""Excel tables: where they lie, and how they take in rows that were written below them."""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area
from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.xml import Element, main

_INSERT_ROW = ("insertRow", "insertRowShift")
"""Marks of a table whose only line is the empty one that invites to type."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet."""

    part: str
    name: str
    area: Area
    totals: int
    """How many lines of totals it ends with."""

    @property
    def last(self) -> int:
        """The last row that may hold data."""
        return self.area.bottom - self.totals


def tables_of(package: Package, sheet: str) -> list[Table]:
    """The tables of a sheet's part."""
    return [_table(part, package.xml(part)) for part in package.related(sheet, "table")]


def _table(part: str, root: Element) -> Table:
    totals = root.get("totalsRowCount", "0")
    area = Area.parse(root.get("ref", ""))
    return Table(part, root.get("displayName", ""), area, int(totals) if totals.isdecimal() else 0)


def extend(package: Package, table: Table, bottom: int) -> Area:
    """Have a table end further below; its filter ends with it."""
    if table.totals:
        message = (
            f"表格「{table.name}」最后一行是汇总行，放不下新的行；"
            "请在Excel的“表设计”里去掉“汇总行”，保存后再试"
        )
        raise RefusedError("table_totals", message)
    area = table.area.down_to(bottom)
    root = package.edit(table.part)
    root.set("ref", str(area))
    filters = root.find(main("autoFilter"))
    if filters is not None and filters.get("ref"):
        filters.set("ref", str(Area.parse(filters.get("ref", "")).down_to(bottom)))
    return area


def mark_filled(package: Package, table: Table) -> None:
    """A table that held nothing but an invitation to type holds something now."""
    if any(name in package.xml(table.part).attrib for name in _INSERT_ROW):
        root = package.edit(table.part)
        xml.drop(root, *_INSERT_ROW)
