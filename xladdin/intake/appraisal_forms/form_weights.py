"""The weights of a form in points of 100, however they are written: 20, 20%, 0.2, or nested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import plain
from xladdin.problems import Problem

from .form_figures import Points
from .form_sheet import FormLine, FormSheet
from .form_words import SCORES

HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight per line; ``scales``: the full points in which each line is scored, where these are
    not its weight.
    """

    points: tuple[Decimal, ...] = ()
    scales: tuple[Decimal | None, ...] = ()
    nested: bool = False
    """Whether the lines state weights within their section."""
    problem: Problem | None = None


def weights_of(sheet: FormSheet, sheets: Iterable[FormSheet] = ()) -> Weights:
    """The weights of a form's lines; ``sheets``: all that have the same lines, for their scores."""
    stated = [_stated(line) for line in sheet.lines]
    known = [one for one in stated if one is not None]
    if len(known) < len(stated):
        lacking = next(line for line, one in zip(sheet.lines, stated, strict=True) if one is None)
        message = f"「{lacking.name}」的权重没有读成数字，没有起草"
        return Weights(problem=Problem("weight_unread", message, lacking.place))
    values = _values(known)
    nested = False
    if sum(values) != HUNDRED:
        inner = _within(sheet, values)
        if inner is None:
            return Weights(problem=_off(sheet, values))
        values, nested = inner, True
    if any(value <= 0 or value % _CENT for value in values):
        at = next(i for i, value in enumerate(values) if value <= 0 or value % _CENT)
        message = f"「{sheet.lines[at].name}」的权重是{plain(values[at])}%，应大于0，最多两位小数"
        return Weights(problem=Problem("weight_unread", message, sheet.lines[at].place))
    every = [*sheets] or [sheet]
    return Weights(tuple(values), tuple(_scales(sheet, values, every)), nested)


def _stated(line: FormLine) -> Points | None:
    for role in ("weight", "full"):
        cell = line.cells.get(role)
        if cell is not None and not cell.blank and cell.points is not None:
            return cell.points
    return None


def _values(found: Sequence[Points]) -> list[Decimal]:
    """Bare figures of at most 1 are fractions, where all of them are."""
    bare = [one.value for one in found if not one.percent]
    fractions = bool(bare) and all(value <= 1 for value in bare)
    return [one.value * 100 if fractions and not one.percent else one.value for one in found]


def _sections(sheet: FormSheet, values: Sequence[Decimal]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line, value in zip(sheet.lines, values, strict=True):
        found[line.section] = found.get(line.section, Decimal(0)) + value
    return found


def _within(sheet: FormSheet, values: Sequence[Decimal]) -> list[Decimal] | None:
    """Weights within sections: each section's lines make 100, and so do the sections."""
    sums = _sections(sheet, values)
    own = {name: value for name, (value, _, _) in sheet.section_weights.items() if name in sums}
    if set(own) != set(sums) or sum(own.values()) != HUNDRED:
        return None
    if any(total != HUNDRED for total in sums.values()):
        return None
    return [
        value * own[line.section] / HUNDRED for line, value in zip(sheet.lines, values, strict=True)
    ]


def _off(sheet: FormSheet, values: Sequence[Decimal]) -> Problem:
    total = sum(values, Decimal(0))
    off = total - HUNDRED
    first, last = sheet.lines[0], sheet.lines[-1]
    role = "weight" if "weight" in first.cells else "full"
    span = f"{first.cells[role].place.cell}～{last.cells[role].place.cell}"
    by_section = _sections(sheet, values)
    parts = ""
    if len(by_section) > 1:
        parts = (
            "（"
            + "，".join(f"{name or '其他'}{plain(one)}" for name, one in by_section.items())
            + "）"
        )
    wrong = f"多{plain(off)}" if off > 0 else f"少{plain(-off)}"
    message = (
        f"{span}的权重合计是{plain(total)}%{parts}，应为100%（{wrong}%），没有起草；"
        "请在表里改好权重再试"
    )
    return Problem("weights_total", message, first.cells[role].place)


def _scales(
    sheet: FormSheet, values: Sequence[Decimal], sheets: Sequence[FormSheet]
) -> Iterable[Decimal | None]:
    by_hundred = _by_hundred(sheets, values)
    for line, weight in zip(sheet.lines, values, strict=True):
        full = line.cells.get("full")
        points = full.points if full is not None and "weight" in line.cells else None
        if points is not None and not line.more and not points.percent and points.value > 0:
            yield None if points.value == weight else points.value
        else:
            yield HUNDRED if by_hundred and weight != HUNDRED else None


def _by_hundred(sheets: Sequence[FormSheet], weights: Sequence[Decimal]) -> bool:
    """Whether every item is scored out of 100, and then weighed."""
    for sheet in sheets:
        for head in sheet.heads:
            columns = head.columns.values()
            if any(column.hundred for column in columns) or "weighted" in head.roles:
                return True
        for line, weight in zip(sheet.lines, weights, strict=True):
            for column, cell in line.scores.items():
                points = None if cell.blank else cell.points
                plain_score = line.head.columns[column].role != "weighted"
                if plain_score and points is not None and points.value > weight:
                    return points.value <= HUNDRED and _most_above(sheet, weights)
    return False


def _most_above(sheet: FormSheet, weights: Sequence[Decimal]) -> bool:
    """One score above its weight may be a slip; most of them are scores out of 100."""
    pairs = [
        (points.value, weight)
        for line, weight in zip(sheet.lines, weights, strict=True)
        for cell in list(line.scores.values())[:1]
        if not cell.blank and (points := cell.points) is not None
    ]
    return sum(1 for score, weight in pairs if score > weight) * 2 > len(pairs)


@dataclass(frozen=True, slots=True)
class Scored:
    """A line's score in points of its weight, and the cell that it stands in."""

    value: Decimal
    cell: str


def score_of(line: FormLine, weight: Decimal, scale: Decimal | None) -> Scored | None:
    """The score that counts; None where none is filled in, or none can be read."""
    by_role: Mapping[str, list[int]] = {role: line.head.of(role) for role in SCORES}
    for role in SCORES:
        for column in reversed(by_role[role]):
            cell = line.scores[column]
            points = None if cell.blank else cell.points
            if points is None or line.head.columns[column].share is not None:
                continue
            if role in ("superior", "self", "review") and _shared(line):
                continue
            value = points.value
            if role != "weighted" and scale is not None:
                value = value * weight / scale
            return Scored(value, cell.place.cell)
    return _mixed(line, weight, scale)


def _shared(line: FormLine) -> list[int]:
    """Columns of scores that count in part: 自评（30%）, 上级评分（70%）."""
    return [i for i in line.scores if line.head.columns[i].share is not None]


def _mixed(line: FormLine, weight: Decimal, scale: Decimal | None) -> Scored | None:
    columns = _shared(line)
    total = Decimal(0)
    for column in columns:
        points = line.scores[column].points
        share = line.head.columns[column].share
        if line.scores[column].blank or points is None or share is None:
            return None
        total += points.value * share / HUNDRED
    if not columns:
        return None
    value = total if scale is None else total * weight / scale
    return Scored(value, "、".join(line.scores[i].place.cell for i in columns))
