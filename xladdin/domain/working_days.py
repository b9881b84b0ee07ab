"""工作日: working days in China, with public holidays and the days worked for them, and deadlines counted in them.

The State Council says each autumn which days of the next year are off and which weekends are worked; the
package ``chinesecalendar`` has its notices.  Of a year that it does not have, weekends alone are known
to be off, and whoever counts has to say so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

WEEKDAYS = 5
LONGEST = 400
"""Days that a deadline may lie ahead, working or not."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which something is in time."""

    day: dt.date
    unknown: tuple[int, ...] = ()
    """The years whose holidays were not known when it was counted."""

    @property
    def told(self) -> str:
        """What is to be said of it; empty where every holiday was known."""
        if not self.unknown:
            return ""
        years = "、".join(f"{year}年" for year in self.unknown)
        return f"{years}的放假安排还没有公布或没有收录，只避开了周六、周日，公布以后请重新核对"


def is_working_day(day: dt.date) -> tuple[bool, bool]:
    """Whether a day is worked, and whether its year's holidays are known."""
    import chinese_calendar  # noqa: PLC0415 - its years of days take a while to be read

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < WEEKDAYS, False


def working_days_after(start: dt.date, count: int) -> Deadline:
    """So many working days after a day, which is itself not counted; ``count`` 0 to 200.

    ValueError for other counts.
    """
    if not 0 <= count <= LONGEST // 2:
        raise ValueError(count)
    day, left = start, count
    unknown: dict[int, None] = {}
    while left:
        day += dt.timedelta(days=1)
        works, known = is_working_day(day)
        left -= works
        if not known:
            unknown[day.year] = None
    return Deadline(day, tuple(unknown))


def working_days_left(today: dt.date, last: dt.date) -> int:
    """How many working days lie behind today, up to a last day; negative by how many it has passed."""
    early, late, sign = (today, last, 1) if today <= last else (last, today, -1)
    days = (early + dt.timedelta(days=number + 1) for number in range((late - early).days))
    return sign * sum(is_working_day(day)[0] for day in days)
