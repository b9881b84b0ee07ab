"""The workbook as the rules see it: sheets, tables and names. Tolerates broken files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias
from xml.etree import ElementTree

from ..addresses import Area
from ..package import MAIN, WORKBOOK, Package, text_of, unescape

Element: TypeAlias = ElementTree.Element

STYLES = "xl/styles.xml"
_NOTHING = ElementTree.Element("nothing")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of cells or charts; `root` is an empty element when the part is unusable."""

    name: str
    part: str
    root: Element
    strings: list[str]

    @cached_property
    def cells(self) -> dict[str, Element]:
        """The cells by address; of a repeated one the last."""
        return {cell.get("r", ""): cell for cell in self.root.iter(MAIN + "c")}

    def text(self, address: str) -> str | None:
        """Return the text in a cell, None when it is empty, a number or unreadable."""
        cell = self.cells.get(address)
        if cell is None:
            return None
        match cell.get("t"):
            case "s":
                return self._shared(cell.findtext(MAIN + "v", ""))
            case "str":
                return unescape(cell.findtext(MAIN + "v", ""))
            case "inlineStr":
                inline = cell.find(MAIN + "is")
                return None if inline is None else text_of(inline)
            case _:
                return None

    def _shared(self, index: str) -> str | None:
        known = index.isdecimal() and int(index) < len(self.strings)
        return self.strings[int(index)] if known else None


@dataclass(frozen=True, eq=False)
class Table:
    """A table, `name` being what formulas call it and `columns` its columns' names."""

    name: str
    sheet: Sheet
    part: str
    root: Element

    @cached_property
    def area(self) -> Area:
        """The cells of the table with its header; raises `BadReference`."""
        return Area.parse(self.root.get("ref", ""))

    @cached_property
    def columns(self) -> list[str]:
        """Column names as stored, line breaks still escaped."""
        return [column.get("name", "") for column in self.root.iter(MAIN + "tableColumn")]


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `scope` is the index of its sheet, None when it holds for all."""

    name: str
    scope: int | None
    text: str

    @property
    def built_in(self) -> bool:
        """Whether Excel itself gives the name its meaning, as for print areas."""
        return self.name.startswith("_xlnm.")


class Book:
    """A package read as a workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def root(self, part: str) -> Element:
        """Return the root of a part; an empty element when it is absent or broken."""
        found = self.package.xml(part)
        return _NOTHING if found is None else found

    @property
    def workbook(self) -> Element:
        """The root of the workbook part."""
        return self.root(WORKBOOK)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """All sheets that have a part, in tab order."""
        strings = self.package.shared_strings
        return [Sheet(n, part, self.root(part), strings) for n, part in self.package.sheets]

    @cached_property
    def sheet_names(self) -> list[str]:
        """The names of all sheets in tab order, also of those without a part."""
        return [sheet.get("name", "") for sheet in self.workbook.iter(MAIN + "sheet")]

    @cached_property
    def tables(self) -> list[Table]:
        """All tables, sheet by sheet."""
        return [table for sheet in self.sheets for table in self._tables(sheet)]

    def _tables(self, sheet: Sheet) -> Iterator[Table]:
        for relation in self.package.relations(sheet.part).values():
            if relation.kind == "table" and relation.target in self.package:
                root = self.root(relation.target)
                yield Table(root.get("displayName", ""), sheet, relation.target, root)

    def tables_of(self, sheet: Sheet) -> list[Table]:
        """Return the tables of one sheet."""
        return [table for table in self.tables if table.sheet is sheet]

    @cached_property
    def names(self) -> list[DefinedName]:
        """All defined names, built-in ones included."""
        return [_defined(element) for element in self.workbook.iter(MAIN + "definedName")]


def _defined(element: Element) -> DefinedName:
    scope = element.get("localSheetId")
    return DefinedName(
        element.get("name", ""), None if scope is None else int(scope), element.text or ""
    )
