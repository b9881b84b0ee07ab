"""Number formats in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.ribbon.format_spelling import spelled

# A quote or backslash that stands alone no program takes.
# A quote or a backslash that stands alone no program takes.
FORMATS = st.lists(
    st.sampled_from(
        [
            "0",
            ".00",
            "General",
            "@",
            '"分"',
            "\\分",
            '""',
            '\\"',
            "_)",
            "* ",
            "[红]",
            ";",
        ]
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("General\\分", 'General"分"'),
        ('General"分"', 'General"分"'),
        ('0\\-\\不"合格";@', '0"-不合格";@'),
        ("0.00%", "0.00%"),
        ('[$-804]yyyy"年"m\\月', '[$-804]yyyy"年"m"月"'),
        ('_("¥"* #,##0_)', '_("¥"* #,##0_)'),
        ('0\\"', '0\\"'),
        ('0""', "0"),
        ('0"分', '0"分'),
        ("0\\", "0\\"),
        ("", ""),
    ],
)
def test_words_stand_in_quotes(given: str, found: str) -> None:
    assert spelled(given) == found


@settings(deadline=None)
@given(FORMATS)
def test_once_is_enough(number_format: str) -> None:
    assert spelled(spelled(number_format)) == spelled(number_format)
