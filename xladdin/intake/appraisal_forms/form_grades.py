"""The grades of a form: in a sentence (优秀：90分以上), or as a small table of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xladdin.characters import narrow
from xladdin.intake.grids import Grid
from xladdin.intake.headers import header_key
from xladdin.problems import Place

from .form_figures import FormCell
from .form_heads import MOST_ROWS, texts_of

_NUM = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_NAME = r"(?P<name>[SABCDE]\+?|[优良中差好]{1,2}秀?好?等?|优秀|良好|合格|不合格|称职|基本称职|不称职|一般|待改进|较差|及格|不及格|卓越|达标|不达标|需改进|[甲乙丙丁特]等)(?:级|档)?"
_SPAN = (
    rf"(?:(?P<rel>≥|>|≤|<|大于等于|大于|高于|不低于|小于|低于|不足|不满)(?P<a>{_NUM})分?(?:以上|以下)?"
    rf"|(?P<b>{_NUM})分?(?:[-~～—–至到]{{1,2}})(?P<c>{_NUM})分?"
    rf"|(?P<d>{_NUM})分?(?:\(含\))?(?P<way>及?以上|及?以下))"
)
_ONE = re.compile(
    rf"{_NAME}[:：,(（]?(?:得分|总分|考核得分|分数)?{_SPAN}[)）]?(?:[,，:：(（]?(?:绩效|奖金)?系数(?:为|:|=)?(?P<k>[0-9](?:\.[0-9]{{1,2}})?)[)）]?)?"
)
_OTHER = re.compile(
    rf"{_SPAN}(?:的)?(?:为|:|=|,|\()?{_NAME}\)?(?:[,:(]?(?:绩效|奖金)?系数(?:为|:|=)?(?P<k>[0-9](?:\.[0-9]{{1,2}})?)\)?)?"
)
_SPAN_ALONE = re.compile(_SPAN)
_NAME_ALONE = re.compile(_NAME)
_HEADS = {
    "name": ("等级", "评级", "绩效等级", "考核等级", "评定等级", "考核结果", "级别"),
    "span": (
        "分数",
        "得分",
        "分数段",
        "得分区间",
        "分数区间",
        "考核得分",
        "分值",
        "得分范围",
        "分数范围",
        "标准",
        "考核分数",
    ),
    "coefficient": ("系数", "奖金系数", "绩效系数", "绩效奖金系数", "绩效工资系数", "考核系数"),
}
_ROLE = {header_key(word): role for role, words in _HEADS.items() for word in words}


@dataclass(frozen=True, slots=True)
class FormGrade:
    """One grade: from where on, and its coefficient where one is written."""

    name: str
    lower: Decimal | None
    lower_in: bool
    upper: Decimal | None
    coefficient: Decimal | None
    place: Place


def grades_in(
    grid: Grid, texts: Sequence[tuple[Place, str]]
) -> tuple[tuple[FormGrade, ...], set[int]]:
    """The grades from the best down, and the rows that they stand in; nothing where fewer than two."""
    for found, rows in (_table(grid), _turned(grid), _sentence(grid, texts)):
        if len(found) >= 2 and len({one.name for one in found}) == len(found):
            ordered = sorted(
                found, key=lambda one: Decimal(-1) if one.lower is None else one.lower, reverse=True
            )
            if _of_100(ordered) and _falls(ordered):
                return tuple(ordered), rows
    return (), set()


def _of_100(grades: Sequence[FormGrade]) -> bool:
    """Grades of a total, not bands of one item."""
    best = grades[0].lower
    above = all(one.lower is not None for one in grades[:-1])
    return best is not None and 50 <= best <= 150 and above


def _falls(grades: Sequence[FormGrade]) -> bool:
    lowers = [one.lower for one in grades if one.lower is not None]
    return all(first > second for first, second in pairwise(lowers))


def _bounds(found: re.Match[str]) -> tuple[Decimal | None, bool, Decimal | None]:
    """Lower bound, whether it is included, upper bound."""
    if found["rel"]:
        value = Decimal(found["a"])
        if found["rel"] in ("≥", "大于等于", "不低于"):
            return value, True, None
        if found["rel"] in (">", "大于", "高于"):
            return value, False, None
        return None, True, value
    if found["b"]:
        low, high = sorted((Decimal(found["b"]), Decimal(found["c"])))
        return (None if low == 0 else low), True, high
    value = Decimal(found["d"])
    return (value, True, None) if "上" in found["way"] else (None, True, value)


def _grade(name: str, span: re.Match[str], coefficient: str | None, place: Place) -> FormGrade:
    lower, included, upper = _bounds(span)
    known = Decimal(coefficient) if coefficient else None
    return FormGrade(name, lower, included, upper, known, place)


def _sentence(grid: Grid, texts: Iterable[tuple[Place, str]]) -> tuple[list[FormGrade], set[int]]:
    best: list[FormGrade] = []
    rows: set[int] = set()
    for place, text in texts:
        said = narrow(text).replace(" ", "")
        if len(said) > 600:
            continue
        for pattern in (_ONE, _OTHER):
            found = [_grade(one["name"], one, one["k"], place) for one in pattern.finditer(said)]
            if len(found) > len(best) and len(found) >= 2:
                best = found
                digits = re.sub("[^0-9]", "", place.cell)
                rows = {int(digits) - 1} if digits else set()
    return best, rows


def _table(grid: Grid) -> tuple[list[FormGrade], set[int]]:
    """Heads 等级, 分数, 系数 side by side, grades below them."""
    for row in range(min(len(grid.rows), MOST_ROWS)):
        roles = {_ROLE.get(header_key(text), ""): i for i, text in texts_of(grid.rows[row]).items()}
        if not {"name", "span"} <= set(roles):
            continue
        found, rows = [], {row}
        for below in range(row + 1, min(len(grid.rows), row + 12)):
            texts = texts_of(grid.rows[below])
            one = _of_cells(
                texts.get(roles["name"], ""),
                texts.get(roles["span"], ""),
                texts.get(roles.get("coefficient", -1), ""),
                grid.place(below, roles["name"]),
            )
            if one is None:
                break
            found.append(one)
            rows.add(below)
        if len(found) >= 2:
            return found, rows
    return [], set()


def _turned(grid: Grid) -> tuple[list[FormGrade], set[int]]:
    """The same lying: 等级 and its grades in a row, their scores in the row below."""
    for row in range(min(len(grid.rows), MOST_ROWS) - 1):
        texts = texts_of(grid.rows[row])
        heads = [i for i, text in texts.items() if _ROLE.get(header_key(text)) == "name"]
        if not heads:
            continue
        rows_of: dict[str, dict[int, str]] = {}
        for below in range(row + 1, min(row + 4, len(grid.rows))):
            line = texts_of(grid.rows[below])
            role = _ROLE.get(header_key(line.get(heads[0], "")), "")
            if role:
                rows_of[role] = line
        if "span" not in rows_of:
            continue
        found = [
            one
            for i in texts
            if i > heads[0]
            for one in [
                _of_cells(
                    texts[i],
                    rows_of["span"].get(i, ""),
                    rows_of.get("coefficient", {}).get(i, ""),
                    grid.place(row, i),
                )
            ]
            if one is not None
        ]
        if len(found) >= 2:
            return found, {row, *range(row + 1, row + 1 + len(rows_of))}
    return [], set()


def _of_cells(name: str, span: str, coefficient: str, place: Place) -> FormGrade | None:
    named = narrow(name).replace(" ", "")
    found = _SPAN_ALONE.fullmatch(narrow(span).replace(" ", ""))
    if not found or not named or len(named) > 20:
        return None
    points = FormCell(narrow(coefficient), place).points
    lower, included, upper = _bounds(found)
    return FormGrade(named, lower, included, upper, points.value if points else None, place)
