"""Something that may be pointed out: a test over the report's cells, and what can be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xladdin.analysis.metric import Direction, Metric
from xladdin.domain.report_findings import Turn
from xladdin.formula.nodes import Compare, Expr, If, IsNumber, Rel, Var, all_of, number
from xladdin.formula.questions import NEVER
from xladdin.formula.walk import substitute


@dataclass(frozen=True, slots=True)
class Candidate:
    """A test, the words that a sentence may use, and the cells that both of them need."""

    test: Expr
    words: Mapping[str, Expr]
    helpers: Mapping[str, Expr] = field(default_factory=dict)

    def named(self, prefix: str) -> Candidate:
        """The same with its helpers' names made its own."""
        names: dict[str, Expr] = {key: Var(f"{prefix}.{key}") for key in self.helpers}
        return Candidate(
            substitute(self.test, names),
            {word: substitute(said, names) for word, said in self.words.items()},
            {f"{prefix}.{key}": substitute(of, names) for key, of in self.helpers.items()},
        )


def if_numbers(of: tuple[Var, ...], test: Expr) -> Expr:
    """The test where all of these are numbers; else it does not hold."""
    return If(all_of(tuple(IsNumber(one) for one in of)), test, NEVER)


def at_least(of: Var, least: int, test: Expr) -> Expr:
    """The test where a count is large enough."""
    if least == 0:
        return test
    return if_numbers((of,), If(Compare(Rel.GE, of, number(least)), test, NEVER))


def upwards(metric: Metric, turn: Turn) -> bool:
    """Whether a turn means that the figure rises."""
    if turn in (Turn.UP, Turn.DOWN):
        return turn is Turn.UP
    return (turn is Turn.BETTER) == (metric.direction is Direction.HIGHER)
