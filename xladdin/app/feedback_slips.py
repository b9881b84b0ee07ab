"""Plans the 绩效反馈单: one per employee whose month has a total."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xladdin.books import feedback_slip, forms
from xladdin.company.company import Company
from xladdin.domain.people import Employee
from xladdin.files import safe_name
from xladdin.problems import Place, Problem, warning
from xladdin.scoring.disclosure import INCOMPLETE, Shown, disclosed

from .month_scores import month_results, ratings_of
from .planning import Form, Request, named
from .rating_forms import insiders_of


def slips(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """The slip of each of the employees, once there is a result to tell."""
    company, period = request.company, request.period
    results, more = month_results(company, period, request.employees, request.kept)
    problems += more
    for one in results.people:
        if one.total is None:
            lack = "、".join(one.missing) or one.values.get("total")
            message = (
                f"{named(one.employee)}在{period.label}还没有总分（缺：{lack}），没有生成反馈单"
            )
            problems.append(warning("no_total", message, Place(file=company.file)))
            continue
        person = one.employee
        name = safe_name(f"{period}_{person.id}_{person.name}_{feedback_slip.TITLE}")
        history = results.history.get(person.id, {})
        yield Form(
            forms.SLIP,
            one.scheme,
            Path(safe_name(person.department)) / f"{name}.xlsx",
            f"{named(person)}的{feedback_slip.TITLE}",
            feedback_slip.values(one, period, history, competence(company, person)),
        )


def competence(company: Company, employee: Employee) -> list[str]:
    """What may be told of the ratings of somebody's competency: levels in words, nothing else."""
    scheme = company.competency_of(employee)
    if scheme is None or not company.ratings:
        return []
    raters = [line for line in company.raters_of(employee) if line.source in scheme.sources]
    rows = tuple(line.source for line in raters)
    shown = disclosed(
        scheme,
        rows,
        ratings_of(company, scheme, raters),
        insiders_of(raters, company.superior_of(employee)),
    )
    if not shown.has_results:
        return []
    names = [level.name for level in scheme.levels]
    found = []
    for element in scheme.elements:
        word = shown.levels[element.id]
        told = element.descriptors[names.index(word)] if word in names else ""
        found.append(f"· {element.name}：{word}{f'（{told}）' if told else ''}")
    return [*found, *_overall(shown)]


def _overall(shown: Shown) -> list[str]:
    return [] if shown.level == INCOMPLETE else [f"综合等级：{shown.level}"]
