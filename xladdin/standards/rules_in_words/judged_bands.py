"""Described bands that a person picks points in: 4-5分：主动…; 优秀（9-10分）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xladdin.characters import clean, narrow
from xladdin.domain.quantities import Unit, plain

from .rule_parts import Context, ReadRule
from .rule_text import NUM

_RANGE = rf"(?P<low>{NUM})(?:分)?(?:[-~—–至到]{{1,2}}(?P<high>{NUM}))?分?"
_FIRST = re.compile(rf"[(]?{_RANGE}(?:[)])?(?:[:：,、]|(?=[^0-9以%-]))(?P<text>.{{1,300}})")
_LAST = re.compile(rf"(?P<text>[^0-9每扣加≥≤<>%]{{1,120}}?)[(:,]?{_RANGE}[)]?[,。]?")
_LINES = re.compile(
    r"[\n;；]|(?<=分)[、,，。](?=[^0-9])|(?<=分\))[、,，。]?(?=[^、,，。])|(?<=[。])(?=[0-9])"
)
_SCORING = re.compile(
    "每[^天日周月次人位个项]|每次|扣|不得分|满分|权重|以上|以下|以内|[≥≤<>%]|完成率|加分"
)
MOST = 8
SCALES = (Decimal(5), Decimal(10), Decimal(100))


def judged(text: str, context: Context) -> ReadRule | None:
    """The bands, where a rule is nothing but bands that each say their points."""
    lines = [line for line in map(_tidy, _LINES.split(text)) if line]
    bands = [_band(line) for line in lines]
    if not 2 <= len(bands) <= MOST:
        return None
    known = [band for band in bands if band is not None]
    if len(known) < len(bands):
        return None
    ordered = sorted(known, key=lambda band: band["low"])
    if any(first["high"] >= second["low"] for first, second in pairwise(ordered)):
        return None
    top = ordered[-1]["high"]
    if top != context.weight and top not in SCALES:
        return None
    notes: Sequence[str] = ()
    if top != context.weight:
        said = f"按{plain(top)}分评分，再折算成权重的{plain(context.weight)}分"
        notes = (said,)
    method = {"kind": "judgement", "bands": known}
    return ReadRule(method, Unit.POINT, notes=tuple(notes))


def _tidy(line: str) -> str:
    return re.sub(r"^(?:[①-⑳]|\([1-9]\)|[1-9][、)])", "", narrow(clean(line)).strip(" ,。"))


def _band(line: str) -> dict[str, Any] | None:
    found = _FIRST.fullmatch(line) or _LAST.fullmatch(line)
    if not found:
        return None
    if _SCORING.search(found["text"]):
        return None  # a condition that is measured, no description
    low = Decimal(found["low"])
    high = Decimal(found["high"]) if found["high"] else low
    if high < low:
        low, high = high, low
    return {"low": low, "high": high, "text": found["text"].strip(" :,、()")}
