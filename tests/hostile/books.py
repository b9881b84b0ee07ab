"""Hostile .xlsx files by name.  Some are odd but right, and are to be read: ``RIGHT`` names them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator

from xladdin.ooxml.addresses import address

from .makers import (
    HEAD,
    HEADS,
    Part,
    book,
    cell,
    packed,
    parts,
    relationships,
    row,
    sheet,
    strings,
    styles,
    text,
    types,
    workbook,
)
from .others import noise

Maker = Callable[[], bytes]
PERSON = row(
    2,
    *(text(f"{c}2", v) for c, v in zip("ABCD", ("1001", "甲", "客服部", "网销客服"), strict=True)),
)
MEGA = 1_000_000


def rows(*more: str) -> bytes:
    return sheet(HEAD + PERSON + "".join(more))


def doctype(declarations: str, root: str = "worksheet") -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{declarations}]>'.encode()


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha" * 20}">' for i in range(12))


def repeated(piece: bytes, times: int, before: bytes = b"", after: bytes = b"") -> Iterator[bytes]:
    """Pieces of a part of any size."""
    yield before
    block = piece * max(1, min(times, MEGA // len(piece)))
    left = times
    count = len(block) // len(piece)
    while left > 0:
        yield block[: min(left, count) * len(piece)]
        left -= count
    yield after


LONG_FORMULAS = b"<row>" + (b"<c><f>" + b"A1+" * 2_500 + b"1</f><v>1</v></c>") * 10 + b"</row>"
OPEN, CLOSE = sheet("<!--x-->").split(b"<!--x-->")


def filled(piece: bytes, times: int) -> bytes:
    """A sheet that holds something again and again."""
    return book(OPEN + CLOSE, {"xl/worksheets/sheet1.xml": repeated(piece, times, OPEN, CLOSE)})


def addresses() -> dict[str, Maker]:
    diagonal = "".join(row(i * 500 + 3, cell(address(i * 500 + 3, i * 8 + 1))) for i in range(2000))
    far = {
        "far_cell": row(3, cell("XFD1048576")),
        "far_row_first": row(1_048_576, cell("A1048576")) + row(3, cell("XFD3")),
        "both_corners": row(3, cell("A3"), cell("XFD3")) + row(1_048_576, cell("A1048576")),
        "diagonal": diagonal,
        "last_column": "".join(row(i, cell(f"XFD{i}")) for i in range(3, 2003)),
        "last_row": row(1_048_576, *(cell(f"{c}1048576") for c in "ABCDEFGH")),
        "formula_far_away": row(3, '<c r="XFD1048576"><f>1+1</f></c>'),
        "error_far_away": row(3, '<c r="XFD1048576" t="e"><v>#</v></c>'),
        "text_far_away": row(1_048_576, text("XFD1048576", " ")),
        "row_outside": row(1_048_577, cell("A1048577")),
        "row_zero": row(0, "<c><v>1</v></c>"),
        "row_negative": '<row r="-5"><c><v>1</v></c></row>',
        "row_of_many_digits": f'<row r="{"9" * 400_000}"><c><v>1</v></c></row>',
        "row_in_words": '<row r="١٢"><c><v>1</v></c></row>',
        "column_outside": row(3, cell("XFE3")),
        "column_of_many_letters": row(3, cell("Z" * 400_000 + "3")),
        "address_without_row": row(3, cell("A")),
        "address_backwards": row(3, cell("3A")),
        "address_empty": row(3, cell("")),
        "no_addresses_beyond_the_last_column": row(None, *["<c><v>1</v></c>"] * 20_000),
        "the_same_cell_again_and_again": row(3, *[cell("A3")] * 200_000),
        "rows_within_rows": '<row r="3">' * 50 + "</row>" * 50,
        "cells_within_cells": '<row r="3">' + '<c r="A3">' * 50 + "</c>" * 50 + "</row>",
        "cells_outside_rows": cell("XFD1048576"),
        "two_lists": f"</sheetData><sheetData>{row(1_048_576, cell('XFD1048576'))}",
    }
    return {name: lambda body=body: book(rows(body)) for name, body in far.items()}  # type: ignore[misc]


def shapes() -> dict[str, Maker]:
    def merged(areas: Iterator[str]) -> bytes:
        inner = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
        return sheet(
            HEAD + PERSON + row(200_000, cell("A200000")), f"<mergeCells>{inner}</mergeCells>"
        )

    backwards = "".join(row(i, cell(f"B{i}"), cell(f"A{i}")) for i in range(59_000, 2, -1))
    lying = OPEN.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    return {
        "dimension_lies": lambda: book(lying + (HEAD + PERSON).encode() + CLOSE),
        "rows_backwards": lambda: book(rows(backwards)),
        "many_merges": lambda: book(merged(f"F{i}:G{i}" for i in range(3, 200_000))),
        "merges_over_each_other": lambda: book(merged("A2:A1048576" for _ in range(20_000))),
        "merge_of_everything": lambda: book(merged(iter(["A1:XFD1048576"]))),
        "merge_of_nonsense": lambda: book(merged(iter(["nonsense", "A0:B9", "", "A1:B2:C3"]))),
        "a_million_rows_of_nothing": lambda: filled(b"<row/>", 8 * MEGA),
        "millions_of_empty_cells": lambda: filled(b"<row>" + b"<c/>" * 10_000 + b"</row>", 2_000),
        "millions_of_cells_in_a_row": lambda: book(
            OPEN + CLOSE,
            {
                "xl/worksheets/sheet1.xml": repeated(
                    b"<c/>", 40 * MEGA, OPEN + b"<row>", b"</row>" + CLOSE
                )
            },
        ),
        "two_million_filled_cells": lambda: filled(
            b"<row>" + b"<c><v>1.5</v></c>" * 20 + b"</row>", 100_000
        ),
        "a_million_errors": lambda: filled(
            b"<row>" + b'<c t="e"><v>#N/A</v></c>' * 50 + b"</row>", 15_900
        ),
        "a_million_odd_errors": lambda: filled(
            b"<row>" + b'<c t="e"><v>#odd</v></c>' * 50 + b"</row>", 15_900
        ),
        "a_million_formulas_without_value": lambda: filled(
            b"<row>" + b"<c><f>1+1</f></c>" * 50 + b"</row>", 15_900
        ),
        "a_million_percentages": lambda: book(
            OPEN + (row(None, *['<c s="0"><v>0.5</v></c>'] * 50) * 15_900).encode() + CLOSE,
            styles=styles("", 1, '<xf numFmtId="9"/>'),
        ),
        "odd_error_within_odd_errors": lambda: book(
            rows(row(3, *['<c r="A3" t="e">'] * 1, "<v>" * 1, '<c t="e">' * 5_000))
        ),
        "formulas_of_79_MB": lambda: filled(LONG_FORMULAS, 1_050),
        "formulas_of_70_MB": lambda: filled(LONG_FORMULAS, 930),
        "formulas_of_50_MB": lambda: filled(LONG_FORMULAS, 650),
        "long_formula": lambda: book(rows(row(3, f'<c r="A3"><f>{"1+" * 200_000}1</f></c>'))),
    }


def zips() -> dict[str, Maker]:
    good = parts(rows())

    def doubled() -> bytes:
        return packed([*good.items(), ("XL/Worksheets/Sheet1.xml", rows())])

    def lying(size: int) -> bytes:
        data = bytearray(book(sheet(HEAD + PERSON + "<!--" + "x" * 100_000 + "-->")))
        at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        return bytes(data)

    def encrypted() -> bytes:
        data = bytearray(book(rows()))
        at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
        data[at + 8] |= 1
        return bytes(data)

    def overlapping() -> bytes:
        """Every entry of the directory names the same packed bytes."""
        data = packed({"a": repeated(b"\0", 4 * MEGA)})
        at = data.index(b"PK\x01\x02")
        entry, end = data[at : data.rindex(b"PK\x05\x06")], data[data.rindex(b"PK\x05\x06") :]
        name = entry.index(b"a", 46)
        listed = b"".join(
            entry[:name] + bytes([65 + i % 26]) + entry[name + 1 :] for i in range(4_000)
        )
        counts = (4_000).to_bytes(2, "little") * 2 + len(listed).to_bytes(4, "little")
        return data[:at] + listed + end[:8] + counts + end[16:]

    sheet1 = "xl/worksheets/sheet1.xml"
    return {
        "bomb_of_blanks": lambda: book(rows(), {sheet1: repeated(b" ", 1_000 * MEGA, OPEN, CLOSE)}),
        "bomb_of_zeros": lambda: book(rows(), {sheet1: repeated(b"\0", 1_000 * MEGA)}),
        "bomb_elsewhere": lambda: book(rows(), {"xl/media/a.png": repeated(b"\0", 3_000 * MEGA)}),
        "bomb_in_many_parts": lambda: packed(
            {**good, **{f"xl/media/{i}.png": bytes(9 * MEGA) for i in range(40)}}
        ),
        "overlapping_entries": overlapping,
        "many_entries": lambda: packed({**good, **{f"a/{i}": b"" for i in range(100_000)}}),
        "long_names": lambda: packed({**good, **{"x" * 60_000 + str(i): b"" for i in range(150)}}),
        "doubled_names": doubled,
        "climbing_names": lambda: packed({**good, "../../../../tmp/evil": b"x"}),
        "relations_climb": lambda: book(
            rows(),
            {
                "xl/_rels/workbook.xml.rels": relationships(
                    [("rId1", "worksheet", "../../../../../../etc/passwd")]
                )
            },
        ),
        "size_too_small": lambda: lying(10),
        "size_too_great": lambda: lying(4_000_000_000),
        "encrypted_entry": encrypted,
        "packed_by_lzma": lambda: packed(good, zipfile.ZIP_LZMA),
        "packed_by_bzip2": lambda: packed(good, zipfile.ZIP_BZIP2),
        "zip_in_zip": lambda: packed({**good, "xl/a.zip": packed({"b": bytes(5 * MEGA)})}),
        "empty_zip": lambda: packed({}),
        "any_zip": lambda: packed({"a.txt": b"a"}),
        "broken_off": lambda: book(rows())[:-200],
        "broken_inside": lambda: book(rows()).replace(b"sheet1", b"sheet\x00"),
        "noise_after_the_mark": lambda: b"PK\x03\x04" + noise(20 * MEGA),
        "entries_of_noise": lambda: b"PK\x03\x04" + b"PK\x01\x02" * (5 * MEGA),
        "directory_of_noise": lambda: book(rows())[:-22] + noise(MEGA) + book(rows())[-22:],
        "a_long_comment": lambda: _commented(book(rows())),
    }


def _commented(data: bytes) -> bytes:
    return data[:-2] + (65_535).to_bytes(2, "little") + b"PK\x05\x06" * 16_383 + b"abc"


def markup() -> dict[str, Maker]:
    sheet1 = "xl/worksheets/sheet1.xml"
    laughing = doctype(LAUGHS) + sheet(row(3, text("A3", "&a11;")))
    outside = doctype('<!ENTITY x SYSTEM "file:///etc/passwd">') + sheet(text("A1", "&x;"))

    def inside(before: str, piece: bytes, times: int, after: str) -> bytes:
        pieces = repeated(piece, times, OPEN + before.encode(), after.encode() + CLOSE)
        return book(rows(), {sheet1: pieces})

    def numbered(template: str, times: int) -> bytes:
        body = "".join(template.format(i) for i in range(times))
        return book(sheet("", body))

    return {
        "laughs_in_a_sheet": lambda: book(laughing),
        "laughs_in_the_workbook": lambda: book(
            rows(), {"xl/workbook.xml": doctype(LAUGHS, "workbook") + workbook([("&a11;", "rId1")])}
        ),
        "laughs_in_the_texts": lambda: book(
            rows(), strings=doctype(LAUGHS, "sst") + strings("<si><t>&a11;</t></si>")
        ),
        "laughs_in_relations": lambda: book(
            rows(),
            {"_rels/.rels": doctype(LAUGHS, "Relationships") + relationships([("a", "b", "&a9;")])},
        ),
        "entity_from_outside": lambda: book(outside),
        "deep_in_a_sheet": lambda: book(sheet("", "<a>" * MEGA + "</a>" * MEGA)),
        "deep_in_the_workbook": lambda: book(
            rows(),
            {"xl/workbook.xml": b"<workbook>" + b"<a>" * MEGA + b"</a>" * MEGA + b"</workbook>"},
        ),
        "deep_in_the_texts": lambda: book(rows(), strings=strings("<si>" * MEGA)),
        "a_million_attributes": lambda: book(
            sheet(
                f'<row r="1"><c {" ".join(f"a{i}=" + chr(34) * 2 for i in range(2 * MEGA))}/></row>'
            )
        ),
        "attributes_of_every_name": lambda: numbered("<a b{0}='' c{0}='' d{0}=''/>", MEGA),
        "elements_of_every_name": lambda: numbered("<b{0}/>", 2 * MEGA),
        "attribute_of_100_MB": lambda: inside('<row a="', b"x", 100 * MEGA, '"/>'),
        "value_of_100_MB": lambda: inside(
            '<row r="3"><c r="A3"><v>', b"1", 100 * MEGA, "</v></c></row>"
        ),
        "text_of_100_MB": lambda: inside(
            '<row r="3"><c r="A3" t="inlineStr"><is><t>', b"x", 100 * MEGA, "</t></is></c></row>"
        ),
        "text_of_a_million_runs": lambda: inside(
            '<row r="3"><c r="A3" t="inlineStr"><is>', b"<r><t>x</t></r>", MEGA, "</is></c></row>"
        ),
        "comment_of_100_MB": lambda: inside("<!--", b"x", 100 * MEGA, "-->"),
        "a_million_comments": lambda: inside("", b"<!---->", 10 * MEGA, ""),
        "a_million_instructions": lambda: inside("", b"<?a b?>", 10 * MEGA, ""),
        "raw_text_of_100_MB": lambda: inside(
            "<row><c><v><![CDATA[", b"<", 100 * MEGA, "]]></v></c></row>"
        ),
        "prefix_of_nobody": lambda: book(sheet(row(3, '<x:c r="XFD1048576"><x:v>1</x:v></x:c>'))),
        "another_encoding": lambda: book(b'<?xml version="1.0" encoding="cp037"?>' + sheet(HEAD)),
        "utf_16": lambda: book(sheet(HEAD + PERSON).decode().encode("utf-16")),
        "utf_16_far_cell": lambda: book(
            sheet(HEAD + PERSON + row(3, cell("XFD1048576"))).decode().encode("utf-16")
        ),
        "broken_sheet": lambda: book(sheet(HEAD + PERSON)[:-30]),
        "broken_workbook": lambda: book(rows(), {"xl/workbook.xml": b"<workbook"}),
        "broken_styles": lambda: book(rows(), styles=b"<styleSheet>"),
        "broken_texts": lambda: book(rows(), strings=b"<sst><si>"),
        "not_a_sheet": lambda: book(b"\x89PNG\r\n" + bytes(1000)),
        "empty_part": lambda: book(b""),
    }


def references() -> dict[str, Maker]:
    shared = "".join(
        row(i, *(f'<c r="{c}{i}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ"))
        for i in range(1, 50_001)
    )
    names = [(f"表{i}", f"r{i}") for i in range(600)]
    many = [(f"r{i}", "worksheet", "worksheets/sheet1.xml") for i in range(600)]
    elsewhere: dict[str, Part] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relationships([("a", "officeDocument", "/内容/book.xml")]),
        "内容/book.xml": workbook([("名册", "s")]),
        "内容/_rels/book.xml.rels": relationships([("s", "worksheet", "../tables/one.xml")]),
        "tables/one.xml": rows(),
    }

    def related(items: list[tuple[str, str, str]], sheets: list[tuple[str, str]]) -> bytes:
        changes: dict[str, Part] = {
            "xl/_rels/workbook.xml.rels": relationships(items),
            "xl/workbook.xml": workbook(sheets),
        }
        return book(rows(), changes)

    external = relationships([("rId1", "worksheet", "file:///etc/passwd")]).replace(
        b"/></Rel", b' TargetMode="External"/></Rel'
    )
    return {
        "a_long_text_everywhere": lambda: book(
            sheet(shared), strings=strings(f"<si><t>{'长' * 30_000}</t></si>")
        ),
        "five_million_texts": lambda: book(
            rows(),
            {
                "xl/_rels/workbook.xml.rels": relationships(
                    [
                        ("rId1", "worksheet", "worksheets/sheet1.xml"),
                        ("t", "sharedStrings", "t.xml"),
                    ]
                ),
                "xl/t.xml": repeated(b"<si><t>x</t></si>", 5 * MEGA, b"<sst>", b"</sst>"),
            },
        ),
        "text_number_outside": lambda: book(
            rows(row(3, '<c r="A3" t="s"><v>99999999999999999999</v></c>')), strings=strings("")
        ),
        "text_counts_lie": lambda: book(
            rows(),
            strings=strings("").replace(
                b"<sst ", b'<sst count="4294967295" uniqueCount="4294967295" '
            ),
        ),
        "every_count_lies": lambda: book(
            sheet(
                HEAD + PERSON,
                '<mergeCells count="4294967295"><mergeCell ref="F1:F2"/></mergeCells>',
            ),
            styles=styles("").replace(b"<cellXfs", b'<cellXfs count="4294967295"'),
            strings=strings("").replace(
                b"<sst ", b'<sst count="99999999999" uniqueCount="4294967295" '
            ),
        ),
        "text_too_long_for_a_cell": lambda: book(
            rows(row(3, '<c r="A3" t="s"><v>0</v></c>')),
            strings=strings(f"<si><t>{'x' * 40_000}</t></si>"),
        ),
        "millions_of_styles": lambda: book(rows(), styles=styles("", 3 * MEGA, "<xf/>")),
        "styles_bomb": lambda: book(
            rows(),
            {
                "xl/_rels/workbook.xml.rels": relationships(
                    [("rId1", "worksheet", "worksheets/sheet1.xml"), ("s", "styles", "s.xml")]
                ),
                "xl/s.xml": repeated(b" ", 1_000 * MEGA),
            },
        ),
        "format_of_a_megabyte": lambda: book(
            rows(),
            styles=styles(
                f'<numFmts><numFmt numFmtId="170" formatCode="{"0%" * 200_000}"/></numFmts>'
            ),
        ),
        "style_number_outside": lambda: book(
            rows(row(3, '<c r="A3" s="99999999999999999999"><v>1</v></c>')), styles=styles("")
        ),
        "main_part_elsewhere": lambda: packed(elsewhere),
        "main_part_missing": lambda: book(
            rows(), {"_rels/.rels": relationships([("a", "officeDocument", "no.xml")])}
        ),
        "no_relations": lambda: book(
            rows(), {"_rels/.rels": b"", "xl/_rels/workbook.xml.rels": b""}
        ),
        "sheet_outside": lambda: book(rows(), {"xl/_rels/workbook.xml.rels": external}),
        "sheet_missing": lambda: related(
            [("rId1", "worksheet", "nowhere.xml")], [("名册", "rId1")]
        ),
        "sheet_is_the_workbook": lambda: related(
            [("rId1", "worksheet", "workbook.xml")], [("名册", "rId1")]
        ),
        "hundreds_of_sheets": lambda: related(many, names),
        "one_large_sheet_again_and_again": lambda: book(
            rows("<!--", "x" * 9 * MEGA, "-->"),
            {
                "xl/_rels/workbook.xml.rels": relationships(many[:400]),
                "xl/workbook.xml": workbook(names[:400]),
            },
        ),
        "two_sheets_of_45_MB": lambda: book(
            rows(),
            {
                "xl/_rels/workbook.xml.rels": relationships(
                    [("a", "worksheet", "worksheets/sheet1.xml"), ("b", "worksheet", "b.xml")]
                ),
                "xl/workbook.xml": workbook([("名册", "a"), ("数据", "b")]),
                "xl/worksheets/sheet1.xml": repeated(LONG_FORMULAS, 600, OPEN, CLOSE),
                "xl/b.xml": repeated(LONG_FORMULAS, 600, OPEN, CLOSE),
            },
        ),
        "two_sheets_of_one_name": lambda: related(
            [
                ("a", "worksheet", "worksheets/sheet1.xml"),
                ("b", "worksheet", "worksheets/sheet1.xml"),
            ],
            [("名册", "a"), ("名册", "b")],
        ),
        "sheet_name_of_a_megabyte": lambda: related(
            [("a", "worksheet", "worksheets/sheet1.xml")], [("名" * 150_000, "a")]
        ),
        "no_sheets": lambda: related([], []),
        "relations_in_a_circle": lambda: book(
            rows(),
            {
                "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                    [
                        ("a", "worksheet", "sheet1.xml"),
                        ("b", "comments", "sheet1.xml"),
                        ("c", "table", "sheet1.xml"),
                    ]
                )
            },
        ),
    }


def limits() -> dict[str, Maker]:
    """As much as is still read."""

    def people(count: int) -> bytes:
        lines = (
            row(
                i,
                *(
                    text(f"{c}{i}", v)
                    for c, v in zip("ABCD", (f"A{i}", f"员{i}", "客服部", "网销客服"), strict=True)
                ),
            )
            for i in range(2, count + 2)
        )
        return book(sheet(HEAD + "".join(lines)))

    def wide() -> str:
        columns = range(1, 16_385)
        return "".join(row(i, *(cell(address(i, c)) for c in columns)) for i in range(1, 50))

    return {
        "many_people": lambda: people(59_000),
        "every_line_wrong": lambda: book(
            sheet(
                HEAD
                + "".join(
                    row(i, text(f"A{i}", "！"), text(f"B{i}", "？")) for i in range(2, 59_000)
                )
            )
        ),
        "all_columns": lambda: book(sheet(wide())),
    }


RIGHT = frozenset(
    [
        "main_part_elsewhere",
        "dimension_lies",
        "utf_16",
        "zip_in_zip",
        "size_too_great",
        "text_counts_lie",
        "every_count_lies",
        "format_of_a_megabyte",
        "long_names",
        "many_people",
    ]
)
BOOKS: dict[str, Maker] = {
    **addresses(),
    **shapes(),
    **zips(),
    **markup(),
    **references(),
    **limits(),
}
assert len(HEADS) == 4
