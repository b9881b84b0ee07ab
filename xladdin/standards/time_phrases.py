"""When and how often: 每年12月25日前, 每月3日上午9点前, 两个工作日内, 次日, 每周一次."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal

from xladdin.domain.positions import Cycle
from xladdin.domain.quantities import Unit, facts

from .numerals import CHINESE, COUNT, NUMBER, SPAN, number_of, span_of
from .phrase_parts import Meaning, Part, Phrase, Role, always, phrase

_UP_TO = "(?:以前|之前|前)"
_TWO = rf"[0-9]{{1,2}}|{CHINESE}{{1,3}}"
_CLOCK = (
    rf"(?P<noon>上午|早上|早晨|中午|下午|傍晚|晚上|晚)?(?P<hour>(?<![0-9:])[0-9]{{1,2}}|{CHINESE}{{1,2}})"
    r"(?::(?P<minute>[0-9]{2})|[点时](?:(?P<half>半)|(?P<past>[0-9]{1,2})分?|[钟整])?)"
)
_MAYBE_CLOCK = rf"(?:{_CLOCK})?"
_MONTHLY = r"(?:每个?月|次月|下个?月|当月)的?(?:份)?"
_WEEK = "(?:周|星期|礼拜)"
_DAYS = "一二三四五六"
_WEEKDAY = f"[{_DAYS}日天]"
_NUMERALS = CHINESE[1:-1]
# 每周一次 is once a week: without 前 a weekday is one only before an hour or something to do.
_DONE = "(?=上午|下午|早上|晚上|提交|上报|上交|报送|召开|组织|更新|汇报|完成|发布|发送|召集)"

_TWICE = "“{}”可能是上午，也可能是下午，请写明"
_NO_CLOCK = "“{}”不是一天中的时刻"
_NO_DAY = "没有“{}”这一天"


def _clock(match: re.Match[str]) -> tuple[str, str]:
    """``09:00`` out of a match with an hour, and a reason where the hour is unclear."""
    if not match["hour"]:
        return "", ""
    hour = int(number_of(match["hour"]) or 0)
    minute = 30 if match["half"] else int(match["minute"] or match["past"] or 0)
    shown = match[0]
    if minute > 59 or not 0 < hour * 60 + minute <= 24 * 60 or number_of(match["hour"]) is None:
        return "", _NO_CLOCK.format(shown)
    placed = _placed(match["noon"], hour, stated=match["hour"].startswith("0"))
    if placed is None:
        return "", _TWICE.format(shown)
    return f"{placed:02}:{minute:02}", ""


def _placed(noon: str | None, hour: int, *, stated: bool) -> int | None:
    """The hour of 24; None where 上午 or 下午 is missing or does not fit."""
    match noon:
        case None:
            return hour if hour >= 8 or stated else None
        case "上午" | "早上" | "早晨":
            return hour if hour < 12 else None
        case "中午":
            return {11: 11, 12: 12, 1: 13, 2: 14}.get(hour)
        case _:
            return hour + 12 if hour < 12 else (hour if hour > 12 else None)


def _date(match: re.Match[str], cycle: Cycle | None, month: str, last: int) -> Meaning:
    day = number_of(match["day"])
    if day is None or not 1 <= day <= last:
        return _NO_DAY.format(match[0])
    clock, unclear = _clock(match)
    return unclear or Part(Role.DUE, cycle=cycle, due=f"{month.format(int(day))} {clock}".strip())


def _yearly(match: re.Match[str]) -> Meaning:
    month = int(number_of(match["month"]) or 0)
    # 29 February is a day: standards are not of one year.
    last = calendar.monthrange(2024, month)[1] if 1 <= month <= 12 else 0
    return _date(match, Cycle.YEAR if match["every"] else None, f"{month:02}-{{:02}}", last)


def _monthly(match: re.Match[str]) -> Meaning:
    return _date(match, Cycle.MONTH, "{}", 31)


def _weekly(match: re.Match[str]) -> Meaning:
    clock, unclear = _clock(match)
    weekday = _DAYS.index(match["weekday"]) + 1 if match["weekday"] in _DAYS else 7
    return unclear or Part(Role.DUE, cycle=Cycle.WEEK, due=f"{weekday} {clock}".strip())


def _hourly(match: re.Match[str]) -> Meaning:
    clock, unclear = _clock(match)
    cycles = {"当": Cycle.EVENT, "每": Cycle.DAY}
    cycle = cycles[match["when"][0]] if match["when"] else None
    return unclear or Part(Role.DUE, cycle=cycle, due=clock)


_ENDS = {"月": Cycle.MONTH, "季": Cycle.QUARTER, "年": Cycle.YEAR}


def _end(match: re.Match[str]) -> Meaning:
    return Part(Role.DUE, cycle=_ENDS[match["of"][0]], due="end")


def _limit(match: re.Match[str]) -> Meaning:
    unit, scale = span_of(match["unit"].removeprefix("个半"))
    value = number_of(match["number"])
    if match["unit"].startswith("个半"):
        value = None if value is None else value + Decimal("0.5")
    if value is None or value * scale > facts(unit).high:
        return f"“{match[0]}”不像是合理的时限"
    if unit is Unit.DAY and value != value.to_integral_value():
        return f"“{match[0]}”是几个小时说不准，请写成小时"
    return Part(Role.LIMIT, value=value * scale, unit=unit)


def _due(pattern: str) -> str:
    return rf"{pattern}{_UP_TO}"


DUES: tuple[Phrase, ...] = (
    phrase(
        rf"(?:次日|第二天|隔[天日]|翌日)(?:{_CLOCK}|{_UP_TO})",
        lambda match: f"“{match[0]}”是次日的时刻，没有对应的写法",
        "次日9:00前",
    ),
    phrase(
        rf"(?:(?P<every>每年度?的?)|(?<![0-9年{_NUMERALS}]))(?P<month>{_TWO})月份?"
        rf"(?P<day>{_TWO})[日号]{_MAYBE_CLOCK}(?:{_UP_TO}|{_DONE})",
        _yearly,
        "每年12月25日前",
        "每年十二月十八日之前",
        "6月30日前",
    ),
    phrase(
        rf"{_MONTHLY}(?P<day>{_TWO})[日号]{_MAYBE_CLOCK}(?:{_UP_TO}|{_DONE})",
        _monthly,
        "每月5号前",
        "每月3日上午9点前",
        "次月10日前",
        "每月三十日之前",
        "每月15日提交",
    ),
    phrase(
        rf"每{_WEEK}(?P<weekday>{_WEEKDAY})(?:{_MAYBE_CLOCK}(?:下班)?{_UP_TO}|{_DONE})",
        _weekly,
        "每周一提交",
        "每周五17:00前",
        "每周五下班前",
    ),
    phrase(
        _due(rf"(?<![每上下本]){_WEEK}(?P<weekday>{_WEEKDAY}){_MAYBE_CLOCK}(?:下班)?"),
        _weekly,
        "周五前",
        "周五17:00前",
    ),
    phrase(
        _due(rf"(?P<when>每[天日]|每个工作日|当[天日])?{_CLOCK}"),
        _hourly,
        "当天12点以前",
        "每日18:30前",
        "每天下午5点半前",
    ),
    phrase(
        _due(rf"(?<![上去今明本次下0-9{_NUMERALS}])每?个?(?P<of>月|季度?|年度?)[底末]"),
        _end,
        "月底前",
        "每月末前",
        "季末前",
    ),
    phrase(
        rf"每[天日]下班{_UP_TO}",
        always(Part(Role.DUE, cycle=Cycle.DAY)),
        "每天下班前",
    ),
    phrase(
        rf"(?:{NUMBER})(?:{SPAN}|号|个月|年){_UP_TO}",
        lambda match: f"“{match[0]}”是每月几号，还是提前几天？请写成“每月5日前”的样子",
        "25日前提交",
        "活动开始3天前",
    ),
)

LIMITS: tuple[Phrase, ...] = (
    phrase(
        rf"(?P<number>{NUMBER})(?P<unit>个半小时|{SPAN})(?:以内|之内|内)",
        _limit,
        "一天内",
        "两个工作日内",
        "24小时以内",
        "一个半小时内",
        "一周内",
    ),
    phrase(
        rf"(?:{NUMBER})个?(?:自然)?(?:月|季度|年)(?:以内|之内|内)",
        lambda match: f"“{match[0]}”折不成固定的天数，请改写为天数或日期",
        "一个月内",
    ),
    phrase(
        r"当[天日](?![的班事毕])(?:之内|内)?",
        always(Part(Role.LIMIT, value=Decimal(0), unit=Unit.DAY)),
        "当天给客户发祝贺信息",
    ),
    phrase(
        r"次日|第二天|翌日",
        always(Part(Role.LIMIT, value=Decimal(1), unit=Unit.DAY)),
        "次日报送",
        "第二天将名单报送",
    ),
)


def _every(pattern: str, cycle: Cycle, *examples: str) -> Phrase:
    return phrase(pattern, always(Part(Role.EVERY, cycle=cycle)), *examples)


_ONE = f"(?<![第0-9{_NUMERALS}])(?:一|1)"
# 一周两次: a span before a count of times says how often.
_TIMES = rf"(?=[^,]{{0,8}}?(?:{NUMBER})[次回场])"

CYCLES: tuple[Phrase, ...] = (
    phrase(
        rf"每个?(?:月|季度?|年度?|{_WEEK})的?(?:初|中(?!心)|[上中下]旬|第|首|末|底|最后)",
        lambda match: f"“{match[0]}…”没有写明是哪一天",
        "每月初提交",
        "每月第一周",
    ),
    phrase(
        rf"每{_WEEK}(?={_WEEKDAY}(?!{COUNT}))",
        lambda match: f"“{match[0]}…”是每周的星期几，还是每周几次？写法不能确定",
        "每周一例会",
        "每周一、周三",
    ),
    _every(
        rf"每(?:两|2|二)个月(?:度)?|(?<![0-9{_NUMERALS}])(?:两|2|二)个月(?![内以之前后的])",
        Cycle.TWO_MONTHS,
        "每两个月",
        "两个月回访一次",
    ),
    phrase(
        rf"每?(?:半年|半个?月|旬)|每(?:隔)?(?:{NUMBER})(?:{SPAN}|个?月|年|个?季度)|隔[天日周月]|双月|双周",
        lambda match: f"周期“{match[0]}”不在天、周、月、两个月、季、年之内",
        "每三个月",
        "半年一次",
        "每两周",
    ),
    _every(rf"每个?(?:工作日|天|日)|{_ONE}天{_TIMES}", Cycle.DAY, "每天", "每个工作日"),
    _every(rf"每个?{_WEEK}|{_ONE}个?{_WEEK}{_TIMES}", Cycle.WEEK, "每周", "一周两次"),
    _every(rf"每个?月度?|{_ONE}个月{_TIMES}", Cycle.MONTH, "每月", "一个月一次"),
    _every(rf"每个?季度?|{_ONE}个季度{_TIMES}", Cycle.QUARTER, "每季度"),
    _every(rf"每个?年度?|全年|{_ONE}年{_TIMES}", Cycle.YEAR, "每年", "全年无投诉"),
    _every("每次", Cycle.EVENT, "每次至少1小时"),
)
