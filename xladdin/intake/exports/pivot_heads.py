"""Heads that Excel's pivot tables make: 平均值项:首次响应时长, Sum of 金额."""

from __future__ import annotations

from xladdin.domain.quantities import Unit
from xladdin.intake.headers import header_key
from xladdin.intake.times import SECONDS

from .mapping import HOW_LABELS, How

PREFIXES: dict[How, tuple[str, ...]] = {
    How.SUM: ("求和项:", "sum of "),
    How.COUNT: ("计数项:", "count of "),
    How.MEAN: ("平均值项:", "average of "),
    How.HIGHEST: ("最大值项:", "max of "),
    How.LOWEST: ("最小值项:", "min of "),
}
"""By what the pivot has worked out."""
_KEYS = {header_key(f"{prefix}甲")[:-1]: how for how, each in PREFIXES.items() for prefix in each}
_ADDED = (Unit.YUAN, Unit.PIECE, Unit.TIMES, Unit.PERSON)
_AVERAGED = (Unit.PERCENT, Unit.STAR, *SECONDS)
_AVERAGES, _TOTALS = ("均", "率", "单价", "占比"), ("总", "累计", "合计")
"""What an indicator's name says it is."""


def without_function(head: str) -> str:
    """The head of the column that a pivot was made of."""
    for prefixes in PREFIXES.values():
        for prefix in prefixes:
            bare = head.replace("：", ":").strip()
            if bare.casefold().startswith(prefix):
                return bare[len(prefix) :]
    return head


def misfit(function: How, how: How | None, name: str, unit: Unit) -> str:
    """Why what a pivot has worked out is not the figure of an indicator; empty where it is."""
    wanted = how or _usual(name, unit)
    done = HOW_LABELS[function]
    if wanted is function:
        return ""
    if wanted is None:
        return f"透视表里是{done}，指标「{name}」怎样汇总没有写"
    return f"透视表里是{done}，指标「{name}」要的是{HOW_LABELS[wanted]}"


def _usual(name: str, unit: Unit) -> How | None:
    """What an indicator hardly can be but."""
    if any(word in name for word in _AVERAGES):
        return How.MEAN
    if any(word in name for word in _TOTALS) or unit in _ADDED:
        return How.SUM
    return How.MEAN if unit in _AVERAGED else None
