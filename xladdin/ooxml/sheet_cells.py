"""The cells of one sheet as the file has them: value, formula, style, lock, and what is hidden."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .addresses import MOST_COLUMNS, Area, address
from .budget import Budget
from .cell_styles import CellStyle, style_at
from .formula_moving import moved
from .limits import MOST_CELLS, SHORT_TEXT
from .refused import DamagedError, TooLargeError
from .shared_texts import TextCollector, unescaped
from .sheet_stream import SheetStream, place_of, row_and_column
from .streaming import Attributes

NO_TEXT = "TABLE()"
"""Stands for the formula of a what-if table, which has no text of its own."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a cell shows that could not be computed: ``#DIV/0!``."""

    code: str


CellValue = str | float | bool | ErrorValue | None
"""A number is a float whatever it is shown as (see ``CellStyle``); an empty text is a text."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell.  Of a merged area the first cell has the content."""

    row: int
    column: int
    """Both from 1."""
    value: CellValue
    """What was typed, or what the formula gave when somebody last computed it."""
    formula: str
    """Without its equals sign; empty where the value was typed.

    In every cell that an array formula or a what-if table fills, it is theirs.
    """
    style: CellStyle
    hidden: bool
    """Whether its row or its column is hidden."""

    @property
    def address(self) -> str:
        return address(self.row, self.column)

    @property
    def locked(self) -> bool:
        """Whether it takes nothing while its sheet is protected."""
        return self.style.locked


@dataclass(frozen=True, slots=True)
class Entries:
    """What Excel lets somebody type into some cells."""

    areas: tuple[Area, ...]
    kind: str
    """``list``, ``whole``, ``decimal``, ``date``, ``custom``, ..."""
    first: str = ""
    """The first formula: of a list the texts in quotation marks, or the cells that hold them."""
    second: str = ""


@dataclass(slots=True)
class _Held:
    """A cell as it is kept: what is the same for many is worked out when it is asked for."""

    value: CellValue
    style: str | None
    formula: str = ""
    group: str | None = None
    """Number of the shared formula that the cell takes part in."""


@dataclass(slots=True)
class _Found:
    """What a sheet's part says, cells by their place from 0."""

    cells: dict[int, _Held] = field(default_factory=dict)
    shared: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Shared formula -> the cell that holds its text, and the text."""
    filled: list[tuple[Area, str]] = field(default_factory=list)
    """Areas that one formula fills."""
    merged: list[Area] = field(default_factory=list)
    entries: list[Entries] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    shown_rows: set[int] = field(default_factory=set)
    row_styles: dict[int, str] = field(default_factory=dict)
    columns: list[tuple[int, int, bool, str | None]] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    protected: bool = False
    rows_hidden: bool = False
    """Whether rows of which the file says nothing are hidden."""


class SheetCells:
    """The cells of a sheet, from 1, that hold something or have a style of their own."""

    def __init__(self, found: _Found, styles: Sequence[CellStyle]) -> None:
        self._found, self._styles = found, styles
        self.merged = tuple(found.merged)
        self.entries = tuple(found.entries)
        self.protected = found.protected
        """Whether locked cells take nothing."""
        self.twice = tuple(_address(place) for place in found.twice)
        """Cells that the file holds more than once; the first of each is read."""

    def __iter__(self) -> Iterator[SheetCell]:
        """Every cell that holds a value or a formula, in the order of the file."""
        for place, held in self._found.cells.items():
            if held.value is not None or held.formula or held.group is not None:
                row, column = row_and_column(place)
                yield self.at(row + 1, column + 1)

    def at(self, row: int, column: int) -> SheetCell:
        """A cell, from 1; an empty one in the style of its row or column where there is none."""
        held = self._found.cells.get(place_of(row - 1, column - 1))
        if held is None:
            held = _Held(None, self._found.row_styles.get(row) or self._column_style(column))
        style = style_at(self._styles, held.style)
        hidden = self.is_hidden_row(row) or self.is_hidden_column(column)
        return SheetCell(row, column, held.value, self._formula(row, column, held), style, hidden)

    def in_area(self, area: Area) -> Iterator[SheetCell]:
        """The cells of an area, row by row; empty ones, too."""
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield self.at(row, column)

    def merged_at(self, row: int, column: int) -> Area:
        """The merged area that a cell belongs to, or the cell alone."""
        alone = Area(row, column, row, column)
        return next((area for area in self.merged if (row, column) in area), alone)

    def is_hidden_row(self, row: int) -> bool:
        found = self._found
        return row in found.hidden_rows or (found.rows_hidden and row not in found.shown_rows)

    def is_hidden_column(self, column: int) -> bool:
        return any(
            hidden for first, last, hidden, _ in self._found.columns if first <= column <= last
        )

    def entries_at(self, row: int, column: int) -> Entries | None:
        """What may be typed into a cell, where the sheet says it."""
        here = (row, column)
        found = (each for each in self.entries if any(here in area for area in each.areas))
        return next(found, None)

    def _column_style(self, column: int) -> str | None:
        spans = self._found.columns
        return next((style for first, last, _, style in spans if first <= column <= last), None)

    def _formula(self, row: int, column: int, held: _Held) -> str:
        if held.formula:
            return held.formula
        if held.group is not None and held.group in self._found.shared:
            origin, text = self._found.shared[held.group]
            return moved(text, _address(origin), address(row, column))
        return next((text for area, text in self._found.filled if (row, column) in area), "")


def _address(place: int) -> str:
    row, column = row_and_column(place)
    return address(row + 1, column + 1)


def read_sheet(
    data: bytes, texts: Sequence[str], styles: Sequence[CellStyle], budget: Budget
) -> SheetCells:
    """The cells of a sheet's part; raises DamagedError and TooLargeError.

    ``texts`` are the shared ones, ``styles`` those of cells.
    """
    return SheetCells(_Reading(data, texts, budget).found, styles)


class _Reading(SheetStream):
    """One pass over a sheet's part."""

    def __init__(self, data: bytes, texts: Sequence[str], budget: Budget) -> None:
        super().__init__(data, budget.elements)
        self.found = _Found()
        self._texts, self._budget = texts, budget
        self._styled = MOST_CELLS
        self._inline = TextCollector(self)
        self._kind, self._style = "n", ""
        self._value: str | None = None
        self._inline_text: str | None = None
        self._formula: Attributes | None = None
        self._formula_text = ""
        self._row_counted = False
        self.starts = {**self.starts, **self._inline.starts, "v": self._start_value}
        self.starts |= {"f": self._start_formula, "is": self._start_inline}
        self.ends = {**self.ends, **self._inline.ends, "v": self._end_value}
        self.ends |= {"f": self._end_formula, "is": self._end_inline}
        self.starts |= {"sheetFormatPr": self._defaults, "col": self._columns_of}
        self.starts |= {"sheetProtection": self._protection, "mergeCell": self._merge}
        self.starts |= {"dataValidation": self._start_entries}
        self.ends |= {"dataValidation": self._end_entries}
        for name in ("formula1", "formula2", "sqref"):
            self.starts[name] = self._start_part
            self.ends[name] = lambda name=name: self._end_part(name)  # type: ignore[misc]
        self._entries: Attributes | None = None
        self._parts: dict[str, str] = {}
        self.run()

    def _begin_row(self, attributes: Attributes) -> None:
        row = self._row + 1
        self._row_counted = False
        if _is_on(attributes.get("hidden")) or _is_nothing(attributes.get("ht")):
            self.found.hidden_rows.add(row)
        elif self.found.rows_hidden:
            self.found.shown_rows.add(row)
        if _is_on(attributes.get("customFormat")) and "s" in attributes:
            self.found.row_styles[row] = attributes["s"]

    def _begin_cell(self, attributes: Attributes) -> None:
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._inline_text = self._formula = None
        self._formula_text = ""

    def _start_value(self, _: Attributes) -> None:
        self.collect()

    def _end_value(self) -> None:
        text = self.collected()
        if self._in_cell:
            self._value = text

    def _start_inline(self, _: Attributes) -> None:
        self._inline.taken()

    def _end_inline(self) -> None:
        if self._in_cell:
            self._inline_text = self._inline.taken()

    def _start_formula(self, attributes: Attributes) -> None:
        self._formula = attributes if self._in_cell else None
        self.collect()

    def _end_formula(self) -> None:
        text = self.collected()
        if self._in_cell:
            self._formula_text = unescaped(text)
        elif self._entries is not None:
            # What the newer kind of rule holds around its formulas.
            self._parts["f"] = text

    def _finish_cell(self) -> None:
        value = self._typed()
        if value is None and self._formula is None:
            self._styled -= 1
            if self._styled < 0:
                raise TooLargeError(f"设了格式的空格子超过{MOST_CELLS // 10_000}万个")
        else:
            self._count(value)
        if self._place in self.found.cells:
            self.found.twice.append(self._place)
            return
        held = _Held(value, self._style or None)
        self.found.cells[self._place] = held
        if self._formula is not None:
            self._take_formula(held, self._formula)

    def _count(self, value: CellValue) -> None:
        self._budget.take_cell()
        if not self._row_counted:
            self._row_counted = True
            self._budget.take_line()
        if isinstance(value, str):
            self._budget.take_text(len(value))
            if len(value) > SHORT_TEXT:
                self._budget.take_long(len(value))

    def _take_formula(self, held: _Held, attributes: Attributes) -> None:
        kind, text = attributes.get("t", "normal"), self._formula_text
        if kind == "shared":
            held.group = attributes.get("si", "")
            if text:
                self.found.shared.setdefault(held.group, (self._place, text))
        held.formula = text or (NO_TEXT if kind == "dataTable" else "")
        if kind in ("array", "dataTable") and ":" in attributes.get("ref", ""):
            self.found.filled.append((_area(attributes["ref"]), held.formula))

    def _typed(self) -> CellValue:
        """The value that the cell's kind and content mean."""
        if self._kind == "inlineStr" or (self._inline_text is not None and self._value is None):
            return self._inline_text
        if self._value is None:
            return None
        match self._kind:
            case "s":
                return self._shared(self._value)
            case "str" | "d":
                return unescaped(self._value)
            case "b":
                return self._value.strip() in ("1", "true")
            case "e":
                return ErrorValue(self._value.strip())
        return number_in(self._value)

    def _shared(self, value: str) -> str:
        text = value.strip()
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(self._texts):
            return self._texts[int(text)]
        raise DamagedError(f"shared text {text[:40]}")

    def _defaults(self, attributes: Attributes) -> None:
        self.found.rows_hidden = _is_on(attributes.get("zeroHeight"))

    def _columns_of(self, attributes: Attributes) -> None:
        first, last = (_column(attributes.get(name, "")) for name in ("min", "max"))
        hidden = _is_on(attributes.get("hidden")) or _is_nothing(attributes.get("width"))
        self.found.columns.append((first, last, hidden, attributes.get("style")))
        if len(self.found.columns) > MOST_COLUMNS:
            raise DamagedError("too many columns")

    def _protection(self, attributes: Attributes) -> None:
        self.found.protected = _is_on(attributes.get("sheet"))

    def _merge(self, attributes: Attributes) -> None:
        self.found.merged.append(_area(attributes.get("ref", "")))

    def _start_entries(self, attributes: Attributes) -> None:
        self._entries, self._parts = attributes, {"sqref": attributes.get("sqref", "")}

    def _start_part(self, _: Attributes) -> None:
        self._parts.pop("f", None)
        self.collect()

    def _end_part(self, name: str) -> None:
        text = self.collected()
        if self._entries is not None:
            self._parts[name] = (self._parts.pop("f", "") or text).strip()

    def _end_entries(self) -> None:
        if self._entries is None:
            return
        # Whole columns are no area of ours, and no reason to refuse the workbook.
        areas = tuple(area for text in self._parts["sqref"].split() if (area := _any_area(text)))
        first, second = (self._parts.get(name, "") for name in ("formula1", "formula2"))
        kind = self._entries.get("type", "none")
        self._entries = None
        self.found.entries.append(Entries(areas, kind, first, second))


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")


def _is_nothing(text: str | None) -> bool:
    """Whether a height or width leaves nothing to be seen."""
    try:
        return text is not None and float(text) == 0
    except ValueError as error:
        raise DamagedError(f"size {text}") from error


def number_in(text: str) -> float | None:
    """The number that a cell's text is; DamagedError where it is none."""
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise DamagedError(f"number {text[:40]}") from error
    if "_" in text or not math.isfinite(value):
        raise DamagedError(f"number {text[:40]}")
    return value


def _column(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_COLUMNS:
        return int(text)
    raise DamagedError(f"column {text[:40]}")


def _any_area(text: str) -> Area | None:
    try:
        return Area.parse(text)
    except ValueError:
        return None


def _area(text: str) -> Area:
    area = _any_area(text)
    if area is None:
        raise DamagedError(f"area {text[:40]}")
    return area
