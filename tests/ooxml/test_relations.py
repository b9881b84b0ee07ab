from __future__ import annotations

import pytest

from tests.hostile.makers import packed, relationships
from xladdin.ooxml.archive import Archive
from xladdin.ooxml.relations import Relation, main_part, read_relations, relations_of, source_of
from xladdin.ooxml.streaming import Allowance


@pytest.mark.parametrize(
    ("part", "target", "expected"),
    [
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "worksheets/a.xml", "xl/worksheets/a.xml"),
        ("xl/workbook.xml", "/other/a.xml", "other/a.xml"),
        ("xl/worksheets/a.xml", "../b.xml", "xl/b.xml"),
        ("xl/a.xml", "../../../../etc/passwd", "etc/passwd"),
    ],
)
def test_targets(part: str, target: str, expected: str) -> None:
    kind = "http://x/relationships/worksheet"
    assert Relation.of(part, {"Id": "a", "Type": kind, "Target": target}) == Relation(
        "a", "worksheet", expected
    )


def test_what_lies_outside_is_no_part() -> None:
    found = Relation.of("a", {"Id": "b", "Target": "xl/workbook.xml", "TargetMode": "External"})
    assert (found.external, found.target) == (True, "xl/workbook.xml")


def test_where_relationships_are_kept() -> None:
    assert relations_of("xl/a.xml") == "xl/_rels/a.xml.rels"
    assert relations_of("") == "_rels/.rels"
    assert source_of("xl/_rels/a.xml.rels") == "xl/a.xml"
    assert source_of("_rels/.rels") == ""


@pytest.mark.parametrize(
    ("named", "there", "expected"),
    [
        ("/内容/book.xml", "内容/book.xml", "内容/book.xml"),
        ("gone.xml", "xl/workbook.xml", ""),
        ("gone.xml", "a.xml", ""),
    ],
)
def test_the_main_part_is_found_by_its_relationship(named: str, there: str, expected: str) -> None:
    relations = relationships([("a", "styles", there), ("b", "officeDocument", named)])
    archive = Archive(packed({"_rels/.rels": relations, there: b"<a/>"}))
    assert main_part(archive, Allowance()) == expected
    assert [item.id for item in read_relations(archive, "", Allowance())] == ["a", "b"]
    assert read_relations(archive, there, Allowance()) == []
