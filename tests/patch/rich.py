"""A workbook with everything that a clerk may have in one: what a patch must leave alone."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import xlsxwriter

LIST, SUMMARY, NOTES, HIDDEN = "月度目标与实际", "汇总 & 图", "我的'备注", "参数"
HEADS = ["考核月份", "工号", "指标", "目标值", "实际值", "完成率"]
ROWS = [
    ["2026-10", "1001", "销售额", 145000, 155307.28],
    ["2026-10", "1002", "销售额", 109000, 97793.24],
    ["2026-10", "1003", "转化率", 0.6, 0.641],
]
HEAD_ROW, FIRST, SPARE = 3, 4, 2
LAST = FIRST + len(ROWS) - 1
END = LAST + SPARE
RATIO = "=IF({sheet}[[#This Row],[目标值]]=0,0,{sheet}[[#This Row],[实际值]]/{sheet}[[#This Row],[目标值]])"
TABLE = "tbl_figures"


def tiny_png() -> io.BytesIO:
    """One red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    parts = (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), pixel, chunk(b"IEND", b""))
    return io.BytesIO(b"".join(parts))


def write_rich(path: Path, *, table: bool = True, totals: bool = False) -> Path:
    """Write the workbook; ``table`` says whether the list is an Excel table."""
    with xlsxwriter.Workbook(path) as book:
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#D9E5F3", "border": 1}),
            "entry": book.add_format({"bg_color": "#FFF8E1", "border": 1, "num_format": "0.00"}),
            "plain": book.add_format({"border": 1, "font_name": "微软雅黑"}),
            "percent": book.add_format({"num_format": "0.0%", "border": 1}),
        }
        figures = book.add_worksheet(LIST)
        _write_list(figures, styles, table=table, totals=totals)
        _write_summary(book, book.add_worksheet(SUMMARY), styles)
        _write_notes(book, book.add_worksheet(NOTES), styles)
        hidden = book.add_worksheet(HIDDEN)
        hidden.write_column("A1", ["暂定", "最终"])
        hidden.hide()
        book.define_name("states", f"={HIDDEN}!$A$1:$A$2")
        book.set_custom_property("公司", "晴川")
    return path


def _write_list(sheet: Any, styles: dict[str, Any], *, table: bool, totals: bool) -> None:
    sheet.merge_range("A1:F1", "每人每月每个指标一行", styles["head"])
    formula = RATIO.format(sheet=TABLE) if table else None
    if table:
        columns = [{"header": head, "header_format": styles["head"]} for head in HEADS]
        columns[-1]["formula"] = formula
        options = {"name": TABLE, "columns": columns, "total_row": totals}
        sheet.add_table(f"A{HEAD_ROW}:F{END + totals}", options)
    else:
        sheet.write_row(HEAD_ROW - 1, 0, HEADS, styles["head"])
        sheet.autofilter(f"A{HEAD_ROW}:F{LAST}")
    for offset, row in enumerate(ROWS):
        _write_line(sheet, FIRST + offset, row, styles, formula)
    for row in range(LAST + 1, END + 1) if table else ():
        for column in range(5):
            sheet.write_blank(row - 1, column, None, styles["entry" if column > 2 else "plain"])
        sheet.write_formula(row - 1, 5, formula, styles["percent"], 0)
    _add_rules(sheet, END if table else LAST, styles)


def _write_line(
    sheet: Any, row: int, values: list[Any], styles: dict[str, Any], formula: str | None
) -> None:
    sheet.write_row(row - 1, 0, values[:3], styles["plain"])
    sheet.write_row(row - 1, 3, values[3:], styles["entry"])
    own = formula or f"=E{row}/D{row}"
    sheet.write_formula(row - 1, 5, own, styles["percent"], values[4] / values[3])


def _add_rules(sheet: Any, end: int, styles: dict[str, Any]) -> None:
    sheet.data_validation(f"A{FIRST}:A{end}", {"validate": "length", "criteria": "<", "value": 9})
    sheet.data_validation("H1", {"validate": "list", "source": "=states"})
    bar = {"type": "data_bar", "data_bar_2010": True, "bar_direction": "left"}
    sheet.conditional_format(f"E{FIRST}:E{end}", bar)
    low = {"type": "cell", "criteria": "<", "value": 0, "format": styles["head"]}
    sheet.conditional_format(f"D{FIRST}:E{end}", low)
    sheet.add_sparkline("H4", {"range": f"'{LIST}'!D4:E4"})
    sheet.write_comment("D3", "没有目标的不填", {"author": "人事"})
    sheet.write_comment("E4", "财务已核对")
    sheet.print_area(f"A1:F{end}")
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&C第 &P 页")
    sheet.freeze_panes(HEAD_ROW, 0)
    sheet.set_column("A:C", 12)
    sheet.set_column("D:F", 14)
    sheet.set_row(LAST - 1, 24)


def _write_summary(book: Any, sheet: Any, styles: dict[str, Any]) -> None:
    total = sum(row[4] for row in ROWS)
    sheet.write("A1", "合计")
    sheet.write_formula("B1", f"=SUM('{LIST}'!E{FIRST}:E200)", None, total)
    sheet.write_formula("B2", "=B1*2", None, total * 2)
    sheet.write_array_formula("D1:D2", f"{{='{LIST}'!D4:D5*1}}", None, 145000)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{LIST}'!$E${FIRST}:$E${LAST}"})
    sheet.insert_chart("F2", chart)
    sheet.insert_image("A5", "标志.png", {"image_data": tiny_png()})
    sheet.write_url("A3", f"internal:'{LIST}'!A1", string="去看数据")


def _write_notes(book: Any, sheet: Any, styles: dict[str, Any]) -> None:
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("A1", bold, "重要", "：每月3日前")
    sheet.merge_range("B2:C3", "合并的", styles["plain"])
    sheet.write("A5", "  两边有空格  ")
    sheet.set_row(6, 30, styles["entry"])
    sheet.write_comment("B2", "谁改的？")
