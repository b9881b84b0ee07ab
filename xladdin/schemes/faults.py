"""Validation errors in Chinese as a clerk would say it.

Whoever validates hands in ``locate``, from a field's path to its place: a line of a YAML file, a
cell of the master workbook.  This module knows neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from xladdin.domain.base import CORE_ERRORS, Loc
from xladdin.domain.identifiers import ID_PATTERN, ID_RULE
from xladdin.domain.methods import ADJUSTMENTS, METHODS
from xladdin.domain.quantities import plain
from xladdin.domain.report_findings import WHENS
from xladdin.problems import Place, Problem

from .labels import FIELD_LABELS, choices

Locate = Callable[[Loc], Place]

_NOT_NUMBER = ("not_number", "{label}应为数字，现为{value}")
_NOT_WHOLE = ("not_whole", "{label}应为整数，现为{value}")
_NOT_LIST = ("not_list", "{label}应为列表，现为{value}")
_NOT_GROUP = ("not_group", "{label}应为一组字段，现为{value}")
_NOT_TRUTH = ("not_truth", "{label}只能是 true 或 false，现为{value}")
_NOT_DATE = ("not_date", "{label}应为日期，现为{value}")
_CHOICE = ("unknown_choice", "{label}只能是 {choices}，现为{value}")

WORDINGS: dict[str, tuple[str, str]] = {
    "missing": ("missing", "缺少「{label}」"),
    "extra_forbidden": ("unknown_field", "没有「{name}」这个字段{hint}"),
    "invalid_key": ("unknown_field", "没有「{name}」这个字段{hint}"),
    "string_type": ("not_text", "{label}应为文字，现为{value}"),
    "string_too_short": ("empty_text", "{label}不能为空"),
    "string_too_long": ("text_too_long", "{label}最多{max_length}个字，现有{length}个字"),
    "string_pattern_mismatch": ("bad_pattern", "{label}{pattern_rule}，现为{value}"),
    "decimal_type": _NOT_NUMBER,
    "decimal_parsing": _NOT_NUMBER,
    "float_type": _NOT_NUMBER,
    "float_parsing": _NOT_NUMBER,
    "finite_number": _NOT_NUMBER,
    "int_type": _NOT_WHOLE,
    "int_parsing": _NOT_WHOLE,
    "int_parsing_size": _NOT_WHOLE,
    "int_from_float": _NOT_WHOLE,
    "greater_than": ("out_of_range", "{label}应大于{gt}，现为{value}"),
    "greater_than_equal": ("out_of_range", "{label}不能小于{ge}，现为{value}"),
    "less_than": ("out_of_range", "{label}应小于{lt}，现为{value}"),
    "less_than_equal": ("out_of_range", "{label}不能大于{le}，现为{value}"),
    "bool_type": _NOT_TRUTH,
    "bool_parsing": _NOT_TRUTH,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": ("unknown_choice", "没有叫{value}的{owner}，可用的有：{choices}"),
    "union_tag_not_found": ("missing", "缺少{owner}的「{label}」"),
    "tuple_type": _NOT_LIST,
    "list_type": _NOT_LIST,
    "model_type": _NOT_GROUP,
    "model_attributes_type": _NOT_GROUP,
    "dict_type": _NOT_GROUP,
    "too_short": ("too_few", "{label}至少要有{min_length}项"),
    "too_long": ("too_many", "{label}最多{max_length}项，现有{length}项"),
    "date_type": _NOT_DATE,
    "date_parsing": _NOT_DATE,
    "date_from_datetime_parsing": _NOT_DATE,
}
_OTHERWISE = ("invalid", "{label}填写有误，现为{value}")

_PATTERN_RULES = {
    ID_PATTERN: ID_RULE,
}
_TAGS: dict[str, frozenset[str]] = {
    "method": frozenset(METHODS),
    "adjustments": frozenset(ADJUSTMENTS),
    "when": frozenset(WHENS),
}
"""Field that is one of several models -> what pydantic calls these."""
_UNION_FAULTS = frozenset({"union_tag_invalid", "union_tag_not_found"})
_BETWEEN = re.compile(r", | or ")
_SHOWN = 24


def translate(error: ValidationError, locate: Locate) -> list[Problem]:
    """Every fault of a validation error, in its order, as a problem in Chinese."""
    details = error.errors(include_url=False)
    return [_problem(detail, locate) for detail in details if not _mere_echo(detail)]


def _problem(detail: Any, locate: Locate) -> Problem:
    loc = _field(detail)
    place = locate(loc)
    if detail["type"] not in CORE_ERRORS:  # a rule of our own, already in Chinese
        return Problem(detail["type"], detail["msg"], place)
    code, template = WORDINGS.get(detail["type"], _OTHERWISE)
    return Problem(code, template.format_map(_Words(detail, loc)), place)


def _mere_echo(detail: Any) -> bool:
    """Whether a list is called too short only because entries of it are faulty themselves."""
    given = detail["input"]
    return (
        detail["type"] == "too_short"
        and isinstance(given, list | tuple)
        and len(given) >= detail["ctx"]["min_length"]
    )


def _field(detail: Any) -> Loc:
    loc = tuple(_without_tags(detail["loc"]))
    if detail["type"] in _UNION_FAULTS:
        return (*loc, detail["ctx"]["discriminator"].strip("'"))
    return loc


def _without_tags(loc: Loc) -> Iterator[str | int]:
    """Drop what pydantic adds for a union's chosen branch: method.percent.cap is method.cap."""
    for i, part in enumerate(loc):
        # The tag stands between two field names; method.steps[0] is the field called steps.
        before = next((name for name in reversed(loc[:i]) if isinstance(name, str)), None)
        after = loc[i + 1] if i + 1 < len(loc) else None
        if not (isinstance(after, str) and part in _TAGS.get(str(before), ())):
            yield part


class _Words(dict[str, str]):
    """What a template may speak of, each worked out when it does: most templates use two."""

    def __init__(self, detail: Any, loc: Loc) -> None:
        context = detail.get("ctx") or {}
        super().__init__({key: _figure(value) for key, value in context.items()})
        self.context, self.given, self.loc = context, detail["input"], loc
        self.name = str(loc[-1]) if loc else ""

    def __missing__(self, word: str) -> str:
        match word:
            case "name":
                return shortened(self.name)
            case "hint":
                return _hint(self.name)
            case "label":
                return label_of(self.loc)
            case "owner":
                return label_of(self.loc[:-1])
            case "value":
                return self._value()
            case "choices":
                return _choices(self.context, self.loc)
            case "length":
                return str(len(self.given)) if isinstance(self.given, str | list | tuple) else ""
            case "pattern_rule":
                return _PATTERN_RULES.get(str(self.context.get("pattern")), "格式不对")
        raise KeyError(word)

    def _value(self) -> str:
        tagged = "tag" in self.context
        return f"「{shortened(self.context['tag'])}」" if tagged else shown(self.given)


def label_of(loc: Loc) -> str:
    """What a field is called: 权重, or 适用岗位第2项 for an entry of a list."""
    if not loc:
        return "整份内容"
    last = loc[-1]
    if isinstance(last, int):
        return f"{label_of(loc[:-1])}第{last + 1}项"
    return FIELD_LABELS.get(last, last)


def shown(value: Any) -> str:
    """A value inside a message, shortened."""
    match value:
        case None:
            return "空白"
        case bool():
            return f" {str(value).lower()}"
        case Decimal() | int() | float():
            return f"数字 {_figure(value)}"
        case list() | tuple():
            return "一个列表"
        case dict():
            return "一组字段"
        case _:
            return f"「{shortened(str(value))}」"


def shortened(text: str) -> str:
    """Text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _figure(value: Any) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        return str(value)
    return plain(value) if abs(value.adjusted()) < _SHOWN else str(value)


@lru_cache(maxsize=512)
def _hint(name: str) -> str:
    """Kept: thousands of rows with one fault ask about the same few fields."""
    near = get_close_matches(name, FIELD_LABELS, n=1, cutoff=0.75)
    if near == [name]:
        return "，它不写在这里"
    return f"，是不是「{near[0]}」？" if near else ""


def _choices(context: dict[str, Any], loc: Loc) -> str:
    """The values out of pydantic's ``'a', 'b' or 3``, with what they mean."""
    if "expected_tags" in context:  # what may be chosen is what the field above the tag may be
        owner = next(name for name in reversed(loc[:-1]) if isinstance(name, str))
        return choices(owner, _expected(context["expected_tags"]))
    return choices(str(loc[-1]) if loc else "", _expected(context.get("expected", "")))


def _expected(listed: str) -> list[str]:
    """Texts stand in quotes there, numbers without."""
    return [part.strip("'") for part in _BETWEEN.split(listed) if part]
