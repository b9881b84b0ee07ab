"""A company's data, joined: people, figures, schemes, job analyses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from xladdin.domain.competency import Assignment, CompetencyScheme, Rating, Source
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.intake.actuals import read_actuals
from xladdin.intake.handed_in import HandedIn, Openings
from xladdin.intake.raters import read_raters
from xladdin.intake.ratings import read_ratings
from xladdin.intake.roster import read_roster
from xladdin.intake.text import clean, key_text, name_key
from xladdin.master.choosing import Schemes
from xladdin.master.content import Content
from xladdin.master.read_master import read_master
from xladdin.master.setting_sheets import COMPANY_NAME
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.library import Library

from . import sources


@dataclass(frozen=True)
class Company:
    """What forms are generated from and scores are computed from."""

    employees: tuple[Employee, ...]
    library: Library
    actuals: tuple[Actual, ...] = ()
    raters: tuple[Assignment, ...] = ()
    ratings: tuple[Rating, ...] = ()
    roster: str = ""
    """The roster's file name, for messages about people."""
    name: str = ""
    """The company's name, as it stands on forms."""

    def scheme_of(self, employee: Employee) -> Scheme | None:
        """The scheme that the roster names, else the position's, else one meant for everybody."""
        return self._schemes.of(employee)

    @cached_property
    def _schemes(self) -> Schemes:
        return Schemes(self.library.schemes)

    def competency_of(self, employee: Employee) -> CompetencyScheme | None:
        """The competency scheme of the employee's position, or one that is for everybody."""
        return self.library.competency_for(employee.position)

    def raters_of(self, employee: Employee) -> list[Assignment]:
        """Who rates an employee: as assigned, with self and superior where none is named."""
        named = self._raters.get(employee.id, [])
        sources = {line.source for line in named}
        if Source.SUPERIOR not in sources and employee.superior:
            superior = self._by_name(employee.superior)
            own = Assignment(
                ratee=employee.id,
                source=Source.SUPERIOR,
                rater=employee.superior,
                rater_id=superior.id if superior else "",
            )
            named = [own, *named]
        if Source.SELF not in sources:
            own = Assignment(
                ratee=employee.id, source=Source.SELF, rater=employee.name, rater_id=employee.id
            )
            named = [own, *named]
        return sorted(named, key=lambda line: list(Source).index(line.source))

    def positions_of(self, employee: Employee) -> tuple[Position, ...]:
        """The job analyses of an employee's position.

        Where several have its name, the one under the position of the employee's superior.
        """
        found = self.library.positions_named(employee.position)
        superior = self._by_name(employee.superior)
        if len(found) > 1 and superior is not None:
            fitting = tuple(item for item in found if item.superior == superior.position)
            return fitting if len(fitting) == 1 else found
        return found

    def _by_name(self, name: str) -> Employee | None:
        """The employee of this name, if only one has it."""
        found = self._named.get(name_key(name), [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _named(self) -> dict[str, list[Employee]]:
        found: dict[str, list[Employee]] = defaultdict(list)
        for employee in self.employees:
            found[name_key(employee.name)].append(employee)
        return found

    @cached_property
    def _figures(self) -> dict[tuple[str, str], list[Actual]]:
        found: dict[tuple[str, str], list[Actual]] = defaultdict(list)
        for actual in self.actuals:
            found[actual.employee, actual.period].append(actual)
        return found

    @cached_property
    def _ratings(self) -> dict[tuple[str, Source, str, str], dict[str, str]]:
        found: dict[tuple[str, Source, str, str], dict[str, str]] = defaultdict(dict)
        for given in self.ratings:
            key = (given.ratee, given.source, given.rater, given.rater_id)
            found[key][given.element] = given.level
        return found

    def given_by(self, line: Assignment) -> Mapping[str, str]:
        """What a rater gave, by element."""
        return self._ratings.get((line.ratee, line.source, line.rater, line.rater_id), {})

    @cached_property
    def _raters(self) -> dict[str, list[Assignment]]:
        found: dict[str, list[Assignment]] = defaultdict(list)
        for line in self.raters:
            found[line.ratee].append(line)
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
        wanted = {key_text(id_): id_ for id_ in ids}
        problems = [
            Problem("unknown_employee", f"名册中没有工号「{id_}」", Place(file=self.roster))
            for key, id_ in wanted.items()
            if key not in known
        ]
        team = None if department is None else clean(department)
        chosen = [
            employee
            for employee in self.employees
            if (not ids or employee.id in wanted) and (team is None or employee.department == team)
        ]
        if team is not None and all(employee.department != team for employee in self.employees):
            have = "、".join(dict.fromkeys(employee.department for employee in self.employees))
            message = f"名册中没有部门「{department}」，现有部门：{have}"
            problems.append(Problem("unknown_department", message, Place(file=self.roster)))
        return chosen, problems


def read_company(
    roster: Path,
    actuals: Path | None = None,
    schemes: Sequence[str] = (),
    raters: Path | None = None,
    ratings: Path | None = None,
) -> tuple[Company, list[Problem]]:
    """Read everything, and everything that is wrong with it."""
    opened = Openings(*schemes, roster, actuals, raters, ratings)
    found, problems = sources.gathered(schemes, opened)
    employees, faults = read_roster(opened(roster))
    company = Company(tuple(employees), found.library, roster=roster.name)
    problems = [*problems, *faults, *_unknown_schemes(company)]
    if actuals is not None:
        figures, faults = read_actuals(opened(actuals), employees, company.scheme_of)
        company, problems = replace(company, actuals=tuple(figures)), [*problems, *faults]
    if raters is not None:
        lines, faults = read_raters(opened(raters), employees)
        company, problems = replace(company, raters=tuple(lines)), [*problems, *faults]
    return _with_ratings(company, opened(ratings) if ratings else None, problems)


def read_master_company(master: Path, ratings: Path | None = None) -> tuple[Company, list[Problem]]:
    """The company of a master workbook; ratings come in separately."""
    opened = Openings(master, ratings)
    content, found = read_master(opened(master))
    problems = errors(found)
    if mild := len(found) - len(problems):
        message = f"总表另有 {mild} 个提醒，可以用 xladdin check 查看"
        problems.append(warning("see_check", message, Place(file=master.name)))
    company = company_of(content, master.name)
    return _with_ratings(company, opened(ratings) if ratings else None, problems)


def company_of(content: Content, file: str) -> Company:
    """The company that a master workbook describes; its file is named in messages."""
    return Company(
        content.employees,
        content.library,
        tuple(figure.actual for figure in content.figures),
        content.raters,
        roster=file,
        name=content.setting(COMPANY_NAME),
    )


def _with_ratings(
    company: Company, ratings: HandedIn | None, problems: list[Problem]
) -> tuple[Company, list[Problem]]:
    if ratings is None:
        return company, problems
    given, faults = _read_ratings(ratings, company)
    return replace(company, ratings=tuple(given)), [*problems, *faults]


def _read_ratings(file: HandedIn, company: Company) -> tuple[list[Rating], list[Problem]]:
    people = {employee.id: employee for employee in company.employees}
    assigned = [line for employee in company.employees for line in company.raters_of(employee)]

    def scheme_of(ratee: str) -> CompetencyScheme | None:
        return company.competency_of(people[ratee]) if ratee in people else None

    return read_ratings(file, assigned, scheme_of)


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
