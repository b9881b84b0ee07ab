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
from typing import Any

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.methods import ADJUSTMENTS, RULES
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.domain.setting_declarations import StatedList, Takes
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
    names: tuple[str, ...]
    """The usual one first."""
    read: Reader
    example: str
    required: bool = False

    @property
    def label(self) -> str:
        return self.names[0]


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


def _choice(labels: Mapping[str, str]) -> Reader:
    words = {label: value for value, label in labels.items()} | {value: value for value in labels}
    return lambda text, name: chosen(text, words, name, labels.values())


def _yes_no(text: str, name: str) -> bool:
    return chosen(text, _YES_NO, name, ("是", "否"))


def _pair(text: str, name: str) -> tuple[Decimal, Decimal]:
    bound, colon, share = text.partition(":")
    if not colon:
        raise bad(name, f"「{text}」应写成 界限:比例，如 90%:100%")
    return _measure(bound.strip(), name), _ratio(share.strip(), name)


def _entry(fields: Mapping[str, str]) -> Reader:
    """Reads one entry of a list, of which ``fields`` says what its columns are called."""

    def pair(text: str, name: str) -> dict[str, Any]:
        bound, share = _pair(text.strip(), name)
        return {fields["low"]: bound, fields["share"]: share}

    def span(text: str, name: str) -> dict[str, Any]:
        found = _SPAN.fullmatch(text.strip())
        if not found:
            raise bad(name, f"「{text.strip()}」应写成 最低-最高，如 4-5")
        low = _points(found[1], name)
        high = _points(found[2], name) if found[2] else low
        texts = {fields[key]: "" for key in fields if key == "text"}
        return {fields["low"]: low, fields["high"]: high, **texts}

    return pair if "share" in fields else span


def _list(stated: StatedList) -> Reader:
    entry = _entry(stated.listed.kind.columns)
    if stated.single:
        return entry
    return lambda text, name: [entry(part, name) for part in _COMMAS.split(text)]


_READERS: dict[Takes, Reader] = {
    Takes.RATIO: _ratio,
    Takes.POINTS: _points,
    Takes.MEASURE: _measure,
    Takes.YES_NO: _yes_no,
}


def _options(rule: type[ScoringRule]) -> tuple[Option, ...]:
    """A rule's settings as options, those that must be stated first."""
    lists = [
        Option(each.field, each.names, _list(each), each.listed.example, each.required)
        for each in rule.lists()
    ]
    plain = [
        Option(each.field, each.names, read, setting.example, each.required)
        for each in rule.settings()
        for setting in [each.setting]
        if setting.example
        for read in [_READERS.get(setting.takes) or _choice(setting.choices)]
    ]
    return tuple(sorted((*lists, *plain), key=lambda option: not option.required))


SETTINGS: dict[str, tuple[Option, ...]] = {kind: _options(rule) for kind, rule in RULES.items()}
"""Rule -> its settings."""
COMMON = (
    Option("direction", ("方向", "direction"), _choice(CHOICE_LABELS["direction"]), "方向=低"),
    Option("unit", ("单位", "unit"), unit_of, "单位=秒"),
)
"""What every method takes besides its own settings; points outside the 100 have neither."""


def read_item(method: str, options: str) -> Indicator | Adjustment:
    """An item out of a method's name and its options; full points are for the caller."""
    kind = method_kind(method, METHOD)
    raw = _read(kind, options)
    for option in SETTINGS[kind]:
        if option.required and option.field not in raw:
            message = f"{RULES[kind].label}须写「{option.label}」，如 {option.example}"
            raise bad(OPTIONS, message)
    if kind in ADJUSTMENTS:
        return _checked(
            kind, adjustments=[{**ADJUSTING, "kind": kind, "name": RULES[kind].label, **raw}]
        ).adjustments[0]
    common = {option.field: raw.pop(option.field) for option in COMMON if option.field in raw}
    section = {**SECTION, "indicators": [{**ITEM, "method": {"kind": kind, **raw}, **common}]}
    return next(_checked(kind, sections=[section]).indicators)


def _read(kind: str, options: str) -> dict[str, Any]:
    """Field -> raw value."""
    known = (*SETTINGS[kind], *(() if kind in ADJUSTMENTS else COMMON))
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
    raise bad(OPTIONS, f"{RULES[kind].label}没有「{name}」，可写：{labels}")


def _shown(option: Option) -> str:
    return f"{OPTIONS}「{option.label}」"


SOURCE = {"way": "手工统计", "post": "人事"}
ITEM = {"id": "item", "name": "指标", "weight": 100, "source": SOURCE}
ADJUSTING = {"id": "item", "criteria": "", "source": SOURCE}
SECTION = {"id": "all", "name": "全部", "weight": 100}
ALONE: dict[str, Any] = {
    "id": "one",
    "name": "一项",
    "title": "一项",
    "sections": [{**SECTION, "indicators": [{**ITEM, "method": {"kind": "pass_fail"}}]}],
    "grades": [{"name": "全部", "coefficient": 1}],
}


def _checked(kind: str, **parts: Any) -> Scheme:
    """The item as the domain takes it: alone in a scheme, so that every rule is applied."""
    try:
        return Scheme.model_validate(ALONE | parts)
    except ValidationError as error:
        raise _fault(kind, error) from None


def _fault(kind: str, error: ValidationError) -> BadArgumentError:
    """The first fault, by the name of its option."""
    fields = {option.field: option for option in SETTINGS[kind]}

    def locate(loc: Loc) -> Place:
        # The settings stand below the method, or are those of the adjustment.
        below = loc[loc.index("method") + 1 :] if "method" in loc else loc
        return Place(field=next((str(part) for part in below if part in fields), ""))

    problem = translate(error, locate)[0]
    option = fields.get(problem.place.field)
    return bad(_shown(option) if option else OPTIONS, problem.message)
