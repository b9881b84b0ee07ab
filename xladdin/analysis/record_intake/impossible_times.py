"""What cannot be, or cannot be worked out: answered before asked, durations below nothing, half a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xladdin.analysis.service_records import Source

from .odd_values import AS_MISSING
from .record_fields import LABELS, Kind
from .record_words import OPEN, REOPENED, SOLVED
from .service_hours import ServiceHours
from .staging import Stage, as_time

LATER: Mapping[Source, Mapping[str, str]] = {
    Source.REQUESTS: {"wait": "taken", "reply": "replied", "solve": "solved"},
    Source.CHATS: {"first": "answered", "ordered": "ordered", "paid": "paid"},
    Source.ORDERS: {},
}
"""Duration -> the time at which it ends; it begins when the line does."""
BY_CLOCK = ("ordered", "paid")
"""What customers do at any hour."""
_NO_SPAN = "这个时长不算（不是 0）"


class Asked(NamedTuple):
    """A condition, what of the line is shown, and what is told of it."""

    code: str
    where: str
    shown: str
    what: str
    done: str


def tell_impossible(stage: Stage, hours: ServiceHours) -> None:
    """Count and show what the tables will not have; nothing is changed here."""
    asked = {str(number): one for number, one in enumerate(_asked(stage, hours))}
    for key in stage.met({key: one.where for key, one in asked.items()}):
        stage.tell(*asked[key])


def _asked(stage: Stage, hours: ServiceHours) -> Iterator[Asked]:
    labels, begins = LABELS[stage.source], stage.begins
    begin = labels[begins]
    yield Asked(
        "no_time", f"{begins} IS NULL", "'—'", f"没有{begin}", "算不进任何一个月，只在总数里"
    )
    yield Asked(
        "only_day",
        stage.only_day(begins),
        f"{as_time(begins)}[:10]",
        f"{begin}只有日期，没有时刻",
        "不知道几点，不进时段；到有时刻的时间不算时长",
    )
    for span, name in LATER[stage.source].items():
        if name in stage.fields:
            yield from _between(stage, span, name)
    for span in stage.of_kind(Kind.SPAN):
        shown = f"concat({span} / 1000000, ' 秒')"
        yield Asked("negative_span", f"{span} < 0", shown, f"{labels[span]}是负数", AS_MISSING)
        if hours.business:
            what = f"{labels[span]}是系统给的时长，不知道其中多少是服务时间"
            yield Asked("span_by_clock", f"{span} >= 0", shown, what, "照系统给的算")
    if stage.source is Source.REQUESTS:
        yield from _of_requests(stage)
    if stage.source is Source.ORDERS and "paid" in stage.fields:
        what = f"{labels['paid']}早于{begin}"
        yield Asked(
            "paid_before", f"paid < {begins}", _shown(begins, "paid"), what, "照样算，请核对"
        )


def _shown(begins: str, ends: str) -> str:
    return f"concat({as_time(begins)}, ' → ', {as_time(ends)})"


def _between(stage: Stage, span: str, name: str) -> Iterator[Asked]:
    """A time beside the one at which the line begins."""
    labels, begins = LABELS[stage.source], stage.begins
    begin, end, shown = labels[begins], labels[name], _shown(begins, name)
    done = "不算这次会话带来的" if span in BY_CLOCK else _NO_SPAN
    yield Asked(f"before_{name}", f"{name} < {begins}", shown, f"{end}早于{begin}", done)
    later = f"{name} >= {begins}"
    whole = f"{stage.only_day(begins)} AND {stage.only_day(name)} AND {later}"
    yield Asked("whole_days", whole, shown, f"{begin}和{end}都只有日期", "时长按整天算")
    half = f"{stage.only_day(begins)} <> {stage.only_day(name)} AND {later}"
    yield Asked("half_known", half, shown, f"{begin}和{end}只有一个有时刻", _NO_SPAN)


def _of_requests(stage: Stage) -> Iterator[Asked]:
    labels, there = LABELS[stage.source], stage.fields
    if {"replied", "solved"} <= there.keys():
        where = "solved < replied AND solved >= opened"
        what = f"{labels['solved']}早于{labels['replied']}"
        done = "两个时长都照样算，请核对哪个时间记错了"
        yield Asked("solved_before_replied", where, _shown("replied", "solved"), what, done)
    if "state" in there and {"solved", "solve"} & there.keys():
        ended = [f"{name} IS NOT NULL" for name in ("solved", "solve") if name in there]
        known = f"({' OR '.join(ended)})"
        what = f"{labels['state']}是已解决，没有{labels['solved']}"
        yield Asked(
            "solved_without_time",
            f"state = '{SOLVED}' AND NOT {known}",
            "id" if "id" in there else "state",
            what,
            "算已解决，没有解决时长（不是 0）",
        )
        what = f"{labels['state']}是未解决，却有{labels['solved']}"
        where = f"state IN ('{OPEN}', '{REOPENED}') AND {known}"
        shown = "id" if "id" in there else "state"
        yield Asked("open_with_time", where, shown, what, "算未解决，没有解决时长")
