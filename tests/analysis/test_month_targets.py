"""Targets out of the settings: in the metric's unit, or told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.analysis.month_targets import month_targets
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting


@pytest.mark.parametrize(
    ("name", "value", "metric", "target"),
    [
        ("报告目标 满意率", "85%", "satisfied", "0.85"),
        ("报告目标：满意率", "0.85", "satisfied", "0.85"),
        ("报告目标 客服响应时间（平均）", "≤45秒", "reply_mean", "45"),
        ("报告目标 客服响应时间（平均）", "00:00:45", "reply_mean", "45"),
        ("报告目标 投诉数", "3条", "complaints", "3"),
        ("报告目标 满意度评分", "4.6分", "score", "4.6"),
    ],
)
def test_a_target_is_read_in_the_unit_of_its_metric(
    name: str, value: str, metric: str, target: str
) -> None:
    found, problems = month_targets(Company(settings=(Setting(name, value),)))
    assert found == {metric: Decimal(target)}
    assert problems == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("报告目标 满意律", "85%", "报告没有指标「满意律」"),
        ("报告目标 服务请求数量", "500", "报告没有指标「服务请求数量」"),
        ("报告目标 满意率", "高一点", "不是百分比，如 85%"),
        ("报告目标 满意率", "850%", "不是百分比，如 85%"),
        ("报告目标 满意度评分", "6", "不是多少分"),
        ("报告目标 投诉数", "-1", "不是多少条"),
    ],
)
def test_what_cannot_be_used_is_told(name: str, value: str, told: str) -> None:
    found, (problem,) = month_targets(Company(settings=(Setting(name, value),)))
    assert found == {}
    assert told in problem.message
    assert problem.message.endswith("没有用上")


def test_other_settings_and_empty_targets_are_none() -> None:
    settings = (Setting("公司名称", "青禾"), Setting("报告目标 满意率", " "))
    assert month_targets(Company(settings=settings)) == ({}, [])
