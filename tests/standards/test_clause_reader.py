"""Reading standards out of a clerk's text: a wrong reading is worse than none."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.positions import Cycle, Position, Standard, StandardKind
from xladdin.domain.quantities import Unit, plain
from xladdin.intake.text import clean, narrow
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library
from xladdin.standards.clause_reader import Unread, read_standards
from xladdin.standards.numerals import number_of

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("standards.yaml").read_text("utf-8")
)


def expected(case: dict[str, Any]) -> list[Standard]:
    return [
        Standard.model_validate({"text": case["text"], **given})
        for given in case.get("standards", ())
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_what_a_wording_means(case: dict[str, Any]) -> None:
    standards, unread = read_standards(case["text"])
    assert standards == expected(case)
    assert unread == [Unread(**given) for given in case.get("unread", ())]


def test_the_cases_are_many_and_differ() -> None:
    refused = [case for case in CASES if "standards" not in case]
    assert len({case["text"] for case in CASES}) == len(CASES) >= 90
    assert len(refused) >= 20


# The shipped templates: structured by hand, and read out of their own wording


def template_positions() -> list[Position]:
    example, _ = Library.from_dir(templates_dir() / "example_company")
    return [*Library.shipped().positions, *example.positions]


READ_OTHERWISE = {
    ("online_service_agent", "销售目标达成率100%"): "只写了100%，读作等于；模板取达到（可以超过）",
    ("online_service_agent", "新品上架前1天内通过话术测验"): "之前还是之后说不准，不读",
    ("online_service_agent", "按排班到岗"): "没有数字、期限或记录，不读",
    ("sales_service_agent", "老客户每2个月回访一次"): "读出一次；模板没有写次数",
    ("sales_service_agent", "每周五17:00前更新"): "读出星期五；模板只写了时刻",
    ("sales_service_agent", "每月分享1次"): "读作每月一次；模板取至少一次",
}
"""Where a reading differs from the template, and why both may stand."""


def meaning(standard: Standard) -> tuple[object, ...]:
    return (
        standard.kind,
        standard.value,
        standard.unit,
        standard.due,
        standard.direction,
    )


@pytest.mark.parametrize("position", template_positions(), ids=lambda position: position.id)
def test_a_template_reads_as_it_is_structured(position: Position) -> None:
    for duty in position.duties:
        standards, unread = read_standards(duty.wording) if duty.standards else ([], [])
        read = {standard.text: standard for standard in standards}
        assert read.keys() | {line.clause for line in unread} == {
            standard.text for standard in duty.standards
        }
        for standard in duty.standards:
            found = read.get(standard.text)
            same = (
                found is not None
                and meaning(found) == meaning(standard)
                and found.cycle in (None, standard.cycle)
            )
            assert same != ((position.id, standard.text) in READ_OTHERWISE), standard.text


# Laws

WORDS = {
    "{}以上": StandardKind.AT_LEAST,
    "{}及以上": StandardKind.AT_LEAST,
    "不低于{}": StandardKind.AT_LEAST,
    "不少于{}": StandardKind.AT_LEAST,
    "至少{}": StandardKind.AT_LEAST,
    "达到{}": StandardKind.AT_LEAST,
    "≥{}": StandardKind.AT_LEAST,
    "{}以下": StandardKind.AT_MOST,
    "{}以内": StandardKind.AT_MOST,
    "不超过{}": StandardKind.AT_MOST,
    "不高于{}": StandardKind.AT_MOST,
    "≤{}": StandardKind.AT_MOST,
    "超过{}": StandardKind.ABOVE,
    "高于{}": StandardKind.ABOVE,
    ">{}": StandardKind.ABOVE,
    "低于{}": StandardKind.BELOW,
    "不足{}": StandardKind.BELOW,
    "小于{}": StandardKind.BELOW,
}
"""Article 1259 of the Civil Code: 以上, 以下, 以内 include the number; 超过, 不足 do not."""
FIGURES = st.decimals(Decimal("0.01"), 100, places=2)


@given(st.sampled_from(sorted(WORDS)), FIGURES)
def test_which_words_include_the_number(word: str, figure: Decimal) -> None:
    standards, unread = read_standards("毛利率" + word.format(f"{plain(figure)}%"))
    assert unread == []
    [standard] = standards
    assert (standard.kind, standard.value) == (WORDS[word], figure / 100)
    assert (standard.subject, standard.unit) == ("毛利率", Unit.PERCENT)


HEDGES = [
    "约{}",
    "大约{}",
    "{}左右",
    "接近{}",
    "基本{}",
    "力争{}",
    "尽量{}",
    "{}或不考核",
    "{}，特殊情况除外",
    "{}，否则扣5分",
    "如遇大促，{}",
    "未达到{}",
    "{}的",
    "去年的{}",
]


@given(st.sampled_from(HEDGES), st.sampled_from(sorted(WORDS)), FIGURES)
def test_a_hedge_is_never_dropped(hedge: str, word: str, figure: Decimal) -> None:
    figures = hedge.format(word.format(f"{plain(figure)}%"))
    standards, unread = read_standards(f"毛利率{figures}")
    assert standards == []
    assert unread


@given(st.integers(1, 12), st.integers(1, 31), st.sampled_from(["前", "以前", "之前"]))
def test_a_day_of_the_year(month: int, day: int, before: str) -> None:
    standards, unread = read_standards(f"每年{month}月{day}日{before}完成盘点")
    if day > calendar.monthrange(2024, month)[1]:
        assert standards == []
        return
    [standard] = standards
    assert unread == []
    assert (standard.due, standard.cycle) == (f"{month:02}-{day:02}", Cycle.YEAR)


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """Written as people write it: 一百零五, 十二, 三千."""
    text, skipped = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if skipped and text else "") + DIGITS[digit] + word
        skipped = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_chinese_numerals(number: int) -> None:
    assert number_of(in_chinese(number)) == number


# Nothing raises, nothing is lost, nothing is left out of a reading

FIGURE = re.compile(r"[0-9]+")
NUMBERED = re.compile(r"(?:^|(?<=[;。!?,、(){}【】①]))[ (]*[1-9][0-9]?[、.)]")
"""The number of an item at the head of a clause is no figure."""
SIGNS = st.text(
    "0123456789０９%％.,，、；。：:（）(){}【】以上下内不低于超过前后每年月日周天次份名分秒小时个工作"
    "一两三十半零无差错投诉满意度率约至-/记录预算递增\n\ue000 ①"
)


NAME = "3分钟响应率"


def without_names(text: str) -> str:
    """Without the digits that are no figures: an item's number, and a name."""
    return re.sub(rf"[0-9]*{NAME}", "", NUMBERED.sub("", narrow(text)))


def assert_whole(text: str) -> list[Standard]:
    """Every figure of a text is in what was read or in what was not."""
    standards, unread = read_standards(text)
    kept = "；".join([*(item.text for item in standards), *(line.clause for line in unread)])
    lines = "".join(f"{clean(line)}；" for line in text.splitlines())
    figures = FIGURE.findall(without_names(lines))
    assert set(figures) <= set(FIGURE.findall(narrow(kept)))
    assert all(line.reason for line in unread)
    return standards


@given(st.one_of(st.text(), SIGNS))
def test_any_text(text: str) -> None:
    assert_whole(text)


def test_brackets_without_end() -> None:
    for text in ("（" * 5000 + "95%以上", "）" * 5000 + "95%以上", "满意度95%以上（" * 500):
        assert_whole(text)


FRAGMENTS = [
    *("满意度", "投诉", "回访", "报表", "老客户", "培训", "响应时间", "提交", "完成", "的", "和"),
    *("每月", "每周", "每年", "每次", "每两个月", "次月", "当天", "次日", "一次", NAME),
    *("以上", "以下", "以内", "内", "前", "不低于", "不超过", "超过", "至少", "达", "为", "约"),
    *("95%", "5%", "100%", "3次", "2小时", "7天", "12月25日", "15日", "9点", "18:30", "0", "4份"),
    *("、", "，", "（", "）", "无差错", "有记录", "递增", "或", "-", "每周五", "增长", "上午"),
]


def figures_of(standard: Standard) -> Counter[str]:
    """The figures that a standard has, in any of its parts."""
    value = standard.value
    found = [standard.due, standard.subject]
    if value is not None:
        found += [plain(value), plain(value * 100)]
    return Counter(str(int(digits)) for text in found for digits in FIGURE.findall(text))


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=9).map("".join))
def test_a_reading_leaves_no_figure_out(text: str) -> None:
    for standard in assert_whole(text):
        written = {str(int(digits)) for digits in FIGURE.findall(without_names(standard.text))}
        assert written <= figures_of(standard).keys(), standard
