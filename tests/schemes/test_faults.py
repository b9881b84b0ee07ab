"""Pydantic's errors in Chinese, for any way of locating them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from xladdin.domain.base import Id, Loc, Number, Ratio
from xladdin.domain.people import EmployeeId, Period
from xladdin.domain.schemes import Indicator
from xladdin.problems import Place
from xladdin.schemes.faults import label_of, shortened, shown, translate

CASES = yaml.safe_load((Path(__file__).parent / "data/indicator_faults.yaml").read_text("utf-8"))
SOUND = {
    "id": "sales",
    "name": "销售额",
    "weight": Decimal(20),
    "method": {"kind": "percent", "cap": Decimal("1.2")},
    "source": {"way": "系统抓取", "post": "组长"},
}


def in_a_cell(loc: Loc) -> Place:
    return Place(sheet="指标", cell="/".join(map(str, loc)))


def faults_of(kind: Any, value: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    problems = translate(caught.value, in_a_cell)
    return [(problem.code, problem.place.cell, problem.message) for problem in problems]


@pytest.mark.parametrize("case", CASES, ids=[str(case["name"]) for case in CASES])
def test_an_indicator_with_a_fault(case: dict[str, Any]) -> None:
    found = faults_of(Indicator, {**SOUND, **case["fields"]})
    assert [list(fault) for fault in found] == case["faults"]


def _refuse(_: str) -> str:
    raise ValueError("no such thing")


@pytest.mark.parametrize(
    ("kind", "value", "code", "message"),
    [
        (Number, Decimal("Infinity"), "not_number", "整份内容应为数字，现为数字 Infinity"),
        (Number, float("nan"), "not_number", "整份内容应为数字，现为数字 nan"),
        (Ratio, "-5%", "out_of_range", "整份内容不能小于0，现为「-5%」"),
        (float, "x", "not_number", "整份内容应为数字，现为「x」"),
        (int, "9" * 5000, "not_whole", f"整份内容应为整数，现为「{'9' * 23}…」"),
        (Annotated[int, Field(lt=5)], 5, "out_of_range", "整份内容应小于5，现为数字 5"),
        (date, "明天", "not_date", "整份内容应为日期，现为「明天」"),
        (list[int], 3, "not_list", "整份内容应为列表，现为数字 3"),
        (dict[str, int], "x", "not_group", "整份内容应为一组字段，现为「x」"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "too_many", "整份内容最多1项，现有2项"),
        (Annotated[str, Field(pattern="^x$")], "y", "bad_pattern", "整份内容格式不对，现为「y」"),
        (Annotated[str, AfterValidator(_refuse)], "y", "invalid", "整份内容填写有误，现为「y」"),
        (bytes, 3, "invalid", "整份内容填写有误，现为数字 3"),
        (Period, "明年", "period", "「明年」不是月份，请写成 2026-11 的样子"),
        (
            EmployeeId,
            "a/b",
            "employee_id",
            "工号「a/b」含有不能用的字符：只能用字母、数字、汉字、- 和 _，最多32个",
        ),
        (
            Id,
            "x" * 41,
            "bad_pattern",
            "整份内容只能用小写字母、汉字、数字和单个的下划线，不以数字和下划线开头，最多40个（有汉字的最多20个），"
            "现为「xxxxxxxxxxxxxxxxxxxxxxx…」",
        ),
    ],
)
def test_other_types(kind: Any, value: Any, code: str, message: str) -> None:
    assert faults_of(kind, value) == [(code, "", message)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "空白"),
        (True, " true"),
        (Decimal("2.50"), "数字 2.5"),
        (Decimal("1E+90"), "数字 1E+90"),
        (3, "数字 3"),
        ([1], "一个列表"),
        ({}, "一组字段"),
        ("两\n行", "「两 行」"),
        (date(2026, 11, 1), "「2026-11-01」"),
    ],
)
def test_how_a_value_is_shown(value: Any, text: str) -> None:
    assert shown(value) == text


def test_long_text_is_shortened() -> None:
    assert shortened("很" * 25) == "很" * 23 + "…"
    assert shortened("很" * 24) == "很" * 24


def test_labels_of_fields() -> None:
    assert label_of(("sections", 0, "weight")) == "权重"
    assert label_of(("positions", 1)) == "适用岗位第2项"
    assert label_of(("somewhat",)) == "somewhat"
