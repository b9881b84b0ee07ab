"""Months that running texts speak of: titles above a table, names of sheets and files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.intake.month_writings import mentioned_in, said_in

MENTIONS = [
    ("2026-11-01 至 2026-11-30", ["2026-11"]),
    ("统计时间：2026/11/01-2026/11/30", ["2026-11"]),
    ("统计周期 2026-10-26 到 2026-11-01（周报）", ["2026-10 2026-11"]),
    ("2026年10月-11月汇总", ["2026-10 2026-11"]),
    ("2026-11-01~30", ["2026-11"]),
    ("202610-202611", ["2026-10 2026-11"]),
    ("2026年3月", ["2026-03"]),
    ("２０２６年３月客服绩效", ["2026-03"]),
    ("二〇二六年三月", ["2026-03"]),
    ("202611", ["2026-11"]),
    ("赤兔_20261130_客服", ["2026-11"]),
    ("赤兔_2026_11_客服", ["2026-11"]),
    ("2026.12.03", ["2026-12"]),
    ("导出时间：2026-12-01 09:00:00，数据：2026-11", ["2026-12", "2026-11"]),
    ("10月客服绩效", ["?-10"]),
    ("客服绩效（十月）", ["?-10"]),
    ("10月31日-11月3日", ["?-10 ?-11"]),
    ("31/10/2026", ["2026-10"]),
    ("03/04/2026", ["2026-04|2026-03"]),
    ("2026.1", ["2026-01|2026-10"]),
    ("report_Oct_2026", ["2026-10"]),
    ("as of Oct 31, 2026", ["2026-10"]),
    ("客服数据_2026-W41", ["2026-10"]),
    ("2026年第41周客服数据", ["2026-10"]),
    ("2026年10周数据", ["2026-03"]),
    ("2026年第44周", ["2026-10 2026-11"]),
    ("2026年10周年庆", []),
    ("2026-13", []),
    ("订单202611123456", []),
    ("155307.28", []),
    ("3个月", []),
    ("近3月数据", []),
    ("每月5日前", []),
    ("3月龄", []),
    ("10-31", []),
    ("版本 1.11", []),
    ("2026年度", []),
    ("2026年3月版", []),
    ("自2026-03-01起执行", []),
    ("3月1日起", []),
    ("2026年3月入职", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_months_in_a_text(text: str, expected: list[str]) -> None:
    found = [
        "|".join(
            " ".join(f"{year or '?'}-{month:02}" for year, month in sorted(months, key=str))
            for months in dict.fromkeys(said.ways.values())
        )
        for said in mentioned_in(text)
    ]
    assert found == expected


def test_a_day_is_told_from_a_month_and_a_span() -> None:
    days = [said_in(text).is_day for text in ("2026-11-03", "10月31日", "31/10/2026", "20261103")]
    others = [said_in(text).is_day for text in ("2026-11", "11月", "202611", "2026-11-01~30")]
    assert (days, others) == ([True] * 4, [False] * 4)


@given(st.text("0123456789年月日-/.~至到_ :Octnv", max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    for said in mentioned_in(text):
        assert said.ways
        assert all(1 <= month <= 12 for months in said.meanings for _, month in months)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-11-03", (3, 3)),
        ("11月3日", (3, 3)),
        ("2026-11-03 08:00", (3, 3)),
        ("2026-11-01~2026-11-07", (1, 7)),
        ("2026-11-01~30", (1, 30)),
        ("11月1日至7日", (1, 7)),
        ("2026-W41", (5, 11)),
        ("2026年第41周", (5, 11)),
        ("2026-W44", None),
        ("2026-11", None),
        ("2026-10~2026-11", None),
        ("2026-10-26~2026-11-01", None),
    ],
)
def test_the_days_of_one_month_are_kept(text: str, days: tuple[int, int] | None) -> None:
    said = said_in(text)
    assert said.ways
    assert {said.days.get(way) for way in said.ways} == {days}
