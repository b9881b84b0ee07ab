"""The master workbook as a book: 使用说明, a sheet per table, and a hidden one with lists."""

from __future__ import annotations

from dataclasses import replace

from xladdin.layout.cells import Book, Properties
from xladdin.layout.tables.table import SPARE
from xladdin.layout.tables.values import Settled

from .all_sheets import SHEETS
from .guide import TITLE, guide_sheet, model
from .list_sheet import lists_sheet, lists_table
from .row_formats import Rows, number_formats
from .sheet_spec import SheetSpec
from .table_sheet import table_of, table_sheet


def book(rows: Rows, *, spare: int = SPARE) -> Book:
    """The workbook that holds these rows (sheet key -> rows of column key -> cell).

    ``spare``: how many blank rows each table has for more.
    """
    tables = [table_of(spec, rows.get(spec.key, ()), spare=_spare(spec, spare)) for spec in SHEETS]
    columns = Settled([(table, 0) for table in (*tables, lists_table())])
    sheets = (
        table_sheet(spec, replace(table, number_formats=number_formats(spec, rows, columns)))
        for spec, table in zip(SHEETS, tables, strict=True)
    )
    return Book((guide_sheet(), *sheets, lists_sheet()), model(), Properties(title=TITLE))


def _spare(spec: SheetSpec, usual: int) -> int:
    return usual if spec.most_spare is None else min(usual, spec.most_spare)
