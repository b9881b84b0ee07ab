"""Values of cells come back exactly, and the same content is the same text."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.ledger.canonical import canonical, digest, read, storable, written

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False, places=6),
    st.integers(-(10**12), 10**12).map(Decimal),
    st.datetimes(),
    st.dates(),
    st.times(),
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_values_come_back_as_they_were(values: dict[str, object]) -> None:
    text = written(values)  # type: ignore[arg-type]
    back = read(text)
    assert back == values
    assert {key: type(value) for key, value in back.items()} == {
        key: type(value) for key, value in values.items()
    }
    assert text.isascii()
    assert written(dict(reversed(back.items()))) == text


def test_a_number_is_one_however_it_was_written() -> None:
    texts = {written({"a": value}) for value in (Decimal("95"), Decimal("95.00"), 95)}
    assert texts == {'{"a":{"number":"95"}}'}
    assert written({"a": "95"}) not in texts
    assert written({"a": None}) != written({"a": ""}) != written({})


@pytest.mark.parametrize("value", [0.1, Decimal("NaN"), Decimal("Infinity"), b"x"])
def test_what_cannot_be_kept_exactly_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        written({"a": value})  # type: ignore[dict-item]


def test_the_text_of_json_is_canonical() -> None:
    assert canonical({"b": 1, "a": "考"}) == '{"a":"\\u8003","b":1}'
    assert json.loads(canonical({"a": b"x"})) == {"a": "b'x'"}
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_what_no_database_takes_is_seen() -> None:
    assert storable("甲\0乙\ud800") == "甲\ufffd乙\ufffd"
    moment = dt.datetime(2026, 11, 5, 9, 30)
    assert read(written({"a": moment, "b": moment.date()})) == {"a": moment, "b": moment.date()}
