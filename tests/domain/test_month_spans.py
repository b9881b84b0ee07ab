"""Quarters, halves and years as people write them."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from xladdin.domain.month_spans import Span


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "code"),
    [
        ("2026Q1", "2026-01", "2026-03", "2026年一季度", "2026Q1"),
        (" 2026 q4 ", "2026-10", "2026-12", "2026年四季度", "2026Q4"),
        ("2026年第二季度", "2026-04", "2026-06", "2026年二季度", "2026Q2"),
        ("2026年3季度", "2026-07", "2026-09", "2026年三季度", "2026Q3"),
        ("２０２６－Ｑ２", "2026-04", "2026-06", "2026年二季度", "2026Q2"),
        ("2026H2", "2026-07", "2026-12", "2026年下半年", "2026H2"),
        ("2026上半年", "2026-01", "2026-06", "2026年上半年", "2026H1"),
        ("2026", "2026-01", "2026-12", "2026年", "2026"),
        ("2026年度", "2026-01", "2026-12", "2026年", "2026"),
    ],
)
def test_a_span_is_read(text: str, first: str, last: str, label: str, code: str) -> None:
    span = Span.parse(text)
    assert (span.months[0], span.months[-1], span.label, span.code) == (first, last, label, code)
    assert len(span.months) == span.count
    assert Span.parse(span.label) == Span.parse(span.code) == span


@pytest.mark.parametrize("text", ["", "2026Q5", "2026H3", "2026-11", "1999", "Q1", "2026年五季度"])
def test_what_is_none_is_told_with_examples(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        Span.parse(text)
    assert "2026Q1" in refused.value.message()
