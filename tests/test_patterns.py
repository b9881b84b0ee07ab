"""Every regular expression that may see a foreign text takes time in proportion to it.

Each is tried on texts made from itself: what it repeats, again and again, and then a sign that
does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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
    assert slowest(re.compile(pattern), False)[0] <= SLOW


@pytest.mark.xdist_group("patterns")
def test_all_are_looked_at() -> None:
    found: Found = patterns()
    assert len(found) > 140
    assert any(isinstance(pattern, bytes) for pattern, _ in found)
    assert any(":" in where for where, _ in found.values())


SETS, FEW = 40, 8
"""Of texts for each pattern: sets in `make proof`, and single ones in `make test`."""
OURS = "xladdin.addin.vba."
"""What it reads is VBA of our own and of the package that the add-in is built from."""


SHARDS = 8
"""Tests that share the patterns: to know them all before the first begins takes seconds."""
ON_ONE_WORKER = pytest.mark.xdist_group("patterns")


def foreign(shard: int) -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """A share of the patterns: where each stands, and whether it is looked for anywhere."""
    keys = [key for key, (where, _) in patterns().items() if not where.startswith(OURS)]
    for key in keys[shard::SHARDS]:
        yield patterns()[key][0], re.compile(*key), patterns()[key][1]


@ON_ONE_WORKER
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_pattern_is_linear(shard: int) -> None:
    tried = [
        (where, pattern.pattern, *slowest(pattern, anywhere, most=FEW))
        for where, pattern, anywhere in foreign(shard)
    ]
    assert len(tried) > 140 // SHARDS
    assert [one for one in tried if one[2] > SLOW] == []


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_pattern_is_linear_over_many_texts(shard: int, proofs: Proofs) -> None:
    slow = []
    for where, pattern, anywhere in foreign(shard):
        found = [slowest(pattern, anywhere, seed) for seed in range(SETS)]
        bad = [text for took, text in found if took > SLOW]
        proofs.record("patterns", tried=SETS, survived=SETS - len(bad))
        slow += [(where, pattern.pattern, text) for text in bad[:1]]
    assert slow == []
