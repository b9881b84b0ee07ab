"""Every form knows itself: a hidden sheet says what it is, for whom, and for when.

The hidden identity travels with the file wherever a clerk moves or renames it, and says enough to
build the form's book again (``forms.rebuild``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from xladdin.domain.competency import Source
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.months import month_in
from xladdin.intake.sheets import read_opened, read_workbook
from xladdin.intake.text import shown, written_text
from xladdin.layout.cells import Block, Cell, Content, Fixed, Given, Sheet
from xladdin.layout.styles import PLAIN, Style
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.problems import Place, Problem

FORM_VERSION = "1"
"""Version of the forms' structure: raised when a reader would have to know the difference."""

SHEET_NAME = "_xladdin"

FORM, SCHEME, CONTENT = "id.form", "id.scheme", "id.content"
EMPLOYEE, PERIOD, VERSION = "id.employee", "id.period", "id.version"
ROWS = "id.rows"
TOKEN, RATER = "id.token", "id.rater"
TEAM = "id.team"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a book is made from: form kind, scheme (or position) id, hash of its content."""

    form: str
    """Id of the kind of form (``forms.KINDS``)."""
    scheme: str
    content: str
    rows: tuple[Source, ...] = ()
    """Where the book has a row per rater: the source of each."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a form says of itself; empty where its kind has nothing to say."""

    origin: Origin
    version: str
    employee: str = ""
    period: Period | None = None
    token: str = ""
    """Which rater's form it is: only HR's list can tell."""
    rater: str = ""
    """The rater's employee id; anonymous forms have none."""
    team: str = ""
    """The department that a report is about; of no form."""
    place: Place = field(default=Place(), compare=False)
    """Where it was read, for messages."""


def identity_sheet(origin: Origin, extra: Sequence[str] = ()) -> Sheet:
    """The very hidden sheet with the identity, one line each; ``extra`` names further slots."""
    rows = [(ROWS, Fixed(" ".join(origin.rows), ROWS))] if origin.rows else []
    lines: list[tuple[str, Content]] = [
        (FORM, Fixed(origin.form, FORM)),
        (SCHEME, Fixed(origin.scheme, SCHEME)),
        (CONTENT, Fixed(origin.content, CONTENT)),
        (EMPLOYEE, Given(EMPLOYEE)),
        (PERIOD, Given(PERIOD)),
        (VERSION, Fixed(FORM_VERSION, VERSION)),
        *rows,
        *((key, Given(key)) for key in extra),
    ]
    cells = [
        cell
        for row, (key, content) in enumerate(lines)
        for cell in (Cell(row, 0, Fixed(key), PLAIN), Cell(row, 1, content, _look(key)))
    ]
    return Sheet(SHEET_NAME, (16, 40), (Block(tuple(cells), len(lines)),), visibility="very_hidden")


def _look(key: str) -> Style:
    # A row per rater, of however many: on one line, or the row would grow beyond what Excel takes.
    return replace(PLAIN, wrap=False) if key == ROWS else PLAIN


def read_identity(file: str, data: bytes) -> tuple[Identity | None, list[Problem]]:
    """The identity inside a workbook file, or why there is none."""
    grids, problems = read_workbook(file, data, hidden=True)
    if not grids and problems:
        return None, problems
    return identity_in(grids, file)


def quick_identity(file: Path | OpenedFile) -> Identity | None:
    """The identity of a workbook file on disk, for which nothing else of it is read; None: none."""
    file = open_file(file)
    grids, _ = read_opened(file, only=SHEET_NAME)
    return identity_in(grids, file.name)[0]


def identity_in(grids: Sequence[Grid], file: str) -> tuple[Identity | None, list[Problem]]:
    """The identity among the sheets of a workbook, hidden ones included."""
    grid = next((grid for grid in grids if grid.sheet == SHEET_NAME), None)
    if grid is None:
        message = "不是本工具生成的表，或者表里隐藏的身份信息没有一起交来，请交原来的整个文件"
        return None, [Problem("no_identity", message, Place(file))]
    return identity_of(grid)


def is_identity(grid: Grid) -> bool:
    """Whether a sheet is a form's identity, whatever it is called now."""
    return {FORM, SCHEME, CONTENT} <= _lines(grid).keys()


def identity_of(grid: Grid) -> tuple[Identity | None, list[Problem]]:
    """The identity that a sheet holds, or what of it cannot be read."""
    lines = _lines(grid)
    problems = [*_lacking(lines, grid), *_unreadable(lines)]
    return (None, problems) if problems else (_identity(lines, grid), [])


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands beside a label, and where."""

    raw: object
    place: Place
    date1904: bool

    @property
    def text(self) -> str:
        return written_text(self.raw).strip()

    @property
    def period(self) -> Period | None:
        return _month_in(self.raw, self.date1904) if self.text else None


@lru_cache(maxsize=1000, typed=True)
def _month_in(raw: object, date1904: bool) -> Period | None:
    """The forms of a month all say the same one."""
    return month_in(raw, date1904=date1904)


_Lines = Mapping[str, _Line]


def _lines(grid: Grid) -> _Lines:
    return {
        written_text(cell_at(row, 0)).strip(): _Line(
            cell_at(row, 1), grid.place(number, 1), grid.date1904
        )
        for number, row in enumerate(grid.rows)
    }


def _lacking(lines: _Lines, grid: Grid) -> Iterator[Problem]:
    """What every form says of itself, and this one does not."""
    for key in (FORM, SCHEME, CONTENT, VERSION):
        if key not in lines or not lines[key].text:
            message = f"表里隐藏的身份信息不全，缺 {key}，请交原来的文件"
            yield Problem("identity_damaged", message, grid.whole())


def _unreadable(lines: _Lines) -> Iterator[Problem]:
    """What was changed into something that no form says."""
    period, rows = lines.get(PERIOD), lines.get(ROWS)
    damaged = [period] if period and period.text and period.period is None else []
    known = set(Source)
    damaged += [rows] if rows and not known.issuperset(rows.text.split()) else []
    for line in damaged:
        message = f"表里隐藏的身份信息被改成了{shown(line.raw)}，请交原来的文件"
        yield Problem("identity_damaged", message, line.place)


def _identity(lines: _Lines, grid: Grid) -> Identity:
    def text(key: str) -> str:
        return lines[key].text if key in lines else ""

    rows = tuple(Source(word) for word in text(ROWS).split())
    return Identity(
        Origin(text(FORM), text(SCHEME), text(CONTENT), rows),
        text(VERSION),
        text(EMPLOYEE),
        lines[PERIOD].period if PERIOD in lines else None,
        text(TOKEN),
        text(RATER),
        text(TEAM),
        grid.whole(),
    )
