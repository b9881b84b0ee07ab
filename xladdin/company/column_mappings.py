"""Which columns of exports stand for what: the shipped ones, and a company's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import (
    COUNTS,
    EVENT,
    MONTH,
    OF_RECORDS,
    OF_TABLES,
    SPECIAL,
    UNUSED,
    How,
    Mapping,
)
from xladdin.intake.headers import header_key
from xladdin.paths import templates_dir

FILE = "exports/metric_columns.yaml"

FIRST_MAPPINGS = (
    Mapping("工号", "工号", None, "用来认人：工号、姓名、昵称有一个就行"),
    Mapping("姓名", "姓名"),
    Mapping("旺旺昵称", "昵称"),
    Mapping("客服昵称", "昵称"),
    Mapping("询单转化率", "日常询盘转换率", Unit.PERCENT, "取最终付款口径，月末后4天才能定数"),
    Mapping("客服销售额", "销售目标达成", Unit.YUAN),
    Mapping("平均响应时长（秒）", "平均响应时间", Unit.SECOND),
    Mapping("客服销售客单价", "客单价", Unit.YUAN),
    Mapping("中差评率", "客服中差评率", Unit.PERCENT),
    Mapping("首次响应时长（秒）", "首次响应时间", Unit.SECOND),
    Mapping("客户满意率", "客户满意度", Unit.PERCENT),
)
"""Those that a new master workbook shows: a clerk sees how it is done, and adds others."""


@cache
def default_mappings() -> tuple[Mapping, ...]:
    """Every known column: who and when, which indicator, or none."""
    text = (templates_dir() / FILE).read_text(encoding="utf-8")
    return tuple(_mappings(yaml.safe_load(text)))


def _mappings(data: dict[str, Any]) -> Iterator[Mapping]:
    for target, columns in data["people"].items():
        yield from (Mapping(column, target) for column in columns)
    yield from (Mapping(column, MONTH) for column in data["months"])
    yield from (Mapping(column, EVENT) for column in data["events"])
    for item in data["columns"]:
        unit, remark = Unit(item["unit"]), item.get("remark", "")
        usual = item if "how" in item else data["usual"].get(item["indicator"], {})
        how, by = usual.get("how"), usual.get("by", "")
        known = How(how) if how else None
        yield Mapping(item["column"], item["indicator"], unit, remark, known, by, assumed=True)
    yield from (Mapping(column, UNUSED) for column in data["unused"])


@cache
def _usual() -> dict[str, Mapping]:
    """Of each shipped indicator how its lines go together, where that is sure."""
    ordinary = [m for m in default_mappings() if m.how and m.how is not How.RATIO]
    return {mapping.target: mapping for mapping in reversed(ordinary)}


def completed(own: tuple[Mapping, ...], indicators: Iterable[str] = ()) -> tuple[Mapping, ...]:
    """The workbook's own mappings, the shipped ones that add no indicator, and the names of the
    company's ``indicators``: those are known as heads without being mapped.

    What is noted of the columns of rosters (部门) or service records (提出时间) is no figure in an export.

    A clerk who took a line out of the sheet does not want that column; without any line of an
    indicator the sheet has never been filled in.
    """
    indicators = tuple(indicators)
    own = tuple(
        replace(one, target=UNUSED)
        if one.target in (*OF_TABLES, *OF_RECORDS) and one.target not in indicators
        else one
        for one in own
    )
    shipped = default_mappings()
    if any(mapping.target not in SPECIAL for mapping in own):
        shipped = tuple(mapping for mapping in shipped if mapping.target in SPECIAL)
    # Who counts the lines of a person has not said that the column names no person.
    named = {header_key(mapping.column) for mapping in own if mapping.how not in COUNTS}
    shipped = tuple(mapping for mapping in shipped if header_key(mapping.column) not in named)
    known = {header_key(m.column) for m in (*own, *shipped) if m.target != UNUSED or m in own}
    names = tuple(Mapping(name, name) for name in indicators if header_key(name) not in known)
    said = {header_key(mapping.column) for mapping in names}
    shipped = tuple(mapping for mapping in shipped if header_key(mapping.column) not in said)
    return tuple(map(_with_usual, (*own, *shipped, *names)))


def _with_usual(mapping: Mapping) -> Mapping:
    """With how its lines go together, where the company has said nothing and it is sure."""
    usual = _usual().get(mapping.target)
    if mapping.how or mapping.by or mapping.condition or usual is None:
        return mapping
    return replace(mapping, how=usual.how, by=usual.by, assumed=True)
