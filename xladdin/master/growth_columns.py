"""Columns of the indicators: by how much a month's targets grow, and from what, when it is opened."""

from __future__ import annotations

from xladdin.company.target_growth import BASES, USUAL_BASE
from xladdin.formula.nodes import Not

from .cell_kinds import Kind
from .constraints import Demand, demand
from .row_questions import both, filled
from .sheet_spec import Column

GROWTH = Column(
    "growth",
    "目标增长率",
    Kind.RATE,
    "开新月份时，目标按它增长，如 3%；越低越好的写负数，如 -5%。不填：沿用上月的目标。",
    10.0,
    added=True,
)
GROWTH_BASE = Column(
    "growth_base",
    "增长基数",
    Kind.CHOICE,
    f"目标增长率从哪个数算起；不填是{BASES[USUAL_BASE]}。",
    10.0,
    words={base.value: label for base, label in BASES.items()},
    added=True,
)


def base_without_rate() -> Demand:
    """What a rate is of, where there is no rate."""
    return demand(
        "unused_value",
        both(filled("growth_base"), Not(filled("growth"))),
        "没有填目标增长率，增长基数没有用上",
        "growth_base",
        notice=True,
    )
