"""校准表: one for the company, one per department; what it went out with travels in it, out of sight."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from xladdin.books import identity
from xladdin.company.calibrating import Board, current_grade, original_grade
from xladdin.company.month_results import PersonResult
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Book, Cell, Fixed, Properties, Sheet
from xladdin.layout.styles import PLAIN
from xladdin.scoring.model import Model

from . import calibration_budgets, calibration_guidelines, calibration_sheet, calibration_teams

FORM, TITLE = "calibration", "绩效校准表"
ADDED_FOR_HR = (
    "校准的几页有全公司的人，也可能有能力评价的结果，只给人力资源部门看，交给别人以前请删去。"
)
"""What is said of pages that were ``added_to`` a workbook."""
SENT_NAME, HIDDEN = "_before", "_limits"


class Sent(NamedTuple):
    """What a row went out with, as texts."""

    id: str
    name: str
    department: str
    total: str
    before: str
    after: str


def sent_rows(board: Board) -> tuple[Sent, ...]:
    """What everybody's row goes out with."""
    return tuple(map(sent_row, board.people))


def sent_row(one: PersonResult) -> Sent:
    """What somebody's row goes out with."""
    person = one.employee
    total = "" if one.total is None else plain(one.total)
    grades = original_grade(one), current_grade(one)
    return Sent(person.id, person.name, person.department, total, *grades)


def digest(rows: Iterable[Sent], period: str, department: str) -> str:
    """By which a record that was changed is known, or one that was given another month or department."""
    told = "\n".join("\t".join(row) for row in [(period, department), *rows])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def book(board: Board) -> Book:
    """The workbook; somebody in it must have a grade."""
    subject = f"{board.results.period.label} {board.department}".strip()
    properties = Properties(title=TITLE, subject=subject, company=board.results.company)
    return Book(_sheets(board), _model(board), properties, named_cells=False)


def added_to(made: Book, board: Board) -> Book:
    """A workbook with the pages of the 校准表 behind its own: it comes back as a 校准表 does."""
    return replace(
        made, sheets=(*made.sheets, *_sheets(board)), model={**made.model, **_model(board)}
    )


def _sheets(board: Board) -> tuple[Sheet, ...]:
    boxes = calibration_teams.competences(board)
    return (
        *calibration_sheet.sheets(board, boxes),
        calibration_guidelines.sheet(board),
        calibration_teams.sheet(board, boxes=bool(boxes)),
        *([calibration_teams.box_sheet(board)] if boxes else []),
        _limits(board),
        _sent(board),
        identity.identity_sheet(_origin(board), (identity.TEAM,)),
    )


def _model(board: Board) -> Model:
    boxes = calibration_teams.competences(board)
    return {
        **calibration_sheet.model(board),
        **calibration_guidelines.model(board),
        **calibration_teams.model(board, boxes=bool(boxes)),
        **calibration_budgets.model(board),
    }


def values(board: Board) -> Mapping[str, Value]:
    """What the identity says."""
    return {identity.PERIOD: str(board.results.period), identity.TEAM: board.department}


def _origin(board: Board) -> identity.Origin:
    told = digest(sent_rows(board), str(board.results.period), board.department)
    return identity.Origin(FORM, "-", told)


def _limits(board: Board) -> Sheet:
    cells = tuple(calibration_guidelines.hidden_cells(board))
    height = 1 + max(cell.row for cell in cells)
    return Sheet(HIDDEN, (10.0, 10.0), (Block(cells, height),), visibility="very_hidden")


def _sent(board: Board) -> Sheet:
    rows = sent_rows(board)
    cells = tuple(
        Cell(row, col, Fixed(text), PLAIN)
        for row, line in enumerate(rows)
        for col, text in enumerate(line)
    )
    widths = (12.0,) * len(Sent._fields)
    return Sheet(SENT_NAME, widths, (Block(cells, len(rows)),), visibility="very_hidden")
