from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from xladdin.domain.quantities import Unit
from xladdin.intake.times import (
    clock_to_seconds,
    read_date,
    spelled,
    value_to_seconds,
    words_to_seconds,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2分23秒", 143), ("1小时", 3600), ("1.5个小时", 5400), ("1h 5min 3S", 3903), ("30秒钟", 30)],
)
def test_words(text: str, seconds: int) -> None:
    assert words_to_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "30", "2秒3分", "2天", "分"])
def test_words_that_are_no_duration(text: str) -> None:
    assert words_to_seconds(text) is None


def test_two_parts_are_a_guess_whose_meaning_depends_on_the_unit() -> None:
    assert clock_to_seconds("2:23", Unit.SECOND) == (Decimal(143), True)
    assert clock_to_seconds("2:23", Unit.HOUR) == (Decimal(8580), True)
    assert clock_to_seconds("0:02:23.5", Unit.SECOND) == (Decimal("143.5"), False)
    assert clock_to_seconds("2:75", Unit.SECOND) is None


def test_time_cells_and_those_of_more_than_a_day() -> None:
    assert value_to_seconds(dt.time(0, 2, 23)) == 143
    assert value_to_seconds(dt.timedelta(hours=36)) == 129_600
    assert value_to_seconds(dt.datetime(1900, 1, 1, 12)) == 60 * 3600
    assert value_to_seconds(dt.datetime(2026, 11, 3)) is None
    assert value_to_seconds(dt.date(2026, 11, 3)) is None


def test_spelled_says_how_a_duration_was_understood() -> None:
    assert spelled(Decimal(143)) == "2分23秒"
    assert spelled(Decimal(8580)) == "2小时23分0秒"


@pytest.mark.parametrize(
    "raw",
    [
        dt.datetime(2026, 11, 3, 17),
        dt.date(2026, 11, 3),
        Decimal(46329),
        Decimal("46329.9"),
        Decimal(20261103),
        "2026年 11月 3日",
        "2026-11-03T08:00",
    ],
)
def test_dates(raw: object) -> None:
    assert read_date(raw) == dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    "raw",
    ["2026-02-30", "11-03", "", Decimal(3), Decimal("1.5"), dt.date(1999, 12, 31), 46329, None],
)
def test_what_is_no_date_of_an_appraisal(raw: object) -> None:
    assert read_date(raw) is None
