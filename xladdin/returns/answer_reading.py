"""A 申诉清单 that came back: what its rows answer; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xladdin.books.appeals.appeal_list import FORM, HEADS
from xladdin.books.identity import identity_of, is_identity
from xladdin.characters import clean_lines
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.text import clean, written_text
from xladdin.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What one row, or one command, answers."""

    number: str
    """Of the appeal, as it is written."""
    outcome: str
    after: object
    """The corrected figure, as the cell holds it."""
    answer: str
    by: str
    places: Mapping[str, Place]
    person: str = ""
    """Employee id that stands beside it; empty where none does."""
    date1904: bool = False

    def place(self, key: str) -> Place:
        return self.places.get(key) or self.places["number"]

    @property
    def says_something(self) -> bool:
        return bool(self.outcome or self.answer or clean(written_text(self.after)))


@dataclass(frozen=True)
class ReadAnswers:
    """What a returned 申诉清单 says."""

    label: str
    """The file, as messages call it."""
    rows: tuple[GivenAnswer, ...]
    problems: tuple[Problem, ...] = ()


def read_answers(label: str, grids: Sequence[Grid]) -> ReadAnswers | None:
    """What the sheets of a file say, hidden ones included; None: it is no 申诉清单."""
    if not any(map(_is_list, grids)):
        return None
    rows: list[GivenAnswer] = []
    problems: list[Problem] = []
    tables = [(grid, *found) for grid in grids if (found := _heads(grid))]
    for grid, columns, top in tables:
        rows += _rows(grid, columns, top, problems)
    if not tables:
        message = f"找不到有“{HEADS['number']}”“{HEADS['outcome']}”的表，没有收；请交原来的整个文件"
        problems.append(Problem("table_missing", message, Place(label)))
    return ReadAnswers(label, tuple(rows), tuple(problems))


def _is_list(grid: Grid) -> bool:
    if not is_identity(grid):
        return False
    found, _ = identity_of(grid)
    return found is not None and found.origin.form == FORM


def _text(value: object) -> str:
    return clean(written_text(value))


def _heads(grid: Grid) -> tuple[Mapping[str, int], int] | None:
    keys = {head: key for key, head in HEADS.items()}
    for number, row in enumerate(grid.rows):
        found: dict[str, int] = {}
        for column, value in enumerate(row):
            key = keys.get(_text(value))
            if key is not None:
                found.setdefault(key, column)
        if found.keys() == HEADS.keys():
            return found, number
    return None


def _rows(
    grid: Grid, columns: Mapping[str, int], top: int, problems: list[Problem]
) -> Iterator[GivenAnswer]:
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        cells = {key: cell_at(row, column) for key, column in columns.items()}
        if not any(_text(value) for value in cells.values()):
            continue
        places = {key: grid.place(number, column) for key, column in columns.items()}
        made = GivenAnswer(
            _text(cells["number"]),
            _text(cells["outcome"]),
            cells["after"],
            clean_lines(written_text(cells["answer"])),
            _text(cells["by"]),
            places,
            _text(cells["id"]),
            grid.date1904,
        )
        if made.number:
            yield made
        elif made.says_something:
            message = f"这一行写了答复，没有{HEADS['number']}，不知道答复的是哪一条，没有收"
            problems.append(Problem("number_missing", message, places["number"]))
