"""What the two doors say of a master: its own formulas in LibreOffice, and the reader.

The live side is what a clerk sees: the 检查 column, and which cells are greyed.  The formulas of the
conditional formats are taken out of the file and put into cells of a sheet of their own, each where
the cell stands that it is about.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tests.workbench.addresses import Area, address
from tests.workbench.cached import strip_cached
from tests.workbench.document import Document
from tests.workbench.office import Office
from tests.workbench.package import MAIN, Package
from xladdin.formula.compiled import compiled
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import read_grids
from xladdin.layout.cells import Sheet
from xladdin.layout.styles import UNUSED
from xladdin.layout.writer import workbook_bytes
from xladdin.master.all_sheets import SHEETS
from xladdin.master.check_column import CHECK_HEAD, NOTICE, PASSED, WAITING
from xladdin.master.finding import find_sheets
from xladdin.master.judging import Judge
from xladdin.master.lines import Notes
from xladdin.master.master_book import book
from xladdin.master.read_master import master_of
from xladdin.master.sheet_spec import SheetSpec
from xladdin.problems import Problem

from .mutants import Rows

UNSEEN = {
    "number_guess": "about a format that was lost; a formula sees no format",
    "text_is_date": "about a text that a program made a date of",
    "part_of_month": "about the day of a month, which its cell may not show",
    "cap_not_stated": "worked out over a whole scheme",
    "grade_unreachable": "worked out over a whole scheme",
    "hiring_narrowed": "read by patterns from free text",
    "standard_unread": "read by patterns from free text",
}
"""What formulas cannot see."""
HEAD = 4
"""Sheet rows above the first row of a table."""
Said = dict[tuple[str, int], str]
"""Sheet and row -> ``error`` or ``notice``, and what is said first."""
Greyed = set[tuple[str, str]]
"""Sheet and address."""
GREYING = tuple(spec for spec in SHEETS if any(rule.greys for rule in spec.rules))


@dataclass(frozen=True)
class Door:
    """What one door makes of a master."""

    said: Said
    greyed: Greyed


def both_doors(rows: Rows, folder: Path, office: Office) -> tuple[Door, Door]:
    """The live side, and the reader."""
    path, bare, asked = (folder / f"{name}.xlsx" for name in ("master", "bare", "asked"))
    laid_out = book(rows)
    pages = tuple(Sheet(_scratch(spec), (9.0,), ()) for spec in GREYING)
    path.write_bytes(workbook_bytes(replace(laid_out, sheets=(*laid_out.sheets, *pages)), {}))
    strip_cached(path, bare)
    _ask_for_grey(bare, asked, rows)
    return _live(asked, office), _reader(path)


# The live side.


def _scratch(spec: SheetSpec) -> str:
    return f"灰_{spec.key}"


def _live(path: Path, office: Office) -> Door:
    with office.open(path) as document:
        document.recalculate()
        return Door(dict(_checks(document)), set(_lit(document)))


def _checks(document: Document) -> Iterator[tuple[tuple[str, int], str]]:
    for spec in SHEETS:
        grid = document.grid(spec.name)
        column = grid[HEAD - 1].index(CHECK_HEAD)
        for number, cells in enumerate(grid[HEAD:], start=HEAD + 1):
            said = str(cells[column])
            if said not in ("", PASSED, WAITING):
                severity = "notice" if NOTICE in said else "error"
                yield (spec.name, number), f"{severity} {said}"


def _lit(document: Document) -> Iterator[tuple[str, str]]:
    for spec in GREYING:
        for y, cells in enumerate(document.grid(_scratch(spec)), start=1):
            for x, answer in enumerate(cells, start=1):
                assert answer in ("", 0.0, 1.0), (spec.key, address(y, x), answer)
                if answer == 1.0:
                    yield spec.name, address(y, x)


def _ask_for_grey(source: Path, target: Path, rows: Rows) -> None:
    """The formulas that grey cells, as cells of the scratch sheets."""
    package = Package(source)
    parts, looks = dict(package.sheets), _grey_looks(package)
    filled = {
        parts[_scratch(spec)]: _formulas(
            spec, package.xml(parts[spec.name]), looks, len(rows[spec.key])
        )
        for spec in GREYING
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in package.names:
            data = package.read(name)
            if name in filled:
                cells = f"<sheetData>{filled[name]}</sheetData>".encode()
                data, count = re.subn(rb"<sheetData\s*/>", lambda _, c=cells: c, data)
                assert count == 1, name
            archive.writestr(name, data)


def _formulas(
    spec: SheetSpec, page: ElementTree.Element | None, looks: set[int], height: int
) -> str:
    assert page is not None
    found = list(_greying(page, looks))
    assert len(found) == len({rule.marks for rule in spec.rules if rule.greys})
    found.sort(key=lambda one: one[0].left)
    return "".join(
        f'<row r="{y}">{"".join(_cell(spec, area, formula, y) for area, formula in found)}</row>'
        for y in range(HEAD + 1, HEAD + 1 + height)
    )


def _greying(page: ElementTree.Element, looks: set[int]) -> Iterator[tuple[Area, str]]:
    """The areas that a conditional format greys, and its formula for the first row."""
    for area in page.iter(MAIN + "conditionalFormatting"):
        for rule in area.iter(MAIN + "cfRule"):
            if int(rule.get("dxfId", "-1")) in looks:
                yield Area.parse(area.get("sqref", "")), rule.findtext(MAIN + "formula") or ""


def _grey_looks(package: Package) -> set[int]:
    styles = package.xml("xl/styles.xml")
    assert styles is not None
    dxfs = styles.find(MAIN + "dxfs")
    assert dxfs is not None
    colors = [[color.get("rgb", "") for color in dxf.iter(MAIN + "bgColor")] for dxf in dxfs]
    return {i for i, found in enumerate(colors) if f"FF{UNUSED.fill[1:]}" in found}


def _cell(spec: SheetSpec, area: Area, formula: str, row: int) -> str:
    """Another row's formula; `$A5` means the sheet that it is taken from."""
    moved = re.sub(rf"\$([A-Z]+){area.top}\b", rf"'{spec.name}'!$\g<1>{row}", formula)
    return f'<c r="{address(row, area.left)}"><f>{escape(moved)}</f></c>'


# The reader.


def _reader(path: Path) -> Door:
    grids, problems = read_grids(path, lambda _: 0, hidden=True)
    read = master_of(path.name, grids, problems)[1]
    return Door(_said(read), set(_unused(path.name, grids)))


def _said(problems: list[Problem]) -> Said:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in problems:
        number = "".join(filter(str.isdigit, problem.place.cell))
        if problem.code not in UNSEEN and number:
            severity = "error" if problem.is_error else "notice"
            found[problem.place.sheet, int(number)].append(f"{severity} {problem.code} {problem}")
    return {place: min(told) for place, told in found.items()}


def _unused(file: str, grids: list[Grid]) -> Iterator[tuple[str, str]]:
    """The cells that mean nothing in their rows, as the reader understands the rows."""
    notes = Notes()
    judge = Judge(find_sheets(file, grids, notes), notes)
    for spec in GREYING:
        rules = [(rule.marks, compiled(rule.greys)) for rule in spec.rules if rule.greys]
        for row in judge.rows(spec.key):
            env = judge.columns.row(spec.key, row.index)
            yield from {(spec.name, row.where(key).cell) for key, greyed in rules if greyed(env)}
