from __future__ import annotations

import pytest

from tests.hostile.makers import packed, parts, relationships, sheet, strings, styles, workbook
from xladdin.intake.xlsx_parts import BookScan, StringsScan, StylesScan, book_parts
from xladdin.ooxml.archive import Archive
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


def test_lengths_of_shared_texts() -> None:
    data = strings("<si><t>ab</t></si><si><r><t>a</t></r><r><t>bc</t></r></si><si/>")
    assert list(StringsScan(data, Allowance()).lengths) == [2, 3, 0]


def test_styles_that_show_percentages() -> None:
    formats = '<numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;"/></numFmts>'
    outside = '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    cells = '<xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="10"/><xf/>'
    scan = StylesScan(styles(formats + outside, 1, cells), Allowance())
    assert scan.percent == {"1", "2"}


def test_the_first_properties_say_how_days_are_counted() -> None:
    data = b'<workbook><workbookPr date1904="true"/><workbookPr date1904="0"/></workbook>'
    assert BookScan(data, Allowance()).date1904
