"""Durations, however they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis.record_intake.spans import DAY_FRACTION, TWO_PARTS, Span, read_span
from xladdin.analysis.service_records import SECOND
from xladdin.domain.quantities import Unit

PARTS = st.tuples(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
WRITINGS = (
    "{h}小时{m}分{s}秒",
    "{h}个小时{m}分钟{s}秒钟",
    "{h}h{m}m{s}s",
    "{h} hours {m} minutes {s} seconds",
    "{h:02d}:{m:02d}:{s:02d}",
    "0天 {h}时{m}分{s}秒",
)


@given(
    parts=PARTS,
    writing=st.sampled_from(WRITINGS),
    unit=st.sampled_from((None, Unit.SECOND, Unit.HOUR)),
)
def test_a_text_with_units_needs_no_other(
    parts: tuple[int, int, int], writing: str, unit: Unit | None
) -> None:
    hours, minutes, seconds = parts
    text = writing.format(h=hours, m=minutes, s=seconds)
    assert read_span(text, unit) == Span((hours * 3600 + minutes * 60 + seconds) * SECOND)
    assert read_span(f"-{text}", unit).micros == -(hours * 3600 + minutes * 60 + seconds) * SECOND


@given(number=st.integers(0, 10**6))
def test_a_bare_figure_is_of_the_unit_or_nothing(number: int) -> None:
    assert read_span(str(number), Unit.SECOND) == Span(number * SECOND)
    assert read_span(str(number), Unit.MINUTE) == Span(number * 60 * SECOND)
    assert read_span(str(number), None) == Span()


@given(seconds=st.integers(1, 86_399))
def test_a_part_of_a_day_is_one_only_where_it_can_be_nothing_else(seconds: int) -> None:
    assert read_span(f"{seconds / 86_400:.12f}", None) == Span(seconds * SECOND, DAY_FRACTION)
    assert read_span("0.5", None) == Span()


def test_two_parts_are_minutes_and_seconds_and_told() -> None:
    assert read_span("2:23", None) == Span(143 * SECOND, TWO_PARTS)
    assert read_span("2:23", Unit.HOUR) == Span(8580 * SECOND, TWO_PARTS)


@given(text=st.text(max_size=30))
def test_nothing_is_raised_whatever_stands_there(text: str) -> None:
    read_span(text, None)
