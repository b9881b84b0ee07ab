"""The whole workbook: valid, computed as LibreOffice computes, and read back as it was."""

from __future__ import annotations

import re
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from tests.workbench.cached import cached_values, differences, formula_cells, strip_cached
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.tools import program
from tests.workbench.validator import schema_errors
from xladdin.company.company import Company
from xladdin.company.starting import example_company, shipped_company
from xladdin.domain.people import Employee
from xladdin.intake.computed_cells import TABLES, without_computed
from xladdin.layout.measure import CELL_PADDING, CHARACTER_PIXELS, TEXT_MARGIN, text_width
from xladdin.master import master_styles as looks
from xladdin.master.all_sheets import GUIDE_NAME, SHEETS
from xladdin.master.cell_kinds import Row
from xladdin.master.check_column import CHECK_HEAD
from xladdin.master.list_sheet import SHEET_NAME
from xladdin.master.read_master import read_master
from xladdin.master.sheet_spec import Column
from xladdin.master.table_sheet import in_order
from xladdin.master.writing_rows import rows_of
from xladdin.problems import errors

from .rows import PLACES, SPECS, saved, small

SECONDS, LONG = 3.0, 6.0
A4 = 9
FIGURES = 1100


def test_excel_takes_it(path: Path) -> None:
    assert schema_errors(path) == []
    assert repair_problems(path) == []


def test_every_value_is_the_one_that_libreoffice_computes(path: Path, office: Office) -> None:
    assert len(formula_cells(path)) > 300
    assert differences(path, office) == []


def test_what_stands_in_it_breaks_no_rule(path: Path, office: Office) -> None:
    with office.open(path) as document:
        broken = {name: document.invalid_cells(name) for name in document.sheet_names}
    assert {name: cells for name, cells in broken.items() if cells} == {}


@pytest.mark.parametrize("kind", ["shipped", "example"])
def test_nothing_shipped_has_problems(kind: str, masters: dict[str, Path]) -> None:
    said = {
        value
        for (sheet, _), value in cached_values(masters[kind]).items()
        if sheet != GUIDE_NAME and isinstance(value, str) and "，有错 " in value
    }
    assert len(said) >= len(SHEETS) - 1
    assert all(text.endswith("有错 0 行") for text in said), said


@pytest.mark.parametrize(
    ("kind", "content"), [("shipped", shipped_company), ("example", example_company)]
)
def test_it_is_read_back_as_it_was(
    kind: str, content: type[Company], masters: dict[str, Path]
) -> None:
    found, problems = read_master(masters[kind])
    assert errors(problems) == []
    assert found == content()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (saved(tmp_path / name, small()) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_sheets_and_heads_stand_as_described(masters: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(masters["example"])
    assert book.sheetnames == [GUIDE_NAME, *(spec.name for spec in SHEETS), SHEET_NAME]
    assert book[SHEET_NAME].sheet_state == "veryHidden"
    for spec in SHEETS:
        heads = [cell.value for cell in book[spec.name][4]]
        wanted = [column.head for column in spec.columns]
        assert heads[:2] == [wanted[0], CHECK_HEAD]
        assert [head for head in heads if head in wanted] == wanted
        added = [head for head in heads if head not in wanted]
        told = (CHECK_HEAD, "当前合计", "方案合计", "岗位合计", "占总分")
        assert all(head.startswith(told) for head in added)


def test_ids_of_templates_stand_last_and_need_not_be_written() -> None:
    for key in ("positions", "schemes", "indicators", "elements"):
        shown = [one for one in in_order(SPECS[key]) if isinstance(one, Column)]
        assert shown[-1].key == "id"
        assert shown[-1].aside
        assert not shown[-1].required
        assert shown[0].key == "name"


def test_what_stands_above_a_table_does_not_cross_the_edge_of_what_stays(
    masters: dict[str, Path],
) -> None:
    book = openpyxl.load_workbook(masters["example"])
    for spec in SHEETS:
        sheet = book[spec.name]
        edge = column_index_from_string(re.sub(r"\d", "", sheet.freeze_panes)) - 1
        assert edge >= 2
        spans = {area.min_row: area.max_col for area in sheet.merged_cells.ranges}
        above = [cell for row in sheet["A1:Z3"] for cell in row if cell.value is not None]
        assert len(above) == 4
        assert all(spans.get(cell.row, cell.column) <= edge for cell in above)


def test_a_title_fits_into_its_column() -> None:
    for spec in SHEETS:
        pixels = spec.columns[0].width * CHARACTER_PIXELS + CELL_PADDING
        assert text_width(spec.name, looks.TITLE.size) + TEXT_MARGIN <= pixels, spec.name


def test_every_sheet_leads_back(masters: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(masters["small"])
    for spec in SHEETS:
        assert book[spec.name]["B1"].hyperlink.location == f"'{GUIDE_NAME}'!A1"
        assert book[spec.name].freeze_panes is not None


def test_keys_stay_text(masters: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(masters["small"])["员工名册"]
    assert sheet["C5"].value == "001"
    # Also where the table has not yet grown to.
    assert {sheet["C5"].number_format, sheet.column_dimensions["C"].number_format} == {"@"}


def test_wide_sheets_fit_one_page_wide_and_repeat_their_heads(masters: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(masters["example"])
    for spec in SHEETS:
        page = book[spec.name]
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == "$4:$4"


def test_of_the_indicators_the_columns_of_the_form_are_printed(masters: dict[str, Path]) -> None:
    page = openpyxl.load_workbook(masters["example"])["指标"]
    last = column_index_from_string(re.sub(r"[^A-Z]", "", page.print_area.split(":")[1]))
    assert PLACES["indicators"][last - 1] == "method"
    assert page.page_setup.paperSize == A4


def test_names_are_ascii_and_point_somewhere(path: Path) -> None:
    names = openpyxl.load_workbook(path).defined_names
    assert all(re.fullmatch(r"[a-z_0-9.]+", name) for name in names)
    assert not [name for name, defined in names.items() if "#REF" in defined.attr_text]


def test_cells_that_it_works_out_are_passed_over_when_it_is_read(
    masters: dict[str, Path],
) -> None:
    assert {spec.key for spec in SHEETS} == set(TABLES)
    with zipfile.ZipFile(masters["example"]) as package:
        sheets = [package.read(name) for name in package.namelist() if "/sheet" in name]
    left = b"".join(without_computed(sheet) or b"" for sheet in sheets)
    assert b"".join(sheets).count(b"<f>f_") > 1000
    assert left.count(b"<f>f_") == left.count(b"<f>f_lists_")  # nobody reads the lists


def test_a_year_of_figures_is_opened_and_calculated_quickly(
    masters: dict[str, Path], tmp_path: Path, office: Office
) -> None:
    rows = rows_of(example_company())
    rows["figures"] = (rows["figures"] * 2)[:FIGURES]
    bare = tmp_path / "bare.xlsx"
    strip_cached(saved(tmp_path / "many.xlsx", rows), bare)
    with office.open(bare) as document:
        begun = time.perf_counter()
        document.recalculate()
        assert time.perf_counter() - begun < SECONDS


def many(count: int) -> dict[str, list[Row]]:
    """So many figures of one month, ten of each person."""
    rows = rows_of(replace(example_company(), raters=()))
    own = [row for row in rows["figures"] if row["employee"] == "QC002"][:10]
    people = [f"P{number:05}" for number in range(count // len(own))]
    person = next(row for row in rows["roster"] if row["id"] == "QC002")
    rows["roster"] = [{**person, "id": id_, "name": f"员工{id_}"} for id_ in people]
    rows["figures"] = [
        {**row, "employee": id_, "name": f"员工{id_}"} for id_ in people for row in own
    ]
    return rows


@pytest.mark.proof
def test_twelve_thousand_figures_are_calculated_in_six_seconds(
    tmp_path: Path, office: Office, record_property: Any
) -> None:
    times = {}
    for count in (3000, 12000):
        bare = tmp_path / f"bare{count}.xlsx"
        strip_cached(saved(tmp_path / "many.xlsx", many(count)), bare)
        with office.open(bare) as document:
            begun = office.process.cpu_seconds
            document.recalculate()
            times[count] = office.process.cpu_seconds - begun
            checks = {row[1] for row in document.grid("月度目标与实际")[4:]}
            assert checks <= {"通过", ""}
    said = ", ".join(f"{count:,} figures in {spent:.1f} s" for count, spent in times.items())
    record_property("proof", f"LibreOffice recalculates a master workbook of {said} of CPU")
    assert times[12000] < LONG
    assert times[12000] < times[3000] * 4 * 1.5  # in step with the rows, not with their square


def test_it_is_written_quickly() -> None:
    rows = rows_of(example_company())
    begun = time.process_time()
    saved(Path("/dev/null"), rows)
    assert time.process_time() - begun < SECONDS


def test_empty_rows_print_nothing(tmp_path: Path, office: Office) -> None:
    """They have the grid of the screen; lines come with the first entry, below all other rules."""
    kind = shipped_company("物业")
    people = tuple(
        Employee(id=f"W{n:02}", name=f"员工{n:02}", department="物业服务中心", position="物业客服")
        for n in range(12)
    )
    path = saved(tmp_path / "master.xlsx", rows_of(replace(kind, employees=people)))
    sheet = openpyxl.load_workbook(path)["员工名册"]
    last = next(row for row in range(sheet.max_row, 0, -1) if sheet.cell(row, 1).value)
    assert sheet.cell(last, 1).border.left.style
    assert sheet.views.sheetView[0].showGridLines is not False
    for row in sheet.iter_rows(min_row=last + 1):
        assert not any(cell.border.left.style or cell.fill.fill_type for cell in row)
    rules = [
        (rule.priority, rule)
        for area in sheet.conditional_formatting
        if f"A{last + 1}" in area
        for rule in area.rules
    ]
    _, drawn = max(rules, key=lambda each: each[0])
    assert drawn.formula == [f"LEN($A{last + 1})>0"]
    assert drawn.dxf.border.left.style == "thin"
    assert drawn.dxf.fill is None
    with office.open(path) as document:
        pdf = document.pdf(tmp_path / "master.pdf")
    pages = subprocess.run(
        [program("pdftotext"), str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")
    # A page a sheet; what a company of one scheme has fits.
    assert len([page for page in pages if page.strip()]) <= len(SHEETS) + 4
