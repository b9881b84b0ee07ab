"""达标线 out of the settings: what is read, what is told, and what the share then counts."""

from __future__ import annotations

import pytest

from xladdin.analysis.measuring import measure
from xladdin.analysis.service_levels import LEVELS, in_words, service_levels
from xladdin.analysis.service_records import HOUR, MINUTE, SECOND, Source
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting

from .engine_tables import duck


def company(**settings: str) -> Company:
    return Company((), settings=tuple(Setting(name, value) for name, value in settings.items()))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("60秒", 60 * SECOND),
        ("≤ 1分钟", MINUTE),
        ("2分", 2 * MINUTE),
        ("1.5小时", 90 * MINUTE),
        ("２４小时", 24 * HOUR),
    ],
)
def test_a_level_is_read_with_its_unit(text: str, limit: int) -> None:
    levels, problems = service_levels(company(**{"报告达标线 客服响应时间": text}))
    assert problems == []
    assert [one.limit for one in levels] == [limit, *(one.limit for one in LEVELS[1:])]


@pytest.mark.parametrize("text", ["60", "很快", "0秒", "-5秒", "9000小时"])
def test_what_is_no_time_is_told_and_the_usual_one_is_taken(text: str) -> None:
    levels, (problem,) = service_levels(company(**{"报告达标线 客户等待时间": text}))
    assert levels == LEVELS
    assert "报告达标线 客户等待时间" in problem.message
    assert "按3分钟算" in problem.message


def test_a_level_of_what_there_is_not_is_told_with_what_there_is() -> None:
    _, (problem,) = service_levels(company(**{"报告达标线 响应时间": "60秒"}))
    assert "客服响应时间" in problem.message


def test_levels_in_words() -> None:
    assert [in_words(one.limit) for one in LEVELS] == ["3分钟", "3分钟", "24小时"]
    assert in_words(90 * SECOND) == "90秒"
    assert in_words(SECOND // 2) == "0.5秒"


def test_the_share_counts_what_is_within_its_level_and_says_which() -> None:
    (level, *_), _ = service_levels(company(**{"报告达标线 客服响应时间": "60秒"}))
    rows = [{"reply": value} for value in (60 * SECOND, 60 * SECOND + 1, None)]
    reading = measure(duck({Source.REQUESTS: rows}), [level.metric])[()][level.metric.id]
    assert (reading.above, reading.basis) == (1, 2)
    assert "不超过1分钟" in level.metric.definition
