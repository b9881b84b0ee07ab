"""What people's indicators and their competency come to together, as plain values: 综合汇总 is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.combined_rules import CombinedRule
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import Expr, Var
from xladdin.scoring import keys
from xladdin.scoring.competency_model import converted
from xladdin.scoring.model import coefficient_expression, grade_expression

KPI, POINTS, COMPETENCY = "kpi", "points", "competency"
"""Columns and keys: the score of the indicators, the mean of competency, the same out of 100."""


@dataclass(frozen=True, slots=True)
class PersonCombined:
    """One person's two halves."""

    employee: Employee
    scheme: Scheme
    rule: CombinedRule
    """The scheme's."""
    kpi: Decimal | None
    """The total of the month, or the mean of several; None where there is none."""
    competency: CompetencyScheme | None = None
    points: Decimal | None = None
    """What ratings of competency came to, in points of its levels."""
    lack: str = ""
    """Which half is missing and why, in words; empty where both are there."""
    note: str = ""
    """What else is to be known."""

    @property
    def converted(self) -> Decimal | None:
        """Competency out of 100."""
        if self.competency is None or self.points is None:
            return None
        return _number(converted(self.competency, Var(POINTS)), {POINTS: self.points})

    @property
    def combined(self) -> Decimal | None:
        """Both together by the scheme's shares; None where one half is missing."""
        halves = {KPI: self.kpi, COMPETENCY: self.converted}
        return _number(self.rule.expression(Var(KPI), Var(COMPETENCY)), halves)

    @property
    def grade(self) -> str:
        """The grade of the combined score, by the bounds of the scheme."""
        score = self.combined
        if score is None:
            return ""
        return str(evaluate(grade_expression(self.scheme.grades, Var("score")), {"score": score}))

    @property
    def coefficient(self) -> Decimal | None:
        """What the scheme pays for that grade."""
        if not self.grade:
            return None
        found = evaluate(coefficient_expression(self.scheme.grades), {keys.GRADE: self.grade})
        return found if isinstance(found, Decimal) else None


def _number(expr: Expr, env: dict[str, Decimal | None]) -> Decimal | None:
    found = evaluate(expr, dict(env))
    return found if isinstance(found, Decimal) else None


@dataclass(frozen=True)
class CombinedResults:
    """A month, or several, of a company."""

    company: str
    label: str
    """Of the month or months, as a heading says it."""
    people: tuple[PersonCombined, ...]
    origin: str = ""
    """Where the results come from, in words, where that is not the master alone."""
