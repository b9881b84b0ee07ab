"""Appeals against what a 反馈单 tells, as plain values: until when, what was corrected, what is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit, written
from xladdin.domain.working_days import Deadline, working_days_after, working_days_left

from .company import Company
from .company_settings import ANSWER_SETTING, APPEAL_SETTING, MOST_APPEAL_DAYS

USUAL_DAYS = 7
UPHELD, REJECTED = "成立", "不成立"
OTHER = "其他"
"""What somebody chooses who objects to no single figure."""


def appeal_days(company: Company) -> int:
    """How many working days after a 反馈单 it may be objected to; 7 where nothing else is said."""
    return _days(company, APPEAL_SETTING)


def answer_days(company: Company) -> int:
    """How many working days after an appeal was taken in it is to be answered; 7 as above."""
    return _days(company, ANSWER_SETTING)


def _days(company: Company, setting: str) -> int:
    said = company.setting(setting).strip()
    days = int(said) if said.isascii() and said.isdigit() else 0
    return days if 1 <= days <= MOST_APPEAL_DAYS else USUAL_DAYS


@dataclass(frozen=True, slots=True)
class Issue:
    """That a 反馈单 went out, and until when it may be objected to."""

    day: dt.date
    deadline: dt.date
    content: str = ""
    """Hash of what it tells."""

    @classmethod
    def on(cls, day: dt.date, company: Company) -> Issue:
        """One that goes out on a day."""
        return cls(day, working_days_after(day, appeal_days(company)).day)

    @property
    def unknown(self) -> str:
        """What is to be said where not every holiday until then is known."""
        days = max(0, working_days_left(self.day, self.deadline))
        return Deadline(self.deadline, working_days_after(self.day, days).unknown).told

    @property
    def told(self) -> str:
        """``2026年12月8日以前（含当日）；本反馈单2026年11月27日发出，7个工作日``."""
        count = working_days_left(self.day, self.deadline)
        note = f"；{self.unknown}" if self.unknown else ""
        return (
            f"{_day(self.deadline)}以前（含当日）。本反馈单{_day(self.day)}发出，"
            f"期限是{count}个工作日{note}"
        )


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure of somebody's month that was corrected after an appeal."""

    item: str
    """Its key in the score model."""
    label: str
    unit: Unit
    before: Decimal | None
    after: Decimal
    by: str
    why: str
    at: str = ""
    """``2026-11-27``."""

    @property
    def change(self) -> str:
        """``首次响应时间：40秒→30秒``."""
        return f"{self.label}：{figure(self.before, self.unit)}→{figure(self.after, self.unit)}"

    @property
    def told(self) -> str:
        """``申诉更正：首次响应时间：40秒→30秒（赵敏，2026-11-27：系统少算）``."""
        who = "，".join(filter(None, (self.by, self.at)))
        return f"申诉更正：{self.change}（{who}：{self.why}）"


def figure(value: Decimal | None, unit: Unit) -> str:
    """A figure as people write it; a day as a day."""
    if value is None:
        return "空"
    if unit is Unit.DATE:
        return f"{dt.date(1899, 12, 30) + dt.timedelta(days=int(value)):%Y-%m-%d}"
    return written(value, unit)


@dataclass(frozen=True, slots=True)
class ListedAppeal:
    """One appeal as it stands."""

    number: int
    """Of its entry in the ledger."""
    person: str
    name: str
    department: str
    period: Period
    item: str
    """Key of the figure; empty: something else."""
    label: str
    unit: Unit
    standing: Decimal | None
    """The figure that counts now."""
    claimed: Decimal | None
    grounds: str
    filed: dt.date
    received: dt.date
    is_late: bool
    due: dt.date
    today: dt.date
    outcome: str = ""
    answer: str = ""
    by: str = ""
    corrected: str = ""
    """What was corrected, in words."""

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def left(self) -> int:
        """Working days until the answer is due; negative by how many it is overdue."""
        return working_days_left(self.today, self.due)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.today > self.due

    @property
    def state(self) -> str:
        """``还有 3 个工作日``, ``今天到期``, ``逾期 2 个工作日``, or how it was answered."""
        if not self.is_open:
            return self.outcome
        if self.is_overdue:
            return f"逾期 {-self.left} 个工作日" if self.left else "已逾期"
        return f"还有 {self.left} 个工作日" if self.left else "今天到期"

    @property
    def claim(self) -> str:
        return "" if self.claimed is None else figure(self.claimed, self.unit)

    @property
    def stands(self) -> str:
        return figure(self.standing, self.unit) if self.item else ""
