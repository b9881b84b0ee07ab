"""Employees, who rates whom, targets and actuals."""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import EMPLOYEE_ID, Employee
from xladdin.intake.actuals import actuals_of
from xladdin.intake.months import MonthColumn
from xladdin.intake.raters import SOURCE_WORDS, assignments_of
from xladdin.intake.roster import employees_of
from xladdin.intake.tables import Row
from xladdin.intake.text import name_key

from .content import Figure, scheme_of
from .find import Book
from .lines import Line
from .notes import Notes
from .read_schemes import Schemes
from .sketches import sketched


@dataclass(frozen=True, slots=True)
class People:
    """What was read; ``known`` also has those with something wrong in their row."""

    employees: tuple[Employee, ...] = ()
    known: tuple[Employee, ...] = ()
    malformed: frozenset[str] = frozenset()
    """Ids of the roster that cannot be one; rows that use them wait until they are mended."""


def read_people(book: Book, notes: Notes) -> People:
    """Every employee that can be read."""
    lines = book.lines("roster")
    employees, problems = employees_of(line.row for line in lines if line.sound())
    notes.extend(problems)
    known = {employee.id: employee for employee in employees}
    rows = {line.row.key("id"): line.row for line in reversed(lines)}
    sketches = [_sketch(row) for id_, row in rows.items() if _usable(id_) and id_ not in known]
    return People(
        tuple(employees),
        (*employees, *sketches),
        frozenset(id_ for id_ in rows if id_ and not _usable(id_)),
    )


def _usable(id_: str) -> bool:
    return EMPLOYEE_ID.fullmatch(id_) is not None


def _sketch(row: Row) -> Employee:
    """A person whose row is wrong: others may refer to them all the same."""
    texts = {key: row.text(key) for key in ("name", "department", "position", "superior", "scheme")}
    return sketched(Employee, id=row.key("id"), nickname="", **texts)


def read_raters(book: Book, people: People, notes: Notes) -> tuple[Assignment, ...]:
    """Every assignment that can be read."""
    lines = [line for line in book.lines("raters") if line.sound() and _waits_not(line, people)]
    assignments, problems = assignments_of((line.row for line in lines), people.known)
    notes.extend(problems)
    names = {name_key(employee.name) for employee in people.known}
    for line in lines:
        _check_colleague(line, names)
    return tuple(assignments)


def _waits_not(line: Line, people: People) -> bool:
    return people.malformed.isdisjoint((line.row.key("ratee"), line.row.key("rater_id")))


def _check_colleague(line: Line, names: set[str]) -> None:
    """A colleague without id whose name is nobody's: no form can be sent to them."""
    source, name = SOURCE_WORDS.get(line.row.key("source")), line.row.key("rater")
    colleague = source in (Source.PEER, Source.SUPERIOR)
    if colleague and name and not line.says("rater_id") and name_key(name) not in names:
        message = f"名册里没有「{name[:40]}」，这个评价人也没有填工号"
        line.warn("rater", "unknown_rater", message)


def read_figures(
    book: Book, people: People, schemes: Schemes, skipped: frozenset[str], notes: Notes
) -> tuple[Figure, ...]:
    """Every line of figures that can be read.

    Lines of ``skipped`` employees, and of indicators whose scheme or unit cannot be told, wait
    until the fault they suffer from is mended where it is.
    """
    lines = {
        id(line.row): line
        for line in book.lines("figures")
        if line.sound()
        and line.row.key("employee") not in skipped | people.malformed
        and line.row.key("indicator") not in schemes.waiting
    }
    pairs, problems = actuals_of(
        (line.row for line in lines.values()),
        people.known,
        lambda employee: scheme_of(schemes.known, employee),
        MonthColumn((line.row for line in book.lines("figures")), "period"),
    )
    notes.extend(problems)
    read = {id(row): actual for row, actual in pairs}
    figures = []
    for key, line in lines.items():
        state, origin = line.read("state") or "", line.read("origin") or ""
        if key in read:
            figures.append(Figure(read[key], state, origin))
    return tuple(figures)
