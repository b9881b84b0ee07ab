"""The settings of a scoring method as a clerk writes them: ``封顶=120%；保底=0``.

    options = option { ";" option }        ；or a line break serve as well
    option  = name "=" value               names in Chinese or English, in any order
    value   = number | percentage | word | list
    list    = entry { "," entry }          ， and 、 serve as well
    entry   = bound ":" share              阶梯=65%:100%,60%:90%；起点=60%:40%
            | low [ "-" high ]             评分档=4-5,2-3,0

Full-width signs are read as their narrow ones.  What is right about a method is decided by the
domain models alone: here text is only taken apart, and faults are told by the option's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.methods import METHOD_LABELS, Method
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.intake.text import narrow
from xladdin.problems import Place
from xladdin.schemes.faults import translate
from xladdin.schemes.labels import CHOICE_LABELS

from .argument_names import chosen, method_kind
from .argument_names import unit as unit_of
from .argument_values import BadArgumentError, bad

METHOD, OPTIONS = "方法", "选项"
HIGHEST_RATIO = 10

_SEPARATOR = re.compile(r"[;；\r\n]")
_AMOUNT = re.compile(r"([+-]?[0-9]{1,12}(?:\.[0-9]{1,6})?)(%?)")
_SPAN = re.compile(r"([0-9.]+)(?:[-~]([0-9.]+))?")
_COMMAS = re.compile(r"[,、]")
_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}

Reader = Callable[[str, str], Any]
"""Text and the name to complain under -> the raw value of a field."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its field (the English name), its Chinese names, how it is read."""

    field: str
    labels: tuple[str, ...]
    read: Reader
    example: str

    @property
    def label(self) -> str:
        return self.labels[0]

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.labels, self.field)


def _measure(text: str, name: str) -> Decimal:
    """A figure in the indicator's unit; percentages become fractions."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise bad(name, f"「{text}」不是数字")
    return Decimal(found[1]) / (100 if found[2] else 1)


def _points(text: str, name: str) -> Decimal:
    if text.endswith("%"):
        raise bad(name, f"「{text}」应为分数或次数，不是百分比")
    return _measure(text, name)


def _ratio(text: str, name: str) -> Decimal:
    value = _measure(text, name)
    if not 0 <= value <= HIGHEST_RATIO:
        raise bad(name, f"「{text}」不像比例，请写成 {text.rstrip('%').lstrip('-')}% 的样子")
    return value


def _choice(field: str) -> Reader:
    labels = CHOICE_LABELS[field]
    words = {label: value for value, label in labels.items()} | {value: value for value in labels}
    return lambda text, name: chosen(text, words, name, labels.values())


def _yes_no(text: str, name: str) -> bool:
    return chosen(text, _YES_NO, name, ("是", "否"))


def _pair(text: str, name: str) -> tuple[Decimal, Decimal]:
    bound, colon, share = text.partition(":")
    if not colon:
        raise bad(name, f"「{text}」应写成 界限:比例，如 90%:100%")
    return _measure(bound.strip(), name), _ratio(share.strip(), name)


def _end(text: str, name: str) -> dict[str, Decimal]:
    at, share = _pair(text, name)
    return {"at": at, "share": share}


def _steps(text: str, name: str) -> list[dict[str, Decimal]]:
    pairs = (_pair(part.strip(), name) for part in _COMMAS.split(text))
    return [{"bound": bound, "share": share} for bound, share in pairs]


def _bands(text: str, name: str) -> list[dict[str, Any]]:
    return [_band(part.strip(), name) for part in _COMMAS.split(text)]


def _band(text: str, name: str) -> dict[str, Any]:
    found = _SPAN.fullmatch(text)
    if not found:
        raise bad(name, f"「{text}」应写成 最低-最高，如 4-5")
    low = _points(found[1], name)
    return {"low": low, "high": _points(found[2], name) if found[2] else low, "text": ""}


_BASIS = Option("basis", ("依据", "比较依据"), _choice("basis"), "依据=完成率")
_BELOW = Option("below", ("其余", "最低档以下"), _ratio, "其余=0%")
_INCLUSIVE = Option("inclusive", ("含界限", "含等于"), _yes_no, "含界限=是")
COMMON = (
    Option("direction", ("方向",), _choice("direction"), "方向=低"),
    Option("unit", ("单位",), unit_of, "单位=秒"),
)
"""What every method takes besides its own settings."""

SETTINGS: dict[str, tuple[Option, ...]] = {
    "percent": (
        Option("cap", ("封顶",), _ratio, "封顶=120%"),
        Option("floor", ("保底",), _ratio, "保底=0%"),
        Option("zero_target", ("目标为0", "目标为0时"), _choice("zero_target"), "目标为0=满分"),
    ),
    "veto": (
        Option("per_event", ("每次扣", "每次扣分"), _points, "每次扣=2"),
        Option("zero_at", ("否决次数",), _points, "否决次数=3"),
    ),
    "deduct": (
        Option("per_event", ("每次扣", "每次扣分"), _points, "每次扣=1"),
        Option("cap", ("最多扣", "封顶"), _points, "最多扣=5"),
    ),
    "steps": (
        Option("steps", ("阶梯",), _steps, "阶梯=65%:100%,60%:90%"),
        _BELOW,
        _BASIS,
        _INCLUSIVE,
    ),
    "step_deduct": (
        Option("points", ("每档扣", "每档扣分"), _points, "每档扣=1"),
        Option("step", ("每档", "级差"), _measure, "每档=5%"),
        Option("started", ("不足一档", "不足一级"), _choice("started"), "不足一档=按比例"),
    ),
    "linear": (
        Option("low", ("起点", "下端"), _end, "起点=60%:40%"),
        Option("high", ("终点", "上端"), _end, "终点=100%:100%"),
        _BELOW,
        _BASIS,
    ),
    "pass_fail": (
        Option("bound", ("达标线",), _measure, "达标线=90%"),
        _INCLUSIVE,
    ),
    "deadline": (
        Option("per_day", ("每天扣", "每天扣分"), _points, "每天扣=1"),
        Option("floor", ("保底", "最少得"), _points, "保底=0"),
        Option("measure", ("计量方式", "计法"), _choice("measure"), "计量方式=日期"),
    ),
    "judgement": (Option("bands", ("评分档",), _bands, "评分档=4-5,2-3,0"),),
}
"""Kind of method -> its settings, those that must be stated first."""

_MODELS: dict[str, type[BaseModel]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(Method)[0])
}


def read_item(method: str, options: str) -> Indicator:
    """An indicator out of a method's name and its options; full points are for the caller."""
    kind = method_kind(method, METHOD)
    raw = _read(kind, options)
    common = {option.field: raw.pop(option.field) for option in COMMON if option.field in raw}
    for option in SETTINGS[kind]:
        if _MODELS[kind].model_fields[option.field].is_required() and option.field not in raw:
            message = f"{METHOD_LABELS[kind]}须写「{option.label}」，如 {option.example}"
            raise bad(OPTIONS, message)
    return _checked(kind, {"method": {"kind": kind, **raw}, **common})


def _read(kind: str, options: str) -> dict[str, Any]:
    """Field -> raw value."""
    known = (*SETTINGS[kind], *COMMON)
    found: dict[str, Any] = {}
    for part in filter(None, map(narrow, _SEPARATOR.split(options))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise bad(OPTIONS, f"「{part}」应写成 名称=值，如 {known[0].example}")
        option = _named(name, known, kind)
        if option.field in found:
            raise bad(OPTIONS, f"「{option.label}」写了两次")
        found[option.field] = option.read(value, _shown(option))
    return found


def _named(name: str, known: tuple[Option, ...], kind: str) -> Option:
    for option in known:
        if name.casefold() in option.names:
            return option
    labels = "、".join(option.label for option in known)
    raise bad(OPTIONS, f"{METHOD_LABELS[kind]}没有「{name}」，可写：{labels}")


def _shown(option: Option) -> str:
    return f"{OPTIONS}「{option.label}」"


def _checked(kind: str, settings: Mapping[str, Any]) -> Indicator:
    """The indicator as the domain takes it: alone in a scheme, so that every rule is applied."""
    source = {"way": "手工统计", "post": "人事"}
    item = {"id": "item", "name": "指标", "weight": 100, "source": source, **settings}
    section = {"id": "all", "name": "全部", "weight": 100, "indicators": [item]}
    scheme = {
        "id": "one",
        "name": "一项",
        "title": "一项",
        "sections": [section],
        "grades": [{"name": "全部", "coefficient": 1}],
    }
    try:
        return next(Scheme.model_validate(scheme).indicators)
    except ValidationError as error:
        raise _fault(kind, error) from None


def _fault(kind: str, error: ValidationError) -> BadArgumentError:
    """The first fault, by the name of its option."""
    fields = {option.field: option for option in SETTINGS[kind]}

    def locate(loc: Loc) -> Place:
        # The settings stand below the field "method" (and, in pydantic's path, the kind).
        below = loc[loc.index("method") + 1 :] if "method" in loc else loc
        return Place(field=next((str(part) for part in below if part in fields), ""))

    problem = translate(error, locate)[0]
    option = fields.get(problem.place.field)
    return bad(_shown(option) if option else OPTIONS, problem.message)
