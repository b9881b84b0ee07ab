"""Characters that nobody sees: which go, which stay, and what a screen and JSON get of them."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from xladdin.characters import _ANY as TAKEN_OUT
from xladdin.characters import _HIDDEN as HIDDEN
from xladdin.characters import _LINE_END as LINE_END
from xladdin.characters import _SHOWN_AMISS as SHOWN_AMISS
from xladdin.characters import (
    STAND_IN,
    bare,
    escaped,
    has_hidden,
    is_plain,
    on_one_line,
    printable,
    visible,
)

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("characters.yaml").read_text("utf-8")
)
EVERY = st.text(st.characters(exclude_categories=()))
ODD = st.text(
    st.sampled_from("张A1 \n\r\x1b[0m]2J\x07\u200b\u200d\ufe0f\U000e0100👩❤葛\u202e\ud800")
)
TURNS = frozenset(["LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"])


def commands(sign: str) -> bool:
    """Whether Unicode itself says that a character controls something or turns it round."""
    control = unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
    return control or unicodedata.bidirectional(sign) in TURNS


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    assert visible(text) == case["visible"]
    assert bare(text) == case.get("bare", case["visible"])
    assert printable(text) == case.get("printable", text)
    assert has_hidden(text) == (case["visible"] != text)


def test_what_needs_no_look_has_nothing_to_be_cleaned() -> None:
    every = list(map(chr, range(0x110000)))
    plain = "".join(sign for sign in every if is_plain(sign))
    assert {"张", "A", "，", "”", "é"} <= set(plain)
    for found in (HIDDEN, TAKEN_OUT, SHOWN_AMISS, LINE_END):
        assert found.search(plain) is None


@given(EVERY | ODD)
@example("张\ufe0f\u200d💻")
@example("\x1b\u200b[2J")
def test_cleaning_once_is_enough(text: str) -> None:
    for clean in (visible, bare, printable):
        assert clean(clean(text)) == clean(text)
    assert not has_hidden(visible(text))
    assert bare(visible(text)) == bare(text)


@given(EVERY | ODD)
def test_nothing_that_commands_or_turns_reaches_a_screen(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    shown.encode()  # halves of characters would raise here
    assert {sign for sign in shown if commands(sign)} <= {"\n", "\t"}


@pytest.mark.parametrize("text", [case["text"] for case in CASES], ids=ascii)
def test_a_line_is_one(text: str) -> None:
    assert len(on_one_line(text).splitlines()) <= 1


@given(st.dictionaries(EVERY | ODD, EVERY | ODD, max_size=3))
def test_escaped_json_holds_the_same(data: dict[str, str]) -> None:
    text = escaped(json.dumps(data, ensure_ascii=False, indent=2))
    text.encode()
    assert STAND_IN not in text or STAND_IN in json.dumps(data, ensure_ascii=False)
    assert json.loads(text) == data
    assert printable(text) == text


@pytest.mark.parametrize(
    "piece", ["\x1b]", "\x1b[0", "\x1bX张", "\x90", "👩\u200d", "\ufe0f", "\x1b"]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    for clean in (visible, bare, printable):
        clean(text)
    assert time.process_time() - begun < 2


def test_every_character_that_commands_is_hidden_and_no_letter_figure_or_sign_is() -> None:
    hidden = {sign for sign in map(chr, range(0x110000)) if has_hidden(sign)}
    commanding = {sign for sign in map(chr, range(0x110000)) if commands(sign)}
    assert {sign for sign in commanding if not sign.isspace()} <= hidden
    kinds = {unicodedata.category(sign) for sign in hidden}
    assert kinds == {"Cc", "Cf", "Cs", "Cn", "Mn", "Lo"}
    letters = {sign for sign in hidden if unicodedata.category(sign) == "Lo"}
    assert letters == set("\u115f\u1160\u3164\uffa0")  # fillers: letters by name alone
