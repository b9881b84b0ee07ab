"""A month's results: as a ledger kept them, else out of a company's own figures by the schemes of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from xladdin.app.generating.planning import NO_SCHEME, named
from xladdin.company.company import Company
from xladdin.company.company_settings import BUDGET_SETTING, TEAM_BUDGET
from xladdin.company.kept_results import KeptForm, KeptResults
from xladdin.company.month_results import (
    LeftOut,
    MonthResults,
    PersonResult,
    months_until,
)
from xladdin.company.score_inputs import score_inputs
from xladdin.company.team_budgets import TeamBudgets, amount, rule_of, said_budgets, team_key
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.quantities import plain
from xladdin.problems import Place, Problem, warning
from xladdin.scoring import keys
from xladdin.scoring.model import missing_items
from xladdin.scoring.scorer import scorer_of

from .decided_grades import with_decided
from .kept_corrections import corrected_values, with_corrections
from .kept_scores import joined
from .leaning import subjective_leans
from .rated_people import rated_people, rating_leans

FROM_MASTER = "台账里没有收到的表，按总表的数据算"
UNSENT = "没收到表，按总表算"


def month_results(
    company: Company,
    period: Period,
    people: Iterable[Employee] | None = None,
    kept: KeptResults | None = None,
) -> tuple[MonthResults, list[Problem]]:
    """The results of these people (all, where none are named), and what is to be told about them.

    With ``kept``, whoever's form was collected has the result that the ledger kept, and so have the
    months before; where the master differs, the problems say so.
    """
    problems: list[Problem] = []
    results: list[PersonResult] = []
    left_out: list[LeftOut] = []
    asked = tuple(company.employees if people is None else people)
    for employee in asked:
        form = kept.of(employee.id, period) if kept else None
        if kept and form:
            one, told = _kept_result(company, employee, kept, form)
            problems += told
            if one:
                results.append(one)
                continue
        there = presence(employee, period)
        if there.absent:
            if there.code == "suspended":
                left_out.append(LeftOut(employee, there.absent))
            continue
        scheme = company.scheme_of(employee)
        if scheme is None:
            why = _schemeless(company, employee)
            left_out.append(LeftOut(employee, why))
            if company.is_exempt(employee):
                continue  # as the company wants it
            place = Place(file=company.file)
            problems.append(warning(NO_SCHEME, f"{named(employee)}的{why}，没有得分", place))
            continue
        values = scorer_of(scheme).values(
            score_inputs(scheme, company.actuals_of(employee, period))
        )
        missing = tuple(missing_items(scheme, values, values))
        note = UNSENT if kept and kept.collects else ""
        results.append(PersonResult(employee, scheme, values, missing, note))
    if kept:
        if kept.collects:
            problems += _not_kept(company, kept, results, whole=people is None)
        results, told = with_corrections(results, kept)
        problems += told
        # After that: a grade is decided by the score that counts.
        results, told = with_decided(results, kept)
        problems += told
    history, differing = _history(company, period, results, kept)
    budget, faults = _budget(company)
    teams, more = _team_budgets(company, results)
    rated = rated_people(company, asked)
    found = MonthResults(
        company.name,
        period,
        tuple(
            replace(one, provisional=len(company.provisional_of(one.employee, period)))
            for one in results
        ),
        tuple(left_out),
        history,
        (*subjective_leans(results), *rating_leans(rated)),
        budget,
        kept.origin if kept and kept.collects else "",
        teams,
        tuple(one.result() for one in rated),
    )
    return found, [*problems, *differing, *faults, *more]


def _schemeless(company: Company, employee: Employee) -> str:
    broken = company.broken_scheme_of(employee)
    if broken is not None:
        return f"考核方案「{broken.label}」有错误"
    if employee.scheme:
        return f"考核方案「{employee.scheme}」不存在"
    if company.is_exempt(employee):
        return f"岗位「{employee.position}」无需考核"
    return f"岗位「{employee.position}」没有考核方案"


def _budget(company: Company) -> tuple[Decimal | None, list[Problem]]:
    said = company.setting(BUDGET_SETTING)
    return amount(company, BUDGET_SETTING, said) if said else (None, [])


def _team_budgets(
    company: Company, people: Iterable[PersonResult]
) -> tuple[TeamBudgets, list[Problem]]:
    """The departments' budgets that can be read; one of a department in which nobody is is told."""
    amounts: dict[str, Decimal] = {}
    problems: list[Problem] = []
    there = {team_key(one.employee.department) for one in people}
    for department, said in said_budgets(company).items():
        name = f"{TEAM_BUDGET}{department}"
        found, faults = amount(company, name, said)
        problems += faults
        if found is not None:
            amounts[team_key(department)] = found
        if team_key(department) not in there:
            message = f"「设置」里有「{name}」，这个月没有人在这个部门，没有用上；请核对部门名"
            problems.append(warning("budget_of_nobody", message, Place(file=company.file)))
    return TeamBudgets(amounts, rule_of(company)), problems


def _history(
    company: Company, period: Period, people: Iterable[PersonResult], kept: KeptResults | None
) -> tuple[dict[str, Mapping[Period, Decimal]], list[Problem]]:
    """Totals of the months before, of those who have figures there or in the ledger."""
    found: dict[str, Mapping[Period, Decimal]] = {}
    problems: list[Problem] = []
    for one in people:
        totals: dict[Period, Decimal] = {}
        for month in months_until(period)[:-1]:
            form = kept.of(one.employee.id, month) if kept else None
            total, told = _earlier(company, one, month, form, kept)
            problems += told
            if total is not None:
                totals[month] = total
        if totals:
            found[one.employee.id] = totals
    return found, problems


def _earlier(
    company: Company,
    one: PersonResult,
    month: Period,
    form: KeptForm | None,
    kept: KeptResults | None,
) -> tuple[Decimal | None, list[Problem]]:
    """Somebody's total of an earlier month: the ledger's where there is one, else the master's."""
    actuals = company.actuals_of(one.employee, month)
    ours = None
    if actuals and not presence(one.employee, month).absent:
        values = scorer_of(one.scheme).values(score_inputs(one.scheme, actuals))
        those = kept.corrections.get((one.employee.id, month), ()) if kept else ()
        total = corrected_values(one.scheme, values, those)[0][keys.TOTAL]
        ours = total if isinstance(total, Decimal) else None
    if form is None or kept is None or form.total == ours:
        return ours, []
    closed = month in kept.closed
    if form.total is None and not closed:
        # What was lacking on the form has come in since.
        return ours, []
    if ours is None:
        return form.total, []
    said = "没有总分" if form.total is None else plain(form.total)
    message = (
        f"{named(one.employee)}{month.label}的总分：台账 {said}，总表现在 {plain(ours)}，趋势按台账"
    )
    return form.total, [warning("ledger_trend_differs", message, form.place)]


# What was kept.


def _kept_result(
    company: Company, employee: Employee, kept: KeptResults, form: KeptForm
) -> tuple[PersonResult | None, list[Problem]]:
    """The result as it was kept; none, and why, where nobody knows by which scheme."""
    scheme = form.scheme
    if scheme is None:
        message = f"{named(employee)}的得分在台账里，当时的方案读不出来，按总表的数据算"
        return None, [warning("ledger_scheme", message, form.place)]
    one, problems = joined(company, employee, form, scheme, closed=form.period in kept.closed)
    if there := presence(employee, form.period).absent:
        message = f"{named(employee)}{there}，但台账里有收到的表，照样列入"
        problems.append(warning("ledger_absent", message, form.place))
    return one, problems


def _not_kept(
    company: Company, kept: KeptResults, results: Iterable[PersonResult], *, whole: bool
) -> Iterator[Problem]:
    """Who is in one of the two only."""
    there = {form.person for form in kept.current}
    alone = [one.employee for one in results if one.employee.id not in there]
    if not there:
        message = f"台账里还没有{kept.period.label}的得分，全部按总表的数据算"
        yield warning("ledger_empty", message, Place(file=kept.name))
    else:
        for employee in alone:
            message = f"{named(employee)}：{FROM_MASTER}"
            yield warning("not_in_ledger", message, Place(file=kept.name))
    for form in kept.current if whole else ():
        if form.person not in company.people:
            message = (
                f"工号「{form.person}」在台账里有{kept.period.label}的得分，名册里没有，没有列入"
            )
            yield warning("not_on_roster", message, form.place)
