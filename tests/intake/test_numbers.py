from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.domain.people import day_number
from xladdin.domain.quantities import Unit, facts, plain
from xladdin.intake.numbers import Reading, read_number


class Loader(yaml.SafeLoader):
    """Leaves what only looks like a date to the case: 2026-02-30 is text, not an error."""


def _date_or_text(loader: Loader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


Loader.add_constructor("tag:yaml.org,2002:timestamp", _date_or_text)
CASES = yaml.load(
    Path(__file__).with_name("numbers.yaml").read_text(encoding="utf-8"),
    Loader,  # noqa: S506 - a SafeLoader
)


def raw_of(written: Any) -> object:
    match written:
        case {"clock": text}:
            return dt.time.fromisoformat(text)
        case {"span": seconds}:
            return dt.timedelta(seconds=seconds)
        case _:
            return written


@pytest.mark.parametrize("case", CASES, ids=[f"{c['raw']!r} {c['unit']}" for c in CASES])
def test_reads_what_people_type(case: dict[str, Any]) -> None:
    reading = read_number(raw_of(case["raw"]), Unit(case["unit"]))
    assert reading.value == (Decimal(case["value"]) if "value" in case else None)
    assert case.get("problem", "") in reading.problem
    assert bool(reading.problem) == ("problem" in case)
    assert case.get("guess", "") in reading.guess
    assert bool(reading.guess) == ("guess" in case)


def test_the_cases_are_many_and_each_says_one_thing() -> None:
    assert len(CASES) >= 80
    assert all(sum(key in case for key in ("value", "missing", "problem")) == 1 for case in CASES)


WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
STYLES: list[Callable[[Decimal, Unit], str]] = [
    lambda value, unit: plain(value),
    lambda value, unit: f"{value:,f}",
    lambda value, unit: plain(value).translate(WIDE),
    lambda value, unit: f" \u00a0{plain(value)}　",
    lambda value, unit: f"'{plain(value)}",
    lambda value, unit: plain(value) + facts(unit).suffix,
    lambda value, unit: f"{plain(value)} {facts(unit).suffix}",
]
PLAIN_UNITS = [unit for unit in Unit if unit not in (Unit.PERCENT, Unit.DATE)]


@given(st.data(), st.sampled_from(PLAIN_UNITS), st.sampled_from(STYLES))
def test_a_figure_reads_back_equal(
    data: st.DataObject, unit: Unit, style: Callable[[Decimal, Unit], str]
) -> None:
    limits = facts(unit)
    places = 0 if limits.whole else data.draw(st.integers(0, 6))
    value = data.draw(st.decimals(limits.low, limits.high, places=places))
    if unit is Unit.SECOND and 0 < value < Decimal("0.01"):
        return  # taken for a time cell that lost its format, and says so
    assert read_number(style(value, unit), unit) == Reading(value)


@given(st.decimals(0, 1000, places=4), st.sampled_from(["%", "％", " %"]))
def test_a_percentage_reads_back_equal(value: Decimal, sign: str) -> None:
    assert read_number(plain(value) + sign, Unit.PERCENT) == Reading(value / 100)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日"]
    ),
)
def test_a_date_reads_back_equal(day: dt.date, style: str) -> None:
    assert read_number(style.format(day), Unit.DATE) == Reading(day_number(day))


@given(st.integers(0, 86_399))
def test_a_clock_reading_reads_back_equal(seconds: int) -> None:
    text = str(dt.timedelta(seconds=seconds))
    assert read_number(text, Unit.SECOND) == Reading(Decimal(seconds))


@given(st.floats(0, 1e9), st.sampled_from(PLAIN_UNITS))
def test_a_float_is_the_number_it_prints(value: float, unit: Unit) -> None:
    reading = read_number(value, unit)
    if reading.value is not None and not reading.guess:
        assert abs(reading.value - Decimal(repr(value))) <= Decimal("0.0000005")


FIGURE_LIKE = st.text("0123456789０９.,，%％:：-+eE¥￥元秒分时万亿年月日/ \u00a0'#=!?²①½")


@given(
    st.one_of(
        st.text(),
        FIGURE_LIKE,
        st.floats(),
        st.integers(),
        st.decimals(),
        st.booleans(),
        st.none(),
        st.times(),
        st.timedeltas(),
        st.datetimes(),
        st.binary(),
    ),
    st.sampled_from(Unit),
)
def test_nothing_raises_and_every_value_is_plausible(raw: object, unit: Unit) -> None:
    reading = read_number(raw, unit)
    assert reading.value is None or not reading.problem
    if reading.value is not None:
        assert facts(unit).low <= reading.value <= facts(unit).high
        assert reading.value == round(reading.value, 6)
