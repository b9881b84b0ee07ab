"""Every name makes an id, the same each time, and two names make two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from xladdin.domain.base import Id
from xladdin.domain.identifiers import made_id

ID = TypeAdapter(Id)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), min_size=1, max_size=60)


@given(NAMES.filter(str.strip))
def test_what_a_name_makes_is_an_id(name: str) -> None:
    made = made_id(name)
    assert ID.validate_python(made) == made
    assert made_id(name) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("客服专员", "客服专员"),
        ("sales", "sales"),
        ("QQ群回复", "qq群回复"),
        ("  回访率 ", "回访率"),
        ("", ""),
    ],
)
def test_plain_names_are_their_own_ids(name: str, made: str) -> None:
    assert made_id(name) == made


def test_what_is_left_out_still_tells_names_apart() -> None:
    names = [
        "网店（月度）",
        "网店月度",
        "网店-月度",
        "3天回访",
        "天回访",
        "客" * 21,
        "客" * 22,
        "（）",
    ]
    ids = [made_id(name) for name in names]
    assert len(set(ids)) == len(names)
    assert ids[0].startswith("网店_月度_")
    assert ids[3].startswith("n_3天回访_")


@pytest.mark.parametrize(
    "wrong",
    ["Sales", "1a", "_a", "a_", "a__b", "a b", "客服（甲）", "客，服", "客" * 21, "a" * 41, ""],
)
def test_what_is_no_id(wrong: str) -> None:
    with pytest.raises(ValidationError):
        ID.validate_python(wrong)


@pytest.mark.parametrize("right", ["a", "客服_1", "客" * 20, "a" * 40, "岗位2"])
def test_what_is_one(right: str) -> None:
    assert ID.validate_python(right) == right
