"""What might become a number or a date is written into a cell for texts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from xladdin.ribbon.writing_texts import AS_TEXT, write_text


@pytest.mark.parametrize(
    ("text", "as_text"),
    [("客服", False), ("sales_x", False), ("3月", True), ("=1", True), ("1/2", True)],
)
def test_what_is_no_plain_text_is_kept_one(text: str, as_text: bool) -> None:
    place: Any = SimpleNamespace(number_format="General", value=None)
    write_text(place, text)
    assert (place.value, place.number_format == AS_TEXT) == (text, as_text)
