"""A 校准表 that came back: whose it is, and what its rows say; nothing is judged here.

Rows are found by their employee ids under the heads of the table, however they were sorted or filtered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.books.calibration.calibration_book import FORM, SENT_NAME, Sent, digest
from xladdin.books.calibration.calibration_sheet import HEADS, WHO
from xladdin.books.identity import Identity, identity_of, is_identity
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.text import clean, written_text
from xladdin.problems import Place, Problem

NEEDED = frozenset({"before", "after", "why", "id"})
"""Columns without which a table is none of ours."""
RECORD_CHANGED = "record_changed"
LONG_NUMBER = 6
"""Decimals of a total that are compared."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What one row says."""

    id: str
    texts: Mapping[str, str]
    """By key of ``HEADS``; empty where nothing stands."""
    places: Mapping[str, Place]

    def place(self, key: str) -> Place:
        return self.places.get(key) or self.places["id"]


@dataclass(frozen=True)
class ReadCalibration:
    """What a returned 校准表 says."""

    label: str
    """The file, as messages call it."""
    period: Period | None
    department: str
    who: str
    rows: tuple[ReadRow, ...]
    sent: Mapping[str, Sent] = field(default_factory=dict)
    """Employee id -> what the row went out with."""
    problems: tuple[Problem, ...] = ()

    @property
    def called(self) -> str:
        """Whose it is, in words."""
        return self.department or "全公司"


def is_calibration(grids: Sequence[Grid]) -> bool:
    """Whether a workbook says that it is a 校准表."""
    return _identity(grids) is not None


def _identity(grids: Sequence[Grid]) -> Identity | None:
    for grid in grids:
        if is_identity(grid):
            found, _ = identity_of(grid)
            if found is not None and found.origin.form == FORM:
                return found
    return None


def read_calibration(label: str, grids: Sequence[Grid]) -> ReadCalibration | None:
    """What the sheets of a file say, hidden ones included; None: it is no 校准表."""
    identity = _identity(grids)
    if identity is None:
        return None
    problems: list[Problem] = []
    sent = [Sent(*_texts(row, len(Sent._fields))) for row in _sent_rows(grids)]
    if digest(sent, str(identity.period or ""), identity.team) != identity.origin.content:
        message = "隐藏的发出记录被改过或不全，没有收；请在原来发出的文件里填写"
        problems.append(Problem(RECORD_CHANGED, message, Place(label)))
    rows: list[ReadRow] = []
    tables = 0
    for grid in grids:
        columns, top = _heads(grid)
        if columns:
            tables += 1
            rows += _rows(grid, columns, top, problems)
    if not tables:
        message = f"找不到有“{HEADS['id']}”“{HEADS['after']}”的表，没有收；请交原来的整个文件"
        problems.append(Problem("table_missing", message, Place(label)))
    who = next(filter(None, map(_who, grids)), "")
    found = {one.id: one for one in sent}
    return ReadCalibration(
        label, identity.period, identity.team, who, tuple(rows), found, tuple(problems)
    )


def _sent_rows(grids: Sequence[Grid]) -> Iterator[Sequence[object]]:
    for grid in grids:
        if grid.sheet == SENT_NAME:
            yield from (row for row in grid.rows if any(map(_text, row)))


def _texts(row: Sequence[object], count: int) -> list[str]:
    return [_text(cell_at(list(row), column)) for column in range(count)]


def _text(value: object) -> str:
    return clean(written_text(value))


def _heads(grid: Grid) -> tuple[Mapping[str, int], int]:
    """The columns of a table of ours by key, and the row of its heads; nothing where there is none."""
    keys = {head: key for key, head in HEADS.items()}
    for number, row in enumerate(grid.rows):
        found: dict[str, int] = {}
        for column, value in enumerate(row):
            key = keys.get(_text(value))
            if key is not None:
                found.setdefault(key, column)
        if found.keys() >= NEEDED:
            return found, number
    return {}, 0


def _rows(
    grid: Grid, columns: Mapping[str, int], top: int, problems: list[Problem]
) -> Iterator[ReadRow]:
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        texts = {key: _text(cell_at(row, column)) for key, column in columns.items()}
        if not any(texts.values()):
            continue
        places = {key: grid.place(number, column) for key, column in columns.items()}
        if texts["id"]:
            yield ReadRow(texts["id"], texts, places)
        else:
            told = texts.get("name") or "、".join(filter(None, texts.values()))
            message = f"这一行（{told[:30]}）没有工号，不知道是谁"
            problems.append(Problem("id_missing", message, places["id"]))


def _who(grid: Grid) -> str:
    """What stands beside 校准人."""
    for row in grid.rows:
        for column, value in enumerate(row):
            if _text(value) == WHO:
                return next(filter(None, map(_text, row[column + 1 : column + 3])), "")
    return ""


def same_number(one: str, other: str) -> bool:
    """Whether two texts are the same number, or both none."""
    if one == other:
        return True
    try:
        return round(Decimal(one), LONG_NUMBER) == round(Decimal(other), LONG_NUMBER)
    except ArithmeticError:
        return False
