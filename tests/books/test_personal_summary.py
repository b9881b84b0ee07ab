"""个人工作总结表: duties, boxes numbered to match, hints, and a length that grows."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.workbench.cached import differences
from tests.workbench.document import Document
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.tools import program
from tests.workbench.validator import validate
from xladdin.books import personal_summary
from xladdin.books.personal_summary import LONG, LONGEST, MOST_DUTIES, SHORT, WIDTHS, summed_up
from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Position
from xladdin.formula.evaluate import solve
from xladdin.layout.measure import CELL_PADDING, CHARACTER_PIXELS, text_height
from xladdin.layout.styles import INPUT_BOX
from xladdin.layout.writer import workbook_bytes
from xladdin.schemes.library import Library

from .opened import Opened

SHEET = personal_summary.SHEET_NAME
MOST_POINTS = 409
"""The highest row that Excel knows, in points."""
EMPLOYEE = Employee(id="QC001", name="沈知远", department="网络销售部", position="网销主管")
POSITIONS = Library.shipped().positions
PLENTY = "本月完成了全部回访工作，客户满意度有所提高。" * 40


def written(folder: Path, position: Position, company: str = "") -> Opened:
    path = folder / f"{position.id}.xlsx"
    values = personal_summary.values(position, EMPLOYEE, Period("2026-10"), company)
    path.write_bytes(workbook_bytes(personal_summary.book(position), values))
    return Opened(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The summary of the position with the most duties; not to be changed."""
    position = max(POSITIONS, key=lambda item: len(item.duties))
    return written(tmp_path_factory.mktemp("summary"), position)


def boxes(book: Opened) -> list[str]:
    keys = [key for key in book.keys if re.fullmatch(r"done\.\d+|learned\.\d+|outlook", key)]
    return sorted(keys, key=lambda key: int(book.keys[key][1][1:]))


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_duties_and_boxes_are_numbered_to_match(tmp_path: Path, position: Position) -> None:
    book = written(tmp_path, position)
    duties = summed_up(position)
    assert [duty.rank for duty in duties] == sorted(duty.rank for duty in position.duties)[:6]
    count = len(duties)
    assert count == min(MOST_DUTIES, len(position.duties))
    assert [book.value(f"duty.{i + 1}") for i in range(count)] == [d.wording for d in duties]
    numbers = range(1, count + 1)
    expected = [f"done.{i}" for i in numbers] + [f"learned.{i}" for i in numbers] + ["outlook"]
    assert boxes(book) == expected
    sheet = book.book[SHEET]
    for key in expected[:-1]:
        row = book.keys[key][1][1:]
        number = int(key.partition(".")[2])
        label = str(sheet[f"A{row}"].value).strip()
        assert label.startswith(f"{number}. ")
        # Each box names its duty, as far as there is room.
        assert duties[number - 1].text.startswith(label.partition(". ")[2].removesuffix("…"))
    rest = len(position.duties) - count
    shown = [str(cell.value) for cell in sheet["A"] if cell.value]
    assert any(f"其余 {rest} 项见工作分析表" in text for text in shown) == (rest > 0)


def test_the_form_of_the_source(book: Opened) -> None:
    """FORMS H: 姓名, 工作单位, 工作年限; 工作职责, 工作成绩, 工作反思, 工作展望."""
    shown = {str(cell.value).split("（")[0].strip() for cell in book.book[SHEET]["A"] if cell.value}
    heads = {"姓名", "工作单位", "工作年限", "工作职责", "工作成绩", "工作反思", "工作展望"}
    assert heads <= shown
    assert book.value("head.name") == "沈知远"


def test_the_company_is_filled_in_where_it_is_known(tmp_path: Path) -> None:
    assert (
        written(tmp_path, POSITIONS[0], "晴川数码旗舰店").value("head.company") == "晴川数码旗舰店"
    )
    assert written(tmp_path, POSITIONS[0]).value("head.company") is None


def test_a_sound_file(book: Opened, office: Office) -> None:
    assert differences(book.path, office) == []
    assert repair_problems(book.path) == []
    assert validate([book.path]) == {book.path: []}
    entries = {*boxes(book), "head.company", "head.years", "comment.superior"}
    assert book.unlocked == {book.keys[key] for key in entries} == set(dict(book.validations()))


# Boxes that grow.


def test_the_boxes_may_grow_and_nothing_else(book: Opened) -> None:
    with zipfile.ZipFile(book.path) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', xml)
    free = {number for number, attributes in rows if "customHeight" not in attributes}
    assert free == {book.keys[key][1][1:] for key in (*boxes(book), "comment.superior")}
    merged = {row for area in book.book[SHEET].merged_cells.ranges for row, _ in area.cells}
    assert not merged & {int(row) for row in free}


def test_what_a_box_takes_fits_the_highest_row_that_excel_knows() -> None:
    pixels = WIDTHS[1] * CHARACTER_PIXELS + CELL_PADDING
    text = "\n".join(["字" * (LONGEST // 8)] * 8)
    assert text_height(text, INPUT_BOX, pixels) < MOST_POINTS


def pages(document: Document, pdf: Path) -> tuple[int, str]:
    document.pdf(pdf)
    done = subprocess.run(
        [program("pdftotext"), str(pdf), "-"], capture_output=True, text=True, check=True
    )
    # Each page ends in a form feed.
    return done.stdout.count("\f"), re.sub(r"\s", "", done.stdout)


def test_a_long_text_gives_more_pages_and_nothing_is_lost(
    book: Opened, office: Office, tmp_path: Path
) -> None:
    keys = boxes(book)
    with office.open(book.path) as document:
        empty, _ = pages(document, tmp_path / "empty.pdf")
        for number, key in enumerate(keys, start=1):
            mark = f"止于{number}号"
            document.set(*book.keys[key], PLENTY[: LONGEST - len(mark)] + mark)
        full, text = pages(document, tmp_path / "full.pdf")
        assert document.invalid_cells(SHEET) == set()
        saved = document.save_as(tmp_path / "full.xlsx")
    assert empty == 2
    assert full >= 5
    for number in range(1, len(keys) + 1):
        assert f"止于{number}号" in text
    heights = Opened(saved).book[SHEET].row_dimensions
    grown = [heights[int(book.keys[key][1][1:])].height for key in keys]
    # 800 characters at 40 to 45 a line.
    assert all(210 < height < MOST_POINTS for height in grown)


# Hints and checks.


def test_hints_count_the_words(book: Opened, office: Office) -> None:
    lengths = (0, 1, SHORT - 1, SHORT, LONG, LONG + 1)
    shown = [
        "未写",
        "1字，偏少",
        f"{SHORT - 1}字，偏少",
        f"{SHORT}字",
        f"{LONG}字",
        f"{LONG + 1}字，偏多",
    ]
    position = max(POSITIONS, key=lambda item: len(item.duties))
    model = personal_summary.book(position).model
    with office.open(book.path) as document:
        for length, hint in zip(lengths, shown, strict=True):
            text = "字" * length
            assert solve(model, {"done.1": text})["count.done.1"] == hint
            document.set(*book.keys["done.1"], text or None)
            document.recalculate()
            assert document.get(*book.keys["count.done.1"]) == hint


def test_entries_that_are_refused(book: Opened, office: Office) -> None:
    years, box = book.keys["head.years"][1], book.keys["learned.2"][1]
    with office.open(book.path) as document:

        def refused(place: str, value: float | str) -> bool:
            document.set(SHEET, place, value)
            found = document.invalid_cells(SHEET)
            document.set(SHEET, place, None)
            assert found <= {place}
            return bool(found)

        assert [refused(years, value) for value in (0, 2.5, 60, 61, -1, "三年")] == [
            *[False] * 3,
            *[True] * 3,
        ]
        assert not refused(box, "字" * LONGEST)
        assert refused(box, "字" * (LONGEST + 1))
        assert refused(book.keys["head.company"][1], "司" * 101)


def test_counts_of_words_are_not_printed(book: Opened) -> None:
    columns = {book.keys[key][1][0] for key in book.keys if key.startswith("count.")}
    assert columns == {"C"}
    assert ":$B$" in book.book[SHEET].print_area


def test_the_superior_has_a_place_to_write(book: Opened) -> None:
    assert "上级评语" in book.texts
    assert book.keys["comment.superior"] in book.unlocked
