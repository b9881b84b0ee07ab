"""The workbook part: which sheets there are, and what must be told when cells change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xladdin.ooxml import xml
from xladdin.ooxml.addresses import Area
from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import DamagedError, RefusedError
from xladdin.ooxml.xml import Element, main

from . import order

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet: its name, its place among the sheets, its part."""

    name: str
    index: int
    part: str


class Workbook:
    """A package read as a workbook."""

    def __init__(self, package: Package, part: str) -> None:
        """Raises DamagedError over a workbook part without sheets of cells."""
        self.package, self.part = package, part
        self.values_changed = False
        """Whether results stored with formulas may be out of date."""
        if not self.sheets:
            raise DamagedError("no sheets of cells")

    @property
    def root(self) -> Element:
        return self.package.xml(self.part)

    @cached_property
    def date1904(self) -> bool:
        """Whether days are counted from 1904, as old Macs did; nothing of ours changes that."""
        found = self.root.find(main("workbookPr"))
        return found is not None and found.get("date1904") in ("1", "true")

    @property
    def sheets(self) -> list[SheetEntry]:
        """The sheets of cells that have a part, in their order."""
        kinds = {relation.id: relation for relation in self.package.relations(self.part)}
        found = []
        for index, item in enumerate(self.root.iter(main("sheet"))):
            relation = kinds.get(item.get(xml.RELATION_ID, ""))
            if relation and relation.kind == "worksheet" and relation.target in self.package:
                found.append(SheetEntry(item.get("name", ""), index, relation.target))
        return found

    def entry(self, name: str) -> SheetEntry:
        """The sheet of this name (Excel does not tell upper from lower case); RefusedError."""
        for entry in self.sheets:
            if entry.name.casefold() == name.casefold():
                return entry
        seen = "、".join(entry.name for entry in self.sheets)
        raise RefusedError("sheet_missing", f"没有工作表「{name}」，现有：{seen}")

    def related(self, kind: str) -> str | None:
        """The workbook's part of a kind (styles, sharedStrings, calcChain), if it has one."""
        return next(iter(self.package.related(self.part, kind)), None)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, in their order."""
        part = self.related("sharedStrings")
        if part is None:
            return []
        return [text_of(item) for item in self.package.xml(part).iterchildren(main("si"))]

    def to_bytes(self) -> bytes:
        """The file as it is now."""
        if self.values_changed:
            self._recalculate()
        return self.package.to_bytes()

    def _recalculate(self) -> None:
        """Have Excel compute every formula when it opens the file.

        Stored results stay: whoever cannot compute still sees them, and an empty cell would be
        read as missing.  A workbook without formulas needs no such mark.
        """
        if not any(self.package.has(entry.part, _FORMULA) for entry in self.sheets):
            return
        found = self.root.find(main("calcPr"))
        if found is not None and found.get("fullCalcOnLoad") in ("1", "true"):
            return
        root = self.package.edit(self.part)
        if found is None:
            found = xml.new("calcPr")
            xml.insert_ordered(root, found, order.WORKBOOK)
        found.set("fullCalcOnLoad", "1")

    def forget_calculation_order(self) -> None:
        """Drop the calculation chain, which may not name a cell that lost its formula.

        Excel builds it anew; an entry taken out of it would change the meaning of the next.
        """
        part = self.related("calcChain")
        if part is not None:
            self.package.remove(part)

    def extend_filter(self, sheet: SheetEntry, area: Area) -> None:
        """Bring the hidden name of a sheet's filter up to date."""
        for name in self.root.iter(main("definedName")):
            text = name.text or ""
            ours = name.get("localSheetId") == str(sheet.index)
            if ours and name.get("name") == "_xlnm._FilterDatabase" and "!" in text:
                self.package.edit(self.part)
                name.text = f"{text.rpartition('!')[0]}!{area.absolute}"

    def add_sheet(self, name: str, data: bytes) -> SheetEntry:
        """A new sheet behind all others, under the first free name like the one wished for."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.put(part, data)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.package.declare(part, kind)
        relation = self.package.relate(self.part, "worksheet", part)
        sheets = self.package.edit(self.part).find(main("sheets"))
        if sheets is None:
            raise DamagedError("no sheets of cells")
        entry = SheetEntry(self._free_name(name), len(sheets), part)
        numbers = [int(item.get("sheetId", "0")) for item in sheets]
        item = xml.add_reference(sheets, "sheet", relation)
        item.set("name", entry.name)
        item.set("sheetId", str(max(numbers, default=0) + 1))
        return entry

    def _free_name(self, wish: str) -> str:
        taken = {item.get("name", "").casefold() for item in self.root.iter(main("sheet"))}
        names = [wish, *(f"{wish}{i}" for i in range(2, len(taken) + 3))]
        return next(name for name in names if name.casefold() not in taken)

    def define(self, sheet: SheetEntry, name: str, text: str, *, hidden: bool = False) -> None:
        """A built-in name of a sheet, such as its print titles."""
        root = self.package.edit(self.part)
        names = root.find(main("definedNames"))
        if names is None:
            names = xml.new("definedNames")
            xml.insert_ordered(root, names, order.WORKBOOK)
        values = {"name": name, "localSheetId": str(sheet.index)} | (
            {"hidden": "1"} if hidden else {}
        )
        xml.add(names, "definedName", values).text = text

    def show(self, sheet: SheetEntry) -> None:
        """Open the workbook on a sheet; the sheet itself says that it is selected.

        Two selected sheets would both take what is typed into one, so the others are deselected.
        """
        for view in self._views():
            view.set("activeTab", str(sheet.index))
        for other in self.sheets:
            if other.part != sheet.part:
                self._deselect(other.part)

    def _views(self) -> Iterator[Element]:
        root = self.package.edit(self.part)
        views = root.find(main("bookViews"))
        if views is None:
            views = xml.new("bookViews")
            xml.add(views, "workbookView")
            xml.insert_ordered(root, views, order.WORKBOOK)
        yield from views.iter(main("workbookView"))

    def _deselect(self, part: str) -> None:
        for view in self.package.xml(part).iter(main("sheetView")):
            if view.get("tabSelected") in ("1", "true"):
                self.package.edit(part)
                del view.attrib["tabSelected"]


def text_of(item: Element) -> str:
    """The text of a plain or rich string, without the hints how to pronounce it."""
    runs = [item, *item.iterchildren(main("r"))]
    return "".join(run.findtext(main("t")) or "" for run in runs)
