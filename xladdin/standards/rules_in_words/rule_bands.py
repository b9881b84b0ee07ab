"""Bands of a rule: what is reached, and what that earns: ≥95%得满分, 90-94%得15分, 85%以下不得分."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.quantities import Unit

from .rule_parts import FULL_VALUE, NO_VALUE, Part, Role, Span, Value
from .rule_text import COUNTED, NUM, UNIT, Figure, figure

_SUBJECT = r"(?:[^0-9,;。:()<>≥≤*/=每扣加奖罚若如除未无\-]{0,16}?)"
_ITEM = "(?:该项|本项|此项|该指标|本指标)?(?:指标)?(?:权重|分值|标准分|满分|分数)"
_LINK = r"(?:[,:]|的|者|时|则|即|可|该项|本项|此项){0,4}(?:得分|得|计|记|给|为|按|[:=,]){0,3}"
_VALUE = re.compile(
    rf"(?P<full>满分|全分|不扣分|{_ITEM}的?100%)"
    rf"|(?P<none>不得分|不计分|不给分|无分|没有分|扣完|全扣|0分(?!值))"
    rf"|(?:{_ITEM}(?:的|\*)?)?(?P<share>{NUM})%(?:的?{_ITEM}|的?分)?"
    rf"|扣(?P<off>{NUM})分"
    rf"|(?P<points>{NUM})(?:分(?!钟|之|别|值)|(?=[,;。:)]|$))"
)
_LINKED = re.compile(_LINK)
_END = re.compile(r"[,;。:()]|$")


def _f(found: re.Match[str], name: str, other: str = "") -> Figure:
    return figure(found[name], found[f"{name}u"] or (found[f"{other}u"] if other else None))


def _above(found: re.Match[str]) -> Span:
    return Span(low=_f(found, "a"), low_in=found["rel"] == "≥")


def _under(found: re.Match[str]) -> Span:
    return Span(high=_f(found, "a"), high_in=found["rel"] == "≤")


def _at_least(found: re.Match[str]) -> Span:
    return Span(low=_f(found, "a"))


def _at_most(found: re.Match[str]) -> Span:
    return Span(high=_f(found, "a"))


def _between(found: re.Match[str]) -> Span:
    low, high = _f(found, "a", "b"), _f(found, "b", "a")
    backwards = low.value > high.value
    return Span(low=high, high=low) if backwards else Span(low=low, high=high)


def _chain(found: re.Match[str]) -> Span:
    """90%≤x<95%"""
    return Span(_f(found, "a", "b"), found["r1"] == "≤", _f(found, "b", "a"), found["r2"] == "≤")


def _chain_down(found: re.Match[str]) -> Span:
    """95%>x≥90%"""
    return Span(_f(found, "b", "a"), found["r2"] == "≥", _f(found, "a", "b"), found["r1"] == "≥")


def _both(found: re.Match[str]) -> Span:
    """≥90%且<95%"""
    return Span(_f(found, "a", "b"), found["r1"] == "≥", _f(found, "b", "a"), found["r2"] == "≤")


def _both_down(found: re.Match[str]) -> Span:
    """<95%且≥90%"""
    return Span(_f(found, "b", "a"), found["r2"] == "≥", _f(found, "a", "b"), found["r1"] == "≤")


def _exactly(found: re.Match[str]) -> Span:
    return Span(low=_f(found, "a"), high=_f(found, "a"))


def _no_events(_: re.Match[str]) -> Span:
    none = Figure(Decimal(0), Unit.TIMES)
    return Span(low=none, high=none)


def _num(name: str, unit: str = UNIT) -> str:
    return rf"(?P<{name}>{NUM})(?P<{name}u>{unit})?"


_A, _B = _num("a"), _num("b")
_JOIN = r"(?:,|且|并且|而|但)?"
_MID = r"[^0-9,;。:()<>≥≤*/=每]{0,10}"


@dataclass(frozen=True, slots=True)
class Condition:
    """One way of saying how much must be reached."""

    pattern: re.Pattern[str]
    means: Callable[[re.Match[str]], Span]
    examples: tuple[str, ...]


def _condition(pattern: str, means: Callable[[re.Match[str]], Span], *examples: str) -> Condition:
    return Condition(re.compile(_SUBJECT + pattern), means, examples)


CONDITIONS: tuple[Condition, ...] = (
    _condition(rf"{_A}(?P<r1>[≤<]){_MID}(?P<r2>[≤<]){_B}", _chain, "90%≤满意度<95%"),
    _condition(rf"{_A}(?P<r1>[≥>]){_MID}(?P<r2>[≥>]){_B}", _chain_down, "95%>A≥90%"),
    _condition(
        rf"{_A}>/≥{_B}",
        lambda found: Span(_f(found, "b"), True, _f(found, "a"), False),
        "100%>/≥90%",
    ),
    _condition(rf"(?P<r1>[≥>]){_A}{_JOIN}(?P<r2>[≤<]){_B}", _both, "≥90%且<95%"),
    _condition(rf"(?P<r1>[≤<]){_A}{_JOIN}(?P<r2>[≥>]){_B}", _both_down, "<95%,≥90%"),
    _condition(
        rf"{_A}\(不含\)-{_B}", lambda found: replace(_between(found), low_in=False), "90%(不含)-95%"
    ),
    _condition(
        rf"{_A}-{_B}\(不含\)",
        lambda found: replace(_between(found), high_in=False),
        "90%-95%(不含)",
    ),
    _condition(rf"{_A}(?:以上)?-{_B}(?:之间|以内|以下)?", _between, "90%-94%", "85-90%之间"),
    _condition(rf"(?P<rel>[≥>]){_A}(?:以上)?(?![-])", _above, "≥95%", "完成率>100%"),
    _condition(rf"(?P<rel>[≤<]){_A}(?:以下|以内)?(?![-])", _under, "≤30秒", "<60%"),
    _condition(rf"{_A}以上", _at_least, "95%以上"),
    _condition(r"(?P<a>100)(?P<au>%)(?=[,:得扣不计记为;的者全满该本0-9])", _at_least, "回访率100%"),
    _condition(rf"{_A}(?:以下|以内|之内|内(?!容))", _at_most, "30秒以内", "85%以下"),
    _condition(
        rf"{_num('a', COUNTED)}(?=[,:得扣不计为记;的者该本]|[0-9]{{1,3}}(?:\.[0-9])?分)",
        _exactly,
        "1次",
    ),
    Condition(
        re.compile(
            r"(?:无|没有|未出现|未发生|零)[^0-9,;。:每]{0,10}?(?=[,:]|得|不扣|满分|为|计|[0-9])"
        ),
        _no_events,
        ("无投诉",),
    ),
)


def band_at(text: str, at: int) -> tuple[Part, int] | None:
    """The band that begins at a place, and where it ends; None where none does."""
    for each in CONDITIONS:
        found = each.pattern.match(text, at)
        earned = _value_at(text, found.end()) if found else None
        if found and earned:
            span, (value, end) = each.means(found), earned
            return Part(Role.BAND, text[at:end], value=value, span=span), end
    return None


_OTHERWISE = re.compile(r"(?:其余|其他|其它|否则|反之|除此之外|其余情况)(?:情况|的|者|均|都|一律)?")


def otherwise_at(text: str, at: int) -> tuple[Part, int] | None:
    """其余不得分."""
    found = _OTHERWISE.match(text, at)
    earned = _value_at(text, found.end()) if found else None
    if not earned:
        return None
    return Part(Role.OTHERWISE, text[at : earned[1]], value=earned[0]), earned[1]


_REACHED = re.compile(
    r"(?:实际)?(?:达标|达到目标值?|完成目标值?|达到要求|达成目标值?|按要求完成|全部完成|完成计划|按计划完成|"
    r"完成|合格|达成)(?:的|者|则|时)?"
)
_MISSED = re.compile(
    r"(?:未达标|不达标|未达到目标值?|未达到要求|未达到|未达成目标值?|未达成|未按要求完成|未按计划完成|未全部完成|"
    r"未完成目标值?|未完成计划|未完成|没有?完成|没有?达标|没有?达到|不合格|低于目标值?)(?:的|者|则|时)?"
)


def outcome_at(text: str, at: int) -> tuple[Part, int] | None:
    """达标得满分, 未达标不得分."""
    for pattern, role in ((_MISSED, Role.MISSED), (_REACHED, Role.REACHED)):
        found = pattern.match(text, at)
        earned = _value_at(text, found.end()) if found else None
        if earned:
            return Part(role, text[at : earned[1]], value=earned[0]), earned[1]
    return None


def _value_at(text: str, at: int) -> tuple[Value, int] | None:
    """What is earned, behind the words that lead to it."""
    linked = _LINKED.match(text, at)
    start = linked.end() if linked else at
    found = _VALUE.match(text, start)
    if not found:
        return None
    if found["full"]:
        value = FULL_VALUE
    elif found["none"]:
        value = NO_VALUE
    elif found["share"]:
        value = Value(share=Decimal(found["share"]) / 100)
    elif found["off"]:
        value = Value(points=Decimal(found["off"]), off=True)
    else:
        value = Value(points=Decimal(found["points"]))
    return value, found.end()
