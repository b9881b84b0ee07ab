"""Reports as people send them back: filled in and changed through another library than wrote them."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment

from tests.books import debriefs, service_months, shop_months
from xladdin.analysis.record_lines import MonthLines
from xladdin.books.debrief import report_debrief
from xladdin.books.reports import report_monthly
from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.reports.sent_cells import SHEET_NAME as SENT
from xladdin.books.shop import report_shop
from xladdin.company.company import Company
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.place import defined_name
from xladdin.layout.writer import workbook_bytes
from xladdin.returns.file_reading import FileRead, read_file
from xladdin.returns.handed_files import HandedFile
from xladdin.returns.report_reading import ReadReport

FILE = Path("月报.xlsx")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*<")


@cache
def monthly_figures() -> Any:
    """A month without the lines that it was counted from."""
    return replace(service_months.plausible(), lines=MonthLines())


def made(kind: str, own: KeptReport | None = None, before: KeptReport | None = None) -> Book:
    """A report, with what was kept."""
    return _plain(kind) if own is before is None else _made(kind, own, before)


@cache
def _plain(kind: str) -> Book:
    return _made(kind, None, None)


def _made(kind: str, own: KeptReport | None, before: KeptReport | None) -> Book:
    match kind:
        case "monthly":
            return report_monthly.with_what_was_kept(monthly_figures(), own, before)[0]
        case "shop":
            return report_shop.with_what_was_kept(shop_months.calm(), own, before)[0]
        case _:
            return report_debrief.with_what_was_kept(debriefs.example(), own)[0]


@cache
def sent(kind: str) -> bytes:
    """A report as it goes out."""
    return workbook_bytes(made(kind), {})


def company() -> Company:
    """Whose roster has the person of the debrief."""
    return service_months.company()


def read(data: bytes, name: str = FILE.name) -> FileRead:
    """A file as collecting reads it."""
    at = dt.datetime(2026, 11, 3, 10)
    file = HandedFile(name, Path(name), data, at=at)
    return read_file(file, company())


def report_of(data: bytes, name: str = FILE.name) -> ReadReport:
    """The report in a file that has one."""
    (found,) = read(data, name).reports
    return found


def kept(report: ReadReport, name: str = FILE.name, day: str = "2026-11-03") -> KeptReport:
    """What a ledger keeps of a report."""
    return KeptReport(report.inputs, report.base, report.labels, name, day)


def loaded(data: bytes, **how: Any) -> openpyxl.Workbook:
    """A workbook in the other library, which leaves out small pictures in cells and says so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(Sparkline|Unknown|Conditional|Data Val)", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), **how)


@dataclass
class Returning:
    """A report while somebody works on it."""

    book: openpyxl.Workbook
    data: bytes = b""
    """The file, where what is done is done to its parts."""

    @classmethod
    def of(cls, data: bytes) -> Returning:
        """A file that was opened."""
        return cls(loaded(data))

    def cell(self, key: str) -> Any:
        """The cell of a name."""
        ((sheet, place),) = self.book.defined_names[defined_name(key)].destinations
        return self.book[sheet][place.replace("$", "")]

    def fill(self, values: Mapping[str, Any]) -> None:
        """Type values into named cells."""
        for key, value in values.items():
            self.cell(key).value = value

    def saved(self) -> bytes:
        """As the library saves it; formulas have no values then."""
        if self.data:
            return self.data
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def returned(kind: str, values: Mapping[str, Any]) -> bytes:
    """A report that came back with something filled in."""
    return filled(sent(kind), values)


@lru_cache(maxsize=3)
def _kept_open(data: bytes) -> Returning:
    return Returning.of(data)


def filled(
    data: bytes, values: Mapping[str, Any], at: dt.datetime = dt.datetime(2026, 11, 3, 10)
) -> bytes:
    """A file in which somebody has filled in named cells, saved at a time.

    It stays open, as it was before: to open it takes longer than to fill it in.
    """
    work = _kept_open(data)
    before = [(cell, cell.value, cell.number_format) for cell in map(work.cell, values)]
    try:
        work.fill(values)
        return _saved_at(work.saved(), at)
    finally:
        for cell, value, number_format in before:
            cell.value, cell.number_format = value, number_format


def _saved_at(data: bytes, at: dt.datetime) -> bytes:
    """The file as saved at that time: openpyxl writes the present one, whatever a workbook says."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "docProps/core.xml":
                part, count = _MODIFIED.subn(rb"\g<1>%sZ<" % at.isoformat().encode(), part)
                assert count == 1
            new.writestr(entry, part)
    return made.getvalue()


# What people do.


def row_inserted(work: Returning, sheet: str, row: int) -> None:
    """As Excel does it: names, formulas and merged cells go along."""
    work.data = _with_row(work.saved(), work.book.sheetnames.index(sheet) + 1, sheet, row)


def _with_row(data: bytes, number: int, sheet: str, row: int) -> bytes:
    part = f"xl/worksheets/sheet{number}.xml"

    def moved(found: re.Match[str]) -> str:
        at = int(found[2])
        return f"{found[1]}{at + 1 if at >= row else at}"

    parts = _parts(data)
    xml = parts[part].decode()
    xml = re.sub(r'(<row r=")(\d+)', moved, xml)
    xml = re.sub(r'((?:r|ref|sqref)="[A-Z]+)(\d+)', moved, xml)
    parts[part] = re.sub(r'(ref="[A-Z]+\d+:[A-Z]+)(\d+)', moved, xml).encode()
    names = parts["xl/workbook.xml"].decode()
    own = rf"((?:'{sheet}'|{sheet})!\$[A-Z]+\$)(\d+)"
    parts["xl/workbook.xml"] = re.sub(own, moved, names).encode()
    return _zipped(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def names_deleted(work: Returning) -> None:
    """All defined names are gone."""
    work.book.defined_names.clear()


def name_broken(work: Returning, key: str) -> None:
    """A name leads nowhere."""
    work.book.defined_names[defined_name(key)].value = "#REF!"


def values_only(work: Returning) -> None:
    """Every formula is pasted over by what it showed."""
    shown = loaded(sent("monthly"), data_only=True)
    for sheet in work.book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = shown[sheet.title][cell.coordinate].value


def typed_at(work: Returning, sheet: str, place: str, value: Any) -> None:
    """Something is typed into a cell that no name knows."""
    work.book[sheet][place].value = value


def sheet_deleted(work: Returning, sheet: str) -> None:
    """A sheet is deleted; names that led to it lead nowhere."""
    del work.book[sheet]
    for name, defined in list(work.book.defined_names.items()):
        if f"{sheet}!" in defined.value.replace("'", ""):
            work.book.defined_names[name].value = "#REF!"


def sheet_added(work: Returning, sheet: str) -> None:
    """A sheet of one's own."""
    work.book.create_sheet(sheet)["A1"] = "草稿"


def sheet_renamed(work: Returning, sheet: str, name: str) -> None:
    """A sheet is called otherwise; names go along, as in Excel."""
    work.book[sheet].title = name
    for defined in work.book.defined_names.values():
        defined.value = re.sub(rf"^'?{sheet}'?!", f"'{name}'!", defined.value)


def commented(work: Returning, key: str) -> None:
    """A comment is put on a cell."""
    work.cell(key).comment = Comment("再核对", "赵敏")


def record_cut(work: Returning, rows: int) -> None:
    """The last lines of the hidden sheet are gone."""
    sheet = work.book[SENT]
    sheet.delete_rows(sheet.max_row - rows + 1, rows)


def record_deleted(work: Returning) -> None:
    """The hidden sheet is gone."""
    del work.book[SENT]


def table_typed(work: Returning, who: str, head: str, value: Any) -> None:
    """A figure of a table is corrected, wherever it stands."""
    sheet = work.book["客服排名"]
    heads = next(row for row in sheet.iter_rows() if any(cell.value == head for cell in row))
    column = next(cell.column for cell in heads if cell.value == head)
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == who)
    sheet.cell(row, column).value = value


def table_sorted(work: Returning) -> None:
    """The rows of the table stand the other way round."""
    sheet = work.book["客服排名"]
    head = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "客服")
    rows = [r for r in range(head + 1, sheet.max_row + 1) if sheet.cell(r, 1).value]
    values = [[cell.value for cell in sheet[r]] for r in rows]
    for row, cells in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column).value = value


def table_row_added(work: Returning, name: str) -> None:
    """Somebody is added below."""
    sheet = work.book["客服排名"]
    last = max(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value)
    sheet.cell(last + 1, 1).value = name
    sheet.cell(last + 1, 3).value = 12


DONE: Mapping[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        row_inserted,
        names_deleted,
        name_broken,
        values_only,
        typed_at,
        sheet_deleted,
        sheet_added,
        sheet_renamed,
        commented,
        record_cut,
        record_deleted,
        table_typed,
        table_sorted,
        table_row_added,
    )
}


def written(values: Mapping[str, Value]) -> dict[str, str]:
    """Values as a case writes them."""
    return {key: "" if value is None else f"{value}" for key, value in values.items()}
