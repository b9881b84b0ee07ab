"""The phrases that scoring rules are made of, each with what it means.

A rule is read from left to right; at each place the first phrase that fits is taken, and where none
fits the whole rule is refused.  So no phrase may take words that could change the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import Direction

from .rule_bands import band_at, otherwise_at, outcome_at
from .rule_parts import Part, Role, Value
from .rule_text import COUNTED, NUM, UNIT, Figure, figure

Means = Callable[[re.Match[str]], Part]
_END = r"(?=[,;。:()]|$)"
_WORD = r"[^0-9,;。:()<>≥≤*/=每扣加奖罚若如除]"
_LOW = "低于?|下降|降低|减少|少于?|相?差|不足|落后|短缺?|降"
_HIGH = "高于?|高出|超过?|超出|增加|上升|升高|提高|增长?|延长|多于?|慢|长"
_LATE = "延迟|延期|延误|逾期|迟交|晚交|推迟|拖延|滞后|拖后|迟|晚"
_AIM = "(?:目标值?|标准值?|计划值?|指标值?|要求|基准值?|考核值)"
_ITEM = "(?:该项|本项|此项|该指标|本指标)?(?:指标)?(?:权重|分值|标准分|满分|分数|得分)"
_FROM = (
    rf"(?:(?:[<>]|低于|高于|未达到?|未完成|不足|超过|超出|在)(?:{_AIM}|(?P<base>{NUM})(?P<baseu>{UNIT})?)"
    r"(?:的?基础上|的部分|的|时|后|者)?,?)?"
)
_OFF = rf"(?:的)?,?(?:则|就|相应|均)?扣(?:(?:{_ITEM})?的?(?P<share>{NUM})%(?:的?{_ITEM})?|(?P<off>{NUM})分)"
_ACTUAL, _GOAL = r"实际[^0-9,;。:()*/=每]{0,10}", r"(?:目标|计划|任务|指标)[^0-9,;。:()*/=每]{0,10}"
_RATE = r"[^0-9,;。:()*/=每按]{0,8}(?:完成率|达成率|完成比例|达成比例|完成百分比)"
_TERM = rf"(?:(?P<up>{_ACTUAL}/{_GOAL}|{_RATE})|(?P<down>{_GOAL}/{_ACTUAL}))(?:\*100%)?"
_FULL = rf"(?:(?P<worth>{NUM})(?:分|(?P<percent>%))?|{_ITEM}值?|基准分|配分)"


@dataclass(frozen=True, slots=True)
class RulePhrase:
    """One way of saying something; ``examples`` are read by the tests."""

    pattern: re.Pattern[str]
    means: Means
    examples: tuple[str, ...] = ()


def _phrase(pattern: str, means: Means, *examples: str) -> RulePhrase:
    return RulePhrase(re.compile(pattern), means, examples)


def _nothing(found: re.Match[str]) -> Part:
    return Part(Role.NOTHING, found[0])


def _off(found: re.Match[str]) -> Value:
    if found["share"]:
        return Value(share=Decimal(found["share"]) / 100, off=True)
    return Value(points=Decimal(found["off"]), off=True)


def _base(found: re.Match[str]) -> Figure | None:
    return figure(found["base"], found["baseu"]) if found["base"] else None


def _per_step(found: re.Match[str]) -> Part:
    return Part(
        Role.PER_STEP,
        found[0],
        figure(found["step"] or "1", found["unit"]),
        _off(found),
        direction=Direction.HIGHER if found["low"] else Direction.LOWER,
        base=_base(found),
    )


def _per_event(found: re.Match[str]) -> Part:
    return Part(Role.PER_EVENT, found[0], figure("1", found["count"]), _off(found))


def _bare_event(found: re.Match[str]) -> Part:
    """每次2分, which is off only where something else says so."""
    value = Value(points=Decimal(found["off"]), off=True)
    return Part(Role.PER_EVENT, found[0], figure("1", found["count"]), value, how="bare")


def _per_day(found: re.Match[str]) -> Part:
    return Part(Role.PER_DAY, found[0], None, _off(found))


def _ratio(found: re.Match[str]) -> Part:
    direction = Direction.HIGHER if found["up"] else Direction.LOWER
    worth = found["worth"]
    value = Value(points=Decimal(worth)) if worth else None
    how = "rate" if found["up"] and "/" not in found["up"] else ""
    return Part(Role.RATIO, found[0], value=value, direction=direction, how=how)


def _proportion(found: re.Match[str]) -> Part:
    return Part(Role.RATIO, found[0], how="rate")


def _definition(found: re.Match[str]) -> Part:
    """完成率=实际/目标; of any other rate it says nothing about the score."""
    up = found["up"] is not None
    return Part(Role.NOTHING, found[0], direction=Direction.HIGHER if up else Direction.LOWER)


def _cap(found: re.Match[str]) -> Part:
    if found["share"]:
        return Part(Role.CAP, found[0], value=Value(share=Decimal(found["share"]) / 100))
    if found["points"]:
        return Part(Role.CAP, found[0], value=Value(points=Decimal(found["points"])))
    return Part(Role.CAP, found[0], value=Value(share=Decimal(1)))


def _beyond(found: re.Match[str]) -> Part:
    """超过120%按120%计."""
    same = found["over"] == found["as"]
    value = Value(share=Decimal(found["as"]) / 100)
    return Part(Role.CAP if same else Role.BAND, found[0], value=value)


def _started(how: str) -> Means:
    def means(found: re.Match[str]) -> Part:
        groups = found.groupdict()
        size = figure(groups["begun"], groups["begunu"]) if groups.get("begun") else None
        return Part(Role.STARTED, found[0], size, how=how)

    return means


def _target(found: re.Match[str]) -> Part:
    return Part(Role.TARGET, found[0], figure(found["aim"], found["aimu"]))


def _worth(found: re.Match[str]) -> Part:
    return Part(Role.FULL, found[0], value=Value(points=Decimal(found["worth"])))


def _flawless(found: re.Match[str]) -> Part:
    points = found["points"]
    value = Value(points=Decimal(points)) if points else Value(share=Decimal(1))
    return Part(Role.FLAWLESS, found[0], value=value)


_BEGUN = rf"<?(?P<begun>{NUM})(?P<begunu>{UNIT})(?:的|部分|者){{0,2}},?(?:也|均)?"

PHRASES: tuple[RulePhrase, ...] = (
    _phrase(
        r"(?:百分比计分制?|百分比率法|比率法|比例法|单项否决制?|扣分制|减分制?|减分法|阶梯计分|阶梯扣分|层差法|"
        rf"线性插值|达标制|按时完成|按时计分|计分方法|评分标准|评分规则|评分原则|计算方法|考核标准|得分){_END}",
        _nothing,
        "百分比计分制",
    ),
    _phrase(
        rf"(?:直[到至])?扣(?:完|到0分?|至0分?)(?:{_ITEM})?(?:分|值|分值)?(?:即止|为止){_END}|(?:{_ITEM})?(?:最低|最少)(?:得|为|计|扣至)?0分?{_END}|"
        rf"(?:不[计得]?负分|不倒扣分?|不记负分|不出现负分){_END}",
        _nothing,
        "扣完为止",
        "最低0分",
    ),
    _phrase(
        rf"(?:以|由|依据|根据)[^0-9,;。:每扣加得若如]{{1,18}}(?:为准|统计|提供|核算|考核|评定|抽查){_END}"
        rf"|(?:按月|每月|按季|当月|月度)(?:考核|统计|累计){_END}",
        _nothing,
        "以系统数据为准",
        "由人事部统计",
    ),
    _phrase(
        rf"(?:{_WORD}{{0,8}}=)?{_TERM}\*{_FULL}{_END}",
        _ratio,
        "得分=实际完成额/目标销售额*100%*权重",
        "完成率*20",
        "目标值/实际值*权重",
    ),
    _phrase(
        rf"(?:{_WORD}{{0,8}}=)?{_FULL}\*{_TERM}{_END}", _ratio, "得分=权重*完成率", "20*完成率"
    ),
    _phrase(
        r"(?:得分)?(?:按|依|根据|以)照?(?:实际)?(?:目标)?(?:完成率|达成率|完成比例|达成比例|完成百分比)"
        rf"(?:折算|计算|核算)?(?:得分|计分|给分|计){_END}",
        _proportion,
        "按完成率计分",
    ),
    _phrase(
        rf"[^0-9,;。:()*/=每]{{1,10}}率=(?:(?P<up>{_ACTUAL}/{_GOAL})|(?P<down>{_GOAL}/{_ACTUAL}))(?:\*100%)?{_END}",
        _definition,
        "完成率=实际/目标*100%",
    ),
    _phrase(
        rf"(?:[^0-9,;。:()*/=每]{{0,6}})>(?P<over>{NUM})%(?:的部分|的|时|者)?,?(?:均)?按(?P<as>{NUM})%(?:计算|计分|计)?{_END}",
        _beyond,
        ">120%按120%计算",
    ),
    _phrase(
        rf"(?:{_ITEM}|完成率)?(?:最高分?|最多|上限|封顶|至多|不封顶以)(?:不超过|≤|为|得|按|计|加至|得分|是){{0,3}}"
        rf"(?:(?P<share>{NUM})%|(?P<points>{NUM})分|{_ITEM}值?|满分)(?:计算|计|封顶|为限|为止)?{_END}",
        _cap,
        "最高120%",
        "最高不超过满分",
        "上限为20分",
    ),
    _phrase(
        rf"(?:{_ITEM})?(?:≤|以)(?:(?P<share>{NUM})%|(?P<points>{NUM})分|{_ITEM}值?|满分)(?:为上限|为限|封顶)?{_END}",
        _cap,
        "≤满分",
        "以120%为上限",
    ),
    _phrase(
        rf"(?:(?P<share>{NUM})%|(?P<points>{NUM})分|满分)封顶{_END}", _cap, "120%封顶", "满分封顶"
    ),
    _phrase(
        rf"(?:累计|合计|总共|总)?(?:最多|最高|至多)(?:累计)?扣(?:至|到)?(?:≤)?(?P<most>{NUM})分(?:为止|封顶)?{_END}"
        rf"|(?:累计)?扣分?(?:总计|合计|累计)?(?:上限|最多|最高|≤)(?:为|≤)?(?P<most2>{NUM})分(?:为止|封顶)?{_END}",
        lambda found: Part(
            Role.DEDUCT_CAP,
            found[0],
            value=Value(points=Decimal(found["most"] or found["most2"])),
        ),
        "最多扣10分",
        "扣分上限10分",
    ),
    _phrase(
        rf"{_BEGUN}(?:按|以|视为)(?P<as>{NUM})(?P<asu>{UNIT})(?:计算|扣分|计)?{_END}",
        _started("whole"),
        "<1%按1%计算",
    ),
    _phrase(
        rf"{_BEGUN}(?:不扣分?|不计算?|不予?扣分|忽略不计){_END}", _started("ignored"), "<1%的不扣分"
    ),
    _phrase(
        rf"(?:<{NUM}{UNIT}(?:的|部分)?,?)?按比例(?:扣分|扣减|折算|计算)?{_END}",
        _started("proportional"),
        "按比例扣分",
    ),
    _phrase(
        rf"{_WORD}{{0,12}}?每?再?(?:{_LATE})(?:提交|完成|上报|交付|交|报)?(?:1)?(?:个?工作日|天|日){_WORD}{{0,6}}?{_OFF}",
        _per_day,
        "每迟1天扣2分",
        "逾期1天扣1分",
    ),
    _phrase(
        rf"{_FROM}{_WORD}{{0,12}}?每(?:(?P<low>{_LOW})|(?P<high>{_HIGH}))(?:于)?(?:{_AIM})?(?P<step>{NUM})?(?P<unit>{UNIT}){_OFF}",
        _per_step,
        "每低1%扣2分",
        "<95%每低于目标值1%扣1分",
        "每超过5秒扣1分",
        "每低1%扣权重的5%",
    ),
    _phrase(
        rf"{_WORD}{{0,14}}?每(?:当)?{_WORD}{{0,12}}?(?:1)?(?P<count>{COUNTED}){_WORD}{{0,14}}?{_OFF}",
        _per_event,
        "每次扣5分",
        "每出现1次客户投诉扣2分",
        "投诉每起扣2分",
    ),
    _phrase(
        rf"{_WORD}{{1,14}}?1(?P<count>{COUNTED}){_OFF}(?![,;]?{_WORD}{{0,8}}[2-9](?:{COUNTED})扣)",
        _per_event,
        "发生1次扣5分",
    ),
    _phrase(
        rf"{_WORD}{{0,10}}?每(?P<count>次|起|例)(?P<off>{NUM})分{_END}", _bare_event, "每次2分"
    ),
    _phrase(
        rf"(?:{_AIM})(?:值|为|:|=|是){{0,2}}[≥≤]?(?P<aim>{NUM})(?P<aimu>{UNIT})?(?:以上|以内|以下)?{_END}",
        _target,
        "目标95%",
        "标准值为30秒",
    ),
    _phrase(
        rf"(?:{_ITEM}|标准分)(?:值)?(?:为|:|=)?(?P<worth>{NUM})(?:分|%){_END}", _worth, "满分20分"
    ),
    _phrase(
        rf"(?:无|没有|未出现|未发生|按时|及时|准时|按期|按规定时间)[^0-9,;。:每未扣]{{0,12}}?(?:,?得|,?为|,?计)?(?:满分|不扣分|(?P<points>{NUM})分){_END}",
        _flawless,
        "按时提交得满分",
        "无投诉得10分",
    ),
)
"""The first that fits is taken; bands are tried after them."""

_BREAK = re.compile(r"[,;。:()]{1,20}")


def parts_of(text: str) -> list[Part] | str:
    """The phrases of a normal text; or the words at which it could not be read on."""
    found: list[Part] = []
    at = 0
    while at < len(text):
        pause = _BREAK.match(text, at)
        if pause:
            at = pause.end()
            continue
        step = _at(text, at)
        if step is None:
            return _BREAK.split(text[at:], maxsplit=1)[0]
        part, at = step
        found.append(part)
    return found


def _at(text: str, at: int) -> tuple[Part, int] | None:
    for phrase in PHRASES:
        met = phrase.pattern.match(text, at)
        if met and met.end() > at:
            return phrase.means(met), met.end()
    return band_at(text, at) or outcome_at(text, at) or otherwise_at(text, at)
