"""A form that is to be written, and what planning one needs to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from xladdin.books.forms import FormKind, Rows
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptResults
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.letterhead import NOBODY, Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, warning
from xladdin.schemes.load import Broken, Template


@dataclass(frozen=True, slots=True)
class Form:
    """One form to be written: what it is, of which scheme or job analysis, and its slots."""

    kind: FormKind[Any]
    template: Template
    below: Path
    """The file below the folder of its kind."""
    label: str
    """For whom, in messages: ``张三（C001）``."""
    filled: Callable[[], Mapping[str, Value]]
    """Works out its slots: of a hundred thousand forms they are not all held at once."""
    person: str = ""
    """Employee id of the one whom it is about; empty where it is no one person's."""
    month: str = ""
    rows: Rows = ()
    letterhead: Letterhead = NOBODY

    @property
    def values(self) -> Mapping[str, Value]:
        """What this copy is written with, worked out anew."""
        return self.filled()

    @property
    def path(self) -> Path:
        """The file below the output folder."""
        return self.kind.folder / self.below if self.kind.folder else self.below

    def packed(self) -> Form:
        """The same with its slots worked out, as it travels to another process."""
        return replace(self, filled=partial(dict, self.values))

    def book(self) -> Book:
        """The blueprint."""
        return self.kind.book(self.template, self.rows)

    def content(self, answers: Mapping[str, Value] | None = None) -> bytes:
        """The file; ``answers`` are what people fill in, or in the place of what it comes with."""
        return workbook_bytes(self.book(), {**self.values, **(answers or {})}, self.letterhead)


@dataclass(frozen=True, slots=True)
class Request:
    """Forms of one kind for these employees and this month, below this folder."""

    company: Company
    period: Period
    employees: tuple[Employee, ...]
    out: Path
    positions: tuple[str, ...] = ()
    """Ids or names of positions that are asked for themselves, not because somebody holds them."""
    kept: KeptResults | None = None
    """What the ledger keeps of the month, for forms that tell of results."""
    sealing: Sealing = UNSEALED
    """How HR's list of tokens is written, beside the forms."""
    today: dt.date = field(default_factory=dt.date.today)
    """The day on which 反馈单 go out."""


Planner = Callable[[Request, list[Problem]], Iterator[Form]]
"""Plans the forms of a request; whom it leaves out, it says in the problems."""


NO_SCHEME = "no_scheme"


def without(
    request: Request, employee: Employee, broken: Broken | None, code: str, what: str
) -> Problem:
    """Whom there is no form for, and why: a scheme with faults is not a scheme that is missing."""
    if broken is not None:
        code, why = "broken_scheme", f"的{what}「{broken.label}」有错误，改好以前不能生成"
    elif code == NO_SCHEME and employee.scheme:
        why = f"的{what}「{employee.scheme}」不存在，未生成"
    else:
        why = f"的岗位「{employee.position}」没有{what}，未生成"
    return warning(code, f"{named(employee)}{why}", Place(file=request.company.file))


def named(employee: Employee) -> str:
    """An employee in messages."""
    return f"{employee.name}（{employee.id}）"


def present(
    company: Company, period: Period, employees: Iterable[Employee], problems: list[Problem]
) -> list[Employee]:
    """Those of whom there is something to appraise in a month; the others, and who was there only
    for a part of it, are told."""
    found = []
    place = Place(file=company.file)
    for employee in employees:
        there = presence(employee, period)
        if there.absent:
            message = f"{named(employee)}{there.absent}，没有生成{period.label}的表"
            problems.append(warning(there.code, message, place))
            continue
        found.append(employee)
        if there.part:
            message = f"{named(employee)}{period.label}不是整月，{there.part}，表头已写明"
            problems.append(warning("part_month", message, place))
    return found
