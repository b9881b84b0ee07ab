"""The companies that a master workbook can start with: nobody yet, or the shipped example."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from xladdin.intake.actuals import read_actuals
from xladdin.intake.raters import read_raters
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir
from xladdin.problems import Problem, ProblemsFound, errors
from xladdin.schemes.library import Library

from .column_mappings import FIRST_MAPPINGS
from .company import Company, Figure
from .company_settings import first_settings

_EXAMPLE = "example_company"


def shipped_company() -> Company:
    """The shipped templates, and nobody yet (ProblemsFound if these are damaged)."""
    return Company(library=Library.shipped(), settings=first_settings(), mappings=FIRST_MAPPINGS)


@cache
def example_company() -> Company:
    """The shipped example company (ProblemsFound if its files are damaged)."""
    folder = templates_dir() / _EXAMPLE
    library, problems = _example_library(folder)
    employees, faults = read_roster(folder / "roster.csv")
    problems += faults
    company = Company(
        tuple(employees),
        library,
        settings=first_settings("晴川数码旗舰店"),
        mappings=FIRST_MAPPINGS,
    )
    actuals, faults = read_actuals(folder / "actuals.csv", employees, company.scheme_of)
    problems += faults
    raters, faults = read_raters(folder / "raters.csv", employees)
    problems += faults
    if errors(problems):
        raise ProblemsFound(problems)
    figures = tuple(Figure(actual, "最终", "actuals.csv") for actual in actuals)
    return replace(company, figures=figures, raters=tuple(raters))


def _example_library(folder: Path) -> tuple[Library, list[Problem]]:
    """The shipped templates and the example company's own job analyses."""
    shipped = Library.shipped()
    own, problems = Library.from_dir(folder)
    positions = (*own.positions, *shipped.positions)
    return Library(shipped.schemes, positions, shipped.competencies), problems
