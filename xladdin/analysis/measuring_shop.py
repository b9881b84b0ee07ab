"""A shop's month out of an engine's tables: requests, chats and orders, and the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from xladdin.company.company import Company
from xladdin.domain.people import Period

from .engines import Engine, table
from .measuring import measure
from .measuring_month import (
    EPOCH,
    People,
    ServiceDays,
    every_day,
    grouped,
    month_figures,
    notices,
    span,
)
from .metric import Metric, Reading, Table
from .metrics import platforms, shop, workload
from .month_figures import UNKNOWN_AGENT, AgentFigures, MonthFigures, Readings
from .record_lines import OF_SHOP
from .service_levels import LEVELS, ServiceLevel
from .service_records import DAY, TABLE_LABELS, Source
from .shop_figures import OF_SHOP_AGENTS, SHOP_MAIN, ShopFigures, TableRead

Span = tuple[dt.date, dt.date]
NO_ONE = Reading(Decimal(0), 0)
"""Of a month between the first and the last chat in which nobody wrote."""
QUIET: Mapping[Source, Metric] = {
    Source.REQUESTS: workload.REQUESTS,
    Source.CHATS: platforms.CHATS,
}


def shop_figures(
    engine: Engine,
    company: Company,
    period: Period,
    service_days: ServiceDays = every_day,
    levels: Sequence[ServiceLevel] = LEVELS,
) -> ShopFigures:
    """Everything that the shop's report tells; what nobody recorded is missing, not 0."""
    base = month_figures(engine, company, period, service_days, OF_SHOP)
    spans = {source: found for source in Source if (found := _span(engine, source)) is not None}
    people = People(company)
    agents = _agents(engine, people, period)
    days = [day for found in spans.values() for day in found]
    scope = measure(engine, platforms.SCOPE, where=_in(period)) if _dated(engine) else {}
    known: dict[str, Any] = {one.name: getattr(base, one.name) for one in fields(MonthFigures)}
    known |= {
        "main": _main(engine, base, spans, levels),
        "agents": agents,
        "first": min(days, default=None),
        "last": max(days, default=None),
        "spans": spans,
        "quality": tuple(notices(agents, people)),
    }
    return ShopFigures(
        **known,
        scope=scope.get((), {}),
        recorded_until=_recorded_until(engine, spans),
        levels=tuple(levels),
        tables=tuple(_table(engine, source, spans) for source in Source),
    )


def _dated(engine: Engine) -> bool:
    return "month" in engine.have(Source.CHATS)


def _in(period: Period) -> Any:
    def of(lines: Table) -> Any:
        return lines.month == str(period)

    return of


def _span(engine: Engine, source: Source) -> Span | None:
    first, last = span(engine, source)
    return None if first is None or last is None else (first, last)


def _table(engine: Engine, source: Source, spans: Mapping[Source, Span]) -> TableRead:
    have = engine.have(source)
    lines = 0
    if have:
        ((lines,),) = engine.rows(table(source, have).aggregate(n=table(source, have).count()))
    first, last = spans.get(source, (None, None))
    return TableRead(TABLE_LABELS[source], int(lines), first, last)


def _main(
    engine: Engine,
    base: MonthFigures,
    spans: Mapping[Source, Span],
    levels: Sequence[ServiceLevel],
) -> Mapping[Period, Readings]:
    """Each month's figures; a month of a table's own span without a line of it is a quiet one."""
    own = {level.metric.id: level.metric for level in levels}
    metrics = [own.get(metric.id, metric) for metric in SHOP_MAIN]
    found = grouped(engine, metrics, ("month",), *base.months)
    main: dict[Period, Readings] = {}
    for month in base.months:
        quiet = {
            metric.id: NO_ONE
            for source, metric in QUIET.items()
            if source in spans and _overlaps(spans[source], month)
        }
        told = found.get((str(month),), {})
        known = {key: one for key, one in told.items() if one.value is not None or one.basis}
        if known or quiet:
            main[month] = {**base.main.get(month, {}), **quiet, **known}
    return main


def _overlaps(span_: Span, month: Period) -> bool:
    return span_[0] <= month.last_day and month.first_day <= span_[1]


def _recorded_until(engine: Engine, spans: Mapping[Source, Span]) -> dt.date | None:
    """The last day of anything: of a table, or of a payment."""
    found = [last for _, last in spans.values()]
    chats, orders = engine.have(Source.CHATS), engine.have(Source.ORDERS)
    if {"started", "paid"} <= set(chats):
        lines = table(Source.CHATS, chats)
        found += _day(engine.rows(lines.aggregate(last=(lines.started + lines.paid).max())))
    if "paid" in orders:
        lines = table(Source.ORDERS, orders)
        found += _day(engine.rows(lines.aggregate(last=lines.paid.max())))
    return max(found, default=None)


def _day(rows: Sequence[tuple[Any, ...]]) -> list[dt.date]:
    return [EPOCH + dt.timedelta(int(moment) // DAY) for (moment,) in rows if moment is not None]


def _agents(engine: Engine, people: People, period: Period) -> tuple[AgentFigures, ...]:
    """Everybody who stands in any of the tables, whoever received most customers first, nobody last."""
    found = grouped(engine, OF_SHOP_AGENTS, ("agent",), period)
    agents = []
    for (called,), readings in found.items():
        who = None if called is None else people.of(called)
        name = who.name if who else called or UNKNOWN_AGENT
        agents.append(AgentFigures(name, who, readings, called=called))

    def received(one: AgentFigures) -> tuple[bool, Decimal, str]:
        reading = one.now.get(shop.RECEIVED.id) or NO_ONE
        return one.name == UNKNOWN_AGENT, -(reading.value or Decimal(0)), one.name

    return tuple(sorted(agents, key=received))
