"""Columns with more different texts than anybody reads: nonsense, or something else than the head says.

What is done then costs no more than a sound column does, and is told with the numbers.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Callable, Sequence

MANY, SAMPLE = 20_000, 2_000
"""From so many different texts on, some are read first; whether the others are depends on these."""
LEAST_READ = 0.01
"""Part of the sample that can be read, from which on all texts are."""
MOST_WORDS = 500
"""Different types, ways, or agents who are not in the roster; a report lists each of them."""
OTHERS = "其他（写法太多）"


def to_read(texts: Sequence[str], can_read: Callable[[str], bool]) -> tuple[Sequence[str], str]:
    """Which odd texts of a column are to be read, and what is told if that is not all of them."""
    if len(texts) <= MANY:
        return texts, ""
    # The same ones each time, wherever in the file they stand.
    sample = heapq.nsmallest(SAMPLE, texts, key=lambda text: (zlib.crc32(text.encode()), text))
    read = [text for text in sample if can_read(text)]
    if len(read) >= LEAST_READ * len(sample):
        return texts, ""
    told = (
        f"有 {len(texts)} 种写法，抽看了 {len(sample)} 种，"
        f"{'都' if not read else f'只有 {len(read)} 种不是'}读不懂，其余没有逐个读"
    )
    return read, told


def rare(words: Sequence[str | None], most: int = MOST_WORDS) -> frozenset[str | None]:
    """Of words of which the commonest come first, those that are too many to be told apart."""
    return frozenset([*dict.fromkeys(words)][most:])
