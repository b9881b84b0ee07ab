"""Appraisal forms out of the data file, as workbooks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook

DATA = Path(__file__).with_name("own_forms.yaml")


@cache
def forms() -> dict[str, dict[str, Any]]:
    """Every form by what it is."""
    found = yaml.safe_load(DATA.read_text("utf-8"))
    return {form["form"]: form for form in found}


def write_form(form: dict[str, Any], path: Path) -> Path:
    """The workbook of a form."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in form["sheets"].items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(content["rows"], start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column, value)
        for area in content.get("merge", ()):
            sheet.merge_cells(area)
        for area in content.get("percent", ()):
            for row in sheet[area]:
                for cell in row:
                    cell.number_format = "0%"
    book.save(path)
    return path
