from __future__ import annotations

import pytest

from tests.hostile.makers import relationships
from tests.patch.small import SHEET, sheet, small
from xladdin.ooxml import package as room
from xladdin.ooxml.archive import Archive
from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import DamagedError, TooLargeError


def package_of(data: bytes) -> Package:
    return Package(Archive(data))


def test_a_part_that_nobody_edited_keeps_its_bytes() -> None:
    odd = b"<a   b='1'></a>"
    package = package_of(small(others={"odd.xml": odd}))
    assert package.xml("ODD.xml").get("b") == "1"
    again = package_of(package.to_bytes())
    assert again.read("odd.xml") == odd
    assert again.names == package.names


def test_new_parts_come_last_and_removed_ones_are_mentioned_nowhere() -> None:
    package = package_of(small())
    package.put("new.xml", b"<a/>")
    package.declare("new.xml", "text/xml")
    package.relate("xl/workbook.xml", "thing", "new.xml")
    assert package.related("xl/workbook.xml", "thing") == ["new.xml"]
    assert package.names[-1] == "new.xml"
    package.remove("new.xml")
    again = package_of(package.to_bytes())
    assert "new.xml" not in again
    assert b"new.xml" not in again.read("[Content_Types].xml")
    assert again.related("xl/workbook.xml", "thing") == []


def test_what_cannot_be_held() -> None:
    with pytest.raises(DamagedError):
        package_of(small()).xml("nowhere.xml")
    with pytest.raises(DamagedError):
        package_of(small('<row r="x"/>')).xml(SHEET)


def test_all_that_is_held_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_NODES", 36)
    package = package_of(small(others={"b.xml": sheet("<row/>" * 25)}))
    package.xml(SHEET)
    package.xml("b.xml")
    with pytest.raises(TooLargeError):
        package.xml("[Content_Types].xml")


def test_the_main_part_is_found_by_its_relationship_alone() -> None:
    assert package_of(small()).main == "xl/workbook.xml"
    for relations in (relationships([]), relationships([("a", "officeDocument", "gone.xml")])):
        with pytest.raises(DamagedError):
            _ = package_of(small(others={"_rels/.rels": relations})).main
