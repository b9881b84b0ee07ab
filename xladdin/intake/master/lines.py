"""One row of a sheet of the master workbook, read column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from xladdin.domain.quantities import Unit
from xladdin.intake.grids import Grid
from xladdin.intake.headers import Headers
from xladdin.intake.tables import Row
from xladdin.intake.text import narrow, shown
from xladdin.problems import Place

from .cells import BLANK, is_error_value, read_cell
from .columns import Column, Kind, SheetSpec
from .notes import Notes
from .words import words

_ALIASES = {
    "unit": {"%": "percent", "个": "piece", "单": "piece", "￥": "yuan"},
    "direction": {"正向": "higher", "反向": "lower", "高": "higher", "低": "lower"},
    "sign": {"大于等于": ">=", "大于": ">", "≧": ">="},
    "part_time": {"是": "有", "否": "无"},
    "method": {"加分": "bonus", "减分": "deduction"},
}
"""Other words that are used, beside the labels and the values themselves."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was found in the workbook, and its rows."""

    spec: SheetSpec
    grid: Grid
    head: Headers
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """One row; what is wrong with a cell goes to the notes."""

    spec: SheetSpec
    row: Row
    notes: Notes

    @property
    def place(self) -> Place:
        return self.row.place

    def where(self, key: str) -> Place:
        return self.row.where(key)

    def head(self, key: str) -> str:
        return self.spec.column(key).head

    def raw(self, key: str) -> object:
        return self.row.raw(key)

    def read(self, key: str, kind: Kind | None = None, unit: Unit | None = None) -> Any:
        """What the cell says, or None where it says nothing or nothing that can be read."""
        column = self.spec.column(key)
        known = _words(self.spec.key, column) if column.kind is Kind.CHOICE else {}
        date1904 = self.row.grid.date1904
        answer = read_cell(self.raw(key), kind or column.kind, known, unit, date1904=date1904)
        if answer.problem:
            problem = answer.problem
            if answer.code == "unknown_choice":
                problem = _choices(self.spec.key, column, self.raw(key))
            self.error(key, answer.code, problem)
        if answer.guess:
            self.notes.warn(answer.code, answer.guess, self.where(key))
        return answer.value

    def says(self, key: str) -> bool:
        """Whether there is anything in the cell."""
        return read_cell(self.raw(key), Kind.TEXT, {}, None) is not BLANK

    def faulty(self, key: str) -> bool:
        """Whether the cell is known to be wrong by itself."""
        return self.where(key) in self.notes.faulty

    def error(self, key: str, code: str, message: str) -> None:
        self.notes.error(code, message, self.where(key))

    def warn(self, key: str, code: str, message: str) -> None:
        self.notes.warn(code, message, self.where(key))

    def sound(self) -> bool:
        """Whether no cell holds an error value where text is expected; these are named."""
        texts = [column.key for column in self.spec.columns if column.kind is not Kind.MEASURE]
        broken = [key for key in texts if is_error_value(self.raw(key))]
        for key in broken:
            self.read(key)
        return not broken

    def require(self, *more: str) -> None:
        """Name the cells that must be filled in and are not."""
        for key in (*self.spec.required, *more):
            if not self.says(key):
                self.error(key, "missing_value", f"没有填{self.head(key)}")

    def unused(self, keys: Sequence[str], why: str) -> None:
        """Warn of cells that say something nobody asks for."""
        for key in keys:
            if self.says(key):
                message = f"{why}用不到「{self.head(key)}」，填写的内容没有用上"
                self.warn(key, "unused_value", message)


@cache
def _words(sheet: str, column: Column) -> dict[str, str]:
    """Everything that may be written in a column with fixed choices -> the value."""
    labels = words(sheet, column.key)
    return {
        **_ALIASES.get(column.key, {}),
        **{value.casefold(): value for value in labels},
        **{narrow(label).casefold(): value for value, label in labels.items()},
    }


def _choices(sheet: str, column: Column, raw: object) -> str:
    labels = list(words(sheet, column.key).values())
    near = get_close_matches(narrow(str(raw)), labels, n=1, cutoff=0.5)
    hint = f"，是不是「{near[0]}」？" if near else ""
    return f"{column.head}只能是 {'、'.join(labels)}，现为{shown(raw)}{hint}"
