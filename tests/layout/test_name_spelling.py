"""Keys in any script survive the way into a defined name and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xladdin.layout.name_spelling import spelled, unspelled
from xladdin.layout.place import defined_name, key_of

PARTS = st.from_regex(r"[a-z一-鿿𠀀-𠀟](_?[a-z0-9一-鿿]){0,12}", fullmatch=True)


@given(st.lists(PARTS, min_size=1, max_size=3))
def test_a_key_is_found_again_by_its_name(parts: list[str]) -> None:
    key = ".".join(parts)
    name = defined_name(key)
    assert name.isascii()
    assert key_of(name) == key


@given(PARTS, PARTS)
def test_two_keys_have_two_names(one: str, other: str) -> None:
    assert (defined_name(one).casefold() == defined_name(other).casefold()) == (one == other)


def test_ascii_keys_are_named_as_ever() -> None:
    assert defined_name("actual.reply_rate") == "xl_actual__reply_rate"
    assert spelled("f_roster_check") == "f_roster_check"


def test_a_longest_key_fits_into_a_name() -> None:
    assert len(defined_name("self_rating." + "客" * 20)) < 255
    assert unspelled(spelled("客" * 20)) == "客" * 20
