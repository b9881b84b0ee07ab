"""Within which time a request should be answered: lines of the settings such as ``报告达标线 客服响应时间 = 60秒``.

By themselves three minutes to answer (source: the shop platforms' 3分钟响应率), as long to wait, and a day to
solve (own).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xladdin.company.company import Company
from xladdin.company.company_settings import SERVICE_LEVEL
from xladdin.domain.quantities import Unit
from xladdin.intake.near_names import hint
from xladdin.intake.numbers import read_number
from xladdin.intake.text import clean
from xladdin.problems import Place, Problem, warning

from .metric import Metric
from .metrics import workload
from .service_records import HOUR, MINUTE, SECOND

_UNITS = (("小时", HOUR, Unit.HOUR), ("分钟", MINUTE, Unit.MINUTE), ("秒", SECOND, Unit.SECOND))
_LONGEST = 365 * 24 * HOUR


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A duration and what it should not exceed."""

    key: str
    """The column of the requests: reply, wait, solve."""
    name: str
    limit: int
    """Microseconds."""

    @property
    def metric(self) -> Metric:
        """The share of requests within it."""
        return workload.within(self.key, self.name, self.limit, in_words(self.limit))


LEVELS = (
    ServiceLevel("reply", "客服响应时间", 3 * MINUTE),
    ServiceLevel("wait", "客户等待时间", 3 * MINUTE),
    ServiceLevel("solve", "服务请求解决时间", 24 * HOUR),
)


def in_words(limit: int) -> str:
    """A time in the largest unit of which it is a whole number: ``3分钟``, ``90秒``."""
    for name, size, _ in _UNITS:
        if limit % size == 0:
            return f"{limit // size}{name}"
    return f"{limit / SECOND:g}秒"


def service_levels(company: Company) -> tuple[tuple[ServiceLevel, ...], list[Problem]]:
    """The levels that a company has set, those of the trade for the rest, and every line that cannot be used."""
    found: dict[str, ServiceLevel] = {level.name: level for level in LEVELS}
    problems = []
    for setting in company.settings:
        name = clean(setting.name)
        if not name.startswith(SERVICE_LEVEL) or not setting.value.strip():
            continue
        called = name.removeprefix(SERVICE_LEVEL).lstrip(" ：:")
        known = found.get(called)
        if known is None:
            told = (
                f"没有「{called}」{hint(called, [*found])}，可写的有：{'、'.join(found)}；没有用上"
            )
            problems.append(_told(f"「设置」里的「{name}」：{told}", company))
            continue
        limit = _time(setting.value)
        if limit is None:
            told = (
                f"「设置」里的「{name}」「{setting.value[:20]}」不是时间，请写成 60秒、3分钟 或 24小时；"
                f"按{in_words(known.limit)}算"
            )
            problems.append(_told(told, company))
        else:
            found[called] = ServiceLevel(known.key, known.name, limit)
    return tuple(found.values()), problems


def _time(text: str) -> int | None:
    """Microseconds; a unit must be named, and none is guessed."""
    bare = clean(text).lstrip("≤<=")
    short: Mapping[str, str] = {"分": "分钟", "时": "小时"}
    for name, size, unit in _UNITS:
        for end in (name, *(one for one, meant in short.items() if meant == name)):
            if bare.endswith(end):
                reading = read_number(bare.removesuffix(end), unit)
                value = reading.value
                if reading.problem or value is None or value <= 0 or value * size > _LONGEST:
                    return None
                return int(value * size)
    return None


def _told(message: str, company: Company) -> Problem:
    return warning("level_unread", message, Place(file=company.file))
