"""响应 as each shop platform counts it: one chat log gives every platform's figure under its own definition.

Sources: the platforms' published rules, as CONVENTIONS of the trade repeat them.  京东 counts sessions that
start from 9:00 to 23:00, what was left while nobody was there goes to 留言; 快手 counts customers who came
to a person from 8:00 to 23:00, less those not answered within three minutes; 飞鸽 counts sessions of
8:00:00 to 22:59:59 by the customer's mean wait for each answer; 淘宝 counts from 8:00 to midnight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..metric import PERCENT, PIECES, Condition, Count, Direction, Metric, Share, Table
from ..service_records import HOUR, MINUTE, SECOND, Source

PROMPT = 30 * SECOND
SOON = 3 * MINUTE


def _from_to(t: Table, first: int, end: int) -> Any:
    """Whether a session started at or after one full hour and before another."""
    return (t.clock >= first * HOUR) & (t.clock < end * HOUR)


def _answered_within(t: Table, limit: int) -> Any:
    """Never answered is not answered in time, it is not unknown."""
    return (t["first"] <= limit).fill_null(False)


def _at_jingdong(t: Table) -> Any:
    return _from_to(t, 9, 23) & ~t.message


JINGDONG_PROMPT = Metric(
    "jingdong_prompt",
    "京东30秒应答率",
    "30秒以内由人工首次答复的会话 ÷ 9:00（含）到23:00（不含）开始的会话；看开始的时间，留言不算。",
    PERCENT,
    Direction.HIGHER,
    Source.CHATS,
    Share(lambda t: _answered_within(t, PROMPT), _at_jingdong),
)
JINGDONG_MESSAGES = Metric(
    "jingdong_messages",
    "京东留言率",
    "留言的会话（客服不在时留下的，以及23:00到次日9:00开始的） ÷ 全部会话。",
    PERCENT,
    Direction.LOWER,
    Source.CHATS,
    Share(lambda t: ~_at_jingdong(t)),
)


def counted_at_kuaishou(chats: Table) -> Any:
    """Whether a session is one of a customer who came to a person."""
    return _from_to(chats, 8, 23) & chats.person & chats.customer.notnull()


def late_at_kuaishou(chats: Table) -> Any:
    """Whether a session was not answered in time."""
    return ~_answered_within(chats, SOON)


def _at_kuaishou(chats: Table, by: Sequence[str]) -> Table:
    """A line per customer and day who came to a person, and whether every answer was in time."""
    chats = chats.filter(counted_at_kuaishou(chats))
    late = late_at_kuaishou(chats).cast("int64").sum()
    return chats.group_by(_keys(by)).aggregate(late=late)


KUAISHOU_SOON = Metric(
    "kuaishou_soon",
    "快手3分钟人工回复率",
    "（咨询到人工的人数 − 3分钟没有人工回复的人数） ÷ 咨询到人工的人数；"
    "每天8:00到23:00（不含）开始的，一个客户一天算一次，只算人工；没有客户编号的会话不算。",
    PERCENT,
    Direction.HIGHER,
    Source.CHATS,
    Share(lambda t: t.late == 0),
    _at_kuaishou,
)


def _at_feige(t: Table) -> Any:
    return _from_to(t, 8, 23) & t.person


FEIGE_SOON = Metric(
    "feige_soon",
    "飞鸽3分钟人工回复率",
    "客户每轮消息平均等待不超过3分钟的人工会话 ÷ 8:00:00到22:59:59开始的人工会话；没有回复的算没有达到。",
    PERCENT,
    Direction.HIGHER,
    Source.CHATS,
    Share(lambda t: (t["mean"] <= SOON).fill_null(False), _at_feige),
)
FEIGE_UNSERVED = Metric(
    "feige_unserved",
    "飞鸽人工不服务率",
    "留言的和人工一句没有回的会话 ÷ 8:00:00到22:59:59开始的找人工的会话。",
    PERCENT,
    Direction.LOWER,
    Source.CHATS,
    Share(lambda t: t.message | t["first"].isnull(), _at_feige),
)
TAOBAO_SOON = Metric(
    "taobao_soon",
    "淘宝3分钟响应率",
    "客户第一次提问后3分钟以内答复的会话 ÷ 8:00到24:00开始的会话；导出的会话只有首轮，所以只看首轮。",
    PERCENT,
    Direction.HIGHER,
    Source.CHATS,
    Share(lambda t: _answered_within(t, SOON), lambda t: t.clock >= 8 * HOUR),
)


def _keys(by: Sequence[str]) -> list[str]:
    """The grouping, and within it each customer's day."""
    return list(dict.fromkeys([*by, "day", "customer"]))


CHATS = Metric(
    "chats",
    "会话数",
    "本期开始的全部会话，一个编号算一条。",
    PIECES,
    Direction.NEITHER,
    Source.CHATS,
    Count(),
)


def _left_out(key: str, platform: str, why: str, condition: Condition) -> Metric:
    """Sessions that a platform's figure leaves out for one reason; each is left out for the first one."""
    return Metric(
        key,
        f"{platform}不算的会话：{why}",
        f"{platform}的口径里没有算进来的会话，原因是{why}。",
        PIECES,
        Direction.NEITHER,
        Source.CHATS,
        Count(condition),
    )


def _within(t: Table, first: int, end: int) -> Any:
    """Whether a session is known to have started between two full hours."""
    return _from_to(t, first, end).fill_null(False)


def _served(t: Table) -> Any:
    return _within(t, 8, 23) & t.person.fill_null(False)


OUT, MESSAGE, ROBOT, NOBODY = "时段以外", "留言或说不清", "没有到人工", "没有客户编号"
JINGDONG_OUT = _left_out("jingdong_out", "京东", OUT, lambda t: ~_within(t, 9, 23))
JINGDONG_MESSAGE = _left_out(
    "jingdong_message", "京东", MESSAGE, lambda t: _within(t, 9, 23) & t.message.fill_null(True)
)
KUAISHOU_OUT = _left_out("kuaishou_out", "快手", OUT, lambda t: ~_within(t, 8, 23))
KUAISHOU_ROBOT = _left_out(
    "kuaishou_robot", "快手", ROBOT, lambda t: _within(t, 8, 23) & ~t.person.fill_null(False)
)
KUAISHOU_NOBODY = _left_out(
    "kuaishou_nobody", "快手", NOBODY, lambda t: _served(t) & t.customer.isnull()
)
FEIGE_OUT = _left_out("feige_out", "飞鸽", OUT, lambda t: ~_within(t, 8, 23))
FEIGE_ROBOT = _left_out(
    "feige_robot", "飞鸽", ROBOT, lambda t: _within(t, 8, 23) & ~t.person.fill_null(False)
)
TAOBAO_OUT = _left_out("taobao_out", "淘宝", OUT, lambda t: ~_within(t, 8, 24))
LEFT_OUT: Mapping[str, Mapping[str, Metric]] = {
    JINGDONG_PROMPT.id: {OUT: JINGDONG_OUT, MESSAGE: JINGDONG_MESSAGE},
    JINGDONG_MESSAGES.id: {},
    KUAISHOU_SOON.id: {OUT: KUAISHOU_OUT, ROBOT: KUAISHOU_ROBOT, NOBODY: KUAISHOU_NOBODY},
    FEIGE_SOON.id: {OUT: FEIGE_OUT, ROBOT: FEIGE_ROBOT},
    FEIGE_UNSERVED.id: {OUT: FEIGE_OUT, ROBOT: FEIGE_ROBOT},
    TAOBAO_SOON.id: {OUT: TAOBAO_OUT},
}
"""Of each figure, why sessions are not in it, in the order in which a session is asked; the rest is.

快手 counts a customer's sessions of one day once, so the rest are more sessions than it counts people.
"""
SCOPE = tuple({one.id: one for why in LEFT_OUT.values() for one in why.values()}.values())

ALL = (
    JINGDONG_PROMPT,
    JINGDONG_MESSAGES,
    KUAISHOU_SOON,
    FEIGE_SOON,
    FEIGE_UNSERVED,
    TAOBAO_SOON,
)
