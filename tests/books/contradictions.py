"""What a sentence of a report says, read back, against the figures that it is about.

Read by patterns and worked out in fractions, so that nothing is shared with what wrote the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from xladdin.analysis.metric import Direction, Metric

UP = "增加|上升|延长|▲"
DOWN = "减少|下降|缩短|▼"
CHANGE = re.compile(
    rf"比(?P<than>上月|去年同月)(?P<little>略有)?(?P<word>{UP}|{DOWN})"
    r"(，不到0\.1%|(?P<size>[\d.]+)(?P<unit>个百分点|%|分))"
)
FROM_NOTHING = re.compile(
    rf"(?P<than>上月|去年同月)为0，不算百分比，(?P<word>{UP}|{DOWN})(?P<size>[\d.]+)"
)
FLAT = re.compile(r"与(上月|去年同月)持平")
TARGET = re.compile(r"(?P<not>没有)?达到目标（(?P<sign>[≤≥])(?P<due>[\d.]+)")


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from 0, as a person rounds."""
    step = Decimal(1).scaleb(-places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(step, ROUND_HALF_UP))


def as_shown(metric: Metric, value: Decimal) -> Fraction:
    """In the unit that people read: 0.853 is 85.3."""
    figure = Fraction(value) * (100 if metric.scale.percent else 1)
    return rounded(figure, metric.scale.places)


def contradictions(
    metric: Metric, figures: Mapping[str, Decimal | None], text: str
) -> Iterator[str]:
    """Everything in a sentence that its figures do not bear out; keys: 本月, 上月, 去年同月, 目标."""
    now = figures["本月"]
    if now is None:
        if "没有数据" not in text or re.search(r"\d", text.replace(metric.name, "")):
            yield f"a figure where there is none: {text}"
        return
    value = as_shown(metric, now)
    if Fraction(Decimal(_first_number(text, metric))) != value:
        yield f"another figure than {value}: {text}"
    yield from _changes(metric, figures, text, value)
    yield from _targets(metric, figures.get("目标"), text, value)


def _first_number(text: str, metric: Metric) -> str:
    found = re.search(r"[\d.]+", text.removeprefix(metric.name))
    assert found is not None, text
    return found[0]


def _changes(
    metric: Metric, figures: Mapping[str, Decimal | None], text: str, value: Fraction
) -> Iterator[str]:
    for than in ("上月", "去年同月"):
        before = figures[than]
        said = [found for found in CHANGE.finditer(text) if found["than"] == than]
        nothing = [found for found in FROM_NOTHING.finditer(text) if found["than"] == than]
        flat = [found for found in FLAT.finditer(text) if found[1] == than]
        if before is None:
            if said or nothing or flat:
                yield f"compared with nothing: {text}"
            continue
        if len(said) + len(nothing) + len(flat) != 1:
            yield f"not compared once with {than}: {text}"
            continue
        earlier = as_shown(metric, before)
        if flat and earlier != value:
            yield f"not the same as {earlier}: {text}"
        for found in (*said, *nothing):
            if bool(re.fullmatch(UP, found["word"])) != (value > earlier) or value == earlier:
                yield f"the other direction than from {earlier}: {text}"
        for found in said:
            yield from _size(metric, found, value, earlier, text)
        if nothing and earlier > 0:
            yield f"not from 0 but from {earlier}: {text}"


def _size(
    metric: Metric, found: re.Match[str], value: Fraction, earlier: Fraction, text: str
) -> Iterator[str]:
    apart = abs(value - earlier)
    if metric.scale.percent:
        due, unit = apart, "个百分点"
    elif metric.scale.name == "分":
        due, unit = apart, "分"
    elif earlier <= 0:
        yield f"a percentage of nothing: {text}"
        return
    else:
        due, unit = rounded(apart * 100 / earlier, 1), "%"
    if found["little"]:
        if due != 0:
            yield f"not so little: {text}"
    elif found["unit"] != unit or Fraction(Decimal(found["size"])) != due or due == 0:
        yield f"not by {due}{unit}: {text}"


def _targets(metric: Metric, target: Decimal | None, text: str, value: Fraction) -> Iterator[str]:
    found = TARGET.search(text)
    if target is None or metric.direction is Direction.NEITHER:
        if found:
            yield f"a target that nobody set: {text}"
        return
    due = as_shown(metric, target)
    lower = metric.direction is Direction.LOWER
    reached = value <= due if lower else value >= due
    if found is None or Fraction(Decimal(found["due"])) != due:
        yield f"not beside the target {due}: {text}"
    elif bool(found["not"]) == reached or (found["sign"] == "≤") != lower:
        yield f"the target is {'' if reached else 'not '}reached: {text}"
