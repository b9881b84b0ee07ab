"""Every regular expression that may see a foreign text takes time in proportion to it.

Each is tried on texts made from itself: what it repeats, again and again, and then a sign that
does not fit.
"""

from __future__ import annotations

import re

import pytest

from tests.proof.fixtures import Proofs

from .patterns import SLOW, Found, patterns, slowest


@pytest.mark.parametrize(
    ("pattern", "anywhere"),
    [
        (r"(a+)+$", True),
        (r"(a|a)*b", True),
        (r"a+a+a+b", False),
        (r"\s*,", True),
        (r"[0-9,.]+ ?分", True),
        (r"\[[^\]]*\]", True),
        (r'"(?:[^"\\]|\\.)*"', True),
        (r"<v:shape\b.*?</v:shape>", True),
        (r'(<c [^>]*t="e"[^>]*>(?:(?!</c>).)*?<v>)([^<]*)(</v>)', True),
    ],
)
def test_a_bad_pattern_is_found_out(pattern: str, anywhere: bool) -> None:
    assert slowest(re.compile(pattern, re.DOTALL), anywhere)[0] > SLOW


@pytest.mark.parametrize("pattern", [r"a+b", r"[0-9]{1,4}:", r"\s*(20\d\d)\s*月?", r"(?:ab|cd)+$"])
def test_a_good_pattern_is_not(pattern: str) -> None:
    assert slowest(re.compile(pattern), False)[0] < SLOW


def test_all_are_looked_at() -> None:
    found: Found = patterns()
    assert len(found) > 140
    assert any(isinstance(pattern, bytes) for pattern, _ in found)
    assert any(":" in where for where, _ in found.values())


def named(key: tuple[str, int]) -> str:
    return f"{patterns()[key][0]} {key[0][:40]!r}"


SETS, FEW = 40, 16
"""Of texts for each pattern: sets in `make proof`, and single ones in `make test`."""
OURS = "xladdin.addin.vba."
"""What it reads is VBA of our own and of the package that the add-in is built from."""


def foreign() -> list[tuple[str, int]]:
    return [key for key, (where, _) in patterns().items() if not where.startswith(OURS)]


@pytest.mark.parametrize("key", foreign(), ids=named)
def test_every_pattern_is_linear(key: tuple[str, int]) -> None:
    where, anywhere = patterns()[key]
    took, text = slowest(re.compile(*key), anywhere, most=FEW)
    assert took < SLOW, f"{where}: {text!r}"


@pytest.mark.proof
@pytest.mark.parametrize("key", foreign(), ids=named)
def test_every_pattern_is_linear_over_many_texts(key: tuple[str, int], proofs: Proofs) -> None:
    where, anywhere = patterns()[key]
    found = [slowest(re.compile(*key), anywhere, seed) for seed in range(SETS)]
    slow = [text for took, text in found if took > SLOW]
    proofs.record("patterns", tried=SETS, survived=SETS - len(slow))
    assert not slow, f"{where}: {slow[0]!r}"
