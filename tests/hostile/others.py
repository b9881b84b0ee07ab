"""Hostile files of other kinds by name, each with its ending: old workbooks, texts, templates."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from .makers import packed

Maker = Callable[[], bytes]
MEGA = 1_000_000
FULL = 20 * MEGA
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLS = Path(__file__).parents[1] / "intake" / "roster.xls"
_CONTENT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content \
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>\
<table:table table:name="名册">{rows}</table:table></office:spreadsheet></office:body>\
</office:document-content>"""
_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">\
<manifest:file-entry manifest:full-path="/" \
manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


_LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))


def ods(rows: str, entities: str = "") -> bytes:
    content = _CONTENT.format(rows=rows)
    if entities:
        content = content.replace("?>", f"?><!DOCTYPE a [{entities}]>", 1)
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": _MANIFEST.encode(),
        }
    )


def _cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" '
        f'office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def xlsb() -> bytes:
    """The beginning of one: a sheet that says that it reaches to the last corner."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/{kind}" Target="{target}"/></Relationships>'
    )
    dimension = b"\x94\x01\x10" + b"".join(
        number.to_bytes(4, "little") for number in (0, 1_048_575, 0, 16_383)
    )
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": relation.format(
                kind="officeDocument", target="xl/workbook.bin"
            ).encode(),
            "xl/workbook.bin": b"\x83\x01\x00\x8f\x01\x00",
            "xl/_rels/workbook.bin.rels": relation.format(
                kind="worksheet", target="worksheets/sheet1.bin"
            ).encode(),
            "xl/worksheets/sheet1.bin": b"\x81\x01\x00" + dimension + b"\x91\x01\x00",
        }
    )


def noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)


def flipped(seed: int) -> bytes:
    """An old workbook with some bytes changed."""
    chance = random.Random(seed)
    data = bytearray(XLS.read_bytes())
    for _ in range(40):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    return bytes(data)


def old() -> dict[str, tuple[Maker, str]]:
    found: dict[str, Maker] = {
        "xls_broken_off": lambda: XLS.read_bytes()[:3000],
        "xls_of_zeros": lambda: OLE + bytes(FULL),
        "xls_of_noise": lambda: OLE + noise(FULL),
        "xls_of_ones": lambda: OLE + b"\xff" * FULL,
        "xls_header_then_noise": lambda: XLS.read_bytes()[:512] + noise(5 * MEGA),
        "xls_with_a_password": lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
        **{f"xls_flipped_{seed}": lambda seed=seed: flipped(seed) for seed in range(6)},  # type: ignore[misc]
        "xlsb_of_nothing": xlsb,
        "ods_rows_repeated": lambda: ods(_row(_cell("1001") * 4, 1_048_576)),
        "ods_cells_repeated": lambda: ods(_row(_cell("x", 16_384), 100_000)),
        "ods_everything_repeated": lambda: ods(_row(_cell("x", 16_384), 1_048_576) * 20),
        "ods_repeated_without_end": lambda: ods(_row(_cell("x", 2**31), 2**31)),
        "ods_empty_rows_repeated": lambda: ods(
            _row(_cell("工号") + _cell("姓名")) + _row("<table:table-cell/>", 1_048_575)
        ),
        "ods_far_cell": lambda: ods(
            _row("<table:table-cell/>", 1_048_575)
            + _row('<table:table-cell table:number-columns-repeated="16383"/>' + _cell("x"))
        ),
        "ods_bomb": lambda: ods("<!--" + " " * (190 * MEGA) + "-->"),
        "ods_deep": lambda: ods("<a>" * MEGA),
        "ods_laughs": lambda: ods(_row(_cell("&a9;")), _LAUGHS),
        "ods_long_text_repeated": lambda: ods(_row(_cell("长" * 30_000, 1000), 1000)),
    }
    return {name: (make, name.partition("_")[0]) for name, make in found.items()}


HEAD = "工号,姓名,部门,岗位\n"


def pump(*pieces: str) -> bytes:
    """One line for each piece: the piece again and again, as long as a cell may be, in each cell."""
    lines = []
    for piece in pieces:
        long = (piece * 30_000)[:30_000].replace('"', '""')
        lines.append(",".join([f'"{long}"'] * 4))
    return (HEAD + "\n".join(lines) + "\n").encode()


def _people() -> bytes:
    return (HEAD + "".join(f"A{i},员{i},客服部,网销客服\n" for i in range(59_000))).encode()


def _strangers() -> bytes:
    return ("工号,客服销售额\n" + "".join(f"X{i},{i}\n" for i in range(59_000))).encode()


FIGURES = "考核月份,工号,指标,实际值\n"


def _figures(line: str) -> bytes:
    return (FIGURES + line * (FULL // len(line.encode()))).encode()


def _all_different() -> bytes:
    numbers = range(0, 2_800_000, 4)
    return (FIGURES + "".join(f"{n:x},{n + 1:x},{n + 2:x},{n + 3:x}\n" for n in numbers)).encode()


def texts() -> dict[str, tuple[Maker, str]]:
    def lines(line: str, times: int, head: str = HEAD) -> bytes:
        return (head + line * times).encode()

    found: dict[str, Maker] = {
        "csv_figures_all_alike": lambda: _figures("2026-11,1001,客单价,5\n"),
        "csv_figures_of_strangers": lambda: _figures("2026-11,9,客单价,5\n"),
        "csv_figures_all_different": _all_different,
        "csv_one_line": lambda: b"x" * FULL,
        "csv_one_line_of_digits": lambda: b"1" * FULL,
        "csv_one_line_of_commas": lambda: b"," * FULL,
        "csv_one_line_of_cells": lambda: b"ab," * (FULL // 3),
        "csv_one_row_of_quoted_lines": lambda: b'"a\n",' * (FULL // 5),
        "csv_one_line_of_quotes": lambda: b'"' * FULL,
        "csv_one_line_of_brackets": lambda: b"(" * FULL,
        "csv_an_open_quote": lambda: (HEAD + '"').encode() + b"x,y\n" * (FULL // 4),
        "csv_five_million_lines": lambda: b"a,b\n" * (5 * MEGA),
        "csv_ten_million_empty_lines": lambda: HEAD.encode() + b"\n" * (10 * MEGA),
        "csv_lines_of_commas": lambda: lines(",,,\n", 4 * MEGA),
        "csv_commas_then_a_line": lambda: (
            lines(",,,\n", 4 * MEGA) + "1001,甲,客服部,网销客服".encode()
        ),
        "csv_old_line_ends": lambda: HEAD.encode() + b"a,b\r" * (5 * MEGA),
        "csv_nuls": lambda: b"a,b\n\0" * (4 * MEGA),
        "csv_a_nul_at_the_end": lambda: lines("1,甲,乙,丙\n", 900_000) + b"\0",
        "csv_ten_thousand_columns": lambda: (
            (",".join(map(str, range(10_000))) + "\n").encode() * 400
        ),
        "csv_two_thousand_columns": lambda: (
            (",".join(map(str, range(2_000))) + "\n").encode() * 2_000
        ),
        "csv_utf_16": lambda: (HEAD + "1,甲,乙,丙\n" * 1_000_000).encode("utf-16")[:FULL],
        "csv_gbk": lambda: (HEAD + "1,甲,乙,丙\n" * 1_600_000).encode("gbk")[:FULL],
        "csv_broken_at_the_end": lambda: lines("1,甲,乙,丙\n", 1_200_000) + b"\xff\xff",
        "csv_noise": lambda: noise(FULL),
        "csv_every_line_wrong": lambda: lines("!,?,,\n", 59_000),
        "csv_every_line_a_person": _people,
        "csv_the_same_person": lambda: lines("1001,甲,客服部,网销客服\n", 59_000),
        "csv_every_figure_wrong": lambda: lines(
            "2026-11,1001,甲,客单价,x,y\n", 59_000, "考核月份,工号,姓名,指标,目标值,实际值\n"
        ),
        "csv_every_figure_twice": lambda: lines(
            "2026-11,1001,甲,客单价,5,5\n", 59_000, "考核月份,工号,姓名,指标,目标值,实际值\n"
        ),
        "csv_export_of_nobody": _strangers,
        "csv_raters_wrong": lambda: lines(
            "1001,甲,同事,9,x\n", 59_000, "被评价人工号,被评价人,评价来源,评价人工号,评价人\n"
        ),
        "csv_heads_again": lambda: lines(HEAD, 59_000),
        "csv_long_cells": lambda: lines(",".join(["长" * 40_000] * 4) + "\n", 30),
        "csv_long_texts": lambda: lines(
            ",".join(["每月不低于95%，"[i:] + "即 1 " * 7_000 for i in range(4)]) + "\n", 118
        ),
        "csv_pumps": lambda: pump(
            "(", "1", "0", " ", "　", "1,", "1.", "-", "年", "2026-", "％", "不", "%"
        ),
        "csv_pumps_of_two": lambda: pump(
            "1 ", "1,000", "a(", "（", "即", "第1", "1:", "20260101", "百分之"
        ),
        "csv_pumps_in_heads": lambda: (
            ("(" * 30_000 + "," + "工号(" * 9_000 + ",姓名," + " " * 30_000 + "\n").encode() * 20
        ),
        "web_page": lambda: b"<html>" + b"<td>" * (5 * MEGA),
        "flat_xml": lambda: b'<?xml version="1.0"?>' + b"<a>" * (6 * MEGA),
    }
    return {name: (make, "csv") for name, make in found.items()}


def templates() -> dict[str, tuple[Maker, str]]:
    def bomb() -> bytes:
        levels = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30))
        return f"a0: &a0 [x]\n{levels}\n".encode()

    found: dict[str, Maker] = {
        "yaml_laughs": bomb,
        "yaml_deep_lists": lambda: b"[" * FULL,
        "yaml_deep_maps": lambda: b"{a: " * (FULL // 4),
        "yaml_deep_blocks": lambda: b"- " * (FULL // 2),
        "yaml_deep_indents": lambda: "".join(f"{' ' * i}a:\n" for i in range(1, 1_300)).encode(),
        "yaml_questions": lambda: b"? " * 400_000,
        "yaml_one_line": lambda: b"a: " + b"x" * FULL,
        "yaml_one_line_of_digits": lambda: b"a: " + b"1" * 900_000,
        "yaml_number_of_digits": lambda: b"id: x\nname: x\nkind: kpi\nversion: " + b"9" * 900_000,
        "yaml_many_keys": lambda: "".join(f"k{i}: {i}\n" for i in range(80_000)).encode(),
        "yaml_many_items": lambda: b"a:\n" + b"- x\n" * 240_000,
        "yaml_many_anchors": lambda: "".join(f"a{i}: &b{i} x\n" for i in range(50_000)).encode(),
        "yaml_many_tags": lambda: b"a: !!python/object:os.system x\n" * 30_000,
        "yaml_open_quote": lambda: b'a: "' + b"x\n" * 450_000,
        "yaml_no_colon": lambda: b"x" * 900_000,
        "yaml_no_colons": lambda: b"x\n" * 450_000,
        "yaml_tabs": lambda: b"\t" * 900_000,
        "yaml_comments": lambda: b"#\n" * 450_000,
        "yaml_documents": lambda: b"---\n" * 225_000,
        "yaml_colons": lambda: b":" * 900_000,
        "yaml_zeros": lambda: bytes(FULL),
        "yaml_noise": lambda: noise(FULL),
        "yaml_flow_pairs": lambda: b"a: [" + b"a: b, " * 150_000 + b"]",
        "yaml_merge_keys": lambda: b"a: &a {x: 1}\n" + b"b:\n  <<: *a\n" * 60_000,
    }
    cut = {f"{name}_cut": _cut(make) for name, make in found.items()}
    return {name: (make, "yaml") for name, make in {**found, **cut}.items()}


def _cut(make: Maker) -> Maker:
    """As much as is still read."""
    return lambda: make()[:499_000]


OTHERS: dict[str, tuple[Maker, str]] = {**old(), **texts(), **templates()}
