"""Columns of 考核方案 about what comes of a score: bonus, several months, together with competency."""

from __future__ import annotations

from xladdin.formula.nodes import Expr

from .average_columns import AVERAGE_COLUMNS, average_demands
from .bonus_columns import BONUS_COLUMNS, bonus_demands
from .combined_columns import COMBINED_COLUMNS, combined_demands
from .sheet_spec import Constraint

RESULT_COLUMNS = (*BONUS_COLUMNS, *AVERAGE_COLUMNS, *COMBINED_COLUMNS)


def result_demands(scoring: Expr, competent: Expr) -> tuple[Constraint, ...]:
    """Of a row that is a scheme with scores, or one of competency."""
    every = (bonus_demands, average_demands, combined_demands)
    return tuple(one for demands in every for one in demands(scoring, competent))
