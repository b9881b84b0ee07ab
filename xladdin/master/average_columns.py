"""Columns of 考核方案 about what several months come to."""

from __future__ import annotations

from xladdin.domain.average_rules import LABELS, MOST_MONTHS, AverageKind
from xladdin.formula.nodes import Expr, Not, Spelled, Var

from .cell_kinds import Kind
from .constraints import Required, Unused, demand
from .row_questions import both, filled, word
from .sheet_spec import Column, Constraint, bounds

WEIGHTED = word("average_kind", LABELS[AverageKind.WEIGHTED])
BEST = word("average_kind", LABELS[AverageKind.BEST])

_WEIGHTS = Var("average_weights", text=True)
_UNREAD = both(
    filled("average_weights"), Not(Spelled(_WEIGHTS, "0123456789.", "0123456789.%％、，,；; "))
)
_UNREAD_TOLD = "应为用顿号隔开的数字，如 20%、30%、50%"

AVERAGE_COLUMNS = (
    Column(
        "average_kind",
        "多月得分",
        Kind.CHOICE,
        "季度、半年、全年的得分怎样由各月总分算出；不填是各月平均。没有总分的月份不算，不当 0 分。",
        15.0,
        path=("average", "kind"),
        words={kind.value: label for kind, label in LABELS.items()},
        added=True,
    ),
    Column(
        "average_weights",
        "各月权重",
        Kind.NAMES,
        "加权平均：从前到后每个月的权重，用顿号隔开，如 20%、30%、50%。",
        20.0,
        path=("average", "month_weights"),
        added=True,
    ),
    Column(
        "average_best",
        "最好几个月",
        Kind.WHOLE,
        "最好几个月的平均：取几个月。",
        10.0,
        path=("average", "best"),
        bounds=bounds(1, MOST_MONTHS - 1),
        added=True,
    ),
)


def average_demands(scoring: Expr, competent: Expr) -> tuple[Constraint, ...]:
    """Of a row that is a scheme with scores, or one of competency, which has no months."""
    return (
        Required(("average_weights",), both(scoring, WEIGHTED), "missing"),
        Required(("average_best",), both(scoring, BEST), "missing"),
        demand(
            "weights_unread", both(scoring, _UNREAD), f"各月权重{_UNREAD_TOLD}", "average_weights"
        ),
        Unused(
            ("average_kind", "average_weights", "average_best"), competent, lambda _: "能力考核"
        ),
        Unused(("average_weights",), both(scoring, Not(WEIGHTED)), lambda _: "这种多月得分"),
        Unused(("average_best",), both(scoring, Not(BEST)), lambda _: "这种多月得分"),
    )
