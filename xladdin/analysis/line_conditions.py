"""Which lines somebody asks for: ``类型=订单``, ``指标=满意率``; as an engine finds them, and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from xladdin.domain.people import Period
from xladdin.problems import Problem

from .metric import (
    Condition,
    Count,
    Different,
    Each,
    Mean,
    Metric,
    Percentile,
    PerDay,
    Share,
    Sum,
    Table,
)
from .metrics.opinions import CLASSES
from .metrics.workload import REQUESTS_A_DAY
from .month_figures import HOURS, MAIN, UNKNOWN_AGENT, UNKNOWN_CHANNEL, UNKNOWN_TYPE, WEEKDAYS

EPOCH = dt.date(1970, 1, 1)
METRICS: Mapping[str, Metric] = {metric.name: metric for metric in (*MAIN, REQUESTS_A_DAY)}
NOT_TOLD = "没有"
"""What is typed for lines that do not say."""
YES_NO = {"是": True, "否": False}
BAD = "bad_condition"


@dataclass(frozen=True, slots=True)
class Asked:
    """Lines that are asked for: the condition, and what it says."""

    where: Condition
    words: str
    metric: Metric | None = None
    """Whose lines they are."""
    texts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Label, column and texts that were asked for: there may be none of them in the data."""

    def counting(self, lines: Table) -> Any:
        """Of a metric that is a share: which of the lines make it greater."""
        figure = self.metric.figure if self.metric else None
        return figure.of(lines) if isinstance(figure, Share) else None


@dataclass(frozen=True, slots=True)
class _Name:
    """One thing that can be asked of a line."""

    label: str
    column: str
    read: Callable[[str], Any]
    """What is typed as the column says it; raises ValueError with what would do."""
    unknown: str = NOT_TOLD


def _text(text: str) -> Any:
    return text


def _one_of(known: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if text not in known:
            raise ValueError("、".join(dict.fromkeys(known)))
        return known[text]

    return read


def _hour(text: str) -> int:
    digits = text.removesuffix("点").partition(":")[0]
    if not (digits.isdecimal() and int(digits) < HOURS):
        raise ValueError(f"0 至 {HOURS - 1}")
    return int(digits)


def _day(text: str) -> int:
    try:
        return (dt.date.fromisoformat(text) - EPOCH).days
    except ValueError:
        raise ValueError("2026-10-05 的写法") from None


_DAYS = {name: number for number, name in enumerate(WEEKDAYS, start=1)}
_DAYS |= {name[1:]: number for name, number in _DAYS.items()}
_YES = _one_of(YES_NO)
NAMES = {
    "类型": _Name("问题类型", "type", _text, UNKNOWN_TYPE),
    "客服": _Name("客服", "agent", _text, UNKNOWN_AGENT),
    "渠道": _Name("渠道", "channel", _text, UNKNOWN_CHANNEL),
    "日期": _Name("提出日期", "day", _day),
    "星期": _Name("星期", "weekday", _one_of(_DAYS)),
    "钟点": _Name("提出的钟点", "hour", _hour),
    "评价": _Name("评价", "satisfaction", _one_of({name: name for name in CLASSES})),
    "投诉": _Name("投诉", "complaint", _YES),
    "建议": _Name("建议", "suggestion", _YES),
    "未解决": _Name("未解决", "open", _YES),
}
METRIC = "指标"
USAGE = f"写成 名称=内容，名称可以是：{'、'.join([*NAMES, METRIC])}"

SamePerson = Callable[[str], Sequence[str]]
"""Everything that the records call somebody who is called so."""


def conditions(
    period: Period, typed: Sequence[str], same_person: SamePerson
) -> tuple[Asked | None, list[Problem]]:
    """What is asked for in a month; None with everything that is wrong with it.

    Of one name several may be given: any of them will do.  Different names must all hold.
    """
    named: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for text in typed:
        name, equals, value = (part.strip() for part in text.replace("＝", "=").partition("="))
        if not equals or not value or (name not in NAMES and name != METRIC):
            problems.append(Problem(BAD, f"条件「{text}」看不懂，请{USAGE}"))
        else:
            named.setdefault(name, []).append(value)
    tests: list[Condition] = [lambda t: t.month == str(period)]
    words = [f"{period.label}提出"]
    metric, more = _metric(named.pop(METRIC, []))
    problems += more
    for name, values in named.items():
        found, told, more = _named(NAMES[name], name, values, same_person)
        tests, words, problems = [*tests, found], [*words, told], [*problems, *more]
    if metric is not None:
        tests, words = [*tests, lambda t: lines_behind(metric, t)], [*words, _told(metric)]
    if problems:
        return None, problems
    texts = tuple(
        (
            of.label,
            of.column,
            tuple(value for value in values if value not in (of.unknown, NOT_TOLD)),
        )
        for name, values in named.items()
        for of in [NAMES[name]]
        if of.read is _text
    )
    whole = "；".join(words)
    return Asked(lambda t: reduce(and_, (test(t) for test in tests)), whole, metric, texts), []


def _metric(names: Sequence[str]) -> tuple[Metric | None, list[Problem]]:
    if not names:
        return None, []
    if len(names) > 1:
        return None, [Problem(BAD, f"指标只能写一个，现为「{'、'.join(names)}」")]
    if names[0] not in METRICS:
        known = "、".join(METRICS)
        return None, [Problem(BAD, f"没有指标「{names[0]}」，可以写：{known}")]
    return METRICS[names[0]], []


def _named(
    name: _Name, typed: str, values: Sequence[str], same_person: SamePerson
) -> tuple[Condition, str, list[Problem]]:
    wanted: list[Any] = []
    problems = []
    for value in values:
        if value in (name.unknown, NOT_TOLD):
            wanted.append(None)
            continue
        try:
            read = name.read(value)
        except ValueError as error:
            problems.append(Problem(BAD, f"条件「{typed}={value}」不对，{typed}可以写：{error}"))
            continue
        wanted += same_person(value) or [read] if name.column == "agent" else [read]
    told = " 或 ".join("没有写" if value == NOT_TOLD else f"“{value}”" for value in values)

    def test(lines: Table) -> Any:
        column = lines[name.column]
        return reduce(or_, (column.isnull() if one is None else column == one for one in wanted))

    return test, f"{name.label}是{told}", problems


def lines_behind(metric: Metric, lines: Table) -> Any:
    """The lines that a figure is made of: what a share is out of, what a mean is over."""
    match metric.figure:
        case Count(where) if where is not None:
            return where(lines)
        case Share(_, among) if among is not None:
            return among(lines)
        case Mean(of) | Percentile(of) | Sum(of) | Different(of) | Each(of, _):
            return of(lines).notnull()
        case Count() | Share() | PerDay():
            return lines.month.notnull()


def _told(metric: Metric) -> str:
    return f"算进“{metric.name}”的（{metric.definition.rstrip('。')}）"
