"""Read a company: out of its master workbook, or out of a roster and the files beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xladdin.app.letterheads import logo_of
from xladdin.company.company import Company
from xladdin.domain.competency import CompetencyScheme, Rating
from xladdin.intake.actuals import read_actuals
from xladdin.intake.handed_in import HandedIn, Openings
from xladdin.intake.raters import read_raters
from xladdin.intake.ratings import read_ratings
from xladdin.intake.roster import read_roster
from xladdin.intake.survey_exports import is_survey, read_survey
from xladdin.master.read_master import read_master
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.library import Library

from . import sources


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
    employees, faults = read_roster(opened(roster), found.mappings, _posts(found.library))
    company = Company(tuple(employees), found.library, file=roster.name)
    problems = [*problems, *faults, *unknown_schemes(company)]
    if actuals is not None:
        lines, faults = read_actuals(
            opened(actuals),
            employees,
            company.scheme_of,
            company.broken_scheme_of,
            found.mappings,
        )
        company, problems = company.with_actuals(lines), [*problems, *faults]
    if raters is not None:
        assigned, faults = read_raters(opened(raters), employees)
        company, problems = replace(company, raters=tuple(assigned)), [*problems, *faults]
    return _with_ratings(company, opened(ratings) if ratings else None, problems)


def read_master_company(master: Path, ratings: Path | None = None) -> tuple[Company, list[Problem]]:
    """The company of a master workbook; ratings come in separately."""
    opened = Openings(master, ratings)
    company, found = read_master(opened(master))
    problems = errors(found)
    if mild := len(found) - len(problems):
        message = f"总表另有 {mild} 个提醒，可以用 xladdin check 查看"
        problems.append(warning("see_check", message, Place(file=master.name)))
    logo, told = logo_of(company, master.parent, master.name)
    company, problems = replace(company, logo=logo), [*problems, *told]
    return _with_ratings(company, opened(ratings) if ratings else None, problems)


def _posts(library: Library) -> list[str]:
    """By which a superior may be named who is not on the roster."""
    return [name for position in library.positions for name in (position.name, position.superior)]


def _with_ratings(
    company: Company, ratings: HandedIn | None, problems: list[Problem]
) -> tuple[Company, list[Problem]]:
    if ratings is None:
        return company, problems
    if is_survey(ratings):
        return _with_survey(company, ratings, problems)
    given, faults = _read_ratings(ratings, company)
    return replace(company, ratings=tuple(given)), [*problems, *faults]


def _with_survey(
    company: Company, export: HandedIn, problems: list[Problem]
) -> tuple[Company, list[Problem]]:
    """The company with the customers who have answered on a survey site, and what they gave."""
    found = read_survey(export, company.employees, company.competency_of)
    asked = replace(
        company,
        raters=(*company.raters, *found.assignments),
        surveyed=frozenset(found.assignments),
        ratings=found.ratings,
    )
    return asked, [*problems, *found.problems]


def _read_ratings(file: HandedIn, company: Company) -> tuple[list[Rating], list[Problem]]:
    people = company.people
    assigned = [line for employee in company.employees for line in company.raters_of(employee)]

    def scheme_of(ratee: str) -> CompetencyScheme | None:
        return company.competency_of(people[ratee]) if ratee in people else None

    return read_ratings(file, assigned, scheme_of)


def unknown_schemes(company: Company) -> list[Problem]:
    """Whom the roster gives a scheme that there is none of."""
    known = "、".join(scheme.name for scheme in company.library.schemes) or "一个也没有"
    return [
        Problem(
            "unknown_scheme",
            f"{employee.name}（{employee.id}）的考核方案「{employee.scheme}」不存在，"
            f"现有方案：{known}",
            Place(file=company.file),
        )
        for employee in company.employees
        if employee.scheme
        and company.scheme_of(employee) is None
        and company.broken_scheme_of(employee) is None
    ]
