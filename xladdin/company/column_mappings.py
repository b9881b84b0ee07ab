"""Which columns of exports stand for what: the shipped ones, and a company's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import MONTH, PERSON, UNUSED, Mapping
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
    for item in data["columns"]:
        unit, remark = Unit(item["unit"]), item.get("remark", "")
        yield Mapping(item["column"], item["indicator"], unit, remark)
    yield from (Mapping(column, UNUSED) for column in data["unused"])


def completed(own: tuple[Mapping, ...]) -> tuple[Mapping, ...]:
    """The workbook's own mappings, and the shipped ones that add no indicator.

    A clerk who took a line out of the sheet does not want that column; without any line of an
    indicator the sheet has never been filled in.
    """
    special = (*PERSON, MONTH, UNUSED)
    shipped = default_mappings()
    if any(mapping.target not in special for mapping in own):
        shipped = tuple(mapping for mapping in shipped if mapping.target in special)
    named = {mapping.column for mapping in own}
    return (*own, *(mapping for mapping in shipped if mapping.column not in named))
