"""Figures are shown in the unit of their row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.layout.place import columns
from xladdin.master.cell_kinds import CellValue, Row
from xladdin.master.master_book import book
from xladdin.master.row_formats import number_formats

from .rows import SPECS, Rows, small

RATE: Row = {"scheme": "monthly", "id": "rate", "name": "转化率", "unit": "百分比"}


def formats(sheet: str, rows: Rows) -> dict[tuple[int, str], str]:
    return number_formats(SPECS[sheet], rows, columns(book(rows)))


def shown(sheet: str, row: Row) -> dict[str, str]:
    """Column -> number format of a row put first."""
    rows = small()
    rows["indicators"].append(RATE)
    rows[sheet].insert(0, row)
    found = formats(sheet, rows)
    return {column: text for (number, column), text in found.items() if number == 0}


@pytest.mark.parametrize(
    ("value", "text"), [("0.2", "0%"), ("0.125", "0.0%"), ("0.1667", "0.00%"), ("1.2", "0%")]
)
def test_shares_have_the_decimals_that_they_need(value: str, text: str) -> None:
    assert shown("duties", {"share": Decimal(value)})["share"] == text


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("百分比", Decimal("0.95"), "0%"),
        ("百分比", None, "0.00%"),
        ("秒", Decimal(30), 'General"秒"'),
        ("元", None, "#,##0.00"),
        ("日期", Decimal(46327), "yyyy-mm-dd"),
    ],
)
def test_standards_have_a_unit_of_their_own(unit: str, value: CellValue, text: str) -> None:
    assert shown("standards", {"unit": unit, "value": value})["value"] == text


def test_figures_have_the_unit_of_their_indicator() -> None:
    own: Row = {"employee": "001", "actual": Decimal(28)}
    assert shown("figures", {**own, "indicator": "响应"}) == {
        "target": 'General"秒"',
        "actual": 'General"秒"',
        "self_rating": 'General"秒"',
    }
    assert shown("figures", {**own, "indicator": "sales"}) == {
        "target": "#,##0.00",
        "actual": "#,##0.00",
        "self_rating": "#,##0.00",
    }


def test_a_figure_that_is_nobodys_is_shown_as_it_is() -> None:
    rows = small()
    rows["figures"] = [{"indicator": "响应", "actual": Decimal(3)}]
    assert formats("figures", rows) == {}


@pytest.mark.parametrize(
    ("method", "cap"), [("百分比计分制", "0%"), ("扣分制", None), ("加分项", None)]
)
def test_a_setting_is_shown_as_its_method_reads_it(method: str, cap: str | None) -> None:
    assert shown("indicators", {"method": method, "cap": Decimal(1)}).get("cap") == cap


def test_steps_are_in_the_unit_of_their_indicator() -> None:
    step: Row = {"scheme": "monthly", "item": "rate", "kind": "阶梯", "low": Decimal("0.6")}
    assert shown("steps", step)["low"] == "0%"
    assert "low" not in shown("steps", {**step, "kind": "评分档", "low": Decimal(4)})


def test_steps_of_completion_are_shares() -> None:
    rows = small()
    rows["indicators"][0]["basis"] = "完成率"
    rows["steps"][0]["low"] = Decimal("0.8")
    assert formats("steps", rows)[0, "low"] == "0%"
