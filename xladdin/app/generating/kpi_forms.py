"""Plans the monthly appraisals and the sales-service lists: one workbook per employee."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from xladdin.books import forms
from xladdin.books.appraisal import monthly
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.files import safe_name
from xladdin.problems import Place, Problem, warning

from .planning import NO_SCHEME, Form, Request, named, without

MOST_NAMED = 5
KINDS = {kind.id: kind for kind in forms.MONTHLY_SUITE.kinds}


def monthly_forms(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """The KPI form of each employee's scheme, whichever kind of form it makes."""
    problems += _unappraised(request)
    for employee in request.employees:
        scheme = request.company.scheme_of(employee)
        if request.company.is_exempt(employee):
            continue
        if scheme is None:
            broken = request.company.broken_scheme_of(employee)
            problems.append(without(request, employee, broken, NO_SCHEME, "考核方案"))
        else:
            yield _form(request, employee, scheme, problems)


def _unappraised(request: Request) -> list[Problem]:
    """Who needs no form because the position says so: told together, it is what was wanted."""
    exempt = [one for one in request.employees if request.company.is_exempt(one)]
    if not exempt:
        return []
    names = "、".join(map(named, exempt[:MOST_NAMED]))
    more = f"等 {len(exempt)} 人" if len(exempt) > MOST_NAMED else ""
    message = f"岗位写了无需考核，没有考核表：{names}{more}"
    return [warning("unappraised", message, Place(file=request.company.file))]


def sales_forms(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """The sales-service list of those whose scheme is one."""
    for employee in request.employees:
        scheme = request.company.scheme_of(employee)
        if scheme is None or scheme.form != forms.SALES.id:
            broken = request.company.broken_scheme_of(employee)
            problems.append(without(request, employee, broken, "no_sales_scheme", "销售考核方案"))
        else:
            yield _form(request, employee, scheme, problems)


def _form(request: Request, employee: Employee, scheme: Scheme, problems: list[Problem]) -> Form:
    figures = request.company.actuals_of(employee, request.period)
    if request.company.figures and not figures:
        message = f"{named(employee)}在{request.period.label}没有任何数据，生成的是空表"
        problems.append(warning("no_figures", message))
    name = safe_name(f"{request.period}_{employee.id}_{employee.name}_{scheme.title}")
    return Form(
        KINDS[scheme.form],
        scheme,
        Path(safe_name(employee.department)) / f"{name}.xlsx",
        named(employee),
        partial(
            monthly.values,
            scheme,
            employee,
            request.period,
            figures,
            provisional=bool(request.company.provisional_of(employee, request.period)),
        ),
        employee.id,
        str(request.period),
    )
