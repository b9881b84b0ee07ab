"""When a month's figures are final: a purchase is paid, a rating comes in, days after its end (T+4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xladdin.domain.people import Period

from .company import Company, Figure
from .company_settings import MOST_SETTLING_DAYS, SETTLING_SETTING
from .figure_states import FINAL, PROVISIONAL

USUAL_DAYS = 4


def settling_days(company: Company) -> int:
    """How many days after its end a month's figures are final, 0 to 31; 4 where nothing else is said."""
    said = company.setting(SETTLING_SETTING).strip()
    days = int(said) if said.isascii() and said.isdigit() else USUAL_DAYS
    return days if days <= MOST_SETTLING_DAYS else USUAL_DAYS


def settled_on(period: Period, days: int = USUAL_DAYS) -> dt.date:
    """The first day on which a month's figures are final."""
    return period.last_day + dt.timedelta(days=days)


def state_on(period: Period, today: dt.date, days: int = USUAL_DAYS) -> str:
    """Whether a month's figures may still change."""
    return FINAL if today >= settled_on(period, days) else PROVISIONAL


def provisional(company: Company, period: Period | None = None) -> Iterator[Figure]:
    """The figures that may still change, of a month or of all; those that lack their actual are none."""
    for figure in company.figures:
        of_month = period is None or figure.actual.period == period
        if of_month and figure.state == PROVISIONAL and figure.actual.actual is not None:
            yield figure
