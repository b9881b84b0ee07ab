"""Grades and coefficients: bands over the final score, stated by lower bounds.

Published forms state bands such as A 91-100, B 86-90, where 90.5 falls into none.  A band here is
its lower bound with an explicit sign; a printed upper bound may be given beside it and is then
checked against its neighbour, so that a gap or an overlap is refused with the numbers in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from xladdin.formula.arithmetic import Value, text_of
from xladdin.formula.compiled import compiled
from xladdin.formula.nodes import Text, Var, number
from xladdin.formula.questions import equal

from .band_rules import (
    GRAIN,
    Band,
    gap,
    not_falling,
    open_below,
    overlap,
    unbounded,
    unreachable,
)
from .base import Fault, Label, Model, NonNegative, Number, Sentence, is_none
from .bonus_rules import Money
from .guidelines import Guideline
from .quantities import plain
from .raw import dicts, held


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
    pay: Annotated[Money | None, Field(exclude_if=is_none)] = None
    """What the grade pays, in yuan, where the scheme's bonus is a ladder."""
    guideline: Annotated[Guideline | None, Field(exclude_if=is_none)] = None
    """What share of the people should have it."""

    @property
    def bound(self) -> str:
        """``≥90``, ``＞95``, or ``其余``."""
        if self.lower is None:
            return "其余"
        return f"{'≥' if self.sign == '>=' else '＞'}{plain(self.lower)}"


_BAND = Band(
    lower=Var("lower"),
    upper=Var("upper"),
    strict=equal(Var("sign", text=True), Text(">")),
    over=Var("over"),
    over_strict=equal(Var("over_sign", text=True), Text(">")),
    first=equal(Var("place"), number(1)),
    last=equal(Var("place"), Var("count")),
    lowest=Var("lowest"),
    highest=Var("highest"),
    edge=Var("edge"),
)
_EDGE = compiled(_BAND.edge_of)
_UNBOUNDED, _NOT_FALLING, _OPEN_BELOW, _UNREACHABLE, _GAP, _OVERLAP = (
    compiled(rule(_BAND))
    for rule in (unbounded, not_falling, open_below, unreachable, gap, overlap)
)
Grades = list[dict[str, Any]]


def grade_faults(raw: Any, lowest: Decimal, highest: Decimal, field: str = "grades") -> list[Fault]:
    """Faults over a raw list of grades; scores run from ``lowest`` to ``highest``.

    ``field`` is where the list stands: other bands over a score are stated the same way.
    """
    grades = [grade for _, grade in dicts(raw)]
    if not grades or len(grades) != len(raw):
        return []
    rows = list(_rows(grades, lowest, highest))
    parts = (_repeated(grades), _order(rows), _bottom(rows), _holes(rows))
    return [replace(fault, loc=(field, *fault.loc)) for part in parts for fault in part]


def unreachable_bands(raw: Any, highest: Decimal) -> Iterator[tuple[int, dict[str, Any]]]:
    """The bands of a raw list that no score reaches, with their places."""
    grades = dicts(raw)
    rows = _rows([grade for _, grade in grades], Decimal(0), highest)
    return (one for one, row in zip(grades, rows, strict=True) if _UNREACHABLE(row))


def _rows(grades: Grades, lowest: Decimal, highest: Decimal) -> Iterator[dict[str, Value]]:
    """What the rules look at, band by band."""
    above: dict[str, Any] = {}
    for place, grade in enumerate(grades, start=1):
        row = {name: held(grade, name) for name in ("lower", "upper", "sign")}
        row |= {"over": held(above, "lower"), "over_sign": held(above, "sign")}
        row |= {"place": Decimal(place), "count": Decimal(len(grades))}
        row |= {"lowest": lowest, "highest": highest}
        yield row | {"edge": _EDGE(row)}
        above = grade


def _repeated(grades: Grades) -> Iterator[Fault]:
    # Spreadsheets compare text without regard to case, so "a" and "A" would be one grade.
    names = [str(grade.get("name", "")).casefold() for grade in grades]
    for i, name in enumerate(names):
        if name and name in names[:i]:
            message = f"等级「{grades[i].get('name')}」重复"
            yield Fault("duplicate_grade", message, (i, "name"))


def _order(rows: list[dict[str, Value]]) -> Iterator[Fault]:
    for i, row in enumerate(rows):
        if _UNBOUNDED(row):
            yield Fault("grade_order", "只有最后一级可以不写下限", (i, "lower"))
        elif _NOT_FALLING(row):
            low, high = _shown(row, "lower"), _shown(row, "over")
            message = f"等级须从高到低排列：{low} 不低于上一级的 {high}"
            yield Fault("grade_order", message, (i, "lower"))


def _bottom(rows: list[dict[str, Value]]) -> Iterator[Fault]:
    row, lower = rows[-1], rows[-1]["lower"]
    if not _OPEN_BELOW(row) or not isinstance(lower, Decimal):
        return
    included = row["sign"] != ">"
    reach = "以下（不含）" if included else "及以下"
    example = plain(lower - GRAIN if included else lower)
    message = f"{plain(lower)}{reach}的分数（如 {example}）不属于任何等级"
    yield Fault("grade_gap", message, (len(rows) - 1, "lower"))


def _holes(rows: list[dict[str, Value]]) -> Iterator[Fault]:
    for i, row in enumerate(rows):
        if _GAP(row):
            yield Fault("grade_gap", _gap_told(row), (i, "upper"))
        elif _OVERLAP(row):
            message = f"{_shown(row, 'edge')} 至 {_shown(row, 'upper')} 的分数同时属于两个等级"
            yield Fault("grade_overlap", message, (i, "upper"))


def _gap_told(row: Mapping[str, Value]) -> str:
    ends = [value for key in ("upper", "edge") if isinstance(value := row[key], Decimal)]
    middle = plain(_two_decimals(sum(ends, Decimal(0)) / 2))
    included = row["place"] == 1 or row["over_sign"] == ">"
    end = "（含）" if included else "（不含）"
    upper, edge = map(plain, ends)
    return f"大于 {upper}、至 {edge}{end}的分数（如 {middle}）不属于任何等级"


def _shown(row: Mapping[str, Value], key: str) -> str:
    value = row[key]
    return plain(value) if isinstance(value, Decimal) else text_of(value)


def _two_decimals(value: Decimal) -> Decimal:
    # Quantizing an absurdly large figure would raise; such a one needs no decimals.
    return value.quantize(GRAIN) if abs(value) < 10**9 else value
