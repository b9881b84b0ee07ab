"""Plans the 绩效反馈单: one per employee whose month has a total."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from xladdin.app.generating.planning import Form, Request, named
from xladdin.app.generating.token_list import list_near, read_list, save_list
from xladdin.app.letterheads import letterhead_of
from xladdin.books import forms
from xladdin.books.summary import appeal_sheet, feedback_slip
from xladdin.company.appealing import Issue
from xladdin.company.month_results import PersonResult
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.files import safe_name
from xladdin.formula.evaluate import Value
from xladdin.locks import BusyError, locked
from xladdin.problems import Place, Problem, errors, warning
from xladdin.scoring.disclosure import INCOMPLETE, Shown

from .month_scores import month_results
from .told_ratings import Rated, asked, shown_and_kept, shown_to

Told = tuple[CompetencyScheme, Shown]
HASH = 32
NO_RATINGS = "反馈单没有写能力评价"
"""Where HR's list of raters fails."""


def slips(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """The slip of each of the employees, once there is a result to tell."""
    company, period = request.company, request.period
    results, more = month_results(company, period, request.employees, request.kept)
    problems += more
    told = [one for one in results.people if one.total is not None]
    shown, faults = _shown(request, [one.employee for one in told])
    problems += faults
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
            partial(_filled, request, one, history, competence(shown.get(person.id))),
            person.id,
            str(period),
        )


def _filled(
    request: Request,
    one: PersonResult,
    history: Mapping[Period, Decimal],
    lines: Sequence[str],
) -> dict[str, Value]:
    """The slots: a slip that tells the same as the one that went out last keeps its deadline."""
    told = feedback_slip.told(one, request.period, history, lines)
    content = _hash_of(told, one.scheme)
    issue = request.kept.issued.get(one.employee.id) if request.kept else None
    if issue is None or issue.content != content:
        issue = replace(Issue.on(request.today, request.company), content=content)
    return {**told, **appeal_sheet.values(issue)}


def _hash_of(told: Mapping[str, Value], scheme: Scheme) -> str:
    lines = [scheme.fingerprint(), *(f"{key}\t{said}" for key, said in sorted(told.items()))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:HASH]


def _shown(request: Request, people: Iterable[Employee]) -> tuple[dict[str, Told], list[Problem]]:
    """What may be told of each one's ratings beside the 反馈单 of other months, by id."""
    company = request.company
    rated = [
        Rated(employee, scheme, asked(company.raters_of(employee), scheme))
        for employee in people
        if (scheme := company.competency_of(employee)) is not None
    ]
    if not company.ratings or not rated:
        return {}, []
    path = list_near(request.out, forms.COMPETENCY_SUITE.base)
    if path is None:
        message = (
            "没有找到评价人对照表，能力评价没有和以前发过的反馈单核对；评价人有增减的，先不要发"
        )
        shown = {each.employee.id: shown_to(company, each) for each in rated}
        unchecked = any(each.splits for each in shown.values())
        problems = [warning("no_rater_list", message)] if unchecked else []
    else:
        try:
            with locked(path):
                shown, problems = _beside_others(request, rated, path)
        except (BusyError, OSError):
            message = f"评价人对照表正被别的程序使用或写不进去，{NO_RATINGS}；请过一会儿再运行一次"
            return {}, [Problem("file_busy", message, Place(file=path.name))]
    return {
        each.employee.id: (each.scheme, shown[each.employee.id]) for each in rated if shown
    }, problems


def _beside_others(
    request: Request, rated: list[Rated], path: Path
) -> tuple[dict[str, Shown], list[Problem]]:
    """What may be told, once the list has it; else nothing."""
    tokens, problems = read_list(path, NO_RATINGS)
    if tokens is None:
        return {}, problems
    shown, told = shown_and_kept(request.company, rated, request.period, tokens)
    problems += [
        *save_list(tokens, request.sealing, NO_RATINGS, letterhead_of(request.company)),
        *told,
    ]
    return ({} if errors(problems) else shown), problems


def competence(told: Told | None) -> list[str]:
    """What may be told of the ratings of somebody's competency: levels in words, nothing else."""
    if told is None or not told[1].has_results:
        return []
    scheme, shown = told
    names = [level.name for level in scheme.levels]
    found = []
    for element in scheme.elements:
        word = shown.levels[element.id]
        descriptor = element.descriptors[names.index(word)] if word in names else ""
        found.append(f"· {element.name}：{word}{f'（{descriptor}）' if descriptor else ''}")
    return [*found, *_overall(shown)]


def _overall(shown: Shown) -> list[str]:
    return [] if shown.level == INCOMPLETE else [f"综合等级：{shown.level}"]
