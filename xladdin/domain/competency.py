"""Competency appraisal: elements rated by up to five sources against described levels (FORMS B)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from .base import Id, Label, Model, NonNegative, Number, Positive, Sentence, Weight, validate_whole
from .competency_faults import competency_faults
from .people import EmployeeId
from .quantities import plain
from .sizes import MOST_BEHAVIOURS, MOST_ELEMENTS, MOST_LEVELS, STARS


class Source(StrEnum):
    """Who rates: the employee, the superior, a colleague, a subordinate, a customer."""

    SELF = "self"
    SUPERIOR = "superior"
    PEER = "peer"
    SUBORDINATE = "subordinate"
    CUSTOMER = "customer"


SOURCE_LABELS = {
    Source.SELF: "自评",
    Source.SUPERIOR: "主管评",
    Source.PEER: "同事评",
    Source.SUBORDINATE: "下级评",
    Source.CUSTOMER: "客户评",
}
ANONYMOUS = frozenset({Source.PEER, Source.SUBORDINATE, Source.CUSTOMER})
"""Sources whose forms must not tell who filled them in."""

RaterShare = Annotated[Number, Field(ge=0, le=100)]


def _is_zero(value: Any) -> bool:
    return bool(value == 0)


class RaterWeights(Model):
    """How much each source counts in one element, in percent; those that count total 100."""

    self: RaterShare = Decimal(0)
    superior: RaterShare = Decimal(0)
    peer: RaterShare = Decimal(0)
    subordinate: Annotated[RaterShare, Field(exclude_if=_is_zero)] = Decimal(0)
    customer: RaterShare = Decimal(0)

    def of(self, source: Source) -> Decimal:
        """The weight of a source."""
        weight: Decimal = getattr(self, source.value)
        return weight


class Level(Model):
    """A level of competency: what a rater picks, what it is worth, and what a mean earns."""

    name: Label
    points: NonNegative
    """What a rating of this level is worth in means."""
    lower: Number | None = None
    """The weighted mean from which the final level is this one; None: everything below."""
    sign: Literal[">=", ">"] = ">="
    reward: Sentence = ""
    restored: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it is called by its points, as in ``4``: picked from a list it is a number."""
        return self.name == plain(self.points)


class Element(Model):
    """One element: behaviours to look for, a descriptor per level, and who rates it."""

    id: Id
    name: Label
    weight: Weight
    behaviours: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=MOST_BEHAVIOURS)]
    descriptors: tuple[Sentence, ...]
    """What each level looks like, in the order of the levels (best first)."""
    weights: RaterWeights
    question: Sentence = ""
    """What a customer is asked, in plain words; needed where customers rate the element."""

    def rated_by(self, source: Source) -> bool:
        """Whether a source rates it; the self-rating covers everything, for reference."""
        return source is Source.SELF or self.weights.of(source) > 0


class CompetencyScheme(Model):
    """A competency appraisal: levels, elements, and what happens when ratings are missing."""

    kind: Literal["competency_scheme"] = "competency_scheme"
    id: Id
    name: Label
    title: Label
    purpose: Sentence = ""
    positions: tuple[Label, ...] = ()
    """Positions that are appraised by it; none: everybody."""
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=MOST_LEVELS)]
    stars: Annotated[tuple[Label, ...], Field(max_length=STARS)] = ()
    """The level that each of a customer's 1, 2, 3, 4, 5 stars stands for; where customers rate."""
    elements: Annotated[tuple[Element, ...], Field(min_length=1, max_length=MOST_ELEMENTS)]
    missing: Literal["spread", "incomplete"] = "spread"
    """A source without ratings: its weight goes to those present, or there is no result."""
    least_peers: int = Field(default=3, ge=1, le=10)
    """Of fewer colleagues, subordinates or customers, nothing is shown outside HR; they count."""
    bias_limit: Positive = Decimal(1)
    """A rater further than this from the mean of all raters (in points) is flagged to HR."""

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, competency_faults, cls.__name__)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that rate anything."""
        return tuple(source for source in Source if self.elements_of(source))

    @property
    def columns(self) -> tuple[Source, ...]:
        """The sources that tables have a column for; subordinates only where they rate."""
        return tuple(
            each for each in Source if each is not Source.SUBORDINATE or each in self.sources
        )

    def elements_of(self, source: Source) -> tuple[Element, ...]:
        """The elements that a source rates."""
        return tuple(element for element in self.elements if element.rated_by(source))

    def points_of(self, level: str) -> Decimal:
        """What a level is worth."""
        return next(item.points for item in self.levels if item.name == level)


class Assignment(Model):
    """Who rates whom, as what; a customer has no employee id."""

    ratee: EmployeeId
    source: Source
    rater: Label
    """The rater's name."""
    rater_id: str = ""


class Rating(Model):
    """One rating: who rated whom on which element, and the level (or stars) given."""

    ratee: EmployeeId
    source: Source
    rater: Label
    rater_id: str = ""
    element: Id
    level: Label
    """A level's name; for customers the number of stars, ``1`` to ``5``."""
    refused: bool = False
    """The level is what was entered and is none: it is missing, and not left out."""
