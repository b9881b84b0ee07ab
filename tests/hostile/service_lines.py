"""Service records of 20 MB in which hardly two lines say the same: nonsense, and what only looks odd."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from itertools import islice

FULL = 20_000_000
SOUND = {
    "工单编号": "T{line}",
    "提出时间": "2026-10-05 10:00:00",
    "客服": "甲",
    "问题类型": "订单",
    "渠道": "电话",
    "首次回复时间": "2026-10-05 10:01:00",
    "首次响应时长": "00:01:00",
    "满意度评分": "5",
    "满意度": "满意",
    "工单状态": "已解决",
    "是否投诉": "否",
    "重开次数": "0",
    "评价内容": "好",
}
ALWAYS = ("工单编号", "提出时间", "客服")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789:/-年月日时分秒"
MEASURED = ("提出时间", "首次回复时间", "首次响应时长", "满意度评分", "重开次数")
WORDS = ("客服", "问题类型", "渠道", "满意度", "工单状态", "是否投诉")
Says = Callable[[random.Random, int], str]


def _nonsense(chance: random.Random, line: int) -> str:
    return "".join(chance.choices(LETTERS, k=24))


def _word(chance: random.Random, line: int) -> str:
    return f"词{line}号"


def _no_date(chance: random.Random, line: int) -> str:
    day, month, year = (chance.randint(1, most) for most in (40, 40, 9999))
    return f"{day}/{month}/{year} {chance.randint(0, 99)}:{chance.randint(0, 99)}:{chance.randint(0, 10**6)}"


def _date(chance: random.Random, line: int) -> str:
    clock = f"{line % 24}:{line // 24 % 60:02}:{line % 60:02}"
    return f"{line % 28 + 1}/{line // 28 % 12 + 1}/{2000 + line // 336 % 27} {clock}"


def _span(chance: random.Random, line: int) -> str:
    return f"{line}小时{chance.randint(0, 99)}分{chance.randint(0, 99)}秒"


def lines(odd: Collection[str], says: Says, most: int = 400_000) -> bytes:
    """A file whose odd columns say so; the others are sound."""
    chance = random.Random(1)
    heads = [head for head in SOUND if head in odd or head in ALWAYS]
    made, size = [",".join(heads)], 0
    for number in range(most):
        cells = (
            says(chance, number) if head in odd else SOUND[head].format(line=number)
            for head in heads
        )
        made.append(",".join(cells))
        size += len(made[-1].encode()) + 1
        if size > FULL:
            break
    return ("\n".join(islice(made, len(made) - (size > FULL))) + "\n").encode()


RECORDS: dict[str, tuple[Callable[[], bytes], str]] = {
    f"records_{name}": (lambda odd=odd, says=says: lines(odd, says), "csv")  # type: ignore[misc]
    for name, (odd, says) in {
        "times_of_nonsense": (("提出时间",), _nonsense),
        "replies_of_nonsense": (("首次回复时间",), _nonsense),
        "times_that_are_none": (("提出时间",), _no_date),
        "times_written_oddly": (("提出时间",), _date),
        "spans_of_nonsense": (("首次响应时长",), _nonsense),
        "spans_written_oddly": (("首次响应时长",), _span),
        "scores_of_nonsense": (("满意度评分",), _nonsense),
        "numbers_of_nonsense": (("重开次数",), _nonsense),
        "everything_of_nonsense": (MEASURED, _nonsense),
        "an_agent_each": (("客服",), _word),
        "a_type_each": (("问题类型",), _word),
        "a_way_each": (("渠道",), _word),
        "opinions_of_nonsense": (("满意度",), _nonsense),
        "states_of_nonsense": (("工单状态",), _nonsense),
        "a_word_each": (WORDS, _word),
        "words_of_nonsense": (("评价内容",), _nonsense),
    }.items()
}
