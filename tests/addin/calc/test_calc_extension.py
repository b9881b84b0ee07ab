"""The worksheet functions in a real LibreOffice: put in, calculated, described, taken out."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xladdin_udfs

from tests.addin.bridge_cases import PLACE, UNWRITTEN, Case, bridge_cases
from tests.app.command import xladdin
from xladdin.addin.calc import calc_extension as calc
from xladdin.problems import ProblemsFound

from .calc_office import CalcOffice, fill, shown, shown_rows, unopkg

pytestmark = pytest.mark.xdist_group("calc")
CASES = bridge_cases()
ADD_IN = 11
"""As Calc counts the categories of its function wizard: com.sun.star.sheet.FunctionCategory.ADDINS."""
ONE_CELL = re.compile(r"(?<![A-Z0-9:\"])([A-Z]\d+)(?![\d:])")
PLAIN = [
    case
    for case in CASES
    if case.cells and not any(it in (None, 0) for row in case.cells for it in row)
]


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calc") / "绩效助手.oxt"
    calc.write(path)
    return path


@pytest.fixture(scope="module")
def office(extension: Path) -> Iterator[CalcOffice]:
    with CalcOffice(extension) as started:
        yield started


@pytest.fixture(scope="module")
def sheet(office: CalcOffice) -> Any:
    return office.new_sheet()


def as_texts(answer: Any) -> Any:
    """Blanks are empty texts."""
    if isinstance(answer, list):
        return [list(map(as_texts, row)) for row in answer]
    return "" if answer is None else answer


def with_ranges(formula: str) -> str:
    """Every single cell written as a range: there a blank is not 0."""
    parts = re.split(r'("[^"]*")', formula)
    return "".join(part if part.startswith('"') else ONE_CELL.sub(r"\1:\1", part) for part in parts)


def calculated(sheet: Any, formula: str, expected: Any) -> Any:
    if isinstance(expected, list):
        return shown_rows(sheet, formula, len(expected), len(expected[0]))
    return shown(sheet, formula)


@pytest.mark.parametrize("case", CASES, ids=map(str, CASES))
def test_a_formula_is_answered_by_the_function(sheet: Any, case: Case) -> None:
    expected = as_texts(case.computed)
    fill(sheet, case.cells)
    assert calculated(sheet, with_ranges(case.spelled), expected) == expected
    if case.shows is not UNWRITTEN:
        assert expected == as_texts(case.shows)


@pytest.mark.parametrize("case", PLAIN, ids=map(str, PLAIN))
def test_single_cells_that_are_filled_need_no_range(sheet: Any, case: Case) -> None:
    expected = as_texts(case.computed)
    fill(sheet, case.cells)
    assert calculated(sheet, case.spelled, expected) == expected


def test_there_are_enough_cases() -> None:
    assert {case.name for case in CASES} == set(xladdin_udfs.__all__)
    assert any(PLACE.fullmatch(place) and ":" not in place for c in PLAIN for place in c.places)


def test_a_single_blank_is_never_taken_for_0(sheet: Any) -> None:
    fill(sheet, [])
    assert shown(sheet, "=KPI_SCORE(A1;20;20)").startswith("#实际：LibreOffice 分不出")
    assert shown(sheet, "=KPI_SCORE(A1:A1;20;20)") == ""
    fill(sheet, [[0]])
    assert shown(sheet, "=KPI_SCORE(A1:A1;20;20)") == 0
    assert shown(sheet, "=KPI_SCORE(18;20;20;B1;C1)") == 18


def test_what_was_left_out_is_named(sheet: Any) -> None:
    assert shown(sheet, "=KPI_SCORE(18)") == "#没有写目标、权重"
    assert shown(sheet, '=KPI_SCORE(30;20;20;;"封顶=120%")') == 24


def test_answers_are_calculated_with(sheet: Any) -> None:
    fill(sheet, [[18], [10]])
    assert shown(sheet, "=KPI_SCORE(A1;20;20)+1") == 19
    assert shown(sheet, "=SUM(KPI_SCORE(A1:A2;20;20))") == 28
    assert shown(sheet, '=IF(KPI_GRADE(90)="优秀";"是";"否")') == "是"
    formulas = ("=KPI_GRADE(90)", '=IF(A1="优秀";1;0)', '=COUNTIF(A1:A1;"优秀")')
    sheet.getCellRangeByName("A1:C1").setFormulaArray((formulas,))
    assert sheet.getCellRangeByName("B1:C1").getDataArray() == ((1.0, 1.0),)


def test_rows_are_calculated_again_when_cells_change(sheet: Any) -> None:
    fill(sheet, [[90], [75]])
    assert shown_rows(sheet, "=KPI_RANK(A1:A2)", 2, 1) == [[1], [2]]
    sheet.getCellRangeByName("A2").getCellByPosition(0, 0).Value = 95
    area = sheet.getCellRangeByName("U30:U31")
    assert area.getDataArray() == ((2.0,), (1.0,))


def test_what_cells_more_or_fewer_than_the_answer_show(sheet: Any) -> None:
    """As Excel before 365 does it, and docs/手册/06 tells."""
    fill(sheet, [[90], [75], [80]])
    for height, texts in ((4, ["1", "3", "2", "#N/A"]), (2, ["1", "3"])):
        area = sheet.getCellRangeByPosition(20, 29, 20, 28 + height)
        area.setArrayFormula("=KPI_RANK(A1:A3)")
        found = [area.getCellByPosition(0, row).String for row in range(height)]
        area.setArrayFormula("")
        assert found == texts
    assert shown(sheet, "=KPI_RANK(A1:A3)") == 1


def test_an_error_in_a_cell_stays_one(sheet: Any) -> None:
    fill(sheet, [[18]])
    sheet.getCellRangeByName("A2").getCellByPosition(0, 0).Formula = "=NA()"
    assert shown(sheet, "=KPI_SCORE(A2;20;20)") == "#N/A"
    assert shown(sheet, "=KPI_TOTAL(A1:A2)") == "Err:504"


def test_the_function_wizard_says_the_same_as_in_excel(office: CalcOffice) -> None:
    for each in calc.functions():
        found = office.described(each.name)
        assert found["Description"] == each.text == inspect.getdoc(getattr(xladdin_udfs, each.name))
        told = [(argument.Name, argument.Description) for argument in found["Arguments"]]
        assert told == [(argument.label, argument.text) for argument in each.arguments]
        assert all(re.search("[一-鿿]", text) for pair in told for text in pair)
        # That of add-ins: 加载项.
        assert found["Category"] == ADD_IN


def test_types_are_those_of_the_functions(office: CalcOffice) -> None:
    """Else `unoidl-write` is to be run: see `calc_extension`."""
    found = calc.functions()
    assert (calc.HERE / calc.IDL).read_text("utf-8") == calc.idl(found)
    expected = {each.method: [calc._camel(a.name) for a in each.arguments] for each in found}
    assert office.methods("cn.xladdin.calc.XFunctions") == expected


def test_own_schemes_are_those_of_the_open_master(office: CalcOffice, tmp_path: Path) -> None:
    master = tmp_path / "总表.xlsx"
    assert xladdin("init", master, "--example").code == 0
    assert (
        xladdin(
            "scheme", "copy", master, "--scheme", "店铺网站客服月度绩效考核", "--as", "自己的"
        ).code
        == 0
    )
    with office.open(master) as document:
        sheet = document.sheet(document.sheet_names[0])
        # What was open is remembered for a second, on both sides.
        time.sleep(2.1)
        assert shown(sheet, '=KPI_ITEM("自己的";"日常询盘转换率";0.641)') == 22.5


def test_it_is_taken_out_again(extension: Path) -> None:
    profile = Path(tempfile.mkdtemp(prefix="calc-profile-"))
    try:
        copy = Path(shutil.copy(extension, profile))
        copy.chmod(0o644)
        unopkg(profile, "add", str(copy))
        assert calc.IDENTIFIER in unopkg(profile, "list")
        unopkg(profile, "remove", calc.IDENTIFIER)
        assert calc.IDENTIFIER not in unopkg(profile, "list")
    finally:
        shutil.rmtree(profile)


def test_a_python_that_is_gone_is_told_in_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "broken.oxt"
    calc.write(path, interpreter=os.devnull)
    with CalcOffice(path) as office:
        assert shown(office.new_sheet(), "=KPI_GRADE(90)").startswith("#Python 没有启动")


def test_a_python_that_ends_is_told_in_the_cell(tmp_path: Path) -> None:
    ending = tmp_path / "ending"
    ending.write_text("#!/bin/sh\necho '{\"ready\": true}'\n", "utf-8")
    ending.chmod(0o755)
    path = tmp_path / "ending.oxt"
    calc.write(path, interpreter=str(ending))
    with CalcOffice(path) as office:
        assert shown(office.new_sheet(), "=KPI_GRADE(90)").startswith("#Python 没有回答")


@pytest.mark.parametrize("filter_name", ["calc8", "Calc MS Excel 2007 XML"])
def test_formulas_are_kept_in_files(office: CalcOffice, tmp_path: Path, filter_name: str) -> None:
    sheet = office.new_sheet()
    sheet.getCellRangeByName("A1").getCellByPosition(0, 0).Formula = "=KPI_SCORE(18;20;20)"
    path = tmp_path / ("kept.ods" if filter_name == "calc8" else "kept.xlsx")
    office.save(path, filter_name)
    with office.open(path) as document:
        first = document.sheet_names[0]
        document.recalculate()
        assert document.get(first, "A1") == 18
    if path.suffix == ".xlsx":
        # So that Excel does not know it: docs/deployment.md says so.
        written = openpyxl.load_workbook(path).worksheets[0]["A1"].value
        assert written == "=CN.XLADDIN.CALC.FUNCTIONS.KPISCORE(18,20,20)"


def test_formulas_of_an_excel_file_are_known_once_they_are_typed_again(
    office: CalcOffice, tmp_path: Path
) -> None:
    """As docs/deployment.md says: = replaced by = types every formula again."""
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "=KPI_SCORE(18,20,20)"
    book["Sheet"]["A2"] = '=IF(KPI_GRADE(90)="优秀",1,0)'
    book.save(tmp_path / "a.xlsx")
    with office.open(tmp_path / "a.xlsx") as document:
        assert document.grid("Sheet") == [["#NAME?"], ["#NAME?"]]
        sheet = document.sheet("Sheet")
        replacing = sheet.createReplaceDescriptor()
        replacing.SearchString = replacing.ReplaceString = "="
        assert sheet.replaceAll(replacing) == 2
        assert document.grid("Sheet") == [[18], [1]]


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    done = xladdin("addin", "libreoffice", "--out", tmp_path / "a.oxt")
    assert done.code == 0
    assert "13 个函数" in done.out + done.err
    assert "扩展管理器" in done.out + done.err
    assert calc.is_ours((tmp_path / "a.oxt").read_bytes())


def test_equal_sources_give_equal_bytes(extension: Path) -> None:
    made = calc.extension(calc.functions(), calc.command(sys.executable))
    assert made == extension.read_bytes()


def test_only_an_extension_of_ours_is_written_over(extension: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(extension, tmp_path))
    assert calc.write(copy) == len(xladdin_udfs.__all__)
    other = tmp_path / "other.oxt"
    other.write_bytes(b"somebody's")
    with pytest.raises(ProblemsFound):
        calc.write(other)
    assert other.read_bytes() == b"somebody's"
    assert calc.write(other, overwrite=True)
