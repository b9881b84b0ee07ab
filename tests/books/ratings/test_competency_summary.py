"""绩效总结, for HR alone: four sources side by side, the result, the chart."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pydantic import ValidationError

from tests.books.opened import Opened
from tests.books.ratings.test_competency_specimens import (
    EMPLOYEE,
    MANY,
    PERIOD,
    SCHEMES,
    changed,
    elements,
    shipped,
    summary,
)
from tests.workbench.cached import cached_values
from tests.workbench.office import Office
from xladdin.books.ratings import competency_summary
from xladdin.books.ratings.competency_overview import FEEDBACK
from xladdin.books.ratings.competency_ratings import who
from xladdin.books.ratings.competency_summary import RatingRow, rows_for
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.domain.sizes import MOST_ELEMENTS
from xladdin.formula.evaluate import Value, solve
from xladdin.layout import theme
from xladdin.layout.writer import workbook_bytes
from xladdin.scoring import competency_model as keys
from xladdin.scoring.disclosure import disclosed

OVERVIEW, RATINGS = "绩效总结", "评分明细"
ROWS = rows_for(shipped(), [])


def written(folder: Path, scheme: CompetencyScheme, rows: list[RatingRow]) -> Opened:
    places = rows_for(scheme, [row.source for row in rows])
    values = competency_summary.values(scheme, EMPLOYEE, PERIOD, places, rows)
    path = folder / "summary.xlsx"
    path.write_bytes(workbook_bytes(competency_summary.book(scheme, places), values))
    return Opened(path)


def texts(book: Opened, sheet: str) -> list[str]:
    rows = book.book[sheet].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


def peer(level: str) -> RatingRow:
    return RatingRow(Source.PEER, "同事评 #x", {"relations": level})


# Rows and sheets.


def test_spare_rows_for_ratings_that_come_in_otherwise() -> None:
    spare = [Source.SELF, Source.SUPERIOR, *[Source.PEER] * 3, *[Source.CUSTOMER] * 3]
    assert list(ROWS) == spare
    more = rows_for(shipped(), [Source.PEER] * 5 + [Source.CUSTOMER] * 8)
    assert more.count(Source.PEER) == 5
    assert more.count(Source.CUSTOMER) == 8
    assert rows_for(SCHEMES["superior alone"], [Source.PEER]) == (Source.SELF, Source.SUPERIOR)


def test_the_sheets_and_the_four_sources(tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    assert [sheet.title for sheet in book.visible] == [OVERVIEW, RATINGS]
    heads = ["自评", "主管评", "同事评", "客户评", "加权得分", "等级"]
    found = texts(book, OVERVIEW)
    at = found.index("自评")
    assert found[at : at + 6] == heads
    assert {"反馈单", "备注", "经办人签字", "复核人签字"} <= set(found)
    assert "只供人力资源部门使用" in "".join(texts(book, RATINGS))


def test_weights_are_shown_beside_the_means(tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    sheet, place = book.keys[keys.mean(Source.SUPERIOR, "knowledge")]
    assert book.book[sheet][place].number_format == '0.00"（70%）"'
    sheet, place = book.keys[keys.mean(Source.SELF, "knowledge")]
    assert book.book[sheet][place].number_format == "0.00"


def test_what_a_source_does_not_rate_is_grey_and_what_is_missing_is_not(tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    overview = openpyxl.load_workbook(book.path)[OVERVIEW]
    grey = {
        cell.coordinate
        for row in overview["C7:F11"]
        for cell in row
        if cell.fill.fgColor.rgb == f"FF{theme.QUIET.removeprefix('#')}"
    }
    assert grey == {"E7", "E8", "E9", "E11", "F10", "F11"}


# What HR is told.


def test_the_workbook_says_on_its_face_that_it_is_for_hr(tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    assert book.value("head.title") == "2026年10月绩效总结（人力资源专用）"
    for sheet in (OVERVIEW, RATINGS):
        assert "不要发给主管" in "".join(texts(book, sheet)) or "不发给主管" in "".join(
            texts(book, sheet)
        )


def told(rows: list[RatingRow]) -> str:
    """What HR is told of the 反馈单 made out of these ratings."""
    places = rows_for(shipped(), [row.source for row in rows])
    shown = disclosed(shipped(), places, competency_summary.ratings(shipped(), places, rows))
    values = competency_summary.values(shipped(), EMPLOYEE, PERIOD, places, rows, shown)
    return str(values[FEEDBACK])


def test_hr_is_told_what_the_feedback_keeps_back_and_why() -> None:
    superior = RatingRow(
        Source.SUPERIOR, "主管评", {element.id: "良好" for element in shipped().elements}
    )
    few = told([superior, peer("良好"), peer("一般")])
    assert "同事评 人际关系协调能力 2 人" in few
    assert "只写范围或不写的：人际关系协调能力；" in few
    assert "综合等级" not in few
    assert told([superior, *[peer("良好")] * 3]).startswith("各项等级都已写明")
    some = RatingRow(Source.SUPERIOR, "主管评", {"learning": "良好"})
    assert "综合等级；" in told([some, *[peer("良好")] * 2, *[customer(3)] * 2])
    assert "还没有结果的：业务知识能力、沟通能力、问题解决能力、反馈与学习能力。" in told(
        [peer("良好")]
    )


def customer(stars: int) -> RatingRow:
    given = {element.id: str(stars) for element in shipped().elements_of(Source.CUSTOMER)}
    return RatingRow(Source.CUSTOMER, "客户评 #y", given)


def test_hr_is_told_that_the_feedback_is_written_once(tmp_path: Path) -> None:
    assert "重新生成" in told([peer("良好")])
    assert "没有生成反馈单" in written(tmp_path, shipped(), []).value(FEEDBACK)


# Filled in by HR.


def test_ratings_that_hr_enters_come_out_as_python_has_them(office: Office, tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    given: dict[str, Value] = {}
    for row, source in enumerate(ROWS, start=1):
        for i, element in enumerate(shipped().elements_of(source)):
            star: list[Value] = [Decimal(5), "4", Decimal(1)]
            level = ["优秀", "一般", "良好", "待改进"][(row + i) % 4]
            customer = source is Source.CUSTOMER
            given[keys.rating(row, element.id)] = star[(row + i) % 3] if customer else level
    expected = solve(keys.competency_model(shipped(), ROWS), given)
    with office.open(book.path) as document:
        for key, value in given.items():
            sheet, place = book.keys[key]
            assert sheet == RATINGS
            document.set(sheet, place, value)  # type: ignore[arg-type]
        document.recalculate()
        assert document.invalid_cells(RATINGS) == set()
        found = {key: document.get(*book.keys[key]) for key in expected if key in book.keys}
    for key, value in found.items():
        wanted = expected[key]
        shown = float(wanted) if isinstance(wanted, Decimal) else (wanted or "")
        assert value == pytest.approx(shown) if isinstance(shown, float) else value == shown, key
    assert isinstance(expected[keys.TOTAL], Decimal)


def test_entries_that_are_no_rating_are_refused(office: Office, tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [])
    bad = {
        keys.rating(1, "knowledge"): "很好",
        keys.rating(2, "relations"): 4,
        keys.rating(3, "relations"): "5",
        keys.rating(6, "knowledge"): 6,
        keys.rating(7, "communication"): 3.5,
        keys.rating(8, "problem_solving"): "优秀",
    }
    good = {
        keys.rating(1, "relations"): "优秀",
        keys.rating(6, "communication"): 5,
        keys.rating(7, "knowledge"): "1",
    }
    where = {key: book.keys[key][1] for key in (*bad, *good)}
    with office.open(book.path) as document:
        for key, value in {**bad, **good}.items():
            document.set(RATINGS, where[key], value)  # type: ignore[arg-type]
        document.recalculate()
        assert document.invalid_cells(RATINGS) == {where[key] for key in bad}
        counted = {key.replace("rating", "point") for key in good}
        for key in (*bad, *good):
            point = key.replace("rating", "point")
            assert (document.get(*book.keys[point]) != "") == (point in counted)


def test_a_rater_out_of_line_is_flagged(tmp_path: Path) -> None:
    book = written(tmp_path, shipped(), [peer("优秀"), peer("优秀"), peer("待改进")])
    rows = {book.value(who(row)): row for row in (3, 4, 5)}
    assert len(rows) == 1
    stored = cached_values(book.path)
    assert [stored[book.keys[keys.flag(row)]] for row in (3, 4, 5)] == ["正常", "正常", "偏低"]


# The chart.


def lines_of_chart(path: Path) -> list[tuple[str, str]]:
    """Name and range of each line of the radar chart."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        if not names:
            return []
        (name,) = names
        xml = package.read(name).decode()
    assert "<c:radarChart>" in xml
    found = []
    for line in re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL):
        label = re.search(r"<c:tx>.*?<c:v>(.*?)</c:v>", line, re.DOTALL)
        place = re.search(r"<c:val>.*?<c:f>(.*?)</c:f>", line, re.DOTALL)
        assert label
        assert place
        found.append((label[1], place[1]))
    return found


def test_the_chart_draws_sources_that_make_a_line_and_leaves_out_what_they_do_not_rate(
    tmp_path: Path,
) -> None:
    """Excel draws a text as 0 and leaves an empty cell out: what is not rated must be empty.

    Colleagues rate one element: a dot alone says nothing.
    """
    book = written(tmp_path, shipped(), [])
    assert lines_of_chart(book.path) == [
        ("自评", "'绩效总结'!$C$7:$C$11"),
        ("主管评", "'绩效总结'!$D$7:$D$11"),
        ("客户评", "'绩效总结'!$F$7:$F$11"),
        ("加权得分", "'绩效总结'!$G$7:$G$11"),
    ]
    with zipfile.ZipFile(book.path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    empty = set(re.findall(r'<c r="([EF](?:[7-9]|1[01]))" s="\d+"/>', sheet))
    # Colleagues rate relations alone (row 10), customers the first three elements.
    assert empty == {"E7", "E8", "E9", "E11", "F10", "F11"}
    assert "灰色格表示该来源不评这个要素" in "".join(texts(book, OVERVIEW))


def test_the_chart_draws_all_four_where_all_rate_everything(tmp_path: Path) -> None:
    specimen = summary("all", SCHEMES["everybody everything"], MANY)
    path = tmp_path / "all.xlsx"
    path.write_bytes(workbook_bytes(specimen.book, specimen.values))
    assert [name for name, _ in lines_of_chart(path)] == [
        "自评",
        "主管评",
        "同事评",
        "客户评",
        "加权得分",
    ]


def test_there_is_no_radar_chart_of_fewer_than_three_elements(tmp_path: Path) -> None:
    assert lines_of_chart(written(tmp_path, changed(elements=elements(2)), []).path) == []
    assert lines_of_chart(written(tmp_path, changed(elements=elements(3)), []).path)


# Many elements.


def of_many(count: int) -> CompetencyScheme:
    data = shipped().model_dump()
    some = data["elements"]
    weights = [Decimal(3)] * (count - 1) + [Decimal(100 - 3 * (count - 1))]
    data["elements"] = [
        {**some[i % len(some)], "id": f"e{i}", "name": f"要素{i}", "weight": weight}
        for i, weight in enumerate(weights)
    ]
    return CompetencyScheme.model_validate(data)


@pytest.mark.parametrize(("count", "tables"), [(12, 1), (13, 2), (MOST_ELEMENTS, 3)])
def test_many_elements_stand_in_tables_below_each_other(
    count: int, tables: int, tmp_path: Path
) -> None:
    scheme = of_many(count)
    book = written(tmp_path, scheme, [RatingRow(Source.SELF, "自评 甲", {"e0": "优秀"})])
    sheet = book.book[RATINGS]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    said = [str(cell.value) for cell in cells]
    assert said.count("评价人") == tables
    assert [said.count(element.name) for element in scheme.elements] == [1] * count
    assert (said.count("偏差"), said.count("自评 甲")) == (1, 1)
    # Further down a rater's name is a formula that reads the first one.
    rows = [cell.row for cell in cells if cell.value == "评价人"]
    first = {cell.coordinate for cell in cells if cell.value == "自评 甲"}
    below = [sheet.cell(row + 2, 1) for row in rows[1:]]
    assert len(first) == 1
    assert all(cell.data_type == "f" for cell in below)
    values = openpyxl.load_workbook(tmp_path / "summary.xlsx", data_only=True)[RATINGS]
    assert {values[cell.coordinate].value for cell in below} <= {"自评 甲"}


def test_more_elements_than_a_form_has_room_for() -> None:
    with pytest.raises(ValidationError, match="at most 30 items"):
        of_many(MOST_ELEMENTS + 1)
