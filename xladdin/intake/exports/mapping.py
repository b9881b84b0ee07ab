"""What the columns of exports stand for, as a company notes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from xladdin.domain.quantities import Unit

PERSON = ("工号", "姓名", "昵称")
MONTH, EVENT, UNUSED = "月份", "日期", "不导入"
"""What a column of an export may stand for beside an indicator.

月份: the month, day or span of days that a line is of; 日期: when the one thing happened that a
line is about (a call, an order).
"""
SPECIAL = (*PERSON, MONTH, EVENT, UNUSED)

OF_TABLES = (
    "部门",
    "岗位",
    "直接上级",
    "考核方案",
    "入职日期",
    "离职日期",
    "状态",
    "考核月份",
    "指标",
    "目标值",
    "实际值",
    "自评",
    "单位",
    "备注",
)
"""What a column of a roster or of a table of figures may stand for besides; nothing in an export."""

OF_RECORDS = (
    "工单编号",
    "会话编号",
    "订单编号",
    "渠道",
    "问题类型",
    "客服",
    "客户编号",
    "提出时间",
    "受理时间",
    "首次回复时间",
    "解决时间",
    "更新时间",
    "会话开始时间",
    "下单时间",
    "付款时间",
    "等待时长",
    "首次响应时长",
    "平均响应时长",
    "解决时长",
    "工单状态",
    "重开次数",
    "联系次数",
    "满意度评分",
    "满意度",
    "是否投诉",
    "是否建议",
    "评价内容",
    "是否人工",
    "是否留言",
    "是否询单",
    "实付金额",
    "是否退款",
)
"""What a column of service records may stand for: requests, chats, orders; nothing in an export."""


class How(StrEnum):
    """How the lines of a person become the one figure of a month."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    """Different entries: orders of which each article has a line."""
    MEAN = "mean"
    """Each line weighs the same."""
    WEIGHTED = "weighted"
    """Each line weighs what another column of it says."""
    RATIO = "ratio"
    """A sum divided by the sum of another column."""
    SHARE = "share"
    """The lines that meet a condition, out of those that say anything."""
    MEDIAN = "median"
    P90 = "p90"
    HIGHEST = "highest"
    LOWEST = "lowest"
    LAST = "last"
    """That of the last day: a stock, a balance, a rank."""


HOW_LABELS = {
    How.SUM: "求和",
    How.COUNT: "计数",
    How.DISTINCT: "去重计数",
    How.MEAN: "平均值",
    How.WEIGHTED: "加权平均",
    How.RATIO: "求和相除",
    How.SHARE: "占比",
    How.MEDIAN: "中位数",
    How.P90: "P90",
    How.HIGHEST: "最大值",
    How.LOWEST: "最小值",
    How.LAST: "期末值",
}
TWO_COLUMNS = (How.WEIGHTED, How.RATIO)
"""What needs a second column, to weigh or to divide by."""
COUNTS = (How.COUNT, How.DISTINCT, How.SHARE)
"""What reads words, not figures."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which indicator a column of an export stands for (or 工号, 姓名, 昵称)."""

    column: str
    """Its head; several with + between them are added up: 中评数+差评数."""
    target: str
    unit: Unit | None = None
    remark: str = ""
    how: How | None = None
    by: str = ""
    """The column to weigh or to divide by."""
    condition: str = ""
    """Which lines count: ``是``, ``满意、非常满意``, ``评价=满意``, ``<=30``."""
    assumed: bool = field(default=False, compare=False)
    """``how`` is what is usual for the indicator; the company has not said so itself."""
