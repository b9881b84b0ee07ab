"""Units that are stated beside figures: in a head (万元), in a 单位 column, above the table.

One reader for every door: what a word states is a unit, and what a bare figure is to be multiplied
by.  A figure that carries a unit of its own (120秒, 1.2万元, 95%) needs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import cast

from xladdin.domain.quantities import FACTS, Unit, facts

from .grids import cell_at
from .headers import header_key
from .numbers import LARGE
from .tables import Row
from .text import is_blank, narrow, written_text
from .times import SECONDS

HEAD = "表头"
"""Where a unit stands that goes before what was noted."""
UNIT_HEADS = frozenset(["单位", "计量单位", "数据单位", "指标单位", "unit"])
COUNTS = frozenset(
    [Unit.TIMES, Unit.PIECE, Unit.PERSON, Unit.NUMBER, Unit.POINT, Unit.SIGNED, Unit.STAR]
)
_POINTS = (Unit.POINT, Unit.SIGNED)
_WORDS: dict[str, Unit] = {
    **{facts_.label: unit for unit, facts_ in FACTS.items()},
    **dict.fromkeys(("百分数", "百分率", "比率", "比例"), Unit.PERCENT),
    **dict.fromkeys(("s", "sec", "秒钟"), Unit.SECOND),
    **dict.fromkeys(("分钟", "min", "mins"), Unit.MINUTE),
    **dict.fromkeys(("时", "h", "个小时", "钟头"), Unit.HOUR),
    **dict.fromkeys(("日", "工作日", "个工作日"), Unit.DAY),
    **dict.fromkeys(("¥", "块", "人民币", "人民币元", "rmb", "cny"), Unit.YUAN),
    **dict.fromkeys(("单", "个", "笔", "条", "张", "台", "票", "项", "份", "通"), Unit.PIECE),
    **dict.fromkeys(("人次", "回", "起"), Unit.TIMES),
    **dict.fromkeys(("名", "位"), Unit.PERSON),
    **dict.fromkeys(("颗星", "星级"), Unit.STAR),
}
_SHARES = {
    "%": Decimal("0.01"),
    "百分点": Decimal("0.01"),
    "个百分点": Decimal("0.01"),
    "‰": Decimal("0.001"),
}
"""Signs that say how a figure is written; 百分比 says only what it is."""
_PARTS_OF_SECOND = dict.fromkeys(("毫秒", "ms"), Decimal("0.001"))
_CLOCK = "分"
"""Minutes for a duration, points elsewhere."""
_LARGE = re.compile(r"(十万|百万|千万|[千万亿])(.*)")
_PER = re.compile(r"(?<=.)/.*")
_NOTES = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BEHIND = re.compile(r"[/_](?P<word>[^/_()]+)$")
_SAYS_UNIT = re.compile(r"^(?:计量|金额|数据)?单位:?")
_TITLE = re.compile(r"(?<![一-鿿])(?:计量|金额|数据)?单位 ?: ?([^()]{1,30})")
_LISTED = re.compile(r"[,;、 ]+")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a word says of bare figures: these times ``factor`` are in ``unit``."""

    word: str
    unit: Unit
    factor: Decimal = Decimal(1)
    signed: bool = True
    """Whether it says how a percentage is written, and not only that it is one."""
    where: str = HEAD
    told: bool = True
    """Whether a clerk should hear of it: what the company has noted itself it knows."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a figure; ``problem`` where it contradicts itself or says nothing known."""

    stated: Stated | None = None
    problem: str = ""


NOTHING = Beside()


def stated_by(word: str, wanted: Unit) -> Stated | None:
    """What a word states, if it is a unit: 万元, 元/单, %, 毫秒; 分 may be minutes or points."""
    said = _SAYS_UNIT.sub("", narrow(word)).strip()
    found = _stated(said.replace(" ", "").casefold(), wanted)
    return replace(found, word=said) if found else None


@lru_cache(maxsize=1024)
def _stated(text: str, wanted: Unit) -> Stated | None:
    share = _SHARES.get(text) or _SHARES.get(_PER.sub("", text))
    if share:
        return Stated(text, Unit.PERCENT, share)
    text = _PER.sub("", text)
    if text in _PARTS_OF_SECOND:
        return Stated(text, Unit.SECOND, _PARTS_OF_SECOND[text])
    if text == _CLOCK:
        clock = Unit.MINUTE if wanted in SECONDS else wanted if wanted in _POINTS else Unit.POINT
        return Stated(text, clock)
    if text in _WORDS:
        return Stated(text, _WORDS[text], signed=_WORDS[text] is not Unit.PERCENT)
    found = _LARGE.fullmatch(text)
    if not found:
        return None
    large, base = found.groups()
    unit = _WORDS.get(base) if base else (wanted if wanted in COUNTS else Unit.YUAN)
    scaled = unit is Unit.YUAN or (unit in COUNTS and unit not in (*_POINTS, Unit.STAR))
    return Stated(text, unit, Decimal(LARGE[large])) if unit and scaled else None


@lru_cache(maxsize=4096)
def stated_in_head(head: str, wanted: Unit) -> Stated | None:
    """What a head states in brackets, behind 单位： or behind a stroke: 实际值（单位：万元）."""
    text = narrow(head)
    words = [found[1] or found[2] or "" for found in reversed([*_NOTES.finditer(text)])]
    behind = _BEHIND.search(text.replace(" ", ""))
    words += [behind["word"]] if behind else []
    parts = (part for word in words for part in (word, *_LISTED.split(word)))
    return next((found for part in parts if (found := stated_by(part, wanted))), None)


def converted(value: Decimal, unit: Unit, target: Unit) -> Decimal:
    """A figure in another unit; only for units that ``convertible`` allows."""
    if unit in SECONDS and target in SECONDS:
        return value * SECONDS[unit] / SECONDS[target]
    return value


def convertible(unit: Unit, target: Unit) -> bool:
    """Whether a figure in one unit says what the other one asks for."""
    return (
        unit is target
        or (unit in SECONDS and target in SECONDS)
        or (unit in COUNTS and target in COUNTS)
    )


def beside(row: Row, field: str, wanted: Unit) -> Beside:
    """What the head of a field's column, the row's 单位 and the lines above the table state."""
    # Of all rows of a table in which the same unit is written the same is said.
    known, word = row.head.worked_out, _word_of_row(row)
    said = known.get((field, wanted, word))
    if said is None:
        said = known[field, wanted, word] = _beside(row, field, wanted, word)
    return cast("Beside", said)


def _word_of_row(row: Row) -> str:
    columns = row.head.worked_out.get(UNIT_HEADS)
    if columns is None:
        labels = enumerate(row.head.labels)
        columns = [number for number, label in labels if header_key(label) in UNIT_HEADS]
        row.head.worked_out[UNIT_HEADS] = columns
    cells = (cell_at(row.grid.rows[row.index], column) for column in cast("list[int]", columns))
    word = narrow(next((written_text(cell) for cell in cells if not is_blank(cell)), ""))
    return "" if word in ("-", "--", "—", "/", "无") else word


def _beside(row: Row, field: str, wanted: Unit, word: str) -> Beside:
    if field not in row.head.columns:
        return NOTHING
    head = stated_in_head(row.head.label(field), wanted)
    own = stated_by(word, wanted) if word else None
    if word and own is None and wanted not in COUNTS:
        return Beside(problem=f"单位列写的「{word[:20]}」不是认得的单位，没有读")
    own = replace(own, where="单位列") if own else None
    found = [one for one in (own, head) if one]
    if len(found) == 2 and not _agree(found[0], found[1], wanted):
        return Beside(problem=f"表头写的单位是{head and head.word}，单位列写的是{word}，没有读")
    if found:
        return Beside(found[0])
    return Beside(_above(row, wanted))


def _agree(one: Stated, other: Stated, wanted: Unit) -> bool:
    same = (one.unit, one.factor) == (other.unit, other.factor)
    counts = {one.unit, other.unit, wanted} <= COUNTS and one.factor == other.factor
    return same or counts or (one.unit is other.unit is Unit.PERCENT and not one.signed)


def _above(row: Row, wanted: Unit) -> Stated | None:
    """The one unit of this kind that a title names: 单位：万元."""
    found = {
        one
        for text in _titles(row)
        for said in _TITLE.findall(text)
        for part in _LISTED.split(said)
        if (one := stated_by(part, wanted)) and convertible(one.unit, wanted)
    }
    return replace(found.pop(), where="表上方") if len(found) == 1 else None


def _titles(row: Row) -> Iterator[str]:
    for cells in row.grid.rows[: row.head.row]:
        yield from (narrow(cell) for cell in cells if isinstance(cell, str) and "单位" in cell)


def misfit(stated: Stated, wanted: Unit) -> str:
    """That a figure in such a unit cannot be read."""
    return (
        f"{stated.where}写的单位是{stated.word}，指标的单位是{facts(wanted).label}，对不上，没有读"
    )
