"""Whose form it is: name, id, position and month, as they stand above the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

_HEAD_FIELDS = {
    "name": ("姓名", "被考核人", "员工姓名", "被考核人姓名", "考核对象", "被评价人"),
    "id": ("工号", "员工编号", "员工号"),
    "position": ("岗位", "职位", "职务", "部门/岗位", "岗位名称", "员工职位", "所在岗位"),
    "month": ("考核时间", "考核月份", "考核周期", "考核期间", "月份", "考核期"),
}
_FIELD_OF = {word: key for key, words in _HEAD_FIELDS.items() for word in words}
_PAIR = re.compile(r"([^\s:：]{2,8})\s*[:：]\s*([^\s:：]{0,30})")


def fields_in(texts: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """What a row says, by key: in one cell (姓名：张三), or label and value side by side."""
    for text in texts.values():
        for found in _PAIR.finditer(text):
            yield from _field(found[1], found[2])
    for (_, label), (_, value) in pairwise(sorted(texts.items())):
        if not re.search("[:：]", value):
            yield from _field(label.rstrip(":： "), value)


def _field(label: str, value: str) -> Iterator[tuple[str, str]]:
    key = _FIELD_OF.get(label.replace(" ", ""))
    if not key or not value or value.replace(" ", "") in _FIELD_OF:
        return
    if key == "position" and re.search("[/／]", label):
        # 部门/岗位: 网络销售部 / 网销客服
        value = re.split("[/／]", value)[-1].strip() or value
    yield key, value
