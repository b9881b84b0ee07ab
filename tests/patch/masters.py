"""A clerk's master workbook: the sheets as they are laid out, and the clerk's own things in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.master.books import Percent, book_of
from xladdin.company.column_mappings import default_mappings
from xladdin.company.company import Company
from xladdin.domain.people import Employee
from xladdin.master.people_sheets import FIGURES
from xladdin.schemes.library import Library

EMPLOYEES = tuple(
    Employee(id=id_, name=name, nickname=nickname, department="网络销售部", position=position)
    for id_, name, nickname, position in (
        ("1001", "陆雨桐", "晴川-小雨", "网销客服"),
        ("1002", "方嘉禾", "晴川-禾苗", "网销客服"),
        ("1003", "何思琪", "晴川-琪琪", "销售客服"),
        ("1004", "何思琪", "晴川-思思", "网销客服"),
        ("1005", "韩雪凝", "晴川-雪球", "售后客服"),
        ("1006", "沈知远", "晴川-远山", "COO"),
    )
)
SPARE = 2
SALES, CONVERSION, REPLY = "销售目标达成", "日常询盘转换率", "平均响应时间"
ROWS: list[dict[str, Any]] = [
    {"period": "2026-10", "employee": "1001", "indicator": SALES, "actual": 120000},
    {"period": "2026-11", "employee": "1001", "name": "陆雨桐", "indicator": SALES, "target": 145000},
    {"period": "2026-11", "employee": "1001", "indicator": CONVERSION, "actual": 0.6},
    {"period": "2026-11", "employee": "1002", "indicator": SALES, "target": 109000, "actual": 90000,
     "remark": "财务口径", "state": "最终", "origin": "旧.csv：客服销售额"},
    {"period": "2026-11", "employee": "1002", "indicator": CONVERSION, "actual": 0.548},
]  # fmt: skip
_SCHEME = Library.shipped().scheme("online_shop_monthly")
assert _SCHEME
SMALL: dict[str, Any] = {
    "library": Library((_SCHEME,)),
    "employees": tuple(one for one in EMPLOYEES if one.position in _SCHEME.positions),
    "mappings": tuple(
        one
        for one in default_mappings()
        if one.target in {"工号", "姓名", "昵称", *(item.name for item in _SCHEME.indicators)}
    ),
}
"""One scheme and its people: read in less than half the time that all templates take."""
HEAD = 2
"""The row of the heads; above them stands what the sheet is for."""


@dataclass(frozen=True)
class Formatted:
    """A value in a cell of a number format of its own."""

    value: Any
    format: str


def content(**changes: Any) -> Company:
    values: dict[str, Any] = {
        "employees": EMPLOYEES,
        "library": Library.shipped(),
        "mappings": tuple(m for m in default_mappings() if m.target not in ("不导入", "月份")),
    }
    return Company(**(values | changes))


def write_master(
    path: Path,
    figures: Sequence[Mapping[str, Any]] = ROWS,
    *,
    spare: int = SPARE,
    note: str = "",
    date1904: bool = False,
    spare_months: str = "",
    **changes: Any,
) -> Path:
    """Write the workbook; ``figures`` are the rows of 月度目标与实际, ``note`` stands below.

    ``spare_months``: the number format of the months in the blank rows.
    """
    with xlsxwriter.Workbook(path, {"date_1904": date1904}) as book:
        percent = book.add_format({"num_format": "0.00%"})
        for plain in book_of(content(**changes)):
            sheet = book.add_worksheet(plain.name)
            if plain.name == FIGURES.name:
                _write_figures(book, sheet, figures, spare, percent)
                sheet.write(HEAD + len(figures) + spare, 1, note)
                blank = book.add_format({"num_format": spare_months}) if spare_months else None
                for row in range(HEAD + len(figures), HEAD + len(figures) + spare):
                    sheet.write_blank(row, 0, None, blank)
            else:
                _write(sheet, plain.cells, percent)
        own = book.add_worksheet("我的汇总")
        own.write_formula("A1", f"=SUM('{FIGURES.name}'!F3:F500)", None, 0)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"='{FIGURES.name}'!$F$3:$F$9"})
        own.insert_chart("C2", chart)
    return path


def _write(sheet: Any, rows: Sequence[Sequence[Any]], percent: Any) -> None:
    for index, row in enumerate(rows):
        for place, value in enumerate(row):
            match value:
                case Percent():
                    sheet.write(index, place, float(value.value), percent)
                case Decimal():
                    sheet.write(index, place, float(value))
                case _:
                    sheet.write(index, place, value)


def _write_figures(
    book: Any, sheet: Any, rows: Sequence[Mapping[str, Any]], spare: int, percent: Any
) -> None:
    heads = [column.head for column in FIGURES.columns]
    sheet.merge_range(0, 0, 0, len(heads) - 1, FIGURES.told)
    area = (HEAD - 1, 0, HEAD - 1 + len(rows) + spare, len(heads) - 1)
    options = {"name": "tbl_figures", "columns": [{"header": head} for head in heads]}
    sheet.add_table(*area, options)
    for index, row in enumerate(rows, start=HEAD):
        for place, column in enumerate(FIGURES.columns):
            value = row.get(column.key)
            if isinstance(value, Formatted):
                own = book.add_format({"num_format": value.format})
                sheet.write(index, place, value.value, own)
                continue
            is_percent = column.key == "actual" and isinstance(value, float)
            sheet.write(index, place, value, percent if is_percent else None)
