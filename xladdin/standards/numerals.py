"""Figures in running text: digits, Chinese numerals, and the measure words that follow them."""

from __future__ import annotations

import re
from decimal import Decimal

from xladdin.domain.quantities import Unit

DIGITS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}

CHINESE = "[零一二两三四五六七八九十百千万]"
# 统一, 逐一, 每一个 and 每百单 are words.
_APART = "(?<![统唯同专逐单之])(?!(?<=每)[一百千万])"
NUMBER = (
    rf"(?<![-+0-9.,第])(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|(?<!{CHINESE}){_APART}{CHINESE}+|半)"
)
"""A figure in digits or in Chinese, never the tail of a longer one; 第三 and 逐一 are none."""

_SPANS: dict[str, tuple[Unit, int]] = {
    "秒钟": (Unit.SECOND, 1),
    "秒": (Unit.SECOND, 1),
    "分钟": (Unit.MINUTE, 1),
    "个小时": (Unit.HOUR, 1),
    "小时": (Unit.HOUR, 1),
    "h": (Unit.HOUR, 1),
    "H": (Unit.HOUR, 1),
    "个工作日": (Unit.DAY, 1),
    "工作日": (Unit.DAY, 1),
    "天": (Unit.DAY, 1),
    "日": (Unit.DAY, 1),
    "个星期": (Unit.DAY, 7),
    "星期": (Unit.DAY, 7),
    "周": (Unit.DAY, 7),
}
"""Spans of time that are a fixed number of a unit; a month or a year is not."""

_COUNTS: dict[str, Unit] = {
    **dict.fromkeys(("次", "回", "场", "起", "宗", "遍", "通", "人次"), Unit.TIMES),
    **dict.fromkeys("份条件单笔篇项家户套张封", Unit.PIECE),
    **dict.fromkeys(("人", "名", "位"), Unit.PERSON),
    "个": Unit.PIECE,
    "例": Unit.TIMES,
    "元": Unit.YUAN,
    "分": Unit.POINT,
    "星": Unit.STAR,
}

SPAN = "|".join(
    {"日": "日(?![常志期均程])", "周": "周(?![期边年末])", "秒": "秒(?!杀)"}.get(word, word)
    for word in _SPANS
)
# 例会 is a meeting and 回访 a visit; 个月 and 分钟 are other measures; 一起 is together.
COUNT = (
    "次(?![性数日月年品])|人次?(?![员数工])|回(?![访复收款应电馈购])|场(?![地景])|(?<!一)起(?![草诉])"
    "|通(?![过知话讯])|名(?![单称额])|位(?!置)|份(?!额)|条(?![件款])|件(?!数)|单(?![据价号位])"
    "|家(?![长庭访])|项(?!目)|套(?!餐)|例(?!会)|元(?!件)|星(?!期)|分(?![钟之析类配部店])"
    "|个(?!自?然?月|小时|工作日|星期|季度|百分点|半|周)|[宗遍笔篇户张封]"
)

# 095 is no figure that anybody writes, and 1.2.3 none at all.
_PLAIN = re.compile(r"(?:0|0?[1-9]|[1-9][0-9,]*)(?:\.[0-9]+)?")
_LARGE = {"万": 10_000, "亿": 100_000_000}
_AHEAD = rf"(?=个|{SPAN}|月|年|季|{COUNT}|成|倍|号|点|字|句|页|级|台|篇|届|班|轮)"
_SPOKEN = re.compile(rf"[0-9]|百分之|千分之|(?<![第万]){_APART}{CHINESE}{{1,12}}{_AHEAD}|半数|过半")


def number_of(text: str) -> Decimal | None:
    """``1,200``, ``二十五``, ``半`` as a number; None for what is no plain numeral."""
    if text == "半":
        return Decimal("0.5")
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if re.search("[0-9.,]", text):
        return None
    total = Decimal(0)
    *thousands, last = text.split("万")
    if len(thousands) > 1 or (thousands and not thousands[0]):
        return None
    for part, scale in [*((part, 10_000) for part in thousands), (last, 1)]:
        value = _below_ten_thousand(part) if part else 0
        if value is None:
            return None
        total += value * scale
    return total


def _below_ten_thousand(text: str) -> int | None:
    """Strictly digit-place pairs in falling order: 一百二十五, 十二, 一百零五; not 一五 nor 百十."""
    total, last, rest = 0, 10_000, text
    while rest:
        found = re.match(r"(零?[一二两三四五六七八九])?([十百千])?", rest)
        digit, place = found.groups() if found else (None, None)
        if rest == "零" and text == "零":
            return 0
        if not (digit or place) or not _follows(digit, place, last, rest == text):
            return None
        size = _PLACES[place] if place else 1
        total += (DIGITS[digit[-1]] if digit else 1) * size
        last, rest = size, rest[len((digit or "") + (place or "")) :]
    return total


def _follows(digit: str | None, place: str | None, last: int, first: bool) -> bool:
    size = _PLACES[place] if place else 1
    if not digit:
        return first and place == "十"
    skipped = not first and size * 10 < last
    return size < last and digit.startswith("零") == skipped


def span_of(word: str) -> tuple[Unit, int]:
    """The unit of a span of time, and how many of it: 周 is 7 days."""
    return _SPANS[word]


def unit_of(word: str) -> Unit:
    """What a measure word counts."""
    return _COUNTS[word]


def large(word: str | None) -> int:
    """What 万 or 亿 multiplies by; 1 without them."""
    return _LARGE[word] if word else 1


def has_number(text: str) -> bool:
    """Whether a reader sees a figure: a digit, or a Chinese numeral with something to count."""
    return _SPOKEN.search(text) is not None
