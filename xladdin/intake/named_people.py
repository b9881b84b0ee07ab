"""The people whom a file of figures names, for scoring without a roster."""

from __future__ import annotations

from functools import partial

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.people import Employee
from xladdin.problems import Place, Problem
from xladdin.schemes.faults import translate

from .actuals import ACTUALS, REQUIRED
from .handed_in import FileOrPath
from .tables import SUMMARY_ROWS, Row, read_table

UNKNOWN = "—"


def read_people(path: FileOrPath, scheme: str) -> tuple[list[Employee], list[Problem]]:
    """One employee per id in the file, appraised by ``scheme``; ids that cannot be one are named.

    What is wrong with the file as a whole is left to ``read_actuals``, which reads it again.
    """
    table, _ = read_table(path, wanted=ACTUALS, required=REQUIRED, summary=SUMMARY_ROWS)
    people: dict[str, Employee] = {}
    problems: list[Problem] = []
    for row in table.rows:
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
