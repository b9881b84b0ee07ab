from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.package import WORKBOOK, Package, Relation, unescape, utf16_length

from .conftest import Maker


def test_sheets_come_in_tab_order_with_their_parts(sample: Path) -> None:
    sheets = [
        (name, f"xl/worksheets/sheet{i}.xml")
        for i, name in enumerate(["参数", "评分表", "汇总"], 1)
    ]
    assert Package(sample).sheets == sheets


def test_relations_are_resolved_from_the_folder_of_their_part(sample: Path) -> None:
    package = Package(sample)
    found = package.relations("xl/worksheets/sheet2.xml").values()
    assert Relation("table", "xl/tables/table1.xml", external=False) in found
    assert WORKBOOK in {relation.target for relation in package.relations("").values()}


def test_external_relations_stay_as_they_are(make: Maker) -> None:
    path = make(lambda _, sheet: sheet.write_url("A1", "https://example.org/a"))
    relations = Package(path).relations("xl/worksheets/sheet1.xml").values()
    assert list(relations) == [Relation("hyperlink", "https://example.org/a", external=True)]


def test_shared_strings_join_rich_runs_and_undo_escapes(make: Maker) -> None:
    def fill(book: object, sheet: object) -> None:
        bold = book.add_format({"bold": True})  # type: ignore[attr-defined]
        sheet.write_rich_string("A1", "一", bold, "二")  # type: ignore[attr-defined]
        sheet.write("A2", "a\x07")  # type: ignore[attr-defined]

    assert Package(make(fill)).shared_strings == ["一二", "a\x07"]


@pytest.mark.parametrize(("text", "length"), [("", 0), ("长", 1), ("😀", 2)])
def test_lengths_count_utf16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_unescape_knows_line_breaks() -> None:
    assert unescape("a_x000a_b_x000A_c_x00") == "a\nb\nc_x00"
