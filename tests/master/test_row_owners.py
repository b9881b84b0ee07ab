"""What a selected row is about, on every sheet and after the usual changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from xladdin.app.init import write
from xladdin.company.starting import example_company
from xladdin.master.row_owners import Finder, finder


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = example_company()
    found = tmp_path_factory.mktemp("whose") / "总表.xlsx"
    write(found, replace(content, figures=content.figures[:30], employees=content.employees[:9]))
    return found


@pytest.fixture(scope="module")
def found(path: Path) -> Finder:
    return finder(path)


def test_every_row_of_people_has_its_employee(found: Finder) -> None:
    content = example_company()
    roster = found.owners[found.names["roster"]]
    assert [owner.employee for owner in roster] == [e.id for e in content.employees[:9]]
    assert [owner.position for owner in roster] == [e.position for e in content.employees[:9]]
    assert [owner.row for owner in roster] == list(range(5, 14))
    raters = found.owners[found.names["raters"]]
    assert [owner.employee for owner in raters] == [line.ratee for line in content.raters]


def test_rows_of_figures_have_their_month_too(found: Finder) -> None:
    figures = found.owners["月度目标与实际"]
    wanted = [figure.actual for figure in example_company().figures[:30]]
    assert [(o.employee, o.period) for o in figures] == [(a.employee, a.period) for a in wanted]


def test_rows_about_positions_have_the_position(found: Finder) -> None:
    ids = [position.id for position in example_company().library.positions]
    assert [owner.position for owner in found.owners["岗位"]] == ids
    library = example_company().library
    for sheet in ("职责", "衡量标准"):
        called = {owner.position for owner in found.owners[sheet]}
        assert all(len(library.positions_of(key)) == 1 for key in called)
        assert all(owner.position and not owner.employee for owner in found.owners[sheet])


def test_rows_about_neither_have_neither(found: Finder) -> None:
    for sheet in ("考核方案", "指标", "设置", "导入对照"):
        assert {(o.employee, o.position, o.period) for o in found.owners[sheet]} == {("", "", None)}


def test_rows_are_counted_as_excel_does_and_sheets_go_by_any_name(
    path: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["员工名册"]
    sheet.title = "花名册"
    sheet["C7"], sheet["C20"] = None, " qc100 "
    for column in "ABDEFGHIJKL":
        sheet[f"{column}7"] = None
    book.save(tmp_path / "changed.xlsx")
    changed = finder(tmp_path / "changed.xlsx")
    assert changed.names["roster"] == "花名册"
    rows = {owner.row: owner.employee for owner in changed.owners["花名册"]}
    assert 7 not in rows
    assert (rows[8], rows[20]) == ("QC004", "qc100")


def test_a_file_that_is_none_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_text("nothing")
    assert finder(tmp_path / "no.xlsx") == Finder()
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert not finder(tmp_path / "other.xlsx").owners
