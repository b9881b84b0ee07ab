"""What reports point out: when, in which words, and which measure it suggests.

Each finding is data: a condition of one of a few kinds over named metrics, a sentence with ``{...}`` for
what the figures say, and a measure.  How a condition is worked out is the report's own business.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Fault, Id, Label, Model, NonNegative, Ratio, Sentence, validate_whole
from .raw import dicts

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LEAST_POINTS = 6
"""Fewer points than this say nothing about what goes together with what."""


class Side(StrEnum):
    """Under which heading a finding stands."""

    HIGHLIGHT = "highlight"
    RISK = "risk"
    CLUE = "clue"


class Turn(StrEnum):
    """Which way a figure went: for the better or worse by the metric's direction, or up or down."""

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    DOWN = "down"


class When(Model):
    """A condition; each kind says what sentences may speak of."""

    words: ClassVar[frozenset[str]] = frozenset()


class OfMetric(When):
    """About one metric of the whole team."""

    words = frozenset({"now", "change", "year", "target"})
    metric: Label
    least: Annotated[int, Field(ge=0)] = 0
    """Lines that this month's figure must be made of."""


class LevelWhen(OfMetric):
    """The figure is at least, or at most, so much (a share of 1 for rates)."""

    kind: Literal["level"]
    at_least: NonNegative | None = None
    at_most: NonNegative | None = None
    not_worse: bool = False
    """Only where it has not become worse since last month: nobody is praised for that."""

    @model_validator(mode="after")
    def _one_end(self) -> LevelWhen:
        if (self.at_least is None) == (self.at_most is None):
            raise PydanticCustomError("one_of_two", "at_least 和 at_most 应只写一个")
        return self


class TargetWhen(OfMetric):
    """The target is met, or missed."""

    kind: Literal["target"]
    met: bool


class ChangeWhen(OfMetric):
    """The figure changed against another month by at least so much, in its own unit of change."""

    kind: Literal["change"]
    than: Literal["last_month", "last_year"]
    turn: Turn
    by: NonNegative


class StreakWhen(OfMetric):
    """The figure went the same way for so many months in a row."""

    words = OfMetric.words | {"months"}
    kind: Literal["streak"]
    turn: Turn
    months: Annotated[int, Field(ge=2, le=12)]


class RecordWhen(OfMetric):
    """The figure is better, or worse, than in every other month, of which there are enough."""

    kind: Literal["record"]
    turn: Literal[Turn.BETTER, Turn.WORSE]


class TogetherWhen(When):
    """Two metrics moved the same way (or opposite ways) from month to month, nearly always."""

    words = frozenset({"pairs", "same"})
    kind: Literal["together"]
    metric: Label
    other: Label
    opposite: bool = False
    at_least: Ratio
    """The share of months, of which there must be six."""


class TypesShareWhen(When):
    """The most frequent types make up at least so much of all requests."""

    words = frozenset({"types", "share"})
    kind: Literal["types_share"]
    first: Annotated[int, Field(ge=1, le=5)]
    at_least: Ratio
    least: Annotated[int, Field(ge=0)] = 0


class TypeChangeWhen(When):
    """A type became more, or less, frequent by at least so many percent."""

    words = frozenset({"type", "count", "change"})
    kind: Literal["type_change"]
    turn: Literal[Turn.UP, Turn.DOWN]
    by: NonNegative
    least: Annotated[int, Field(ge=0)]
    """Requests that the larger of the two months must have."""


class TypeLevelWhen(When):
    """A type is so much worse (times, or 百分点) than all types together."""

    words = frozenset({"type", "own", "whole"})
    kind: Literal["type_level"]
    metric: Literal["solve_mean", "solved_at_once", "reopened"]
    by: NonNegative
    least: Annotated[int, Field(ge=0)]


class AgentWhen(When):
    """Somebody lies so far (times, or 百分点) from the team's median, among three at least."""

    words = frozenset({"agent", "own", "median"})
    kind: Literal["agent"]
    metric: Literal[
        "requests",
        "reply_mean",
        "solve_mean",
        "solved",
        "satisfied",
        "received",
        "first_reply",
        "converted",
    ]
    turn: Turn
    by: NonNegative
    least: Annotated[int, Field(ge=0)] = 0


class HourWhen(When):
    """An hour of the day has at least such a share of the requests, or is so many times slower."""

    words = frozenset({"hour", "own", "share"})
    kind: Literal["hour"]
    share: Ratio | None = None
    slower: NonNegative | None = None
    least: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _one_end(self) -> HourWhen:
        if (self.share is None) == (self.slower is None):
            raise PydanticCustomError("one_of_two", "share 和 slower 应只写一个")
        return self


class TeamWhen(When):
    """So many people joined, or left, this month."""

    words = frozenset({"people", "team"})
    kind: Literal["team"]
    who: Literal["joined", "left"]
    at_least: Annotated[int, Field(ge=1)]


AnyWhen = (
    LevelWhen
    | TargetWhen
    | ChangeWhen
    | StreakWhen
    | RecordWhen
    | TogetherWhen
    | TypesShareWhen
    | TypeChangeWhen
    | TypeLevelWhen
    | AgentWhen
    | HourWhen
    | TeamWhen
)
WHENS: dict[str, type[When]] = {
    str(one.model_fields["kind"].annotation.__args__[0]): one for one in AnyWhen.__args__
}


class Finding(Model):
    """One thing that may be pointed out."""

    id: Id
    side: Side
    when: Annotated[AnyWhen, Field(discriminator="kind")]
    says: Sentence
    """With ``{now}`` and the like for what the figures say."""
    measure: Sentence = ""
    """What might be done about it; a clerk decides."""


class ReportFindings(Model):
    """A file of findings."""

    kind: Literal["report_findings"] = "report_findings"
    id: Id
    name: Label
    findings: Annotated[tuple[Finding, ...], Field(min_length=1)]

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _faults, cls.__name__)


def _faults(data: dict[str, Any]) -> list[Fault]:
    """Ids that stand twice, and words that a condition of its kind knows nothing of."""
    found: list[Fault] = []
    seen: dict[str, int] = {}
    for i, finding in dicts(data.get("findings")):
        id_ = finding.get("id")
        if isinstance(id_, str) and seen.setdefault(id_, i) != i:
            message = f"编号「{id_}」与第{seen[id_] + 1}条重复"
            found.append(Fault("duplicate_id", message, ("findings", i, "id")))
        when, says = finding.get("when"), finding.get("says")
        kind = WHENS.get(str(when.get("kind"))) if isinstance(when, dict) else None
        if kind is not None and isinstance(says, str):
            strange = [one for one in PLACEHOLDER.findall(says) if one not in kind.words]
            if strange:
                known = "、".join(f"{{{one}}}" for one in sorted(kind.words))
                message = f"没有「{{{strange[0]}}}」这个词，可用的有：{known}"
                found.append(Fault("unknown_word", message, ("findings", i, "says")))
    return found
