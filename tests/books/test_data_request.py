"""收数表: who is asked what, beside whom; how it is counted and where it may be typed."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.books.print_sizes import figures_too_small
from tests.company.people import company as people
from tests.company.people import employee
from tests.returns.request_returns import company, request, sent
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.app.months.asking_figures import requests_of
from xladdin.books.data_request import (
    MOST_COLUMNS,
    MOST_PEOPLE,
    TITLE,
    Request,
    Wanted,
    book,
    figure_of,
)
from xladdin.domain.people import Period
from xladdin.layout.cells import Asked, Fixed
from xladdin.layout.place import defined_name, keyed_cells, results
from xladdin.layout.sight import LEAST_ZOOM, zoom_of
from xladdin.layout.writer import workbook_bytes

PERIOD = Period("2026-12")


@pytest.fixture(scope="module")
def sheet() -> Any:
    return openpyxl.load_workbook(io.BytesIO(sent()))[TITLE]


def test_a_key_tells_whose_figure_of_what_it_is_whatever_the_id() -> None:
    found = [figure_of(one.key) for one in request().figures]
    assert found == [(one.employee.id, one.item.id) for one in request().figures]
    assert {one.employee.id for one in request().figures} == {"A-1", "工二", "007"}
    assert figure_of("note") is figure_of("fig.xyz.sales") is None


def test_what_lacks_is_asked_and_what_is_known_is_seen() -> None:
    asked = {
        key for key, _, cell in keyed_cells(book(request())) if isinstance(cell.content, Asked)
    }
    assert asked == {one.key for one in request().asked} | {"note"}
    (known,) = [one for one in request().figures if not one.asked]
    assert (known.employee.id, known.item.id) == ("A-1", "satisfaction")
    fixed = [
        one.content.value
        for one in book(request()).sheets[0].cells
        if isinstance(one.content, Fixed)
    ]
    assert Decimal("0.97") in fixed


def test_how_much_is_there_is_counted() -> None:
    made = book(request())
    one, other = request().asked[0].key, request().asked[-1].key
    assert results(made, {})["told.progress"] == 0
    assert results(made, {one: Decimal(0), other: "没有"})["told.progress"] == 1
    assert results(made, {one: Decimal(0), other: Decimal(4)})["told.progress"] == 2


def test_only_asked_cells_are_open_and_each_takes_its_unit(sheet: Any) -> None:
    open_ = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    workbook = sheet.parent
    places = {
        workbook.defined_names[defined_name(one.key)].attr_text.rpartition("!")[2].replace("$", "")
        for one in request().asked
    }
    assert places < open_
    assert sheet.protection.sheet
    told = [rule for rule in sheet.data_validations.dataValidation if rule.showErrorMessage]
    assert len([rule for rule in told if rule.type in ("decimal", "whole", "custom")]) == len(
        places
    )


def test_people_of_a_department_stand_beside_the_same_indicators() -> None:
    texts = [str(cell.content.value) for cell in book(request()).sheets[0].cells
             if isinstance(cell.content, Fixed)]  # fmt: skip
    assert texts.count("序号") == 1
    assert texts.count("首次响应时间") == 2  # its head, and what it is


def many(count: int, position: str = "网销客服") -> list[Request]:
    staff = [employee(f"P{i:03}", position) for i in range(count)]
    return requests_of(people(*staff), PERIOD)


def test_many_people_are_cut_where_a_page_ends() -> None:
    (found,) = many(2 * MOST_PEOPLE + 1)
    made = book(found)
    heads = [cell for cell in made.sheets[0].cells if cell.content == Fixed("序号")]
    assert len(heads) == 3
    assert results(made, {one.key: Decimal(1) for one in found.asked})["told.progress"] == len(
        found.asked
    )


@pytest.mark.parametrize("position", ["网销客服", "销售客服", "售后客服"])
def test_it_is_read_on_a_screen_and_on_paper(position: str) -> None:
    for one in many(30, position):
        made = book(one)
        sheet = made.sheets[0]
        assert len(sheet.widths) <= 3 + MOST_COLUMNS
        assert zoom_of(sheet) >= LEAST_ZOOM
        assert list(figures_too_small(made)) == []


def test_one_more_indicator_than_fits_stands_in_a_part_of_its_own() -> None:
    base = request().figures[0]
    staff = company().employees[:1]
    items = [
        base.item.model_copy(update={"id": f"i{n}", "name": f"指标{n}"})
        for n in range(MOST_COLUMNS + 1)
    ]
    wanted = tuple(Wanted(staff[0], item, None) for item in items)
    made = book(Request("财务", PERIOD, wanted))
    assert len([cell for cell in made.sheets[0].cells if cell.content == Fixed("序号")]) == 2


def test_who_is_complete_is_left_out() -> None:
    figures = tuple(
        replace(one, actual=Decimal(1)) if one.employee.id == "007" else one
        for one in request().figures
    )
    made = book(replace(request(), figures=figures))
    texts = [cell.content.value for cell in made.sheets[0].cells if isinstance(cell.content, Fixed)]
    assert "007" not in texts
    assert "A-1" in texts


def test_what_is_written_is_what_libreoffice_calculates_and_excel_opens(
    tmp_path: Path, office: Office
) -> None:
    (first, *_, last), path = request().asked, tmp_path / "收数表.xlsx"
    path.write_bytes(workbook_bytes(book(request()), {first.key: Decimal(4), last.key: "没有"}))
    assert formula_cells(path)
    assert [str(one) for one in differences(path, office)] == []
    assert [str(one) for one in repair_problems(path, excel_2010=True)] == []
    assert validate([path])[path] == []
