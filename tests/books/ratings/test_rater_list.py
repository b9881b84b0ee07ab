"""HR's list: every line as it was given, in a workbook that reads back."""

from __future__ import annotations

from pathlib import Path

from xladdin.books.ratings import rater_list
from xladdin.company.tokens import HEADERS, REQUIRED, Line
from xladdin.intake.tables import read_table
from xladdin.layout.writer import workbook_bytes

LINES = [
    Line("2026-10", "QC002", "陆雨桐", "同事评", "梁子墨", "QC005", "k7m3xq9a"),
    Line("2026-10", "0012", "'=1+1", "客户评", "客户甲（订单尾号1729）", "", "b2345678"),
    Line("2026-11", "QC002", "陆雨桐", "自评", 'O"Neil & <Söhne>', "QC002", "e2345678"),
]


def written(folder: Path, lines: list[Line]) -> Path:
    path = folder / "list.xlsx"
    path.write_bytes(workbook_bytes(rater_list.book(len(lines)), rater_list.values(lines)))
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    table, problems = read_table(written(tmp_path, LINES), wanted=HEADERS, required=REQUIRED)
    assert problems == []
    assert [Line(*(row.text(name) for name in HEADERS)) for row in table.rows] == LINES


def test_the_list_may_be_edited_and_says_that_it_stays_in_hr() -> None:
    (sheet,) = rater_list.book(2).sheets
    assert not sheet.protected
    assert "人力资源" in rater_list.NOTE
    assert sheet.freeze == (4, 0)
    assert sheet.paper.repeat == (3, 3)
