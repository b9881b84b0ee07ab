"""Appeals for the 申诉清单: some of every kind, and random ones."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from xladdin.company.appealing import REJECTED, UPHELD, ListedAppeal
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit

TODAY = dt.date(2026, 11, 27)
FIRST = ListedAppeal(
    21, "QC025", "韩雪凝", "客服部", Period("2026-10"), "actual.first_reply_time", "首次响应时间",
    Unit.SECOND, Decimal(14), Decimal(12), "11月3日系统升级，夜班的两个小时没有记进去，见附的截图。",
    dt.date(2026, 11, 20), dt.date(2026, 11, 23), False, dt.date(2026, 12, 2), TODAY,
)  # fmt: skip


def some() -> list[ListedAppeal]:
    """One that has time, one due today, one overdue and late, one of no figure, one answered."""
    return [
        replace(FIRST, number=24, name="唐宁", person="QC017", due=dt.date(2026, 11, 25), is_late=True,
                item="actual.sales", label="销售额", unit=Unit.YUAN, standing=Decimal(182000), claimed=Decimal("198000.5"),
                grounds="11月1日退款的订单是上月的，不该从本月扣。"),
        replace(FIRST, number=23, due=TODAY, item="actual.satisfaction", label="客户满意度", unit=Unit.PERCENT,
                standing=Decimal("0.935"), claimed=Decimal("0.955")),
        FIRST,
        replace(FIRST, number=22, item="", label="其他", standing=None, claimed=None, grounds="等级和上月一样，奖金少了。"),
        replace(FIRST, number=19, outcome=UPHELD, corrected="12秒", answer="核对属实，系统少记。", by="赵敏"),
    ]  # fmt: skip


def drawn(chance: random.Random, count: int) -> list[ListedAppeal]:
    """Answered and half answered in every way."""
    found = []
    for number in range(1, count + 1):
        due = TODAY + dt.timedelta(days=chance.randint(-20, 20))
        found.append(
            replace(
                FIRST,
                number=number,
                due=due,
                item=chance.choice(["", "actual.a"]),
                outcome=chance.choice(["", "", UPHELD, REJECTED, "同意"]),
                corrected=chance.choice(["", "12秒", "95%"]),
                answer=chance.choice(["", "核对属实"]),
                by=chance.choice(["", "赵敏"]),
            )
        )
    return found
