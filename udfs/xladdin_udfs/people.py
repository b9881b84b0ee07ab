"""Worksheet functions for ratings, duties and exported figures."""
# ruff: noqa: N802

from typing import Any

from xladdin import functions
from xladdin.functions.spilling import guarded
from xladdin.safe_xlwings import xw

from . import arguments as a
from .appraisal import CATEGORY


@xw.func(category=CATEGORY)
@guarded
def COMPETENCY_SCORE(
    self_rating: a.Own,
    superior: a.Superior,
    peers: a.Peers = None,
    customers: a.Customers = None,
    scheme: a.Rated = None,
    element: a.Element = None,
    subordinates: a.Subordinates = None,
) -> Any:
    """能力考核的加权均值：各来源先取平均再按权重合成，没有评分的来源由其余来源分摊。"""
    return functions.competency_score(
        self_rating, superior, peers, customers, scheme, element, subordinates
    )


@xw.func(category=CATEGORY)
@guarded
def JOB_TIME_CHECK(shares: a.TimeShares) -> Any:
    """检查工作分析表的占用时间合计是不是 100%，不是就说多了或少了多少。"""
    return functions.job_time_check(shares)


@xw.func(category=CATEGORY)
@guarded
def DUTY_STANDARD(text: a.DutyText) -> Any:
    """从一项工作的文字里读出可衡量的标准；没读懂的部分会说明原因。"""
    return functions.duty_standard(text)


@xw.func(category=CATEGORY)
@guarded
def METRIC_NUMBER(text: a.FigureText, unit: a.UnitName = None) -> Any:
    """把导出的文字读成数字：９５％ 是 0.95，00:02:23 是 143 秒，-- 是空白；看不准的不猜。"""
    return functions.metric_number(text, unit)
