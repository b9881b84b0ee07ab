"""Nobody is rung up because of a report."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis.masking import masked_id, masked_text

CASES = yaml.safe_load(Path(__file__).with_name("masking.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["words"], ids=lambda case: case["said"])
def test_numbers_and_addresses_in_words(case: dict[str, str]) -> None:
    assert masked_text(case["said"]) == case["shown"]


@pytest.mark.parametrize("said", CASES["same"])
def test_what_is_no_number_and_no_address_stays(said: str) -> None:
    assert masked_text(said) == said


@pytest.mark.parametrize("case", CASES["ids"], ids=lambda case: case["said"])
def test_ids_of_customers(case: dict[str, str]) -> None:
    assert masked_id(case["said"]) == case["shown"]


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(st.characters(blacklist_categories=("Nd", "Cs")), max_size=20),
    st.text(st.characters(blacklist_categories=("Nd", "Cs")), max_size=20),
)
def test_no_mobile_number_survives(number: str, before: str, after: str) -> None:
    shown = masked_text(f"{before}{number}{after}")
    assert number not in shown
    assert not re.search(r"1[3-9][0-9]{9}", shown)


@pytest.mark.parametrize("sign", "市路号一1 省a")
def test_words_that_repeat_take_no_time(sign: str) -> None:
    began = time.process_time()
    masked_text(sign * 5_000)
    masked_text(f"一{sign}" * 2_500)
    assert time.process_time() - began < 2


@given(st.text("0123456789abcKH路号客", min_size=1, max_size=30))
def test_an_id_is_never_shown_whole(said: str) -> None:
    assert masked_id(said) != said
