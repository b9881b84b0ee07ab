"""Which lines somebody asks for: ``类型=订单``, ``指标=满意率``; as an engine finds them, and in words.

Lines are those of one table: of the requests, unless somebody says ``数据=会话``, or names a figure or
something else that only another table knows.
"""

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
from .metrics.opinions import BOUGHT_AGAIN, CLASSES
from .metrics.platforms import ALL as PLATFORMS
from .metrics.platforms import KUAISHOU_SOON, SCOPE
from .metrics.workload import REQUESTS_A_DAY
from .month_figures import HOURS, MAIN, UNKNOWN_AGENT, UNKNOWN_CHANNEL, UNKNOWN_TYPE, WEEKDAYS
from .service_records import TABLE_LABELS, Source
from .shop_figures import SHOP_MAIN
from .shop_line_steps import MERGED, any_column, outcomes, platform_words, with_steps
from .shop_lines import CHAT_HEADS, STAGES

EPOCH = dt.date(1970, 1, 1)
METRICS: Mapping[str, Metric] = {
    metric.name: metric for metric in (*MAIN, REQUESTS_A_DAY, *SHOP_MAIN, *SCOPE)
}
NOT_TOLD = "没有"
"""What is typed for lines that do not say."""
YES_NO = {"是": True, "否": False}
BAD = "bad_condition"


@dataclass(frozen=True, slots=True)
class Asked:
    """Lines that are asked for: of which table, the conditions, and what they say."""

    source: Source
    where: Condition
    """Over the table as it is."""
    words: str
    metric: Metric | None = None
    """Whose lines they are."""
    texts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Label, column and texts that were asked for: there may be none of them in the data."""
    then: tuple[Condition, ...] = ()
    """Over what is worked out for each line that meets ``where``: a customer's other lines count."""

    def lines(self, table: Table) -> Table:
        """The lines, with what is worked out for each."""
        found = with_steps(self.source, table.filter(self.where(table)))
        tests = [test(found) for test in self.then]
        if self.metric is not None:
            tests.append(lines_behind(self.metric, found))
        return found.filter(reduce(and_, tests)) if tests else found

    @property
    def is_share(self) -> bool:
        """Whether some of the lines make the figure greater."""
        return self.metric is not None and isinstance(self.metric.figure, Share)

    def counting(self, table: Table) -> Table:
        """Of a metric that is a share: the lines that make it greater."""
        found = self.lines(table)
        figure = self.metric.figure if self.metric else None
        return (
            found.filter(_of(self.metric, figure.of, found)) if isinstance(figure, Share) else found
        )

    @property
    def people(self) -> Condition | None:
        """Of a metric that counts people: whether a line is the one that stands for one of them."""
        return None if self.metric is None else _people(self.metric)


@dataclass(frozen=True, slots=True)
class _Name:
    """One thing that can be asked of a line."""

    label: str
    column: str
    read: Callable[[str], Any]
    """What is typed as the column says it; raises ValueError with what would do."""
    unknown: str = NOT_TOLD
    made: bool = False
    """Whether it is worked out for each line."""


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
_OF_CHATS = {
    "客服": NAMES["客服"],
    "日期": _Name("开始日期", "day", _day),
    "星期": NAMES["星期"],
    "钟点": _Name("开始的钟点", "hour", _hour),
    "到人工": _Name("到人工", "person", _YES),
    "留言": _Name("留言", "message", _YES),
    "询单": _Name("询单", "asked", _YES),
    "环节": _Name("环节", "stage", _one_of({name: name for name in STAGES}), made=True),
    **{
        CHAT_HEADS[metric.id]: _Name(
            CHAT_HEADS[metric.id],
            metric.id,
            _one_of({name: name for name in platform_words(metric)}),
            made=True,
        )
        for metric in PLATFORMS
    },
}
_OF_ORDERS = {
    "客服": NAMES["客服"],
    "日期": _Name("下单日期", "day", _day),
    "星期": NAMES["星期"],
    "付款": _Name("付款", "was_paid", _YES, made=True),
    "退款": _Name("退款", "returned", _YES),
}
BY_SOURCE: Mapping[Source, Mapping[str, _Name]] = {
    Source.REQUESTS: NAMES,
    Source.CHATS: _OF_CHATS,
    Source.ORDERS: _OF_ORDERS,
}
METRIC, TABLE = "指标", "数据"
TABLES = {label: source for source, label in TABLE_LABELS.items()}
BEGAN = {Source.REQUESTS: "提出", Source.CHATS: "开始", Source.ORDERS: "下单"}
USAGE = f"写成 名称=内容，名称可以是：{'、'.join([*NAMES, METRIC, TABLE])}；" + "；".join(
    f"{TABLE}={TABLE_LABELS[source]} 时可以是：{'、'.join([*BY_SOURCE[source], METRIC])}"
    for source in (Source.CHATS, Source.ORDERS)
)

SamePerson = Callable[[Source, str], Sequence[str]]
"""Everything that a table's records call somebody who is called so."""


def conditions(
    period: Period,
    typed: Sequence[str],
    same_person: SamePerson,
    metrics: Mapping[str, Metric] = METRICS,
) -> tuple[Asked | None, list[Problem]]:
    """What is asked for in a month; None with everything that is wrong with it.

    Of one name several may be given: any of them will do.  Different names must all hold.
    """
    named: dict[str, list[str]] = {}
    problems: list[Problem] = []
    every = {METRIC, TABLE, *(name for names in BY_SOURCE.values() for name in names)}
    for text in typed:
        name, equals, value = (part.strip() for part in text.replace("＝", "=").partition("="))
        if not equals or not value or name not in every:
            problems.append(Problem(BAD, f"条件「{text}」看不懂，请{USAGE}"))
        else:
            named.setdefault(name, []).append(value)
    metric, more = _metric(named.pop(METRIC, []), metrics)
    problems += more
    source, more = _source(named.pop(TABLE, []), metric, named)
    problems += more
    tests: list[Condition] = [lambda t: t.month == str(period)]
    then: list[Condition] = []
    words = [f"{period.label}{BEGAN[source]}"]
    own = {name: values for name, values in named.items() if name in BY_SOURCE[source]}
    for name, values in own.items():
        of = BY_SOURCE[source][name]
        found, told, more = _named(of, name, values, lambda who: same_person(source, who))
        words, problems = [*words, told], [*problems, *more]
        (then if of.made else tests).append(found)
    if metric is not None:
        words.append(_told(metric))
    if problems:
        return None, problems
    texts = tuple(
        (
            of.label,
            of.column,
            tuple(value for value in values if value not in (of.unknown, NOT_TOLD)),
        )
        for name, values in own.items()
        for of in [BY_SOURCE[source][name]]
        if of.read is _text
    )
    whole = "；".join(words)
    where: Condition = lambda t: reduce(and_, (test(t) for test in tests))  # noqa: E731
    return Asked(source, where, whole, metric, texts, tuple(then)), []


def _source(
    typed: Sequence[str], metric: Metric | None, named: Mapping[str, Sequence[str]]
) -> tuple[Source, list[Problem]]:
    """Whose lines: as is said, else the table that knows all that is asked."""
    said = list(dict.fromkeys(typed))
    if len(said) > 1 or any(name not in TABLES for name in said):
        known = "、".join(TABLES)
        return Source.REQUESTS, [
            Problem(BAD, f"{TABLE}只能写一样，可以写：{known}，现为「{'、'.join(said)}」")
        ]
    asked = [TABLES[name] for name in said]
    if metric is not None and metric.source not in asked:
        asked.append(metric.source)
    if len(asked) > 1:
        other = f"指标「{metric.name if metric else ''}」算的是{TABLE_LABELS[asked[1]]}"
        return asked[0], [Problem(BAD, f"{other}，不是{TABLE_LABELS[asked[0]]}")]
    able = [one for one in Source if named.keys() <= BY_SOURCE[one].keys()]
    source = asked[0] if asked else able[0] if able else Source.REQUESTS
    strange = [name for name in named if name not in BY_SOURCE[source]]
    if not strange:
        return source, []
    names = "、".join([*BY_SOURCE[source], METRIC])
    message = f"{TABLE_LABELS[source]}没有条件「{'、'.join(strange)}」，可以写：{names}"
    return source, [Problem(BAD, message)]


def _metric(
    names: Sequence[str], metrics: Mapping[str, Metric]
) -> tuple[Metric | None, list[Problem]]:
    if not names:
        return None, []
    if len(names) > 1:
        return None, [Problem(BAD, f"指标只能写一个，现为「{'、'.join(names)}」")]
    if names[0] not in metrics:
        known = "、".join(metrics)
        return None, [Problem(BAD, f"没有指标「{names[0]}」，可以写：{known}")]
    return metrics[names[0]], []


def _named(
    name: _Name, typed: str, values: Sequence[str], same_person: Callable[[str], Sequence[str]]
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


@dataclass(frozen=True, slots=True)
class _Customers:
    """A table of sessions, seen as the metrics over customers see a table of these: by their names of it."""

    lines: Table

    def __getattr__(self, step: str) -> Any:
        return self.lines[any_column(step)]


def _of(metric: Metric | None, condition: Condition, lines: Table) -> Any:
    """A condition of a metric over what it is worked out from: lines, or a customer's lines together."""
    if metric is None or metric.lines is None:
        return condition(lines)
    if metric is KUAISHOU_SOON:
        return lines[metric.id] == outcomes(metric)[0]
    if metric is BOUGHT_AGAIN:
        return lines.again.notnull()
    return condition(_Customers(lines))


def lines_behind(metric: Metric, lines: Table) -> Any:
    """The lines that a figure is made of: what a share is out of, what a mean is over."""
    if metric is KUAISHOU_SOON:
        return lines[metric.id].isin([*outcomes(metric), MERGED])
    if metric is BOUGHT_AGAIN:
        return lines.paid.notnull() & lines.customer.notnull()
    some = _made_of(metric, lines)
    return some if metric.lines is None else lines.customer.notnull() & some


def _made_of(metric: Metric, lines: Table) -> Any:
    match metric.figure:
        case Count(where) if where is not None:
            return _of(metric, where, lines)
        case Share(_, among) if among is not None:
            return _of(metric, among, lines)
        case Mean(of) | Percentile(of) | Sum(of) | Different(of):
            return of(lines).notnull()
        case Each(of, over):
            return of(lines).notnull() | over(lines).notnull()
        case Count() | Share() | PerDay():
            return lines.month.notnull()


def _people(metric: Metric) -> Condition | None:
    """Which lines stand for somebody each; None where the metric counts lines."""
    if metric is KUAISHOU_SOON:
        return lambda t: t[metric.id].isin(outcomes(metric))
    if metric is BOUGHT_AGAIN or isinstance(metric.figure, Different):
        return lambda t: t.buyer.notnull()
    if metric.lines is not None:
        return lambda t: t.consulted.notnull()
    return None


def _told(metric: Metric) -> str:
    return f"算进“{metric.name}”的（{metric.definition.rstrip('。')}）"
