"""Totals of forms (KPI_TOTAL, KPI_GRADE, KPI_COEFFICIENT) and of many people (KPI_RANK...).

A distribution is a check and a report, never a label on a person: being last is not being unfit
(Supreme People's Court, guiding case 18).  So it gives numbers of people, not names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from xladdin.domain.grades import Grade
from xladdin.domain.methods.bonus import Bonus
from xladdin.domain.methods.deduction import Deduction
from xladdin.domain.quantities import plain
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate, snap
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Named, Var
from xladdin.formula.solving import Solver, needed_for
from xladdin.formula.walk import substitute
from xladdin.scoring import keys
from xladdin.scoring.model import (
    coefficient_expression,
    grade_expression,
    input_defaults,
    score_model,
)

from .argument_names import scheme_of
from .argument_values import BadArgumentError, answer, bad, number, score, text
from .known_schemes import SCHEME, Known, known
from .spilling import Answer, Answers, Grid, answered, cells, grid, single, spread

SCORE, BONUS, DEDUCTION = "得分", "加分", "减分"
TOTAL = Var(keys.TOTAL)
MOST_ITEMS = 200
"""More scores than any form has: a whole column was chosen by mistake."""

SHARES = "比例"
USUAL_SHARES = "10/20/50/15/5"
FULL = Decimal(100)
HEADS: list[Answer] = ["等级", "比例", "建议人数", "实际人数", "相差"]
SUM_LABEL = "合计"

_BETWEEN = re.compile(r"[/,、:;\- ]+")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%?")


@answered
def kpi_total(
    scores: object, bonus: object = None, deduction: object = None, scheme: object = None
) -> Answers:
    """The total of one person's scores; of a table with several rows and columns, one a row."""
    people = _people(grid(scores, SCORE))
    extras = [_extras(bonus, BONUS, len(people)), _extras(deduction, DEDUCTION, len(people))]
    chosen = single(scheme, SCHEME)
    rows = zip(people, *extras, strict=True)
    found = [_total(own, more, less, chosen) for own, more, less in rows]
    return found[0] if len(found) == 1 else [[total] for total in found]


def kpi_grade(score: object, scheme: object = None) -> Answers:
    """The grade of a total."""
    return spread(_grade, {SCORE: score, SCHEME: scheme})


def kpi_coefficient(score: object, scheme: object = None) -> Answers:
    """绩效奖金系数 of a total."""
    return spread(_coefficient, {SCORE: score, SCHEME: scheme})


def grade_tree(scheme: Scheme) -> Expr:
    """The grade of ``total``, or nothing where there is no total yet.

    A veto that limits the grade is a matter of the form: a total alone does not tell of it.
    """
    return If(IsNumber(TOTAL), grade_expression(scheme.grades, TOTAL), Blank())


def coefficient_tree(scheme: Scheme) -> Expr:
    """The coefficient of ``total``, by way of its grade."""
    grade = Named("等级", grade_tree(scheme))
    return substitute(coefficient_expression(scheme.grades), {keys.GRADE: grade})


def _grade(raw: object, scheme: object) -> Value:
    return _graded(raw, scheme)[keys.GRADE]


def _coefficient(raw: object, scheme: object) -> Value:
    return _graded(raw, scheme)[keys.COEFFICIENT]


def _graded(raw: object, scheme: object) -> Mapping[str, Value]:
    solver = _grading(known(), text(scheme, SCHEME))
    return solver.values({keys.TOTAL: score(raw, SCORE)})


@lru_cache
def _grading(known: Known, scheme: str) -> Solver:
    found = scheme_of(scheme, known)
    coefficient = coefficient_expression(found.grades)
    return Solver({keys.GRADE: grade_tree(found), keys.COEFFICIENT: coefficient})


def _people(rows: Grid) -> list[list[object]]:
    """One row or one column is one person; a table has a person in each row."""
    flat = [row[0] for row in rows]
    return [flat] if len(rows[0]) == 1 else rows


def _extras(argument: object, name: str, people: int) -> list[object]:
    found = cells(argument, name)
    if len(found) not in (1, people):
        raise bad(name, f"应为1格或{people}格，现有{len(found)}格")
    return found * people if len(found) == 1 else found


def _total(scores: Sequence[object], bonus: object, deduction: object, scheme: object) -> Answer:
    try:
        values = [number(raw, SCORE) for raw in scores]
        added, taken = _not_negative(bonus, BONUS), _not_negative(deduction, DEDUCTION)
        if all(value is None for value in values):
            return None
        form = _form(scheme, len(values))
        points = form.points(added, taken)
    except BadArgumentError as error:
        return str(error)
    inputs = form.inputs | dict(zip(form.scores, values, strict=True)) | points
    return answer(form.solver.values(inputs)[keys.TOTAL])


def _not_negative(raw: object, name: str) -> Decimal | None:
    points = number(raw, name)
    if points is not None and points < 0:
        raise bad(name, "请写正数")
    return points


@dataclass(frozen=True)
class _Form:
    """A scheme as far as its total goes: scores are given, grades are not asked for."""

    scheme: Scheme

    @cached_property
    def scores(self) -> list[str]:
        return [keys.score(item.id) for item in self.scheme.indicators]

    @cached_property
    def inputs(self) -> dict[str, Value]:
        return dict(input_defaults(self.scheme))

    @cached_property
    def solver(self) -> Solver:
        beside = {*self.scores, keys.SCALED, keys.GRADE, keys.COEFFICIENT}
        model = {key: tree for key, tree in score_model(self.scheme).items() if key not in beside}
        return Solver(needed_for(keys.TOTAL, model))

    def points(self, added: Decimal | None, taken: Decimal | None) -> dict[str, Value]:
        """Points by key; BadArgumentError where it is not clear what they count as."""
        found: dict[str, Decimal] = {}
        for rule, name, points in ((Bonus, BONUS, added), (Deduction, DEDUCTION, taken)):
            if points:
                item = self._counting(rule, name)
                key, sign = keys.points(item.id), -1 if rule is Deduction and not item.taken else 1
                found[key] = found.get(key, Decimal(0)) + sign * points
        return {**found}

    def _counting(self, rule: type[Adjustment], name: str) -> Adjustment:
        """The scheme's only adjustment of a kind, else the only one that takes both kinds."""
        own = [item for item in self.scheme.adjustments if isinstance(item, rule)]
        own = own or [item for item in self.scheme.adjustments if item.low < 0]
        if len(own) == 1:
            return own[0]
        why = f"有{len(own)}个{rule.label}，分不清算哪一个" if own else f"没有{rule.label}"
        raise bad(name, f"{self.scheme.name}{why}")


def _form(raw: object, count: int) -> _Form:
    """The scheme named; where none is, the usual rules over so many scores."""
    if not text(raw, SCHEME):
        return _plain(known(), count)
    form = _named(known(), text(raw, SCHEME))
    if len(form.scores) != count:
        raise bad(SCORE, f"{form.scheme.name}有{len(form.scores)}项，给了{count}项")
    return form


@lru_cache
def _named(known: Known, scheme: str) -> _Form:
    return _Form(scheme_of(scheme, known))


@lru_cache
def _plain(known: Known, count: int) -> _Form:
    """A form with one section of so many items, that totals like the usual one."""
    if count > MOST_ITEMS:
        raise bad(SCORE, f"一个人最多{MOST_ITEMS}项，给了{count}项")
    whole = scheme_of(None, known)
    section, item = whole.sections[0], next(whole.indicators)
    items = tuple(item.model_copy(update={"id": f"item_{i}"}) for i in range(count))
    sections = (section.model_copy(update={"indicators": items}),)
    return _Form(whole.model_copy(update={"sections": sections, "weights_editable": False}))


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
    form = scheme_of(single(scheme, SCHEME), known())
    parts = _shares(text(single(shares, SHARES), SHARES) or USUAL_SHARES, form.grades)
    values = _scores(scores)
    scored = [value for value in values if value is not None]
    if not scored:
        return None
    counts = Counter(evaluate(grade_tree(form), {keys.TOTAL: value}) for value in scored)
    advised = headcounts(len(scored), parts)
    rows: list[list[Answer]] = [HEADS]
    for grade, share, heads in zip(form.grades, parts, advised, strict=True):
        have = counts[grade.name]
        rows.append([grade.name, f"{plain(share)}%", heads, have, have - heads])
    rows.append([SUM_LABEL, "100%", len(scored), len(scored), 0])
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
