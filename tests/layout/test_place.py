"""Addresses, defined names, and where each key stands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.samples import book_of, sheet_of
from tests.workbench.addresses import Area
from xladdin.formula.nodes import Var, mul, number
from xladdin.layout.cells import Fixed, Given, Result
from xladdin.layout.place import (
    Places,
    address,
    defined_name,
    inputs,
    key_of,
    keyed_cells,
    results,
)

WORD = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,5}){0,2}", fullmatch=True)
KEYS = st.lists(WORD, min_size=1, max_size=3).map(".".join)


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_addresses_are_absolute_and_count_from_one(row: int, col: int) -> None:
    text = address(row, col)
    assert text.startswith("$")
    assert Area.parse(text) == Area(row + 1, col + 1, row + 1, col + 1)


@given(KEYS)
def test_a_name_leads_back_to_its_key(key: str) -> None:
    name = defined_name(key)
    assert key_of(name) == key
    assert name.isascii()
    assert name.isidentifier()


@given(st.sets(KEYS, min_size=2, max_size=8))
def test_different_keys_have_different_names(keys: set[str]) -> None:
    assert len({defined_name(key).lower() for key in keys}) == len(keys)


@pytest.mark.parametrize("name", ["total", "XL_total", "_xlnm.Print_Area", ""])
def test_names_of_others_have_no_key(name: str) -> None:
    assert key_of(name) is None


FIRST = sheet_of(Fixed("标题"), Given("a", Decimal(2)), Fixed(Decimal(3), "b"), name="一")
SECOND = sheet_of(Result("c"), Given("a"), name="二")
MODEL = {"c": mul(Var("a"), Var("b")), "d": mul(Var("c"), number(10))}
BOOK = book_of(FIRST, SECOND, model=MODEL)


def test_a_key_stands_where_it_is_first_seen_from_every_sheet() -> None:
    assert dict(Places(BOOK, FIRST)) == {"a": "$A$2", "b": "$A$3", "c": "'二'!$A$1"}
    assert dict(Places(BOOK, SECOND)) == {"a": "'一'!$A$2", "b": "'一'!$A$3", "c": "$A$1"}
    assert len(Places(BOOK, None)) == 3
    assert Places(BOOK, None)["c"] == "'二'!$A$1"


def test_an_unknown_key_has_no_place() -> None:
    with pytest.raises(KeyError):
        Places(BOOK, FIRST)["e"]


def test_keyed_cells_are_all_but_plain_texts() -> None:
    assert [key for key, _, _ in keyed_cells(BOOK)] == ["a", "b", "c", "a"]


def test_inputs_are_what_is_fixed_then_defaults_then_what_is_given() -> None:
    assert inputs(BOOK, {}) == {"a": Decimal(2), "b": Decimal(3)}
    assert inputs(BOOK, {"a": Decimal(5), "x": "更多"}) == {
        "a": Decimal(5),
        "b": Decimal(3),
        "x": "更多",
    }


def test_results_also_hold_what_has_no_cell() -> None:
    assert results(BOOK, {}) == {"c": Decimal(6), "d": Decimal(60)}


def test_what_stands_on_another_sheet_may_be_called_by_its_name() -> None:
    first, second = sheet_of(Given("a"), name="一"), sheet_of(Given("b"), name="二")
    places = Places(book_of(first, second), first)
    assert (places["b"], places.by_name["b"]) == ("'二'!$A$1", "xl_b")
    assert places["a"] == places.by_name["a"] == "$A$1"
