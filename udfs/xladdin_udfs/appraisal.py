"""Worksheet functions for scores, totals and grades; their docstrings are what Excel shows."""
# ruff: noqa: N802

from typing import Any

from xladdin import functions
from xladdin.functions.spilling import guarded
from xladdin.safe_xlwings import xw

from . import arguments as a

CATEGORY = "绩效考核"


@xw.func(category=CATEGORY)
@guarded
def KPI_SCORE(
    actual: a.Actual,
    target: a.Target,
    weight: a.Weight,
    method: a.Method = None,
    options: a.Options = None,
) -> Any:
    """按计分方法算一项指标的得分；选一整列就得一整列得分。"""
    return functions.kpi_score(actual, target, weight, method, options)


@xw.func(category=CATEGORY)
@guarded
def KPI_ITEM(
    scheme: a.Scheme, indicator: a.Indicator, actual: a.ItemActual, target: a.ItemTarget = None
) -> Any:
    """按考核方案算一项指标的得分，和考核表里的得分相同；也可以是加分项、减分项。"""
    return functions.kpi_item(scheme, indicator, actual, target)


@xw.func(category=CATEGORY)
@guarded
def KPI_TOTAL(
    scores: a.Scores,
    bonus: a.Bonus = None,
    deduction: a.Deduction = None,
    scheme: a.Scheme = None,
) -> Any:
    """各项得分加上加分、减去减分，按方案封顶保底后的最终得分；有一项没填时显示缺几项。"""
    return functions.kpi_total(scores, bonus, deduction, scheme)


@xw.func(category=CATEGORY)
@guarded
def KPI_GRADE(score: a.Total, scheme: a.Scheme = None) -> Any:
    """最终得分的等级，如 优秀、良好。否决项对等级的限制只在考核表里计算。"""
    return functions.kpi_grade(score, scheme)


@xw.func(category=CATEGORY)
@guarded
def KPI_COEFFICIENT(score: a.Total, scheme: a.Scheme = None) -> Any:
    """最终得分的绩效奖金系数，如 1.2。否决项对等级的限制只在考核表里计算。"""
    return functions.kpi_coefficient(score, scheme)


@xw.func(category=CATEGORY)
@guarded
def KPI_EXPLAIN(method: a.Method, options: a.Options = None) -> Any:
    """用一句话说明计分方法和参数是怎样算分的，可以直接写进评分原则。"""
    return functions.kpi_explain(method, options)


@xw.func(category=CATEGORY)
@guarded
def KPI_RANK(scores: a.Everyone) -> Any:
    """中国式排名：得分相同名次相同，后面的名次不跳号。空白还是空白。"""
    return functions.kpi_rank(scores)


@xw.func(category=CATEGORY)
@guarded
def KPI_DISTRIBUTION(scores: a.Everyone, shares: a.Shares = None, scheme: a.Scheme = None) -> Any:
    """各等级按比例建议的人数和实际人数的对照表，供检查分布用，不给任何人定等级。"""
    return functions.kpi_distribution(scores, shares, scheme)


@xw.func(category=CATEGORY)
@guarded
def KPI_HELP(topic: a.Topic = None) -> Any:
    """一张说明表：不写主题列出能问什么；也可以写 方案、计分方法，或者某个方案、方法的名称。"""
    return functions.kpi_help(topic)
