"""Plans the forms that come from a job analysis: the analysis itself, and personal summaries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from xladdin.books import forms, job_analysis, personal_summary
from xladdin.domain.people import Employee
from xladdin.domain.positions import Position
from xladdin.files import safe_name
from xladdin.problems import Place, Problem, warning
from xladdin.schemes.library import Library

from .planning import Form, Request, named


def job_forms(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """One job analysis per position that is asked for, or else that somebody holds."""
    held = (employee.position for employee in request.employees)
    for key in dict.fromkeys(request.positions or held):
        found = request.company.library.positions_of(key)
        if not found:
            message = f"岗位「{key}」没有工作分析，未生成"
            problems.append(warning("no_job_analysis", message, Place(file=request.company.file)))
        for position in found:
            yield Form(
                forms.JOB,
                position,
                Path(f"{_job_name(request.company.library, position)}.xlsx"),
                f"岗位 {position.name}",
                partial(job_analysis.values, position),
            )


def _job_name(library: Library, position: Position) -> str:
    """Two companies may have a position of one name; the file's name tells them apart."""
    several = len(library.positions_named(position.name)) > 1
    suffix = f"_{position.company}" if several and position.company else ""
    return safe_name(f"{forms.JOB.label}_{position.name}{suffix}")


def summary_forms(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """One personal work summary per employee, with the duties of the position."""
    for employee in request.employees:
        found = request.company.positions_of(employee)
        if len(found) != 1:
            problems.append(_unclear(request, employee, found))
            continue
        name = safe_name(f"{request.period}_{employee.id}_{employee.name}_{forms.SUMMARY.label}")
        yield Form(
            forms.SUMMARY,
            found[0],
            Path(safe_name(employee.department)) / f"{name}.xlsx",
            named(employee),
            partial(
                personal_summary.values,
                found[0],
                employee,
                request.period,
                request.company.name_for(found[0]),
            ),
            employee.id,
            str(request.period),
        )


def _unclear(request: Request, employee: Employee, found: tuple[Position, ...]) -> Problem:
    place = Place(file=request.company.file)
    who = f"{named(employee)}的岗位「{employee.position}」"
    if not found:
        return warning("no_job_analysis", f"{who}没有工作分析，未生成", place)
    ids = "、".join(position.id for position in found)
    return warning(
        "two_job_analyses", f"{who}有几份工作分析（{ids}），不知道用哪一份，未生成", place
    )
