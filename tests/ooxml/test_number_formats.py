from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.ooxml.number_formats import code_of, is_date, is_percent, is_text, parsed


@pytest.mark.parametrize(
    ("id_", "own", "code", "kinds"),
    [
        ("0", "", "General", ""),
        ("10", "", "0.00%", "percent"),
        ("14", "", "mm-dd-yy", "date"),
        ("58", "", 'm"月"d"日"', "date"),
        ("49", "", "@", "text"),
        ("164", "@", "@", "text"),
        ("164", "0.0%", "0.0%", "percent"),
        ("164", 'yyyy"年"m"月"', 'yyyy"年"m"月"', "date"),
        ("164", "[h]:mm", "[h]:mm", ""),
        ("164", "mm:ss", "mm:ss", ""),
        ("164", '0"day"', '0"day"', ""),
        ("164", "General;yyyy", "General;yyyy", ""),
        ("164", "0.0E+00", "0.0E+00", ""),
        ("9999", "", "General", ""),
        ("x", "", "General", ""),
        ("", "", "General", ""),
    ],
)
def test_what_a_format_shows(id_: str, own: str, code: str, kinds: str) -> None:
    assert code_of(id_, own) == code
    tests = {"percent": is_percent, "date": is_date, "text": is_text}
    assert [name for name, test in tests.items() if test(id_, own)] == kinds.split()


CASES = yaml.safe_load(Path(__file__).with_name("number_formats.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['code']} {c['number']}" for c in CASES])
def test_what_is_seen_of_a_number(case: dict[str, Any]) -> None:
    seen = parsed(case["code"]).seen(Decimal(case["number"]))
    assert (
        (seen.text, seen.shift) == (case["seen"], case.get("shift", 0))
        if seen
        else ("seen" not in case)
    )


@given(st.text('0#?.,;%"\\!_*@/ []$¥-8元万hmsydaeE+<>=1', max_size=20), st.decimals(-9999, 9999))
def test_every_text_is_some_format(code: str, number: Decimal) -> None:
    seen = parsed(code).seen(number)
    assert seen is None or seen.text
    assert parsed(code).sections


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_zeros_in_front_change_no_number(number: int, digits: int) -> None:
    seen = parsed("0" * digits).seen(Decimal(number))
    assert int(seen.text if seen else number) == number
