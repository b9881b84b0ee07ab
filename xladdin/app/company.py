"""A company's data, joined: people, figures, schemes, job analyses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.intake.actuals import read_actuals
from xladdin.intake.roster import read_roster
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library

from . import sources


@dataclass(frozen=True)
class Company:
    """What forms are generated from and scores are computed from."""

    employees: tuple[Employee, ...]
    library: Library
    actuals: tuple[Actual, ...] = ()
    roster: str = ""
    """The roster's file name, for messages about people."""

    def scheme_of(self, employee: Employee) -> Scheme | None:
        """The scheme that the roster names, else the position's, else one meant for everybody."""
        if employee.scheme:
            return self.library.scheme(employee.scheme)
        general = (scheme for scheme in self.library.schemes if not scheme.positions)
        return self.library.scheme_for(employee.position) or next(general, None)

    @cached_property
    def _figures(self) -> dict[tuple[str, str], list[Actual]]:
        found: dict[tuple[str, str], list[Actual]] = defaultdict(list)
        for actual in self.actuals:
            found[actual.employee, actual.period].append(actual)
        return found

    def actuals_of(self, employee: Employee, period: Period) -> list[Actual]:
        """One person's figures in one month."""
        return self._figures.get((employee.id, period), [])

    @property
    def periods(self) -> list[Period]:
        """The months for which there are figures, in order."""
        return sorted({actual.period for actual in self.actuals})

    def selected(
        self, ids: Sequence[str], department: str | None
    ) -> tuple[list[Employee], list[Problem]]:
        """The employees asked for (all, where nothing is asked), and who is not there."""
        known = {employee.id for employee in self.employees}
        problems = [
            Problem("unknown_employee", f"名册中没有工号「{id_}」", Place(file=self.roster))
            for id_ in ids
            if id_ not in known
        ]
        chosen = [
            employee
            for employee in self.employees
            if (not ids or employee.id in ids)
            and (department is None or employee.department == department)
        ]
        if department is not None and not any(
            employee.department == department for employee in self.employees
        ):
            have = "、".join(dict.fromkeys(employee.department for employee in self.employees))
            message = f"名册中没有部门「{department}」，现有部门：{have}"
            problems.append(Problem("unknown_department", message, Place(file=self.roster)))
        return chosen, problems


def read_company(
    roster: Path, actuals: Path | None = None, schemes: Sequence[str] = ()
) -> tuple[Company, list[Problem]]:
    """Read everything, and everything that is wrong with it."""
    library, problems = sources.library(schemes)
    employees, faults = read_roster(roster)
    company = Company(tuple(employees), library, roster=roster.name)
    problems = [*problems, *faults, *_unknown_schemes(company)]
    if actuals is None:
        return company, problems
    figures, faults = read_actuals(actuals, employees, company.scheme_of)
    return replace(company, actuals=tuple(figures)), [*problems, *faults]


def _unknown_schemes(company: Company) -> list[Problem]:
    known = "、".join(scheme.name for scheme in company.library.schemes)
    return [
        Problem(
            "unknown_scheme",
            f"{employee.name}（{employee.id}）的考核方案「{employee.scheme}」不存在，"
            f"现有方案：{known}",
            Place(file=company.roster),
        )
        for employee in company.employees
        if employee.scheme and company.scheme_of(employee) is None
    ]
