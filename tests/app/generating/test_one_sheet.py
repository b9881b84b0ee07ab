"""A form as one sheet: it computes alone, brings no names, and finds a free place."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.company.people import PERIOD, actual, company, employee
from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.app.generating.generate import plan
from xladdin.app.generating.one_sheet import LONGEST_NAME, free_name, one_sheet
from xladdin.app.generating.planning import Request
from xladdin.company.company import Company


def content(firm: Company) -> bytes:
    problems: list[object] = []
    request = Request(firm, PERIOD, firm.employees, Path())
    (form,) = plan(request, "monthly", problems)  # type: ignore[arg-type]
    return one_sheet(form)


@pytest.mark.parametrize("position", ["网销客服", "售后客服", "销售客服"])
def test_the_sheet_needs_no_other_one(office: Office, tmp_path: Path, position: str) -> None:
    found = content(company(employee("E1", position), actuals=[actual("E1", "attitude", "90")]))
    book = openpyxl.load_workbook(io.BytesIO(found))
    assert len(book.sheetnames) == 1
    assert not book.defined_names
    formulas = [cell.value for row in book.active.iter_rows() for cell in row]
    formulas = [text for text in formulas if isinstance(text, str) and text.startswith("=")]
    assert formulas
    assert not [text for text in formulas if "!" in text or "xl_" in text]
    path = tmp_path / "one.xlsx"
    path.write_bytes(found)
    assert not differences(path, office)


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("张三 2026-10", [], "张三 2026-10"),
        ("张三", ["张三"], "张三 (2)"),
        ("Zhang", ["ZHANG", "zhang (2)"], "Zhang (3)"),
        ("a[1]:b*c?/d\\", [], "a1bcd"),
        ("'张三'", [], "张三"),
        ("[]", [], "Sheet"),
        ("a\n\tb", [], "ab"),
        ("\u202e张三\x1b[2J", ["张三"], "张三 (2)"),
        ("History", [], "History (2)"),
        ("A" * 30 + "'B", [], "A" * 30),
        ("😀" * 31, [], "😀" * 15),
        ("长" * 40, [], "长" * LONGEST_NAME),
        ("长" * 40, ["长" * LONGEST_NAME], "长" * (LONGEST_NAME - 4) + " (2)"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted: str, taken: list[str], name: str) -> None:
    assert free_name(wanted, taken) == name
