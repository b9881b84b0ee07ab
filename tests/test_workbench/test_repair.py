from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.breaker import Fault, break_workbook, load_faults
from tests.workbench.repair import Code, repair_problems

from .conftest import Maker

FAULTS = load_faults()
REPAIR_FAULTS = [fault for fault in FAULTS if not fault.schema]


def test_the_sample_has_no_problem(sample: Path) -> None:
    assert repair_problems(sample) == []


@pytest.mark.parametrize("fault", REPAIR_FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_found(fault: Fault, sample: Path, tmp_path: Path) -> None:
    problems = repair_problems(break_workbook(sample, tmp_path / "broken.xlsx", fault))
    assert fault.code in {problem.code for problem in problems}


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.schema], ids=lambda fault: fault.name)
def test_schema_faults_are_left_to_the_schema(fault: Fault, sample: Path, tmp_path: Path) -> None:
    assert repair_problems(break_workbook(sample, tmp_path / "broken.xlsx", fault)) == []


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {fault.code for fault in REPAIR_FAULTS} == {str(code) for code in Code}


def test_case_names_are_unique() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_a_problem_tells_its_place_and_code(make: Maker) -> None:
    (problem,) = repair_problems(make(lambda _, sheet: sheet.write_formula("B2", "=SUMM(A1)")))
    assert problem.place == "S!B2"
    assert str(problem) == "S!B2: Excel 2010 has no function SUMM: SUMM(A1) (formula-function)"


def test_later_functions_may_be_admitted(make: Maker) -> None:
    def fill(book: Any, sheet: Any) -> None:
        book.define_name("double", "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)")
        sheet.write_dynamic_array_formula("A1", "=_xlfn.TEXTJOIN(B1,TRUE,C1:C2)")
        sheet.write_formula("A2", "=_xlfn.LET(_xlpm.x,5,_xlpm.x+1)")
        sheet.write_formula("A3", "=double(4)")

    path = make(fill)
    assert repair_problems(path, excel_2010=False) == []
    assert {p.code for p in repair_problems(path)} == {Code.FORMULA_FUNCTION}


def test_odd_columns_are_found_by_their_quoted_names(make: Maker) -> None:
    def fill(_: Any, sheet: Any) -> None:
        columns = [{"header": "得分\n[满分]"}, {"header": "100% 'ok' #"}]
        sheet.add_table("A1:B3", {"name": "tbl", "columns": columns})
        sheet.write_formula("D1", "=SUM(tbl[得分\n'[满分']])+SUM(tbl[100% ''ok'' '#])")

    assert repair_problems(make(fill)) == []


def test_an_empty_zip_is_reported_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with zipfile.ZipFile(path, "w"):
        pass
    assert [p.code for p in repair_problems(path)] == [Code.SHEET_NONE_VISIBLE]


def test_what_is_no_package_raises(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_text("nothing")
    with pytest.raises(zipfile.BadZipFile):
        repair_problems(path)


def test_a_large_form_is_quick_to_check(make: Maker) -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(1, 301):
            sheet.write_formula(f"B{row}", f'=IF(A{row}="","",ROUND(SUM(A:A)*0.{row},2)+{row})')

    assert repair_problems(make(fill)) == []
