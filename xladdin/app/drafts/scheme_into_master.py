"""Schemes written into the master workbook, below those that are there; nothing else changes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from xladdin.app.opening_books import open_to_change
from xladdin.company.company import Company
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.intake.sheets import read_workbook
from xladdin.master.cell_kinds import Kind, Row
from xladdin.master.finding import Book, find_sheets
from xladdin.master.lines import Notes, Sheet
from xladdin.master.read_master import master_of
from xladdin.master.setting_columns import PARAMETERS
from xladdin.master.writing_rows import rows_of
from xladdin.ooxml.addresses import Area, letters
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.appending import append
from xladdin.patch.cell_elements import Value
from xladdin.patch.saving import save_over
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Shown
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.library import Library

SHEETS = ("schemes", "indicators", "steps", "grades")
"""The sheets that a scheme stands in, by key."""
_NOTHING = "没有写入任何内容，总表没有改动"
_NUMBERED = re.compile(r"_[0-9]{1,3}$")


@dataclass(frozen=True, slots=True)
class NewCell:
    """A cell that a scheme takes: where, what stands in it, whether it is shown in percent."""

    sheet: str
    address: str
    value: str | Decimal
    percent: bool


@dataclass(frozen=True, slots=True)
class Grown:
    """A table that became longer: its sheet, and what it takes now."""

    sheet: str
    area: Area


@dataclass(slots=True)
class Added:
    """What came of it."""

    schemes: tuple[Scheme, ...] = ()
    """As they were written: with ids and names that nothing else in the workbook has."""
    written: bool = False
    places: list[Place] = field(default_factory=list)
    """The row of each scheme."""
    cells: list[NewCell] = field(default_factory=list)
    grown: list[Grown] = field(default_factory=list)
    """Tables that had no more empty rows, and became longer."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was written where, for a person."""
        if not self.written:
            return [f"{_NOTHING}。"]
        where = "、".join(
            f"「{scheme.name}」（{place.sheet}!{place.cell}）"
            for scheme, place in zip(self.schemes, self.places, strict=True)
        )
        return [f"已写进总表：{where}。写入前的总表在旁边的备份里；请打开总表核对后再用。"]


def add_schemes(
    master: Path | HandedIn, schemes: Sequence[Scheme], *, now: dt.datetime | None = None
) -> Added:
    """Write schemes into the workbook, all of them or none; a copy of it as it was stays beside."""
    file = handed_in(master)
    book, done = _tried(file, schemes)
    if book is None or errors(done.problems):
        return done
    sealing = Sealing(file.file.password)
    faults = save_over(
        file.path, file.file.on_disk, book, now or dt.datetime.now(), sealing=sealing
    )
    done.problems += faults
    done.written = not errors(faults)
    return done


def cells_of(master: Path, schemes: Sequence[Scheme]) -> Added:
    """What ``add_schemes`` would write into a workbook, tried and read back; nothing is written."""
    return _tried(handed_in(master), schemes)[1]


def _tried(master: HandedIn, schemes: Sequence[Scheme]) -> tuple[Workbook | None, Added]:
    book, problems = open_to_change(master.file)
    if book is None:
        return None, Added(problems=problems)
    old = _Read(master.name, *master.grids(len, hidden=True))
    done = Added(tuple(_apart(schemes, old.company)))
    done.problems += old.unfit
    if errors(done.problems):
        return None, done
    try:
        _write(book, old, done)
    except RefusedError as error:
        done.problems.append(error.problem(master.name))
        return None, done
    done.problems += _unconfirmed(master.name, book, old, done.schemes)
    return book, done


class _Read:
    """The workbook as it is: content, sheets, and what keeps it from being written to."""

    def __init__(self, file: str, grids: list[Grid], faults: list[Problem]) -> None:
        self.company, self.problems = master_of(file, grids, faults)
        self.book: Book = find_sheets(file, grids, Notes())
        whole = [p for p in errors(self.problems) if p.code in ("not_master", "not_workbook")]
        self.unfit = whole or [
            Problem(
                "sheet_missing", f"没有找到「{self.book.name(key)}」表，{_NOTHING}", Place(file)
            )
            for key in SHEETS
            if key not in self.book.sheets
        ]


def _apart(schemes: Iterable[Scheme], company: Company) -> Iterable[Scheme]:
    """The schemes with ids and names of their own."""
    library = company.library
    known = [(one.id, one.name) for one in library.schemes]
    known += [(one.id, one.name) for one in library.competencies]
    ids, names = {id_ for id_, _ in known}, {name for _, name in known}
    for scheme in schemes:
        base = _NUMBERED.sub("", scheme.id)[:36].rstrip("_")
        id_ = _free(scheme.id, ids, f"{base}_{{}}")
        name = _free(scheme.name, names, f"{_literal(scheme.name[:54])}（{{}}）")
        ids.add(id_)
        names.add(name)
        yield scheme.model_copy(update={"id": id_, "name": name})


def _free(wanted: str, taken: set[str], numbered: str) -> str:
    if wanted not in taken:
        return wanted
    return next(name for n in range(2, 100_000) if (name := numbered.format(n)) not in taken)


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _write(book: Workbook, old: _Read, done: Added) -> None:
    schemes = done.schemes
    rows = rows_of(Company(library=Library(tuple(schemes), (), ())))
    items = {
        (owner, key): item
        for one in schemes
        for owner in (one.id, one.name)
        for item in one.indicators
        for key in (item.id, item.name)
    }
    for key in SHEETS:
        sheet = old.book.sheets[key]
        patch = SheetPatch(book, sheet.grid.sheet)
        before = [table.area for table in patch.tables]
        numbers = append(patch, sheet.head.row + 1, [_line(row, sheet) for row in rows[key]])
        after = [table.area for table in patch.tables]
        done.grown += [
            Grown(sheet.grid.sheet, new)
            for old_area, new in zip(before, after, strict=True)
            if old_area != new
        ]
        for number, row in zip(numbers, rows[key], strict=True):
            done.cells += _cells(sheet, number, row, items)
        done.problems += _lost(sheet, rows[key])
        if key == "schemes":
            done.places = [sheet.grid.place(n - 1, sheet.head.columns["name"][0]) for n in numbers]
    for cell in done.cells:
        if cell.percent:  # in a cell for plain numbers 0.95 says something else
            SheetPatch(book, cell.sheet).show(cell.address, Shown.PERCENT)


def _line(row: Row, sheet: Sheet) -> dict[str, Value]:
    there = sheet.head.columns
    return {
        letters(there[key][0] + 1): value
        for key, value in row.items()
        if key in there and value is not None
    }


def _lost(sheet: Sheet, rows: Iterable[Row]) -> Iterable[Problem]:
    """Columns that a clerk took away, and that these rows would need."""
    lacking = [
        column
        for column in sheet.spec.columns
        if column.key not in sheet.head.columns and any(row[column.key] is not None for row in rows)
    ]
    for column in lacking:
        message = f"没有「{column.head}」列，这一列的内容没有写入"
        yield warning("column_missing", message, sheet.grid.place(sheet.head.row))


def _cells(
    sheet: Sheet, number: int, row: Row, items: dict[tuple[str, str], Indicator]
) -> Iterable[NewCell]:
    for column in sheet.spec.columns:
        value = row.get(column.key)
        if value is not None and column.key in sheet.head.columns:
            address = f"{letters(sheet.head.columns[column.key][0] + 1)}{number}"
            percent = _is_share(sheet, column.key, row, items)
            yield NewCell(sheet.grid.sheet, address, value, percent)


def _is_share(sheet: Sheet, key: str, row: Row, items: dict[tuple[str, str], Indicator]) -> bool:
    column = sheet.spec.column(key)
    if column.kind in (Kind.POINTS, Kind.RATIO, Kind.RATE):
        return True
    if column.kind is not Kind.MEASURE:
        return False
    named = str(row.get("scheme")), str(row.get("item" if sheet.spec.key == "steps" else "name"))
    item = items.get(named)
    if item is None:
        return False
    if sheet.spec.key == "steps":
        basis = getattr(item.method, "basis", "actual")
        return not item.subjective and (basis == "completion" or item.unit is Unit.PERCENT)
    setting = next((one for one in PARAMETERS[item.method.kind] if one.column == key), None)
    if setting is not None:
        return setting.kind is Kind.RATIO or (
            setting.kind is Kind.MEASURE and item.unit is Unit.PERCENT
        )
    return key == "target" and item.unit is Unit.PERCENT


def _unconfirmed(file: str, book: Workbook, old: _Read, schemes: Sequence[Scheme]) -> list[Problem]:
    """What the ordinary reader would not find as it was written, or would find changed."""
    new = _Read(file, *read_workbook(file, book.to_bytes(), hidden=True))
    found = {scheme.id: scheme for scheme in new.company.library.schemes}
    for scheme in schemes:
        if found.get(scheme.id) != scheme:
            said = _said(new, old) or "和要写的不一样"
            message = f"方案「{scheme.name}」写好后再读一遍，{said}；{_NOTHING}"
            return [Problem("write_not_confirmed", message, Place(file))]
    ours = {scheme.id for scheme in schemes}
    rest = replace(
        new.company,
        library=Library(
            tuple(one for one in new.company.library.schemes if one.id not in ours),
            new.company.library.positions,
            new.company.library.competencies,
        ),
    )
    if rest != old.company:
        message = f"写好后再读一遍，总表里别的内容变了；{_NOTHING}"
        return [Problem("write_not_confirmed", message, Place(file))]
    return []


def _said(new: _Read, old: _Read) -> str:
    """What the reader finds wrong that was not wrong before."""
    before = {(one.code, one.message) for one in old.problems}
    fresh = [one for one in errors(new.problems) if (one.code, one.message) not in before]
    return "；".join(f"{one.place.sheet}!{one.place.cell} {one.message}" for one in fresh[:3])
