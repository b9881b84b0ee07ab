"""What can be wrong with a competency scheme as a whole, over its raw data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Var

from .band_rules import unlistable, worth_no_less
from .base import Fault
from .grades import grade_faults, unreachable_bands
from .quantities import plain
from .raw import FULL, dicts, located, number, off_by, repeated, total_of
from .share_rules import is_off
from .sizes import LONGEST_LIST, STARS

COUNTING = ("self", "superior", "peer", "subordinate", "customer")
_UNLISTABLE = compiled(unlistable(Var("name", text=True), Var("points")))
_NOT_LESS = compiled(worth_no_less(Var("points"), Var("over")))


def competency_faults(data: dict[str, Any]) -> list[Fault]:
    """Weights that miss 100, levels with holes, missing descriptors, questions, unknown stars."""
    return [
        *_element_weights(data),
        *_rater_weights(data),
        *_levels(data),
        *_level_names(data),
        *_descriptors(data),
        *_questions(data),
        *_stars(data),
        *repeated(located(data, "elements"), "要素"),
    ]


def _element_weights(data: dict[str, Any]) -> Iterator[Fault]:
    total = total_of((item for _, item in dicts(data.get("elements"))), "weight")
    if total is not None and is_off(total, FULL):
        message = f"各要素权重合计为 {plain(total)}%，应为 100%（{off_by(total, FULL)}）"
        yield Fault("weights_total", message, ("elements",))


def _rater_weights(data: dict[str, Any]) -> Iterator[Fault]:
    for i, element in dicts(data.get("elements")):
        weights = element.get("weights")
        if not isinstance(weights, dict):
            continue
        given = [weights[name] for name in COUNTING if name in weights]
        if not all(isinstance(weight, Decimal) for weight in given):
            continue
        total = sum(given, Decimal(0))
        if is_off(total, FULL):
            message = (
                f"「{element.get('name')}」各评价人权重合计为 {plain(total)}%，"
                f"应为 100%（{off_by(total, FULL)}）"
            )
            yield Fault("weights_total", message, ("elements", i, "weights"))


def _levels(data: dict[str, Any]) -> list[Fault]:
    levels = [level for _, level in dicts(data.get("levels"))]
    points = [value for level in levels if (value := number(level, "points")) is not None]
    if not levels or len(points) != len(levels):
        return []
    found = grade_faults(data.get("levels"), min(points), max(points), field="levels")
    if any(_NOT_LESS({"points": low, "over": high}) for high, low in pairwise(points)):
        found.append(Fault("level_order", "等级分值须从高到低且各不相同", ("levels",)))
    return [*found, *_unreachable(data.get("levels"), max(points))]


def _unreachable(levels: Any, highest: Decimal) -> Iterator[Fault]:
    for i, level in unreachable_bands(levels, highest):
        lower = plain(number(level, "lower") or Decimal(0))
        message = f"最高只有 {plain(highest)} 分，达不到「{level.get('name')}」的下限 {lower}"
        yield Fault("level_unreachable", message, ("levels", i, "lower"))


def _level_names(data: dict[str, Any]) -> Iterator[Fault]:
    """Names that cannot be picked from a list: Excel would make something else of them."""
    levels = dicts(data.get("levels"))
    texts = [level["name"] for _, level in levels if isinstance(level.get("name"), str)]
    for i, level in levels:
        name = level.get("name")
        if isinstance(name, str) and _UNLISTABLE({"name": name, "points": number(level, "points")}):
            message = (
                f"等级「{name}」不能含英文逗号；只是数字的，须与分值写得一样，"
                "否则在 Excel 里选不出来"
            )
            yield Fault("level_name", message, ("levels", i, "name"))
    length = len(",".join(texts))
    if length > LONGEST_LIST:
        message = f"各等级名称合计 {length} 个字，Excel 的下拉列表最多 {LONGEST_LIST} 个，请缩短"
        yield Fault("level_names_long", message, ("levels",))


def _descriptors(data: dict[str, Any]) -> Iterator[Fault]:
    levels = len(dicts(data.get("levels")))
    for i, element in dicts(data.get("elements")):
        given = element.get("descriptors")
        if isinstance(given, list | tuple) and levels and len(given) != levels:
            message = f"「{element.get('name')}」有 {len(given)} 条等级描述，应为 {levels} 条"
            yield Fault("descriptor_count", message, ("elements", i, "descriptors"))


def _questions(data: dict[str, Any]) -> Iterator[Fault]:
    for i, element in dicts(data.get("elements")):
        weights = element.get("weights")
        asked = number(weights, "customer") if isinstance(weights, dict) else None
        if asked and not element.get("question"):
            message = f"客户参与评价「{element.get('name')}」，须写明向客户提的问题（question）"
            yield Fault("question_missing", message, ("elements", i, "question"))


def _ask_customers(data: dict[str, Any]) -> bool:
    weights = (element.get("weights") for _, element in dicts(data.get("elements")))
    return any(isinstance(each, dict) and number(each, "customer") for each in weights)


def _stars(data: dict[str, Any]) -> Iterator[Fault]:
    names = [level.get("name") for _, level in dicts(data.get("levels"))]
    given = data.get("stars")
    stars = given if isinstance(given, list | tuple) else ()
    readable = given is None or isinstance(given, list | tuple)
    if readable and len(stars) < STARS and (stars or _ask_customers(data)):
        yield Fault("too_few", f"星级对应等级至少要有{STARS}项", ("stars",))
    for i, name in enumerate(stars):
        if isinstance(name, str) and names and name not in names:
            yield Fault("unknown_level", f"{i + 1} 星对应的「{name}」不在等级中", ("stars", i))
    ranks = [names.index(name) for name in stars if name in names]
    if ranks != sorted(ranks, reverse=True):
        message = "星级从 1 星写到 5 星：星越多，对应的等级不能越低"
        yield Fault("star_order", message, ("stars",))
