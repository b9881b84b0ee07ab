"""Read a master workbook: everything that can be read, and everything that is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

from xladdin.domain.quantities import Unit
from xladdin.intake.files import read_grids
from xladdin.intake.grids import Grid, column_number
from xladdin.intake.months import Fault, month_of, said_by
from xladdin.intake.text import clean, is_blank, written_text
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library

from .checks import check_mappings, check_roster
from .content import MONTH_SETTING, Content, Figure, Mapping, Setting
from .find import Book, find_sheets
from .lines import Line
from .notes import Notes
from .read_people import read_figures, read_people, read_raters
from .read_positions import read_positions
from .read_schemes import SHEETS as SCHEME_SHEETS
from .read_schemes import read_schemes
from .references import Once


def read_master(path: str | os.PathLike[str]) -> tuple[Content, list[Problem]]:
    """The content, without what is wrong, and every problem with its sheet and cell."""
    file = Path(path)
    return master_of(file.name, *read_grids(file, lambda _: 0, hidden=True))


def master_of(
    file: str, grids: list[Grid], problems: list[Problem]
) -> tuple[Content, list[Problem]]:
    """The same, out of a workbook's sheets and what is wrong with it as a file."""
    if not grids:
        return Content(), problems
    if not grids[0].sheet:
        message = "总表应为 Excel 工作簿（.xlsx），这是文本文件"
        return Content(), [*problems, Problem("not_workbook", message, Place(file))]
    notes = Notes()
    notes.extend(problems)
    book = find_sheets(file, grids, notes)
    content = _content(book, notes)
    return content, _in_order(notes.problems, grids)


def _content(book: Book, notes: Notes) -> Content:
    positions, schemes = read_positions(book, notes), read_schemes(book, notes)
    people = read_people(book, notes)
    library = Library(schemes.schemes, positions.models, schemes.competencies)
    skipped = check_roster(book, people, positions, schemes)
    raters = read_raters(book, people, notes) if book.usable("roster") else ()
    figures: tuple[Figure, ...] = ()
    if book.usable("roster", *SCHEME_SHEETS):
        figures = read_figures(book, people, schemes, skipped, notes)
        check_mappings(book, schemes)
    return Content(people.employees, library, raters, figures, _settings(book), _mappings(book))


def _settings(book: Book) -> tuple[Setting, ...]:
    names, settings = Once("duplicate_setting", "设置项"), []
    for line in book.lines("settings"):
        line.require()
        name, remark = line.read("setting") or "", line.read("remark") or ""
        value = _month(line) if name == MONTH_SETTING else line.read("value") or ""
        if names.check(line, "setting") and name:
            settings.append(Setting(name, value, remark))
    return tuple(settings)


def _month(line: Line) -> str:
    """The month that the settings name, as 2026-11; as it is written where it is none."""
    raw = line.raw("value")
    if is_blank(raw):
        return ""
    found = month_of(said_by(raw, date1904=line.row.grid.date1904), raw)
    if isinstance(found, Fault):
        line.error("value", "bad_period", found.message)
        return clean(written_text(raw))
    return found


def _mappings(book: Book) -> tuple[Mapping, ...]:
    mappings = []
    for line in book.lines("mappings"):
        line.require()
        column, target, unit = (line.read(key) for key in ("column", "target", "unit"))
        if column and target:
            known = Unit(unit) if unit else None
            mappings.append(Mapping(column, target, known, line.read("remark") or ""))
    return tuple(mappings)


def _in_order(problems: list[Problem], grids: list[Grid]) -> list[Problem]:
    """By sheet, row and column, as a clerk goes through the workbook; the file as a whole first."""
    order = {grid.sheet: i for i, grid in enumerate(grids)}

    def key(problem: Problem) -> tuple[int, int, int]:
        place = problem.place
        row = "".join(filter(str.isdigit, place.cell))
        column = column_number(place.cell) if row else -1
        return order.get(place.sheet, -1), int(row or 0), column

    return sorted(problems, key=key)
