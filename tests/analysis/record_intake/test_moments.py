"""Every writing of a time means that time, whatever its order, clock or zone."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis.record_intake.moments import (
    CONTRADICTORY,
    UNDECIDED,
    order_of_column,
    read_moment,
    settled,
)

EPOCH = dt.datetime(1970, 1, 1)
TODAY = (dt.date(2026, 11, 27) - EPOCH.date()).days
MOMENTS = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2026, 10, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
WRITINGS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y.%m.%dT%H:%M:%S",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y年%m月%d日%H:%M:%S",
    "%b %d %Y %H:%M:%S",
    "%d/%b/%y %I:%M:%S %p",
    "%B %d, %Y %I:%M:%S%p",
    "%a, %d %b %Y %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d %H:%M:%S.000000",
)
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"


def micros(moment: dt.datetime) -> int:
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


@given(moment=MOMENTS, writing=st.sampled_from(WRITINGS))
def test_a_writing_that_says_one_time_means_it(moment: dt.datetime, writing: str) -> None:
    read = read_moment(moment.strftime(writing))
    assert read is not None
    assert read.micros("ymd") == micros(moment)


@given(moment=MOMENTS, hours=st.integers(-11, 12))
def test_a_zone_is_turned_into_the_company_s_own(moment: dt.datetime, hours: int) -> None:
    there = moment - dt.timedelta(hours=8 - hours)
    read = read_moment(f"{there:%Y-%m-%dT%H:%M:%S}{hours:+03d}:00")
    assert read is not None
    assert read.micros("ymd") == micros(moment)


@given(
    moments=st.lists(MOMENTS, min_size=1, max_size=8),
    first=st.sampled_from((DAY_FIRST, MONTH_FIRST)),
)
def test_a_column_is_read_in_its_order_or_not_at_all(
    moments: list[dt.datetime], first: str
) -> None:
    read = [read_moment(moment.strftime(first)) for moment in moments]
    order = order_of_column([one for one in read if one], "", TODAY)
    proved = any(moment.day > 12 for moment in moments)
    same = all(moment.day == moment.month for moment in moments)
    for moment, one in zip(moments, read, strict=True):
        assert one is not None
        found = settled(one, order, TODAY)
        assert found in (micros(moment), None)
        if proved or same:
            assert found == micros(moment)
    if not proved:
        assert order.doubt == UNDECIDED or order.order


def test_two_orders_in_one_column_contradict_each_other() -> None:
    read = [read_moment(text) for text in ("31/10/2026", "10/31/2026", "03/04/2026")]
    order = order_of_column([one for one in read if one], "", TODAY)
    assert order.doubt == CONTRADICTORY
    assert settled(read[2], order, TODAY) is None if read[2] else False


@given(text=st.text(max_size=30))
def test_nothing_is_raised_whatever_stands_there(text: str) -> None:
    read_moment(text)
