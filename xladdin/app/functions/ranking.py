"""Many people's scores: KPI_RANK and KPI_DISTRIBUTION.

A distribution is a check and a report, never a label on a person: being last is not being unfit
(Supreme People's Court, guiding case 18).  So it gives numbers of people, not names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from xladdin.domain.grades import Grade
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import evaluate, snap
from xladdin.scoring import keys

from .library import SCHEME, scheme_of
from .ranges import Answer, Answers, answered, cells, grid, single
from .totals import SCORE, grade_tree
from .values import BadArgumentError, bad, score, text

SHARES = "比例"
USUAL_SHARES = "10/20/50/15/5"
FULL = Decimal(100)
HEADS: list[Answer] = ["等级", "比例", "建议人数", "实际人数", "相差"]
TOTAL = "合计"

_BETWEEN = re.compile(r"[/,、:;\- ]+")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%?")


@answered
def kpi_rank(scores: object) -> Answers:
    """中国式排名: equal scores share a place, and the next place follows without a gap."""
    rows = [[_ranked(cell) for cell in row] for row in grid(scores, SCORE)]
    found = {snap(value) for row in rows for value in row if isinstance(value, Decimal)}
    places = {value: place for place, value in enumerate(sorted(found, reverse=True), start=1)}
    answers = [[_place(value, places) for value in row] for row in rows]
    return answers if isinstance(scores, list | tuple) else answers[0][0]


@answered
def kpi_distribution(scores: object, shares: object = None, scheme: object = None) -> Answers:
    """How many people each grade would have by its share of all, and how many it has."""
    form = scheme_of(single(scheme, SCHEME))
    parts = _shares(text(single(shares, SHARES), SHARES) or USUAL_SHARES, form.grades)
    values = _scores(scores)
    known = [value for value in values if value is not None]
    if not known:
        return None
    counts = Counter(evaluate(grade_tree(form), {keys.TOTAL: value}) for value in known)
    advised = headcounts(len(known), parts)
    rows: list[list[Answer]] = [HEADS]
    for grade, share, heads in zip(form.grades, parts, advised, strict=True):
        have = counts[grade.name]
        rows.append([grade.name, f"{plain(share)}%", heads, have, have - heads])
    rows.append([TOTAL, "100%", len(known), len(known), 0])
    return rows


def headcounts(people: int, shares: Sequence[Decimal]) -> list[int]:
    """Each share of the people rounded down; who is left over goes to the middle."""
    found = [int(people * share / FULL) for share in shares]
    found[_middle(shares)] += people - sum(found)
    return found


def _middle(shares: Sequence[Decimal]) -> int:
    """The middle one; of an even number the larger of the two in the middle."""
    low, high = (len(shares) - 1) // 2, len(shares) // 2
    return high if shares[high] > shares[low] else low


def _shares(given: str, grades: Sequence[Grade]) -> list[Decimal]:
    found = [_SHARE.fullmatch(part) for part in _BETWEEN.split(given)]
    parts = [Decimal(part[1]) for part in found if part]
    if len(parts) != len(found):
        raise bad(SHARES, f"「{given}」应写成 {USUAL_SHARES} 的样子")
    if len(parts) != len(grades):
        names = "、".join(grade.name for grade in grades)
        raise bad(SHARES, f"有{len(parts)}段，等级有{len(grades)}个：{names}")
    if sum(parts) != FULL:
        raise bad(SHARES, f"合计为 {plain(sum(parts, Decimal(0)))}%，应为 100%")
    return parts


def _scores(argument: object) -> list[Decimal | None]:
    """The scores; an unusable cell is named by its place, since there is one answer for all."""
    found = []
    for i, cell in enumerate(cells(argument, SCORE), start=1):
        try:
            found.append(score(cell, SCORE))
        except BadArgumentError as error:
            raise BadArgumentError(f"{error}（第{i}格）") from None
    return found


def _ranked(cell: object) -> Decimal | str | None:
    try:
        return score(cell, SCORE)
    except BadArgumentError as error:
        return str(error)


def _place(value: Decimal | str | None, places: dict[Decimal, int]) -> Answer:
    return places[snap(value)] if isinstance(value, Decimal) else value
