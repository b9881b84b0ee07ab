"""The companies that a master workbook can start with: nobody yet, or the shipped example."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from xladdin.domain.kind_models import CompanyKind
from xladdin.intake.actuals import read_actuals
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.raters import read_raters
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir
from xladdin.problems import Problem, ProblemsFound, errors
from xladdin.schemes.company_kinds import STANDARD, every_kind, kind_called, library_of, marked
from xladdin.schemes.library import Library

from .column_mappings import FIRST_MAPPINGS
from .company import Company, Figure
from .company_settings import Setting, first_settings

_EXAMPLE = "example_company"
_OF_EXAMPLE = ("after_sales_monthly", "online_shop_monthly", "sales_service")
"""The schemes that its figures are for."""
_LEADING = ("网销主管", "客服主管", "客服专员", "COO")
"""Positions of the example that it has no figures for."""


def shipped_company(kind: str = STANDARD) -> Company:
    """What a kind of company begins with, by its id or name, and nobody yet.

    ProblemsFound if the templates are damaged, or there is no such kind.
    """
    chosen = kind_called(kind)
    if chosen is None:
        known = "、".join(one.name for one in every_kind())
        message = f"没有「{kind}」这种公司，可以选的有：{known}"
        raise ProblemsFound([Problem("unknown_kind", message)])
    return Company(
        library=library_of(chosen),
        settings=_settings(chosen),
        mappings=_mappings(chosen) or FIRST_MAPPINGS,
    )


def _settings(kind: CompanyKind) -> tuple[Setting, ...]:
    """Those of every master, with what the kind says of them, and then the kind's own."""
    own = {each.name: Setting(each.name, each.value, each.remark) for each in kind.settings}
    usual = [own.pop(each.name, each) for each in first_settings()]
    return (*usual, *own.values())


def _mappings(kind: CompanyKind) -> tuple[Mapping, ...]:
    return tuple(Mapping(one.column, one.target, one.unit, one.remark) for one in kind.mappings)


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
    """The example company's own job analyses, the usual ones, and the schemes of its figures."""
    own, problems = Library.from_dir(folder)
    usual = shipped_company().library
    positions = tuple(marked((*own.positions, *usual.positions), _LEADING))
    schemes = tuple(scheme for scheme in usual.schemes if scheme.id in _OF_EXAMPLE)
    return Library(schemes, positions, usual.competencies), problems
