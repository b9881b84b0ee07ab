"""Where the sheets of an .xlsx are, and what their cells refer to: styles and shared texts."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from xladdin.ooxml.archive import Archive
from xladdin.ooxml.limits import LONGEST_FORMAT, LONGEST_NAME, MOST_SHEETS, MOST_STYLES
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.ooxml.relations import Relation, read_relations
from xladdin.ooxml.streaming import Allowance, Attributes, Stream, local_name

_BUILT_IN_PERCENT = frozenset({"9", "10"})


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of cells."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class BookParts:
    """The parts of a workbook that cells are read from."""

    sheets: tuple[SheetPart, ...]
    styles: str = ""
    strings: str = ""
    date1904: bool = False
    """Whether its days are counted from 1904, as old Macs did."""


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
    """The workbook part: its sheets, and how it counts days."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self.sheets: list[Attributes] = []
        self.date1904 = False
        self._said = False
        self.starts = {"sheet": self.sheets.append, "workbookPr": self._properties}
        self.run()

    def _properties(self, attributes: Attributes) -> None:
        if not self._said:  # a second one does not count
            self._said = True
            self.date1904 = attributes.get("date1904") in ("1", "true")


class StringsScan(Stream):
    """The shared texts: only where they stand in the part, and how long each is."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self.lengths = array("L")
        self._length = 0
        self._from, self._to = -1, 0
        self.starts = {"t": self._start_text, "si": self._start_item}
        self.ends = {"t": self._end_text, "si": self._end_item}
        self.run()

    def plain(self) -> bytes:
        """The texts without the part's word for how many there are: room is made for so many."""
        return b"<sst>" + self.data[max(self._from, 0) : self._to] + b"</sst>"

    def _start_item(self, _: Attributes) -> None:
        if self._from < 0:
            self._from = self.position

    def _start_text(self, _: Attributes) -> None:
        self.collect()

    def _end_text(self) -> None:
        self._length += len(self.collected())

    def _end_item(self) -> None:
        self._to = self.end
        self.lengths.append(self._length)
        self._length = 0


@dataclass(slots=True)
class _Formats:
    """Which number formats show percentages, and which styles use them."""

    codes: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)


class StylesScan(Stream):
    """The styles: the numbers (``s`` of a cell) of those that show a fraction as a percentage."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self._formats = _Formats()
        self._of_cells = False
        self.starts = {"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}
        self.ends = {"cellXfs": self._finish}
        self.run()

    @property
    def percent(self) -> frozenset[str]:
        used, codes = self._formats.styles, self._formats.codes
        percent = {id_ for id_, code in codes.items() if "%" in code} | _BUILT_IN_PERCENT
        return frozenset(str(i) for i, format_ in enumerate(used) if format_ in percent)

    def plain(self) -> bytes:
        """The number formats and which style has which; nothing else tells what a cell holds."""
        formats = "".join(
            f'<numFmt numFmtId="{_quoted(id_)}" formatCode="{_quoted(code)}"/>'
            for id_, code in self._formats.codes.items()
        )
        styles = "".join(f'<xf numFmtId="{_quoted(id_)}"/>' for id_ in self._formats.styles)
        return (
            f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
        ).encode()

    def _format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")
        if len(code) <= LONGEST_FORMAT:
            self._formats.codes[attributes.get("numFmtId", "")] = code

    def _begin(self, _: Attributes) -> None:
        self._of_cells = True

    def _finish(self) -> None:
        self._of_cells = False

    def _style(self, attributes: Attributes) -> None:
        if self._of_cells:
            self._formats.styles.append(attributes.get("numFmtId", ""))
            if len(self._formats.styles) > MOST_STYLES:
                raise TooLargeError(f"单元格样式超过{MOST_STYLES // 10_000}万种")


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
