"""Problems in the order in which a clerk goes through them, and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xladdin.books import problem_list
from xladdin.books.problem_list import HEADS, SHEET_NAME, WIDTHS, WORDS, Listed
from xladdin.layout.writer import workbook_bytes
from xladdin.master.lines import row_key
from xladdin.ooxml.addresses import address, position
from xladdin.problems import Place, Problem, errors

__all__ = [
    "HEADS",
    "LIST_NAME",
    "MOST_SHOWN",
    "WIDTHS",
    "WORDS",
    "Listed",
    "cell_of",
    "counted",
    "listed",
    "sheet_of",
    "wrong_rows",
]
LIST_NAME = SHEET_NAME
MOST_SHOWN = 2_000
"""Problems that are shown on their cells: in a copy each is a comment, a box, a line of the list."""


def sheet_of(problems: Sequence[Problem], sheets: Sequence[str]) -> bytes:
    """A workbook with the list alone; its links lead to sheets with these names."""
    told = f"{counted(problems)}点“单元格”一列可以跳到那一格；改好以后再点一次“检查本表”。"
    return workbook_bytes(problem_list.book(listed(problems, sheets), told), {})


def counted(problems: Sequence[Problem]) -> str:
    """How many of each kind there are, with their colours."""
    wrong = len(errors(problems))
    where = f"，在 {rows} 行" if (rows := wrong_rows(problems)) else ""
    return f"错误 {wrong} 个（红{where}），提醒 {len(problems) - wrong} 个（黄）。"


def wrong_rows(problems: Iterable[Problem]) -> int:
    """In how many rows something is wrong, as the first sheet of a master counts."""
    return len({row_key(one.place) for one in errors(problems) if cell_of(one.place)})


def listed(problems: Iterable[Problem], sheets: Sequence[str]) -> list[Listed]:
    """Errors first; then as the workbook goes, problems of no cell before those of cells."""
    order = {name: i for i, name in enumerate(sheets, start=1)}

    def key(problem: Problem) -> tuple[bool, int, tuple[int, int]]:
        cell = cell_of(problem.place)
        return not problem.is_error, order.get(problem.place.sheet, 0), position(cell or "A1")

    return [_listed(problem, order) for problem in sorted(problems, key=key)]


def _listed(problem: Problem, sheets: Iterable[str]) -> Listed:
    place = problem.place
    cell = cell_of(place) if place.sheet in sheets else ""
    source = place.sheet or str(place)
    return Listed(problem.is_error, source, place.cell, problem.message, place.sheet, cell)


def cell_of(place: Place) -> str:
    """The cell of a place, of an area the first; empty where it names none."""
    try:
        return address(*position(place.cell.partition(":")[0]))
    except ValueError:
        return ""
