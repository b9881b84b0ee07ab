"""A 反馈单 that came back: whose it is, and what its owner objects to; nothing is judged here.

The rows of the table 申诉 are found under their heads, wherever rows were put in or columns moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xladdin.books.identity import Identity, identity_of, is_identity
from xladdin.books.summary import appeal_sheet, feedback_slip
from xladdin.characters import clean_lines
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.text import clean, written_text
from xladdin.problems import Place, Problem

OWN_WORDS = "本人意见"
TABLE_MISSING = "table_missing"


@dataclass(frozen=True, slots=True)
class AppealRow:
    """What one row says."""

    item: str
    claimed: object
    """As the cell holds it."""
    grounds: str
    filed: object
    places: Mapping[str, Place]
    date1904: bool = False


@dataclass(frozen=True)
class ReadSlip:
    """What a returned 反馈单 says."""

    label: str
    """The file, as messages call it."""
    person: str
    period: Period | None
    scheme_hash: str
    issued: dt.date | None
    deadline: dt.date | None
    rows: tuple[AppealRow, ...] = ()
    own_words: str = ""
    """What stands in the box 本人意见 of the slip itself."""
    problems: tuple[Problem, ...] = ()


def slip_identity(grids: Sequence[Grid]) -> tuple[Identity, Grid] | None:
    """The identity of a 反馈单 among the sheets of a file, and where it stands."""
    for grid in grids:
        if is_identity(grid):
            found, _ = identity_of(grid)
            if found is not None and found.origin.form == feedback_slip.FORM:
                return found, grid
    return None


def read_slip(label: str, grids: Sequence[Grid]) -> ReadSlip | None:
    """What the sheets of a file say, hidden ones included; None: it is no 反馈单."""
    found = slip_identity(grids)
    if found is None:
        return None
    identity, hidden = found
    said = {_text(cell_at(row, 0)): _text(cell_at(row, 1)) for row in hidden.rows}
    rows: list[AppealRow] = []
    problems: list[Problem] = []
    tables = [(grid, *heads) for grid in grids if (heads := _heads(grid))]
    for grid, columns, top in tables:
        rows += _rows(grid, columns, top)
    if not tables:
        message = (
            f"找不到“{appeal_sheet.SHEET_NAME}”表（有“{appeal_sheet.HEADS['item']}”一行的），"
            "没有收申诉；请交原来的整个文件"
        )
        problems.append(Problem(TABLE_MISSING, message, Place(label)))
    own = next((text for grid in grids if (text := _own_words(grid))), "")
    return ReadSlip(
        label,
        identity.employee,
        identity.period,
        identity.origin.content,
        _day(said.get(appeal_sheet.ISSUED, "")),
        _day(said.get(appeal_sheet.UNTIL, "")),
        tuple(rows),
        own,
        tuple(problems),
    )


def _text(value: object) -> str:
    return clean(written_text(value))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _heads(grid: Grid) -> tuple[Mapping[str, int], int] | None:
    """The columns of the table by key, and the row of its heads."""
    keys = {head: key for key, head in appeal_sheet.HEADS.items()}
    for number, row in enumerate(grid.rows):
        found: dict[str, int] = {}
        for column, value in enumerate(row):
            key = keys.get(_text(value))
            if key is not None:
                found.setdefault(key, column)
        if found.keys() == appeal_sheet.HEADS.keys():
            return found, number
    return None


def _rows(grid: Grid, columns: Mapping[str, int], top: int) -> Iterator[AppealRow]:
    """The rows in which something stands, down to the end of the table."""
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        if any(_text(value) == appeal_sheet.CORRECTED_LABEL for value in row):
            return
        cells = {key: cell_at(row, column) for key, column in columns.items()}
        if any(_text(value) for value in cells.values()):
            yield AppealRow(
                _text(cells["item"]),
                cells["claimed"],
                clean_lines(written_text(cells["grounds"])),
                cells["filed"],
                {key: grid.place(number, column) for key, column in columns.items()},
                grid.date1904,
            )


def _own_words(grid: Grid) -> str:
    for row in grid.rows:
        for column, value in enumerate(row):
            if _text(value) == OWN_WORDS:
                beside = row[column + 1 :]
                return next((text for it in beside if (text := clean_lines(written_text(it)))), "")
    return ""
