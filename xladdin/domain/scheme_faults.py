"""What can be wrong with a scheme as a whole, over its raw data (fields may be malformed)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from .base import Fault, Loc
from .bonus_rules import bonus_faults
from .combined_rules import combined_faults
from .grades import grade_faults
from .methods import ADJUSTMENTS, METHODS
from .quantities import plain
from .raw import FULL, dicts, located, number, off_by, repeated, total_of
from .rule_terms import NEGATIVE_TARGET
from .share_rules import is_off
from .sizes import MOST_INDICATORS

DEFAULT_CAP = Decimal(110)
"""Highest total where a scheme states none: 100 and the usual +10%."""


NOTHING_JUDGED = "方案里没有主观评分的指标，自评权重没有用上"
"""What every door says of a self-rating that nothing asks for."""


def scheme_faults(data: dict[str, Any]) -> list[Fault]:
    """Ids that repeat, weights that miss their total, steps out of order, holes in the grades."""
    lowest, highest = _score_range(data)
    return [
        *_duplicates(data),
        *_section_weights(data),
        *_indicator_weights(data),
        *_converted_weights(data),
        *_methods(data),
        *_targets(data),
        *_too_many(data),
        *grade_faults(data.get("grades"), lowest, highest),
        *_unknown_grade_caps(data),
        *bonus_faults(data),
        *_bonus_steps(data, lowest, highest),
        *combined_faults(data),
    ]


def _indicators(data: dict[str, Any]) -> Iterator[tuple[Loc, dict[str, Any]]]:
    for s, section in dicts(data.get("sections")):
        for i, indicator in dicts(section.get("indicators")):
            yield ("sections", s, "indicators", i), indicator


def _duplicates(data: dict[str, Any]) -> Iterator[Fault]:
    yield from repeated(_indicators(data), "指标")
    for field, label in (("sections", "分项"), ("adjustments", "加减分项")):
        yield from repeated(located(data, field), label)


def _section_weights(data: dict[str, Any]) -> Iterator[Fault]:
    sections = [section for _, section in dicts(data.get("sections"))]
    total = total_of(sections, "weight")
    if total is not None and is_off(total, FULL):
        message = f"各分项权重合计为 {plain(total)}%，应为 100%（{off_by(total, FULL)}）"
        yield Fault("weights_total", message, ("sections",))


def _indicator_weights(data: dict[str, Any]) -> Iterator[Fault]:
    for s, section in dicts(data.get("sections")):
        items = [item for _, item in dicts(section.get("indicators"))]
        total, due = total_of(items, "weight"), number(section, "weight")
        if section.get("weights_of") == "section":
            within = total_of([{"within": _within(item)} for item in items], "within")
            if within is not None and is_off(within, FULL):
                message = (
                    f"「{section.get('name')}」各指标的分项内权重合计为 {plain(within)}%，"
                    f"应为 100%（{off_by(within, FULL)}）"
                )
                yield Fault("weights_total", message, ("sections", s, "indicators"))
        elif total is not None and due is not None and _is_no_sum(total, section, due):
            message = (
                f"「{section.get('name')}」各指标权重合计为 {plain(total)}%，"
                f"应为 {plain(due)}%（{off_by(total, due)}）"
            )
            yield Fault("weights_total", message, ("sections", s, "indicators"))


def _within(item: dict[str, Any]) -> Decimal | None:
    """The share of the section that an indicator states; not yet converted, it is the weight."""
    return number(item, "weight" if item.get("within") is None else "within")


def _is_no_sum(total: Decimal, section: dict[str, Any], due: Decimal) -> bool:
    """Neither the section's weight nor, where nothing is said, the whole."""
    sums = (due,) if "weights_of" in section else (due, FULL)
    return all(is_off(total, each) for each in sums)


def _converted_weights(data: dict[str, Any]) -> Iterator[Fault]:
    """Shares of a section whose weight in the form is another, or has too many decimals."""
    for s, section in dicts(data.get("sections")):
        due = number(section, "weight")
        for i, item in dicts(section.get("indicators")):
            within, weight = number(item, "within"), number(item, "weight")
            if due is None or within is None or weight is None:
                continue
            if section.get("weights_of") != "section":
                message = f"「{item.get('name')}」写了分项内权重，分项须写明 weights_of: section"
                yield Fault("weights_differ", message, ("sections", s, "weights_of"))
                continue
            exact = due * within / FULL
            told = f"「{item.get('name')}」{plain(due)}%×{plain(within)}%＝{plain(exact)}%"
            where = ("sections", s, "indicators", i, "weight")
            if weight != exact:
                yield Fault("weights_differ", f"{told}，占总分的权重却是 {plain(weight)}%", where)
            elif exact != round(exact, 2):
                message = f"{told}，占总分的权重最多两位小数，请调整"
                yield Fault("weight_decimals", message, where)


def _methods(data: dict[str, Any]) -> Iterator[Fault]:
    for loc, indicator in _indicators(data):
        method = indicator.get("method")
        if isinstance(method, dict):
            lower = indicator.get("direction", "higher") == "lower"
            rule = METHODS.get(str(method.get("kind")))
            yield from rule.faults(method, lower, (*loc, "method")) if rule else ()


def _targets(data: dict[str, Any]) -> Iterator[Fault]:
    """Default targets below 0 where the completion of the target counts."""
    for loc, indicator in _indicators(data):
        target, method = number(indicator, "target"), indicator.get("method")
        rule = METHODS.get(str(method.get("kind"))) if isinstance(method, dict) else None
        if target is None or target >= 0 or rule is None:
            continue
        try:
            aimless = rule.model_validate(method).of_target
        except ValidationError:
            continue  # what is wrong with the method is told by its own fields
        if aimless:
            message = f"默认目标是 {plain(target)}：{NEGATIVE_TARGET}"
            yield Fault("negative_target", message, (*loc, "target"))


def _too_many(data: dict[str, Any]) -> Iterator[Fault]:
    count = sum(1 for _ in _indicators(data))
    if count > MOST_INDICATORS:
        message = f"一个方案最多 {MOST_INDICATORS} 个指标，现有 {count} 个"
        yield Fault("too_many_indicators", message, ("sections",))


def _score_range(data: dict[str, Any]) -> tuple[Decimal, Decimal]:
    total = data.get("total")
    rule: dict[str, Any] = total if isinstance(total, dict) else {}
    # Additions lift the total above 100 only as far as they go.
    adding = [kind for kind, rule in ADJUSTMENTS.items() if not rule.taken]
    bonuses = [item for _, item in dicts(data.get("adjustments")) if item.get("kind") in adding]
    highest = FULL + (total_of(bonuses, "cap") or 0)
    cap = number(rule, "cap") if "cap" in rule else DEFAULT_CAP
    return number(rule, "floor") or Decimal(0), highest if cap is None else min(highest, cap)


def _bonus_steps(data: dict[str, Any], lowest: Decimal, highest: Decimal) -> Iterator[Fault]:
    """Steps of the bonus have an order and no holes, as grades have."""
    rule = data.get("bonus")
    steps = rule.get("steps") if isinstance(rule, dict) else None
    listed = steps if isinstance(steps, list | tuple) else ()
    for fault in grade_faults(list(listed), lowest, highest, "steps"):
        message = fault.message.replace("等级", "奖金档位").replace("最后一级", "最后一档")
        yield replace(fault, message=message.replace("上一级", "上一档"), loc=("bonus", *fault.loc))


def _unknown_grade_caps(data: dict[str, Any]) -> Iterator[Fault]:
    names = [grade.get("name") for _, grade in dicts(data.get("grades"))]
    for loc, indicator in _indicators(data):
        method = indicator.get("method")
        effect = method.get("whole_form") if isinstance(method, dict) else None
        if not isinstance(effect, dict) or effect.get("effect") != "grade_cap":
            continue
        if effect.get("grade") not in names:
            where = (*loc, "method", "whole_form", "grade")
            yield Fault("unknown_grade", f"等级「{effect.get('grade')}」不在等级表中", where)
