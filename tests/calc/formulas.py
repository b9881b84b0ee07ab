"""Formulas as Excel writes them, in and out of Calc."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from .refusals import ComError

# com.sun.star.sheet.AddressConvention
_CALC, _FILE_FORMAT = 0, 3
# Functions younger than the file format carry these in files, and nowhere else.
_PREFIX = re.compile(r"_xl(?:fn|ws)\.(?:_xlws\.)?")
_LINK = re.compile(r"\[(\d+)\]")
# Calc takes a formula that it cannot read and shows an error; Excel does not take it.
_UNREADABLE = {501, 507, 508, 509, 510, 511, 512, 513, 514, 516, 517, 518, 520}
_ERROR_RESULTS = 4


class Grammar:
    """Translates the formulas of one workbook."""

    def __init__(self, component: Any) -> None:
        self._component = component

    def _parser(self, convention: int) -> Any:
        parser = self._component.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish = True
        parser.FormulaConvention = convention
        return parser

    @cached_property
    def _excel(self) -> Any:
        return self._parser(_FILE_FORMAT)

    @cached_property
    def _calc(self) -> Any:
        return self._parser(_CALC)

    def from_excel(self, formula: str, origin: Any, target: Any | None = None) -> str:
        """The formula as Calc reads it; written for `origin`, moved to `target` as in a fill."""
        tokens = self._excel.parseFormula(formula.removeprefix("="), origin)
        return "=" + self._calc.printFormula(tokens, target or origin)

    def to_excel(self, holder: Any, origin: Any) -> str:
        """The formula of a cell, or the content of a name."""
        text = _PREFIX.sub("", "=" + self._excel.printFormula(holder.getTokens(), origin))
        links = self._component.ExternalDocLinks.ElementNames if _LINK.search(text) else ()
        for number, url in enumerate(links, start=1):
            text = text.replace(f"[{number}]", f"[{url.rpartition('/')[2]}]")
        return text


def refuse_unreadable(cells: Any) -> None:
    """Raise `ComError` if one of the formulas just written to these cells cannot be read."""
    for area in cells.queryFormulaCells(_ERROR_RESULTS).RangeAddresses:
        left, top = area.StartColumn, area.StartRow
        for row in range(top, area.EndRow + 1):
            for column in range(left, area.EndColumn + 1):
                cell = cells.Spreadsheet.getCellByPosition(column, row)
                if cell.getError() in _UNREADABLE:
                    raise ComError(f"Excel cannot read the formula {cell.Formula}")
