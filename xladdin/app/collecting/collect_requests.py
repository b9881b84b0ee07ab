"""收数表 that came back: what is asked about their figures, and what of them goes into the master."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xladdin.books.data_request import TITLE, figure_of
from xladdin.books.reports.report_identity import REQUEST
from xladdin.company.company import Company
from xladdin.company.settling import FINAL, settling_days, state_on
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import written
from xladdin.intake.exports.figures import Measured
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.text import key_text
from xladdin.problems import Place, Problem, warning
from xladdin.returns.file_reading import FileRead
from xladdin.returns.keeping import Keeper
from xladdin.returns.open_questions import IN_MASTER, Question
from xladdin.returns.report_copies import ReceivedReport, ReportSettled


def is_request(copy: ReceivedReport) -> bool:
    """Whether it is a 收数表."""
    return copy.report.whose.kind == REQUEST


class _Figure(NamedTuple):
    """One figure that was delivered."""

    key: str
    value: Decimal
    employee: Employee
    item: Item
    place: Place


def _figures(copy: ReceivedReport, company: Company) -> Iterator[_Figure | Problem]:
    """What was delivered and the schemes of now ask for; the rest is told."""
    places = {change.key: change.place for change in copy.report.changes}
    for key, value in copy.report.inputs.items():
        whose = figure_of(key)
        if whose is None or not isinstance(value, Decimal):
            continue
        place, label = places.get(key, Place(copy.label)), copy.report.labels.get(key, key)
        employee = company.people.get(whose[0])
        scheme = company.scheme_of(employee) if employee else None
        item = items_of(scheme).get(whose[1]) if scheme else None
        if employee is None or item is None:
            message = f"「{label}」现在的名册或方案里没有，{written_plainly(value)} 没有写入总表"
            yield warning("item_gone", message, place)
        elif why := item.beyond(value):
            yield Problem("not_allowed", f"{employee.name}：{why}，没有写入总表", place)
        else:
            yield _Figure(key, value, employee, item, place)


def written_plainly(value: Decimal) -> str:
    """A figure whose unit is not known."""
    return format(value.normalize(), "f")


def request_questions(copy: ReceivedReport, company: Company) -> Iterator[Question]:
    """Figures that are others in the master: which of them counts."""
    if not is_request(copy):
        return
    period = copy.report.whose.period
    for one in _figures(copy, company):
        if isinstance(one, Problem):
            continue
        known, refused = _known(company, one, period)
        if refused or (known is not None and known != one.value):
            ours = refused or written(known or Decimal(0), one.item.unit)
            theirs = written(one.value, one.item.unit)
            what = f"{one.employee.name}「{one.item.name}」"
            yield Question(copy.key, one.key, what, ours, theirs, one.place)


def _known(company: Company, one: _Figure, period: Period) -> tuple[Decimal | None, str]:
    """What the master has: a figure, or what cannot be used."""
    for line in company.actuals_of(one.employee, period):
        ours = (one.item.id, key_text(one.item.name))
        if key_text(line.indicator) in ours and (line.refused or line.actual is not None):
            return line.actual, line.refused
    return None, ""


class Delivered(NamedTuple):
    """The figures of a month, by their state, and what is to be told."""

    by_state: dict[str, list[Measured]]
    problems: list[Problem]


def delivered(
    settled: Sequence[ReportSettled],
    company: Company,
    today: dt.date,
    on_forms: Collection[tuple[str, str, str]] = (),
) -> Delivered:
    """What goes into the master: blanks, and what somebody has decided for the sheet.

    What people judge is final; of what is measured the day decides.  ``on_forms``: figures that came on
    forms at the same time, which count.
    """
    found = Delivered({}, [])
    for one in settled:
        copy = one.chosen
        if copy is None or not is_request(copy):
            continue
        period = copy.report.whose.period
        measured_state = state_on(period, today, settling_days(company))
        waiting = {question.key for question in one.open}
        for figure in _figures(copy, company):
            if isinstance(figure, Problem):
                found.problems.append(figure)
            elif figure.key in waiting or one.taken.get(figure.key) == IN_MASTER:
                continue
            elif (line := _line(figure, copy, period)).key in on_forms:
                message = (
                    f"{line.employee.name}「{line.item.name}」这次交来的考核表上也有，"
                    f"按考核表写入，收数表上的 {line.said} 没有写入"
                )
                found.problems.append(warning("on_form_too", message, line.place))
            else:
                rule = figure.item.rule
                judged = rule is not None and bool(getattr(rule, "described", ()))
                state = FINAL if judged else measured_state
                found.by_state.setdefault(state, []).append(line)
    return found


def _line(figure: _Figure, copy: ReceivedReport, period: Period) -> Measured:
    row = (copy.label, figure.place.sheet, 0)
    return Measured(period, figure.employee, figure.item, figure.value, figure.place, row, TITLE)


def request_months(reads: Iterable[FileRead]) -> list[str]:
    """The months of the 收数表 in files."""
    found = (report.whose for read in reads for report in read.reports)
    return [str(whose.period) for whose in found if whose.kind == REQUEST]


def of_this_month(
    settled: Iterable[ReportSettled], period: Period | None, keeper: Keeper | None
) -> tuple[list[ReportSettled], list[Problem]]:
    """Without 收数表 of another month, and of a month that is closed; each is told."""
    kept: list[ReportSettled] = []
    problems: list[Problem] = []
    for one in settled:
        copy = one.submission.latest
        whose, place = copy.report.whose, Place(copy.label)
        if is_request(copy) and whose.period != period:
            message = f"是 {whose.period} 的收数表，这次收的是 {period}，没有收"
            problems.append(warning("other_month", message, place))
        elif is_request(copy) and keeper is not None and keeper.is_closed(str(whose.period)):
            message = f"{whose.period} 已关闭，这份收数表没有收；要收请先用 period reopen 打开"
            problems.append(Problem("period_closed", message, place))
        else:
            kept.append(one)
    return kept, problems
