"""Which report it is: its kind, its month or year, and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.domain.people import Period

_MONTHLY, _SHOP, _DEBRIEF = "report_monthly", "report_shop", "report_debrief"
REQUEST = "data_request"
"""A 收数表 goes out and comes back as reports do, and its figures go into the master."""
LABELS = {
    _MONTHLY: "客服月度分析报告",
    _SHOP: "店铺客服分析报告",
    _DEBRIEF: "客服述职报告",
    REQUEST: "收数表",
}
"""The kinds of report by the id that their identity has, and what a clerk calls them."""
YEARLY = frozenset({_DEBRIEF})
"""Those of a year: their month is its last one."""


@dataclass(frozen=True, slots=True, order=True)
class ReportIdentity:
    """Which report it is."""

    kind: str
    """A key of ``LABELS``."""
    period: Period
    """Its month; of a year, December."""
    person: str = ""
    """Employee id, where it is about one person."""
    team: str = ""
    """The department, where it is about one; of a 收数表, who delivers the figures."""

    @property
    def label(self) -> str:
        """``2026年10月客服月度分析报告``."""
        if self.kind == REQUEST:
            return f"{self.period.label}{LABELS[self.kind]}（{self.team}）"
        when = f"{self.period.year}年" if self.kind in YEARLY else self.period.label
        return f"{when}{self.team}{LABELS[self.kind]}"


def monthly_identity(period: Period) -> ReportIdentity:
    """The monthly service report of a month."""
    return ReportIdentity(_MONTHLY, period)


def shop_identity(period: Period) -> ReportIdentity:
    """The shop's report of a month."""
    return ReportIdentity(_SHOP, period)


def request_identity(period: Period, deliverer: str) -> ReportIdentity:
    """What one deliverer is asked of a month."""
    return ReportIdentity(REQUEST, period, "", deliverer)


def debrief_identity(year: int, person: str, team: str) -> ReportIdentity:
    """The debrief of a person, or of a department where there is no person."""
    return ReportIdentity(_DEBRIEF, Period(f"{year}-12"), person, "" if person else team)
