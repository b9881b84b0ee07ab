"""校准表 filled in by openpyxl, as somebody in an office program would, some of them spoilt."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from openpyxl.worksheet.worksheet import Worksheet

from xladdin.books.calibration.calibration_book import SENT_NAME, book, values
from xladdin.books.calibration.calibration_sheet import HEADS, WHO
from xladdin.books.identity import SHEET_NAME
from xladdin.company.calibrating import Board
from xladdin.intake.sheets import read_workbook
from xladdin.layout.writer import workbook_bytes
from xladdin.returns.calibration_reading import ReadCalibration, read_calibration

DAMAGES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("calibration_damages.yaml").read_text("utf-8")
)
Filled = Mapping[str, tuple[str, str]]
"""Employee id -> grade and reason."""


def written(board: Board) -> bytes:
    return workbook_bytes(book(board), values(board))


def chosen(chance: random.Random, board: Board, share: float = 0.3) -> dict[str, tuple[str, str]]:
    """Random grades for some of them, each with a reason."""
    found = {}
    for one in board.people:
        if chance.random() < share:
            grade = chance.choice(one.scheme.grades).name
            found[one.employee.id] = (grade, f"带新人 {chance.randint(1, 9)} 名")
    return found


def filled(
    content: bytes,
    grades: Filled,
    *,
    who: str | None = "王经理",
    damage: Mapping[str, Any] | None = None,
) -> bytes:
    """The workbook with these grades, spoilt where told to."""
    made, harm = openpyxl.load_workbook(io.BytesIO(content)), damage or {}
    tables = [(sheet, *found) for sheet in made.worksheets if (found := heads(sheet))]
    for sheet, columns, top in tables:
        for row in range(top + 1, sheet.max_row + 1):
            id_ = sheet.cell(row, columns["工号"]).value
            if id_ in grades:
                sheet.cell(row, columns["校准后"]).value, why = grades[id_]
                sheet.cell(row, columns["理由"]).value = why
    _put_who(made, harm.get("who", who))
    if harm:
        _spoil(made, *tables[0], harm)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def heads(sheet: Worksheet) -> tuple[dict[str, int], int] | None:
    """The columns of the table by head, and the row of the heads."""
    for row in sheet.iter_rows():
        found = {cell.value: cell.column for cell in row if cell.value in HEADS.values()}
        if len(found) > 4:
            return found, row[0].row
    return None


def _put_who(made: Any, who: str | None) -> None:
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == WHO:
                    sheet.cell(cell.row, cell.column + 1).value = who


def _spoil(
    made: Any, sheet: Worksheet, columns: dict[str, int], top: int, harm: Mapping[str, Any]
) -> None:
    row = top + 1
    if "cell" in harm:
        sheet.cell(row, columns[harm["cell"]]).value = _value(sheet, columns, row, harm)
    if "why" in harm:
        sheet.cell(row, columns["理由"]).value = harm["why"]
    for head, value in harm.get("also", {}).items():
        sheet.cell(row, columns[head]).value = value
    if harm.get("delete"):
        for column in columns.values():
            sheet.cell(row, column).value = None
    if harm.get("record"):
        made[SENT_NAME].cell(1, 5).value = "改过的"
    for line in made[SHEET_NAME].iter_rows():
        if line[0].value in harm.get("identity", {}):
            line[1].value = harm["identity"][line[0].value]


def _value(sheet: Worksheet, columns: dict[str, int], row: int, harm: Mapping[str, Any]) -> Any:
    before = sheet.cell(row, columns["原等级"]).value
    special = {
        "!other": "优秀" if before != "优秀" else "良好",
        "!elsewhere": harm.get("elsewhere"),
        "!twin": sheet.cell(row + 1, columns["工号"]).value,
        "!long": "长" * 201,
    }
    return special.get(harm["value"], harm["value"])


def read(content: bytes, label: str = "校准表.xlsx") -> ReadCalibration:
    grids, problems = read_workbook(label, content, hidden=True)
    assert problems == []
    found = read_calibration(label, grids)
    assert found is not None
    return found
