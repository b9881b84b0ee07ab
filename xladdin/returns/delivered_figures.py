"""The figures that a 收数表 brought, as the roster and the schemes of now understand them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xladdin.books.data_request import TITLE, figure_of
from xladdin.books.reports.report_identity import REQUEST
from xladdin.company.company import Company
from xladdin.company.figure_states import FINAL
from xladdin.company.settling import settling_days, state_on
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import plain, written
from xladdin.intake.exports.figures import Measured
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.text import key_text
from xladdin.problems import Place, Problem, warning

from .open_questions import Question
from .report_copies import ReceivedReport


def is_request(copy: ReceivedReport) -> bool:
    """Whether it is a 收数表."""
    return copy.report.whose.kind == REQUEST


@dataclass(frozen=True, slots=True)
class DeliveredFigure:
    """One figure that was delivered."""

    key: str
    value: Decimal
    employee: Employee
    item: Item
    place: Place
    copy: ReceivedReport

    @property
    def line(self) -> Measured:
        """As what goes into the master."""
        row = (self.copy.label, self.place.sheet, 0)
        period = self.copy.report.whose.period
        return Measured(period, self.employee, self.item, self.value, self.place, row, TITLE)

    def state(self, company: Company, today: dt.date) -> str:
        """What people judge is final; of what is measured the day decides."""
        rule = self.item.rule
        if rule is not None and bool(getattr(rule, "described", ())):
            return FINAL
        return state_on(self.copy.report.whose.period, today, settling_days(company))


def figures_of(copy: ReceivedReport, company: Company) -> Iterator[DeliveredFigure | Problem]:
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
            message = f"「{label}」现在的名册或方案里没有，{plain(value)} 没有写入总表"
            yield warning("item_gone", message, place)
        elif why := item.beyond(value):
            yield Problem("not_allowed", f"{employee.name}：{why}，没有写入总表", place)
        else:
            yield DeliveredFigure(key, value, employee, item, place, copy)


def request_questions(copy: ReceivedReport, company: Company) -> Iterator[Question]:
    """Figures that are others in the master: which of them counts."""
    if not is_request(copy):
        return
    period = copy.report.whose.period
    for one in figures_of(copy, company):
        if isinstance(one, Problem):
            continue
        known, refused = known_in(company, one, period)
        if refused or (known is not None and known != one.value):
            ours = refused or written(known or Decimal(0), one.item.unit)
            theirs = written(one.value, one.item.unit)
            what = f"{one.employee.name}「{one.item.name}」"
            yield Question(copy.key, one.key, what, ours, theirs, one.place)


def known_in(company: Company, one: DeliveredFigure, period: Period) -> tuple[Decimal | None, str]:
    """What the master has: a figure, or what cannot be used."""
    for line in company.actuals_of(one.employee, period):
        ours = (one.item.id, key_text(one.item.name))
        if key_text(line.indicator) in ours and (line.refused or line.actual is not None):
            return line.actual, line.refused
    return None, ""
