"""Grades and coefficients: bands over the final score, stated by lower bounds.

Published forms state bands such as A 91-100, B 86-90, where 90.5 falls into none.  A band here is
its lower bound with an explicit sign; a printed upper bound may be given beside it and is then
checked against its neighbour, so that a gap or an overlap is refused with the numbers in it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from .base import Fault, Label, Model, NonNegative, Number, Sentence
from .quantities import plain
from .raw import dicts, number

GRAIN = Decimal("0.01")
"""Scores have two decimals: a hole smaller than this holds no score."""


class Grade(Model):
    """One grade: scores from ``lower`` (``sign`` says whether it is included) up to the next."""

    name: Label
    lower: Number | None = None
    """Lower bound in points; None in the last grade: everything below the others."""
    sign: Literal[">=", ">"] = ">="
    upper: Number | None = None
    """Highest score of the band as printed (included); only checked, never used to score."""
    coefficient: NonNegative
    """绩效奖金系数: multiplies the bonus base."""
    reward: Sentence = ""

    @property
    def bound(self) -> str:
        """``≥90``, ``＞95``, or ``其余``."""
        if self.lower is None:
            return "其余"
        return f"{'≥' if self.sign == '>=' else '＞'}{plain(self.lower)}"


def grade_faults(raw: Any, lowest: Decimal, highest: Decimal, field: str = "grades") -> list[Fault]:
    """Faults over a raw list of grades; scores run from ``lowest`` to ``highest``.

    ``field`` is where the list stands: other bands over a score are stated the same way.
    """
    grades = [grade for _, grade in dicts(raw)]
    if not grades or len(grades) != len(raw):
        return []
    found = (_repeated(grades), _order(grades), _bottom(grades, lowest), _holes(grades, highest))
    return [replace(fault, loc=(field, *fault.loc[1:])) for part in found for fault in part]


def _repeated(grades: list[dict[str, Any]]) -> list[Fault]:
    # Spreadsheets compare text without regard to case, so "a" and "A" would be one grade.
    names = [str(grade.get("name", "")).casefold() for grade in grades]
    return [
        Fault("duplicate_grade", f"等级「{grades[i].get('name')}」重复", ("grades", i, "name"))
        for i, name in enumerate(names)
        if name and name in names[:i]
    ]


def _order(grades: list[dict[str, Any]]) -> list[Fault]:
    found = []
    for i, (above, below) in enumerate(pairwise(grades), start=1):
        high, low = number(above, "lower"), number(below, "lower")
        if above.get("lower") is None:
            message = "只有最后一级可以不写下限"
            found.append(Fault("grade_order", message, ("grades", i - 1, "lower")))
        elif high is not None and low is not None and low >= high:
            message = f"等级须从高到低排列：{plain(low)} 不低于上一级的 {plain(high)}"
            found.append(Fault("grade_order", message, ("grades", i, "lower")))
    return found


def _bottom(grades: list[dict[str, Any]], lowest: Decimal) -> list[Fault]:
    lower, included = number(grades[-1], "lower"), grades[-1].get("sign", ">=") == ">="
    if lower is None or lower < lowest or (lower == lowest and included):
        return []
    reach = "以下（不含）" if included else "及以下"
    example = plain(lower - GRAIN if included else lower)
    message = f"{plain(lower)}{reach}的分数（如 {example}）不属于任何等级"
    return [Fault("grade_gap", message, ("grades", len(grades) - 1, "lower"))]


def _holes(grades: list[dict[str, Any]], highest: Decimal) -> list[Fault]:
    found = []
    for i, grade in enumerate(grades):
        upper = number(grade, "upper")
        first = highest if i == 0 else number(grades[i - 1], "lower")
        if upper is None or first is None:
            continue
        # Whether the score ``first`` itself still has to be covered by this grade.
        mine = i == 0 or grades[i - 1].get("sign", ">=") == ">"
        if (upper < first) if mine else (first - upper > GRAIN):
            found.append(_gap(i, upper, first, mine))
        elif i and (upper > first or (upper == first and not mine)):
            message = f"{plain(first)} 至 {plain(upper)} 的分数同时属于两个等级"
            found.append(Fault("grade_overlap", message, ("grades", i, "upper")))
    return found


def _gap(i: int, upper: Decimal, first: Decimal, included: bool) -> Fault:
    middle = plain(_two_decimals((upper + first) / 2))
    end = "（含）" if included else "（不含）"
    message = f"大于 {plain(upper)}、至 {plain(first)}{end}的分数（如 {middle}）不属于任何等级"
    return Fault("grade_gap", message, ("grades", i, "upper"))


def _two_decimals(value: Decimal) -> Decimal:
    # Quantizing an absurdly large figure would raise; such a one needs no decimals.
    return value.quantize(GRAIN) if abs(value) < 10**9 else value
