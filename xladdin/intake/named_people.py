"""The people whom a file of figures names, for scoring without a roster."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.people import Employee
from xladdin.problems import Place, Problem
from xladdin.schemes.faults import translate

from .tables import Row, Table

UNKNOWN = "—"


def read_people(table: Table, scheme: str) -> tuple[list[Employee], list[Problem]]:
    """One employee per id in a table of figures, appraised by ``scheme``; ids that cannot be one
    are named."""
    # Each id once; where one cannot be read, each of its lines says why.
    people, problems = _people(table.rows.differing("employee"), scheme)
    return _people(table.rows, scheme) if problems else (people, [])


def _people(rows: Iterable[Row], scheme: str) -> tuple[list[Employee], list[Problem]]:
    people: dict[str, Employee] = {}
    problems: list[Problem] = []
    for row in rows:
        id_ = row.key("employee")
        if not id_ or id_ in people:
            continue
        try:
            people[id_] = Employee(
                id=id_,
                name=row.text("name") or id_,
                department=UNKNOWN,
                position=UNKNOWN,
                scheme=scheme,
            )
        except ValidationError as error:
            problems += translate(error, partial(_place, row))
    return list(people.values()), problems


def _place(row: Row, loc: Loc) -> Place:
    return row.where("employee")
