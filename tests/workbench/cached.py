"""The values stored beside formulas, and what LibreOffice makes of the same formulas."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree
from xml.parsers import expat

from .addresses import Area
from .office import Office
from .package import MAIN, Package, unescape
from .values import CachedValue, ErrorText, OfficeValue

Place: TypeAlias = tuple[str, str]
"""Sheet name and A1 address."""

TOLERANCE = Decimal("1e-9")

# Engines differ from the 15th digit on; dropping those first keeps a residue such as
# 2.4999999999999996 from turning a half downwards.
_SNAP = Context(prec=12, rounding=ROUND_HALF_UP)

# Names as expat gives them with "}" between namespace and tag.
_CELL, _FORMULA, _VALUE = (MAIN[1:] + tag for tag in "cfv")


@dataclass(frozen=True)
class Difference:
    """A formula cell where LibreOffice calculates another value than the file holds."""

    sheet: str
    address: str
    formula: str
    cached: CachedValue
    calculated: OfficeValue

    def __str__(self) -> str:
        stored, found = _shown(self.cached), _shown(self.calculated)
        return f"{self.sheet}!{self.address} ={self.formula}: file {stored}, LibreOffice {found}"


def _shown(value: CachedValue | OfficeValue) -> str:
    return str(value) if isinstance(value, Decimal | ErrorText) else repr(value)


def formula_cells(path: Path | str) -> dict[Place, str]:
    """Return the formula text of every formula cell; "" where a shared formula is continued."""
    return {place: cell.findtext(MAIN + "f") or "" for place, cell in _cells(Package(Path(path)))}


def cached_values(path: Path | str) -> dict[Place, CachedValue]:
    """Return the value stored with every formula cell; None where the file holds none."""
    package = Package(Path(path))
    return {place: _value(cell, package) for place, cell in _cells(package)}


def _cells(package: Package) -> Iterator[tuple[Place, ElementTree.Element]]:
    for sheet, part in package.sheets:
        root = package.xml(part)
        for cell in () if root is None else root.iter(MAIN + "c"):
            if cell.find(MAIN + "f") is not None:
                yield (sheet, cell.get("r", "")), cell


def _value(cell: ElementTree.Element, package: Package) -> CachedValue:
    kind, text = cell.get("t", "n"), cell.findtext(MAIN + "v")
    # Some writers store "" as an empty value without a type; it is no number.
    if text is None or (kind == "n" and not text):
        return None
    match kind:
        case "n":
            return Decimal(text)
        case "b":
            return text == "1"
        case "e":
            return ErrorText(text)
        case "s":
            return package.shared_strings[int(text)]
        case _:
            return unescape(text)


def strip_cached(source: Path | str, target: Path | str) -> None:
    """Copy a workbook without the value stored in any formula cell; all else stays as it is."""
    package = Package(Path(source))
    sheets = {part for _, part in package.sheets}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names:
            data = package.read(name)
            archive.writestr(name, _without_values(data) if name in sheets else data)


def _without_values(xml: bytes) -> bytes:
    kept, position = [], 0
    for start, end in _FormulaValues(xml).spans:
        kept.append(xml[position:start])
        position = end
    return b"".join([*kept, xml[position:]])


class _FormulaValues:
    """Byte spans of the `<v>` elements that share their cell with an `<f>`, in file order.

    Cut out of the bytes instead of parsed and written again, because ElementTree renames the
    namespace prefixes that other attributes mention. Parts are UTF-8, as every writer makes them.
    """

    def __init__(self, xml: bytes) -> None:
        self.spans: list[tuple[int, int]] = []
        self._xml = xml
        self._has_formula = False
        self._values: list[tuple[int, int]] = []
        self._start = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.Parse(xml, True)

    def _open(self, name: str, _attributes: dict[str, str]) -> None:
        if name == _CELL:
            self._has_formula, self._values = False, []
        elif name == _FORMULA:
            self._has_formula = True
        elif name == _VALUE:
            self._start = self._parser.CurrentByteIndex

    def _close(self, name: str) -> None:
        if name == _VALUE:
            self._values.append((self._start, self._end()))
        elif name == _CELL and self._has_formula:
            self.spans += self._values

    def _end(self) -> int:
        # At the end of <v/> expat stands behind it, at the end of <v>1</v> before its </v>.
        index = self._parser.CurrentByteIndex
        seen = self._xml[self._start : index]
        is_empty_tag = seen.endswith(b"/>") and seen.count(b">") == 1
        return index if is_empty_tag else self._xml.index(b">", index) + 1


def differences(
    path: Path | str,
    office: Office,
    digits: int | None = None,
    tolerance: Decimal = TOLERANCE,
) -> list[Difference]:
    """Compare every stored formula value with LibreOffice's, from a copy without stored values.

    Numbers are equal within `tolerance`, absolute or relative, or, when `digits` is given, when
    they round half-up to the same number of decimals. Texts and errors must be the same, a
    boolean counts as 1 or 0, a missing value as "". A number never equals a text.
    """
    formulas, cached = formula_cells(path), cached_values(path)
    calculated = _recalculated(Path(path), office, {sheet for sheet, _ in formulas})
    found = []
    for (sheet, place), formula in formulas.items():
        ours, theirs = cached[sheet, place], _at(calculated[sheet], place)
        if not _same(ours, theirs, digits, tolerance):
            found.append(Difference(sheet, place, formula, ours, theirs))
    return found


def _recalculated(
    path: Path, office: Office, sheets: set[str]
) -> dict[str, list[list[OfficeValue]]]:
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        bare = Path(folder) / path.name
        strip_cached(path, bare)
        with office.open(bare) as document:
            document.recalculate()
            return {sheet: document.grid(sheet) for sheet in sheets}


def _at(grid: list[list[OfficeValue]], place: str) -> OfficeValue:
    # A formula that gives "" at the edge may lie outside of what LibreOffice calls used.
    area = Area.parse(place)
    inside = area.top <= len(grid) and area.left <= len(grid[area.top - 1])
    return grid[area.top - 1][area.left - 1] if inside else ""


def _same(ours: CachedValue, theirs: OfficeValue, digits: int | None, tolerance: Decimal) -> bool:
    if isinstance(ours, bool | Decimal) and isinstance(theirs, float):
        return _same_number(Decimal(ours), Decimal(repr(theirs)), digits, tolerance)
    same_kind = isinstance(ours, ErrorText) == isinstance(theirs, ErrorText)
    return same_kind and (ours if ours is not None else "") == theirs


def _same_number(ours: Decimal, theirs: Decimal, digits: int | None, tolerance: Decimal) -> bool:
    if digits is not None:
        return _rounded(ours, digits) == _rounded(theirs, digits)
    return abs(ours - theirs) <= tolerance * max(Decimal(1), abs(ours), abs(theirs))


def _rounded(number: Decimal, digits: int) -> Decimal:
    return _SNAP.plus(number).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
