"""What a clerk does in the workbook, done in LibreOffice: the checks answer at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbench.office import Office
from xladdin.master.all_sheets import GUIDE_NAME
from xladdin.master.master_book import book

from .rows import Opened, cell, small
from .test_check_column import CASES


@pytest.fixture
def opened(masters: dict[str, Path], office: Office) -> Iterator[Opened]:
    with office.open(masters["small"]) as document:
        yield Opened(document, book(small()))


def test_every_check_says_in_libreoffice_what_it_says_in_python(
    masters: dict[str, Path], office: Office
) -> None:
    wrong = []
    with office.open(masters["small"]) as document:
        master = Opened(document, book(small()))
        for sheet, row, entered, said in CASES:
            before = {key: small()[sheet][row].get(key) for key in entered}
            for key, value in entered.items():
                master.set(sheet, row, key, value if isinstance(value, str) else _number(value))
            found = master.get(sheet, row)
            if found != said:
                wrong.append((sheet, row, entered, said, found))
            for key, value in before.items():
                master.set(sheet, row, key, value if isinstance(value, str) else _number(value))
    assert wrong == []


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def test_a_new_row_is_checked_as_it_is_typed(opened: Opened) -> None:
    assert opened.get("roster", 2) == ""
    opened.set("roster", 2, "id", "002")
    assert opened.get("roster", 2) == "缺：姓名、部门、岗位"
    for key, value in (("name", "丙"), ("department", "客服部"), ("position", "客服")):
        opened.set("roster", 2, key, value)
    assert opened.get("roster", 2) == "通过"
    assert opened.get("roster", 2, "used_name") == "月度"


def test_a_number_typed_as_an_id_is_the_same_as_its_text(opened: Opened) -> None:
    opened.set("roster", 0, "id", 1001)
    opened.set("raters", 0, "ratee", "1001")
    assert opened.get("raters", 0) == "通过"
    opened.set("roster", 1, "id", "1001")
    assert opened.get("roster", 1) == "工号与第5行重复"


def test_a_changed_weight_shows_at_the_scheme(opened: Opened) -> None:
    opened.set("indicators", 1, "weight", 0.25)
    assert opened.get("schemes", 0, "total") == pytest.approx(0.95)
    assert opened.get("schemes", 0) == "权重合计95%，差5%"
    opened.set("indicators", 1, "weight", 0.3)
    assert opened.get("schemes", 0) == "通过"


def test_the_guide_counts_along(opened: Opened) -> None:
    guide = opened.document
    assert guide.get(GUIDE_NAME, "A4") == "全部内容 29 行，有错 0 行"
    opened.set("roster", 1, "id", "001")
    assert guide.get("员工名册", "A3") == "2 人，有错 1 行"
    # The figures and the ratings of employee A-1 are nobody's now.
    assert guide.get(GUIDE_NAME, "A4") == "全部内容 29 行，有错 4 行"
    assert guide.get("月度目标与实际", "A3") == "4 行，待填 0 行，有错 2 行"


def test_references_are_offered_as_lists(opened: Opened) -> None:
    document = opened.document
    assert document.invalid_cells("评价人") == set()
    opened.set("raters", 0, "ratee", "002")
    assert document.invalid_cells("评价人") == {cell("raters", "ratee")}
    opened.set("roster", 2, "id", "002")
    assert document.invalid_cells("评价人") == set()


def test_the_items_of_a_step_are_those_of_its_scheme(opened: Opened) -> None:
    document = opened.document
    opened.set("steps", 0, "item", "销售")
    assert document.invalid_cells("评分档位") == set()
    opened.set("steps", 0, "item", "沟通")
    assert document.invalid_cells("评分档位") == {cell("steps", "item")}
    opened.set("steps", 0, "scheme", "能力")
    assert document.invalid_cells("评分档位") == set()


def test_the_indicators_of_a_figure_are_those_of_the_employees_scheme(opened: Opened) -> None:
    document = opened.document
    assert document.invalid_cells("月度目标与实际") == set()
    opened.set("figures", 0, "indicator", "沟通")
    assert document.invalid_cells("月度目标与实际") == {cell("figures", "indicator")}
    # An id is not in the list of names; it is asked about, and the check accepts it.
    opened.set("figures", 0, "indicator", "sales")
    assert document.invalid_cells("月度目标与实际") == {cell("figures", "indicator")}
    assert opened.get("figures", 0) == "通过"


def test_departments_are_offered_without_a_question(opened: Opened) -> None:
    document = opened.document
    assert document.invalid_cells("员工名册") == set()
    opened.set("positions", 1, "department", "客服部")
    opened.set("roster", 0, "department", "质检部")
    assert document.invalid_cells("员工名册") == {cell("roster", "department")}
    assert opened.get("roster", 0) == "通过"


def test_names_that_are_there_already_are_refused(opened: Opened) -> None:
    opened.set("schemes", 1, "name", "月度")
    assert {"A5", "A6"} <= opened.document.invalid_cells("考核方案")


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [
        ("indicators", "weight", 25.0),
        ("indicators", "method", "打分"),
        ("duties", "rank", 1.5),
        ("figures", "period", "11月"),
        ("schemes", "cap", "不限"),
        ("grades", "lower", -1.0),
    ],
)
def test_slips_are_caught(opened: Opened, sheet: str, column: str, value: float | str) -> None:
    name = opened.sheet(sheet).name
    before = opened.document.invalid_cells(name)
    opened.set(sheet, 0, column, value)
    assert opened.document.invalid_cells(name) - before == {cell(sheet, column)}


def test_an_unlimited_total_is_a_word(opened: Opened) -> None:
    opened.set("schemes", 0, "cap", "无")
    assert opened.document.invalid_cells("考核方案") == set()
