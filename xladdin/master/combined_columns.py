"""Columns of 考核方案 about the share of competency in a combined score."""

from __future__ import annotations

from xladdin.domain.combined_rules import COMPETENCY_SHARE, KPI_SHARE
from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL, off_by
from xladdin.domain.share_rules import off
from xladdin.formula.nodes import Expr, If, Var, add, mul, number

from .cell_kinds import Kind
from .constraints import Required, Unused, demand
from .row_questions import NEVER, both, filled, is_number
from .sheet_spec import Case, Column, Constraint, bounds

SHARES = ("kpi_share", "competency_share")

COMBINED_COLUMNS = (
    Column(
        "kpi_share",
        KPI_SHARE,
        Kind.POINTS,
        "综合得分：考核表的总分占多少，如 70%；和能力占比合计 100%。两个都不填就没有综合得分。",
        9.0,
        path=("combined", "kpi_share"),
        bounds=bounds(0, 100, above=True),
        added=True,
    ),
    Column(
        "competency_share",
        COMPETENCY_SHARE,
        Kind.POINTS,
        "综合得分：能力考核折合百分制以后占多少，如 30%。",
        9.0,
        path=("combined", "competency_share"),
        bounds=bounds(0, 100, above=True),
        added=True,
    ),
)

_TOTAL = add(mul(number(100), Var(SHARES[0])), mul(number(100), Var(SHARES[1])))
_OFF = If(both(*map(is_number, SHARES)), off(_TOTAL, number(100)), NEVER)


def _says(case: Case) -> str:
    total = case.value(_TOTAL)
    return (
        f"「{case.said('name')}」的{KPI_SHARE}和{COMPETENCY_SHARE}合计为 {plain(total)}%，"
        f"应为 100%（{off_by(total, FULL)}）"
    )


def combined_demands(scoring: Expr, competent: Expr) -> tuple[Constraint, ...]:
    """Of a row that is a scheme with scores, or one of competency, which has no share of its own."""
    kpi, competency = SHARES
    return (
        Required((kpi,), both(scoring, filled(competency)), "missing"),
        Required((competency,), both(scoring, filled(kpi)), "missing"),
        demand(
            "shares_total",
            both(scoring, _OFF),
            f"{KPI_SHARE}和{COMPETENCY_SHARE}合计应为 100%",
            kpi,
            says=_says,
        ),
        Unused(SHARES, competent, lambda _: "能力考核"),
    )
