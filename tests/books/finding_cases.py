"""Findings of a report tried on cells: what stands in a calm month, and what a rule says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xladdin.analysis.month_figures import MonthFigures
from xladdin.books.reports import finding_rules as rules
from xladdin.domain.report_findings import Finding
from xladdin.formula.evaluate import Cells, Value, solve


@dataclass(frozen=True)
class CalmMonth:
    """A report's figures in which nothing is pointed out, and how its cells follow from some of them."""

    figures: MonthFigures
    known_in: Callable[[dict[str, Decimal]], Mapping[str, Any]]

    def known(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """What stands in the cells of the month where some are others."""
        typed = {key: Decimal(str(it)) for key, it in cells.items() if not isinstance(it, list)}
        columns = {
            key: Cells(tuple(Decimal(str(one)) for one in it))
            for key, it in cells.items()
            if isinstance(it, list)
        }
        return {**self.known_in(typed), **columns}

    def found(
        self, rule: Finding, cells: Mapping[str, Any], figures: MonthFigures | None = None
    ) -> list[Value]:
        """What a rule says where cells hold this."""
        known = self.known(cells)
        made = rules.findings([rule], figures or self.figures, known)
        model = {**made.helpers, **{one.key: one.formula for one in made.laid}}
        values = solve(model, known)
        return [values[one.key] for one in made.laid]
