"""What an import has written, read back out of the bytes before they take the file's place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from string import ascii_letters

from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual
from xladdin.domain.quantities import written
from xladdin.intake.exports.figures import Measured
from xladdin.intake.grids import Grid
from xladdin.intake.months import MonthColumn, month_of
from xladdin.intake.sheets import read_workbook
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.stated_units import beside
from xladdin.intake.tables import Row
from xladdin.intake.text import key_text
from xladdin.master.finding import find_sheets
from xladdin.master.lines import Notes
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import master_of
from xladdin.problems import Place, Problem, errors

Key = tuple[str, str, str]
CODE = "write_not_confirmed"
_NOTHING = "没有写入任何数据，总表没有改动"


def unconfirmed(
    file: str,
    after: bytes,
    before: Company,
    figures: Sequence[tuple[Place, Measured]],
    touched: Collection[Key],
) -> list[Problem]:
    """Every figure that the ordinary reader does not find as it was written, and every other
    content of the workbook that is not what it was.

    ``figures``: what was written, with its cell; ``touched``: all rows that may have changed.
    """
    grids, faults = read_workbook(file, after, hidden=True)
    company, problems = master_of(file, grids, faults)
    found = {_key(figure): figure for figure in company.figures}
    broken = {_row(problem.place) for problem in errors(problems)}
    rows = _Rows(file, grids)
    lost = [
        _differs(place, line, found)
        for place, line in figures
        if not _confirmed(line, found)
        # A row with another fault gives no figure; its own cells say what stands there.
        and not (_row(place) in broken and rows.say(place, line))
    ]
    return lost or others_changed(file, before, company, touched)


def _key(figure: Figure) -> Key:
    return _whose(figure.actual)


def _whose(actual: Actual) -> Key:
    return actual.period, actual.employee, actual.indicator


def _row(place: Place) -> tuple[str, str]:
    return place.sheet, place.cell.lstrip(ascii_letters)


def _confirmed(line: Measured, found: Mapping[Key, Figure]) -> bool:
    if line.key not in found:
        return False
    read = found[line.key].actual
    own = line.self_rating is None or read.self_rating == line.self_rating
    return own and read.actual == line.value


def _differs(place: Place, line: Measured, found: Mapping[Key, Figure]) -> Problem:
    read = found[line.key].actual.actual if line.key in found else None
    there = "没有读到" if read is None else f"读到的是 {written(read, line.item.unit)}"
    message = (
        f"{line.employee.name}{line.period.label}的「{line.item.name}」应为 {line.said}，"
        f"写好后再读一遍，{there}；{_NOTHING}"
    )
    return Problem(CODE, message, place)


def others_changed(
    file: str, before: Company, after: Company, touched: Collection[Key]
) -> list[Problem]:
    """Whether all that nobody meant to change is what it was."""

    def rest(company: Company) -> Company:
        figures = sorted((it for it in company.figures if _key(it) not in touched), key=_key)
        refused = (it for it in company.refused if _whose(it) not in touched)
        return replace(company, figures=tuple(figures), refused=tuple(refused))

    if rest(before) == rest(after):
        return []
    message = f"写好后再读一遍，总表里别的内容变了；{_NOTHING}"
    return [Problem(CODE, message, Place(file))]


class _Rows:
    """The rows of the sheet of figures, cell by cell."""

    def __init__(self, file: str, grids: Sequence[Grid]) -> None:
        lines = find_sheets(file, grids, Notes()).lines(FIGURES.key)
        self._rows = {_row(line.row.where("actual")): line.row for line in lines}
        self._months = MonthColumn(self._rows.values(), "period")

    def say(self, place: Place, line: Measured) -> bool:
        """Whether a row's own cells say what was to be written into it."""
        row = self._rows.get(_row(place))
        return row is not None and self._month(row) == line.period and _says(row, line)

    def _month(self, row: Row) -> object:
        return month_of(self._months.said(row), row.cell("period")[0])


def _says(row: Row, line: Measured) -> bool:
    raw, _ = row.cell("actual")
    near = beside(row, "actual", line.item.unit)
    value = read_figure(raw, line.item.unit, near, date1904=row.grid.date1904).value
    named = row.key("indicator") in (line.item.id, key_text(line.item.name))
    return named and row.key("employee") == line.employee.id and value == line.value
