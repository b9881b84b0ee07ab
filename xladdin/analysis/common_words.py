"""What many customers wrote: pieces of Chinese text that stand in several comments.

No dictionary: every piece of two to four characters is counted once per comment, and left out where a
longer one says the same.  Characters that only hold sentences together end a piece.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 2, 4
LEAST_COMMENTS = 2
SHOWN = 10
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
GLUE = re.compile("[的了是我你他她它们在就也都和与及或很太还又被把给让这那个着过吗呢吧啊呀嘛么哦]")


NEGATION = re.compile("(没有?|不|未|别|无)$")
"""What stands before a piece and turns its meaning round: 没有解决 is not 解决."""
NEGATIONS = ("没", "不", "未", "别", "无")


def common_words(comments: Iterable[str], shown: int = SHOWN) -> tuple[tuple[str, int], ...]:
    """The commonest pieces, each with how many comments hold it, the most frequent first."""
    counts: Counter[str] = Counter()
    for comment in comments:
        counts.update(set(_pieces(comment)))
    found: list[tuple[str, int]] = []
    often = ((word, n) for word, n in counts.items() if n >= LEAST_COMMENTS)
    # The longest first where several stand in as many comments: they say the same, and more.
    for word, n in sorted(often, key=lambda one: (-one[1], -len(one[0]), one[0])):
        if not any(_overlap(word, other) for other, _ in found):
            found.append((word, n))
        if len(found) == shown:
            break
    return tuple(found)


def _pieces(comment: str) -> Iterator[str]:
    """Every piece but those that a negation before them turns round."""
    for run in CHINESE.findall(comment):
        for part in GLUE.split(run):
            for length in range(SHORTEST, LONGEST + 1):
                for i in range(len(part) - length + 1):
                    if not NEGATION.search(part[:i]):
                        yield part[i : i + length]


def _overlap(word: str, other: str) -> bool:
    """Whether one holds the other, or their ends are the same; what is negated says something else."""
    if word.startswith(NEGATIONS) != other.startswith(NEGATIONS):
        return False
    if word in other or other in word:
        return True
    return any(word.endswith(other[:n]) or other.endswith(word[:n]) for n in range(1, LONGEST))
