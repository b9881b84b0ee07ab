"""Schemes and their indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.domain.data_sources import DataSource
from xladdin.domain.schemes import Indicator
from xladdin.schemes.library import Library

DATA = Path(__file__).parent / "data"
CASES = yaml.safe_load((DATA / "uses_target.yaml").read_text("utf-8"))


def _indicator(method: dict[str, Any]) -> Indicator:
    fields = {"id": "a", "name": "甲", "weight": 10, "source": {"way": "系统抓取", "post": "组长"}}
    return Indicator.model_validate({**fields, "method": method})


@pytest.mark.parametrize(("method", "used"), CASES)
def test_whether_a_target_is_used(method: dict[str, Any], used: bool) -> None:
    assert _indicator(method).uses_target is used


def test_what_a_person_judges() -> None:
    judged = [_indicator(method) for method, _ in CASES if _indicator(method).subjective]
    assert [indicator.method.kind for indicator in judged] == ["judgement"]


def test_the_effect_of_a_veto_on_the_whole_form() -> None:
    scheme = Library.shipped().scheme("after_sales_monthly")
    assert scheme is not None
    effects = {item.id: item.whole_form.grade for item in scheme.indicators if item.whole_form}
    assert effects == {"red_line": "一般"}


def test_an_indicator_by_id_or_name() -> None:
    scheme = Library.shipped().scheme("sales_service")
    assert scheme is not None
    assert scheme.indicator("sales_amount") is scheme.indicator("销售额")
    assert scheme.indicator("没有") is None
    assert len(list(scheme.indicators)) == 10


@pytest.mark.parametrize(
    ("way", "fetched"), [("系统抓取", True), ("手工统计", False), ("主观考核", False)]
)
def test_whether_a_system_supplies_the_figure(way: str, fetched: bool) -> None:
    assert DataSource(way=way, post="组长").fetched is fetched
