"""What a month is to reach: lines of the master's settings such as ``报告目标 满意率 = 85%``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xladdin.company.company import Company
from xladdin.company.company_settings import REPORT_TARGET
from xladdin.domain.quantities import Unit
from xladdin.intake.near_names import hint
from xladdin.intake.numbers import read_number
from xladdin.intake.text import clean
from xladdin.problems import Place, Problem, warning

from .metric import HOURS, MINUTES, PERCENT, SECONDS, STARS, Direction, Metric, Scale
from .month_figures import MAIN
from .shop_figures import SHOP_MAIN

EVERYWHERE = frozenset(
    one.name for one in (*MAIN, *SHOP_MAIN) if one.direction is not Direction.NEITHER
)
"""Names of what the reports show: a target may be that of another one."""
UNITS: Mapping[Scale, Unit] = {
    PERCENT: Unit.PERCENT,
    SECONDS: Unit.SECOND,
    MINUTES: Unit.MINUTE,
    HOURS: Unit.HOUR,
    STARS: Unit.STAR,
}


def month_targets(
    company: Company, metrics: Sequence[Metric] = MAIN
) -> tuple[Mapping[str, Decimal], list[Problem]]:
    """Metric id -> target in the metric's unit, and every line that could not be used."""
    known = {one.name: one for one in metrics if one.direction is not Direction.NEITHER}
    found: dict[str, Decimal] = {}
    problems = []
    for setting in company.settings:
        name = clean(setting.name)
        if not name.startswith(REPORT_TARGET) or not setting.value.strip():
            continue
        called = name.removeprefix(REPORT_TARGET).lstrip(" ：:")
        metric = known.get(called)
        if metric is None and called in EVERYWHERE:
            continue
        if metric is None:
            message = f"「设置」里的「{name}」：报告没有指标「{called}」{hint(called, [*known])}，没有用上"
            problems.append(_told(message, company))
            continue
        target = _figure(setting.value, metric)
        if target is None:
            message = (
                f"「设置」里的「{name}」「{setting.value[:20]}」不是{_asked(metric)}，没有用上"
            )
            problems.append(_told(message, company))
        else:
            found[metric.id] = target
    return found, problems


def _figure(text: str, metric: Metric) -> Decimal | None:
    bare = clean(text).removesuffix(metric.scale.name) if not metric.scale.percent else text
    reading = read_number(bare.lstrip("≤≥<>="), UNITS.get(metric.scale, Unit.NUMBER))
    value = reading.value
    if reading.problem or value is None or value < 0:
        return None
    highest = {PERCENT: Decimal(1), STARS: Decimal(5)}.get(metric.scale)
    return None if highest is not None and value > highest else value


def _asked(metric: Metric) -> str:
    return "百分比，如 85%" if metric.scale.percent else f"多少{metric.scale.name}"


def _told(message: str, company: Company) -> Problem:
    return warning("target_unread", message, Place(file=company.file))
