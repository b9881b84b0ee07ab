"""The rules of the sheets and the faults of the models are one: what rows pass, models take.

Most rules are declared once, as expressions that both ask (``domain/band_rules``,
``method_rules``, ``share_rules``), or as numbers (``domain/sizes``).  Where a rule needs another
form in a workbook than over nested data (what is missing, what stands twice, how many there are,
bands in any order), it is stated at both; this law holds the two together on masters changed at
random.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from pydantic import ValidationError

from xladdin.domain.base import Model
from xladdin.intake.grids import Grid
from xladdin.master import assembling
from xladdin.master.all_sheets import SHEETS
from xladdin.master.lines import Notes, RowKey, row_key
from xladdin.master.raw_models import Part, validated
from xladdin.master.read_master import master_of

from .mutants import Rows, mutant

MASTERS = 60
OF_BOTH = {
    "band_all_zero",
    "band_backwards",
    "band_overlap",
    "below_too_high",
    "cap_required",
    "descriptor_count",
    "duplicate_grade",
    "duplicate_rank",
    "floor_above_cap",
    "grade_gap",
    "grade_order",
    "grade_overlap",
    "level_name",
    "level_order",
    "level_unreachable",
    "line_ends_equal",
    "line_falls",
    "missing",
    "out_of_range",
    "question_missing",
    "share_order",
    "shares_total",
    "star_order",
    "step_order",
    "text_too_long",
    "time_total",
    "too_few",
    "too_many",
    "unknown_grade",
    "unknown_level",
    "weights_total",
}
"""Faults of the rows that a model has too, under the same code."""


def grids_of(rows: Rows) -> list[Grid]:
    return [Grid("master.xlsx", [*_cells(spec.key, rows)], spec.name) for spec in SHEETS]


def _cells(sheet: str, rows: Rows) -> Iterable[list[object]]:
    columns = next(spec.columns for spec in SHEETS if spec.key == sheet)
    yield [column.head for column in columns]
    for row in rows[sheet]:
        yield [row.get(column.key) for column in columns]


class Watch:
    """What each model said, and what had been said of its rows."""

    def __init__(self) -> None:
        self.refused_alone: list[str] = []
        self.taken_although: list[str] = []
        self.agreed: set[str] = set()

    def __call__(
        self, model: type[Model], part: Part, notes: Notes, others: Iterable[RowKey] = ()
    ) -> Any:
        errors = [
            problem
            for problem in notes.problems
            if problem.is_error and row_key(problem.place) in part.rows
        ]
        codes = {problem.code for problem in errors}
        try:
            model.model_validate(part.data)
        except ValidationError as error:
            self.agreed |= codes & {one["type"] for one in error.errors()}
            if not errors:
                self.refused_alone.append(f"{model.__name__} {part.place}: {error.errors()[0]}")
        else:
            also = sorted(codes & OF_BOTH)
            if also:
                self.taken_although.append(f"{model.__name__} {part.place}: {also}")
        return validated(model, part, notes, others)


def test_models_and_rows_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(assembling, "validated", watch)
    for seed in range(MASTERS):
        master_of("master.xlsx", grids_of(mutant(random.Random(seed))), [])
    assert watch.refused_alone == []
    assert watch.taken_although == []
    assert len(watch.agreed) > 8
