from __future__ import annotations

import pytest

from tests.hostile.makers import packed, parts, relationships, sheet, workbook
from xladdin.ooxml.addresses import Area, SheetArea
from xladdin.ooxml.archive import Archive
from xladdin.ooxml.book_parts import BookScan, DefinedName, book_parts
from xladdin.ooxml.limits import LONGEST_NAME, MOST_SHEETS
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.ooxml.streaming import Allowance

MAIN = "xl/workbook.xml"


def read(sheets: list[tuple[str, str]], relations: list[tuple[str, str, str]]) -> list[str]:
    changed = {
        MAIN: workbook(sheets),
        "xl/_rels/workbook.xml.rels": relationships(relations),
    }
    archive = Archive(packed({**parts(sheet("")), **changed}))
    return [item.name for item in book_parts(archive, MAIN, Allowance()).sheets]


SHEET = ("a", "worksheet", "worksheets/sheet1.xml")


def test_sheets_of_cells_in_their_order() -> None:
    chart = ("b", "chartsheet", "chartsheets/sheet1.xml")
    assert read([("二", "a"), ("图", "b"), ("一", "a")], [SHEET, chart]) == ["二", "一"]


@pytest.mark.parametrize(
    ("sheets", "relations", "error"),
    [
        ([("一", "b")], [SHEET], DamagedError),
        ([("一", "a")], [("a", "worksheet", "gone.xml")], DamagedError),
        ([("一" * (LONGEST_NAME + 1), "a")], [SHEET], DamagedError),
        ([("一", "a")] * (MOST_SHEETS + 1), [SHEET], TooLargeError),
    ],
    ids=range(4),
)
def test_sheets_that_are_not_there_or_too_many(
    sheets: list[tuple[str, str]],
    relations: list[tuple[str, str, str]],
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        read(sheets, relations)


def test_the_first_properties_say_how_days_are_counted() -> None:
    data = b'<workbook><workbookPr date1904="true"/><workbookPr date1904="0"/></workbook>'
    assert BookScan(data, Allowance()).date1904


def test_names_and_what_they_stand_for() -> None:
    data = b"""<workbook><definedNames>
      <definedName name="xl_a">'it''s'!$B$2</definedName>
      <definedName name="b" localSheetId="1" hidden="1">S!$A$1:$B$3</definedName>
      <definedName name="c">SUM(S!$A$1)</definedName>
      <definedName name="d">#REF!</definedName>
    </definedNames></workbook>"""
    found = BookScan(data, Allowance()).names
    assert found[1] == DefinedName("b", "S!$A$1:$B$3", 1, hidden=True)
    assert [name.area for name in found] == [
        SheetArea("it's", Area.parse("B2")),
        SheetArea("S", Area.parse("A1:B3")),
        None,
        None,
    ]
