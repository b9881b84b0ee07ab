"""What a shop's report is made from, as plain values; ``measuring_shop`` fills it in.

A month's figures as the monthly report has them, and beside them those of chats and orders.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from xladdin.domain.people import Period

from .metric import Metric, Reading
from .metrics import opinions, platforms, shop, workload
from .month_figures import MonthFigures, Readings
from .service_levels import LEVELS, ServiceLevel

SHOP_MAIN: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REQUESTS_A_DAY,
    *workload.REPLY,
    *workload.WAIT,
    *workload.SOLVE,
    *(level.metric for level in LEVELS),
    opinions.SCORE,
    opinions.ANSWERED,
    opinions.SATISFIED_SHARE,
    opinions.MIDDLING_SHARE,
    opinions.DISSATISFIED_SHARE,
    opinions.COMPLAINTS,
    opinions.COMPLAINT_SHARE,
    opinions.WORDS,
    opinions.BOUGHT_AGAIN,
    platforms.CHATS,
    *shop.FUNNEL,
    shop.RECEIVED_SHARE,
    shop.ASKED_SHARE,
    shop.CONVERTED_SOON,
    shop.CONVERTED,
    shop.REPLIED,
    shop.FIRST_REPLY,
    shop.MEAN_REPLY,
    *platforms.ALL,
    shop.SALES,
    shop.PAID_ORDERS,
    shop.BUYERS,
    shop.EACH_BUYER,
    shop.RETURNED,
)
"""What is worked out for each month."""
OF_SHOP_AGENTS: tuple[Metric, ...] = (
    workload.REQUESTS,
    platforms.CHATS,
    *shop.FUNNEL,
    shop.CONVERTED,
    shop.REPLIED,
    shop.FIRST_REPLY,
    shop.MEAN_REPLY,
    opinions.SCORE,
    shop.PAID_ORDERS,
    shop.SALES,
)


@dataclass(frozen=True, slots=True)
class TableRead:
    """One of the tables that a report is made from."""

    label: str
    lines: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class ShopFigures(MonthFigures):
    """A month of a shop's service, and the twelve before it."""

    scope: Readings = field(default_factory=dict)
    """Sessions that platforms leave out of this month's figures, by the ids of ``platforms.LEFT_OUT``."""
    recorded_until: dt.date | None = None
    """The last day of which the records know anything: who has not paid by then may still pay."""
    from_chats: bool = False
    """Whether 服务请求 are the shop's chats, because there are no tickets."""
    levels: tuple[ServiceLevel, ...] = LEVELS
    """Within which times a request is served as it should be."""
    tables: tuple[TableRead, ...] = ()

    def left_out(self, metric: Metric) -> int | None:
        """How many sessions; None where nobody knows."""
        reading = self.scope.get(metric.id, Reading(None, 0))
        return None if reading.value is None else int(reading.value)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Those of the report, with the times that this shop's service levels say."""
        levels = {level.metric.id: level.metric for level in self.levels}
        return tuple(levels.get(metric.id, metric) for metric in SHOP_MAIN)


def final_on(month: Period, days: int = shop.FINAL_DAYS) -> dt.date:
    """The last day on which a payment counts for a month's questions: until it is over, they are open."""
    return month.last_day + dt.timedelta(days=days)
