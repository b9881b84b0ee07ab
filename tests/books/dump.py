"""A finished workbook as plain data that can be read, compared and kept under tests/golden/."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.books.opened import Opened, hidden_by_merges
from tests.workbench.cached import Place, cached_values
from tests.workbench.values import CachedValue

HASH_KEY = "id.content"
"""The hash of the scheme: it changes with every word of it, and has a test of its own."""

Plain = dict[str, Any]


def dump(path: Path) -> Plain:
    """Cells, formulas with their values, rules, names and print settings of a workbook."""
    form = Opened(path)
    cached = cached_values(path)
    sheets = {sheet.title: _sheet(sheet, cached) for sheet in form.sheets}
    hashed = form.keys.get(HASH_KEY)
    if hashed:
        sheets[hashed[0]]["cells"][hashed[1]] = "<hash>"
    return {
        "properties": {
            "title": form.book.properties.title,
            "subject": form.book.properties.subject,
            "keywords": form.book.properties.keywords,
        },
        "names": {name: "!".join(where) for name, where in sorted(form.names.items())},
        "sheets": sheets,
        **({"formulas": form.named_formulas} if form.named_formulas else {}),
    }


def _sheet(sheet: Worksheet, cached: dict[Place, CachedValue]) -> Plain:
    behind = hidden_by_merges(sheet)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.coordinate not in behind]
    widths = sorted(sheet.column_dimensions.items())
    return {
        "cells": {cell.coordinate: _cell(cell, cached) for cell in cells if cell.value is not None},
        "formats": {
            cell.coordinate: cell.number_format for cell in cells if cell.number_format != "General"
        },
        "unlocked": [cell.coordinate for cell in cells if not cell.protection.locked],
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "validations": _validations(sheet),
        "conditions": _conditions(sheet),
        "widths": {column: width.width for column, width in widths},
        "heights": {row: height.height for row, height in sorted(sheet.row_dimensions.items())},
        "print": _print(sheet),
        "state": sheet.sheet_state,
        "protected": sheet.protection.sheet,
        "frozen": sheet.freeze_panes,
        "zoom": sheet.sheet_view.zoomScale,
        "cursor": [one.sqref for one in sheet.sheet_view.selection][-1:],
    }


def _cell(cell: Cell, cached: dict[Place, CachedValue]) -> Any:
    if cell.data_type != "f":
        return cell.value
    value = cached[cell.parent.title, cell.coordinate]
    return {"formula": cell.value, "value": float(value) if isinstance(value, Decimal) else value}


def _validations(sheet: Worksheet) -> Plain:
    return {
        str(rule.sqref): {
            "rule": " ".join(
                str(part)
                for part in (rule.type, rule.operator, rule.formula1, rule.formula2)
                if part is not None
            ),
            "style": rule.errorStyle or "stop",
            "title": rule.promptTitle,
            "prompt": rule.prompt,
            "error": rule.error,
        }
        for rule in sheet.data_validations.dataValidation
    }


def _conditions(sheet: Worksheet) -> Plain:
    return {
        str(area.sqref): [
            f"{' '.join(rule.formula)} -> {rule.dxf.fill.bgColor.rgb if rule.dxf else rule.type}"
            for rule in area.rules
        ]
        for area in sheet.conditional_formatting
    }


def _print(sheet: Worksheet) -> Plain:
    setup, foot = sheet.page_setup, sheet.oddFooter
    return {
        "area": sheet.print_area,
        "titles": sheet.print_title_rows,
        "paper": setup.paperSize,
        "orientation": setup.orientation,
        "fit": [setup.fitToWidth, setup.fitToHeight] if _fits(sheet) else setup.scale,
        "breaks": [page.id for page in sheet.row_breaks.brk],
        "footer": [part.text for part in (foot.left, foot.center, foot.right)],
    }


def _fits(sheet: Worksheet) -> bool:
    found = sheet.sheet_properties.pageSetUpPr
    return bool(found and found.fitToPage)
