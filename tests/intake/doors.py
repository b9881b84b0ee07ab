"""One cell handed in at every door: a table of figures, the master, an export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.patch.masters import CONVERSION, EMPLOYEES, REPLY, ROWS, SALES, SMALL, write_master
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.intake.actuals import read_actuals
from xladdin.intake.exports.export_reader import read_export
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.grids import Cells, Grid
from xladdin.intake.handed_in import Found, HandedIn
from xladdin.intake.sheets import read_workbook
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import master_of
from xladdin.ooxml.opening import OpenedFile
from xladdin.problems import Problem
from xladdin.schemes.library import Library

NOVEMBER = Period("2026-11")
INDICATORS = {Unit.YUAN: SALES, Unit.SECOND: REPLY, Unit.PERCENT: CONVERSION}
_SCHEME = Library.shipped().scheme("online_shop_monthly")
_HEADS = ("考核月份", "工号", "指标", "目标值")


@dataclass(frozen=True)
class Outcome:
    """The figures that were read, person by person, and what was told of them."""

    values: tuple[Decimal | None, ...]
    codes: tuple[str, ...]
    errors: int


class _Given(HandedIn):
    """Cells as they were read out of some file."""

    def __init__(self, rows: list[Cells]) -> None:
        super().__init__(OpenedFile(Path("表.xlsx"), b""))
        self._rows = rows

    def grids(self, fit: object, *, hidden: bool = False, many: bool = False) -> Found:
        return [Grid(self.name, [[*row] for row in self._rows], "表")], []


Line = tuple[str, str]
"""Month and employee."""


def lines(count: int, *, apart: bool) -> list[Line]:
    """Of one month and several employees, or each of a month of its own."""
    ids = [one.id for one in EMPLOYEES if one.position == "网销客服"]
    if apart:
        return [(f"{2020 + i // 12}-{i % 12 + 1:02d}", ids[0]) for i in range(count)]
    return [("2026-11", id_) for id_ in ids[:count]]


def _outcome(
    values: dict[Line, Decimal | None], said: Sequence[Line], told: list[Problem]
) -> Outcome:
    return Outcome(
        tuple(values.get(line) for line in said),
        tuple(sorted({one.code for one in told})),
        sum(one.is_error for one in told),
    )


def _note(head: str) -> str:
    return f"（{head}）" if head else ""


def figures_table(
    cells: Sequence[object], unit: Unit, head: str = "", word: str = "", *, apart: bool = False
) -> Outcome:
    said = lines(len(cells), apart=apart)
    rows: list[Cells] = [[*_HEADS, f"实际值{_note(head)}", *(["单位"] if word else [])]]
    rows += [
        [*line, INDICATORS[unit], "", cell, *([word] if word else [])]
        for line, cell in zip(said, cells, strict=True)
    ]
    actuals, problems = read_actuals(_Given(rows), EMPLOYEES, lambda _: _SCHEME)
    return _outcome({(one.period, one.employee): one.actual for one in actuals}, said, problems)


@cache
def _master() -> list[Grid]:
    rows = [{**ROWS[1], "name": None, "target": None}]
    with TemporaryDirectory() as folder:
        path = write_master(Path(folder) / "总表.xlsx", rows, **SMALL)
        grids, _ = read_workbook(path.name, path.read_bytes())
    return grids


def master(
    cells: Sequence[object], unit: Unit, head: str = "", word: str = "", *, apart: bool = False
) -> Outcome:
    said = lines(len(cells), apart=apart)
    grids = []
    for grid in _master():
        rows = [[*row] for row in grid.rows]
        if grid.sheet == FIGURES.name:
            heads = rows[1]
            columns = {one.key: heads.index(one.head) for one in FIGURES.columns}
            heads[columns["actual"]] = f"实际值{_note(head)}"
            rows[2:] = [[*rows[2]] for _ in cells]
            for row, line, cell in zip(rows[2:], said, cells, strict=True):
                row[columns["period"]], row[columns["employee"]] = line
                row[columns["indicator"]], row[columns["actual"]] = INDICATORS[unit], cell
            for row, own in zip(rows[1:], ["单位", *[word] * len(cells)], strict=True):
                row.extend([own] if word else [])
        grids.append(replace(grid, rows=rows))
    company, problems = master_of("总表.xlsx", grids, [])
    found = [one.actual for one in company.figures]
    values = {(one.period, one.employee): one.actual for one in found}
    ours = [one for one in problems if one.place.sheet == FIGURES.name]
    return _outcome(values, said, ours)


def export(
    cells: Sequence[object], unit: Unit, head: str = "", word: str = "", *, apart: bool = False
) -> Outcome:
    if apart:
        found = [export([cell], unit, head, word) for cell in cells]
        codes = {code for one in found for code in one.codes}
        errors = sum(one.errors for one in found)
        return Outcome(tuple(one.values[0] for one in found), tuple(sorted(codes)), errors)
    said = lines(len(cells), apart=False)
    rows: list[Cells] = [["工号", f"数{_note(head)}", *(["单位"] if word else [])]]
    rows += [
        [id_, cell, *([word] if word else [])] for (_, id_), cell in zip(said, cells, strict=True)
    ]
    mappings = (Mapping("工号", "工号"), Mapping("数", INDICATORS[unit]))
    measured, _, problems = read_export(
        _Given(rows), EMPLOYEES, lambda _: _SCHEME, mappings, NOVEMBER, today=dt.date(2027, 1, 1)
    )
    return _outcome({(one.period, one.employee.id): one.value for one in measured}, said, problems)


DOORS = {"figures": figures_table, "master": master, "export": export}
