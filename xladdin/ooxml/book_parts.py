"""The parts of a workbook: which sheets it has, where its texts and styles lie, what its names mean."""

from __future__ import annotations

from dataclasses import dataclass

from .addresses import SheetArea
from .archive import Archive
from .limits import LONGEST_NAME, MOST_SHEETS
from .refused import DamagedError, TooLargeError
from .relations import Relation, read_relations
from .streaming import Allowance, Attributes, Stream, local_name


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of cells."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it stands for, as the file has it."""

    name: str
    text: str
    sheet: int | None = None
    """The number of the sheet, from 0 and charts included, on which alone it holds."""
    hidden: bool = False

    @property
    def area(self) -> SheetArea | None:
        """The cells that it stands for; None for anything else, such as a formula."""
        try:
            return SheetArea.parse(self.text)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class BookParts:
    """The parts of a workbook that cells are read from."""

    sheets: tuple[SheetPart, ...]
    styles: str = ""
    strings: str = ""
    date1904: bool = False
    """Whether its days are counted from 1904, as old Macs did."""
    names: tuple[DefinedName, ...] = ()


def book_parts(archive: Archive, main: str, allowance: Allowance) -> BookParts:
    """Follow the relationships of the workbook part; DamagedError where a sheet is not there."""
    relations = {item.id: item for item in read_relations(archive, main, allowance)}
    scan = BookScan(archive.read(main), allowance)
    if len(scan.sheets) > MOST_SHEETS:
        raise TooLargeError(f"工作表超过{MOST_SHEETS}张")
    return BookParts(
        tuple(part for item in scan.sheets if (part := _sheet(item, relations, archive))),
        _first(relations, "styles", archive),
        _first(relations, "sharedStrings", archive),
        scan.date1904,
        tuple(scan.names),
    )


def _sheet(
    attributes: Attributes, relations: dict[str, Relation], archive: Archive
) -> SheetPart | None:
    """None for sheets of charts, dialogs and old macros."""
    name = attributes.get("name", "")
    ids = (value for key, value in attributes.items() if local_name(key) == "id")
    relation = relations.get(next(ids, ""))
    if relation is None or len(name) > LONGEST_NAME:
        raise DamagedError(f"sheet {name[:40]}")
    if relation.kind != "worksheet":
        return None
    if relation.external or relation.target not in archive:
        raise DamagedError(f"no part of sheet {name}")
    return SheetPart(name, attributes.get("state", "visible") == "visible", relation.target)


def _first(relations: dict[str, Relation], kind: str, archive: Archive) -> str:
    found = (item.target for item in relations.values() if item.kind == kind)
    return next((part for part in found if part in archive), "")


class BookScan(Stream):
    """The workbook part: its sheets, its names, and how it counts days."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self.sheets: list[Attributes] = []
        self.date1904 = False
        self.names: list[DefinedName] = []
        self._said = False
        self._name: Attributes = {}
        self.starts = {
            "sheet": self.sheets.append,
            "workbookPr": self._properties,
            "definedName": self._start_name,
        }
        self.ends = {"definedName": self._end_name}
        self.run()

    def _start_name(self, attributes: Attributes) -> None:
        self._name = attributes
        self.collect()

    def _end_name(self) -> None:
        name, sheet = self._name.get("name", ""), self._name.get("localSheetId", "")
        hidden = self._name.get("hidden") in ("1", "true")
        known = sheet.isascii() and sheet.isdigit() and len(sheet) < 6
        local = int(sheet) if known else None
        self.names.append(DefinedName(name, self.collected().strip(), local, hidden))

    def _properties(self, attributes: Attributes) -> None:
        if not self._said:  # a second one does not count
            self._said = True
            self.date1904 = attributes.get("date1904") in ("1", "true")
