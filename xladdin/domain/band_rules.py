"""What must not be between the bands of a score (grades, levels), each rule said once.

A rule is an expression over the columns of a band and of the one above, whatever these are called:
the models ask it of data, the master workbook prints it into its live check.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xladdin.formula.nodes import (
    Compare,
    Contains,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Num,
    Rel,
    Round,
    Spelled,
    Var,
    sub,
)
from xladdin.formula.questions import NEVER, both, either, equal, related

GRAIN = Decimal("0.01")
"""Scores have two decimals: a hole smaller than this holds no score."""


@dataclass(frozen=True, slots=True)
class Band:
    """What a rule looks at: a band's own cells, the band above, and where the scores end."""

    lower: Var
    upper: Var
    strict: Expr
    """The lower bound is not included."""
    over: Var
    """The lower bound of the band above."""
    over_strict: Expr
    first: Expr
    last: Expr
    lowest: Var
    highest: Var
    edge: Var
    """Where the band ends as its neighbour has it: ``edge_of``."""

    @property
    def holds_edge(self) -> Expr:
        """The score at the edge itself still has to be covered by this band."""
        return either(self.first, self.over_strict)

    @property
    def edge_of(self) -> Expr:
        """The bound of the band above, or the highest score."""
        return If(self.first, self.highest, self.over)


def unbounded(band: Band) -> Expr:
    """Without a lower bound, though it is not the last."""
    return both(IsEmpty(band.lower), Not(band.last))


def not_falling(band: Band) -> Expr:
    """Its bound is no lower than that of the band above."""
    return related(Rel.GE, band.lower, band.over)


def open_below(band: Band) -> Expr:
    """It is the last, and some scores are lower still."""
    return both(band.last, _begins_beyond(band, band.lowest))


def unreachable(band: Band) -> Expr:
    """No score is so high."""
    return _begins_beyond(band, band.highest)


def _begins_beyond(band: Band, end: Var) -> Expr:
    at_end = both(band.strict, related(Rel.EQ, band.lower, end))
    return either(related(Rel.GT, band.lower, end), at_end)


def gap(band: Band) -> Expr:
    """Its printed upper bound leaves scores to nobody."""
    hole = Compare(Rel.GT, sub(band.edge, band.upper), Num(GRAIN))
    return _if_bounded(band, If(band.holds_edge, related(Rel.LT, band.upper, band.edge), hole))


def overlap(band: Band) -> Expr:
    """Its printed upper bound reaches into the band above."""
    shared_edge = both(Not(band.holds_edge), related(Rel.EQ, band.upper, band.edge))
    reaches = either(related(Rel.GT, band.upper, band.edge), shared_edge)
    return _if_bounded(band, both(Not(band.first), reaches))


def _if_bounded(band: Band, wrong: Expr) -> Expr:
    return If(both(IsNumber(band.upper), IsNumber(band.edge)), wrong, NEVER)


def worth_no_less(points: Var, over: Var) -> Expr:
    """A level is worth as much as the better one above it."""
    return related(Rel.GE, points, over)


LIKE_NUMBERS = "-+.:/%0123456789Ee "


def unlistable(name: Var, points: Var) -> Expr:
    """A name that cannot be picked from a list: Excel would make something else of it.

    A number is picked as it is where it is what the level is worth.
    """
    like_number = Spelled(name, "-+.0123456789", LIKE_NUMBERS)
    worth = If(IsNumber(points), equal(name, Join((Round(points, 4),))), NEVER)
    return both(Not(IsEmpty(name)), either(Contains(name, (",",)), both(like_number, Not(worth))))
