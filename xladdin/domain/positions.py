"""Job analyses: a position, what it requires, its duties with measurable standards (FORMS A)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from .base import Fault, Id, Label, Measure, Model, Sentence, is_false, validate_whole
from .quantities import Direction, Unit, plain
from .raw import FULL, dicts, off_by, total_of
from .share_rules import is_off
from .sizes import MOST_DUTIES


class StandardKind(StrEnum):
    """What a duty's standard demands."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    EQUAL = "equal"
    DEADLINE = "deadline"
    WITHIN = "within"
    CYCLE = "cycle"
    NO_ERRORS = "no_errors"
    RECORDED = "recorded"


class Cycle(StrEnum):
    """How often a standard comes due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"


class Standard(Model):
    """A measurable standard of a duty, as printed in brackets on the form."""

    text: Sentence
    """The wording on the form, with its figures."""
    subject: Label
    """What is measured: 报审通过率, 培训次数, 回访."""
    kind: StandardKind
    value: Measure | None = None
    """The figure demanded, in ``unit`` (fractions for percent)."""
    unit: Unit = Unit.NUMBER
    cycle: Cycle | None = None
    due: str = ""
    """With deadline: ``12-25`` (month-day), ``30`` (day of month), ``3 09:00``, ``12:00``; with a
    week ``5 17:00`` is Friday; ``end`` is the last day of the cycle."""
    direction: Direction = Direction.HIGHER


class Duty(Model):
    """One line of 表二: importance (rank 1..n), the work, its standards, its share of time."""

    rank: int = Field(ge=1, le=99)
    text: Sentence
    share: Annotated[Decimal, Field(ge=0, le=100)]
    """占用时间, in percent of working time."""
    standards: tuple[Standard, ...] = ()
    restored: bool = False

    @property
    def wording(self) -> str:
        """The duty with its standards in brackets, as the form prints it."""
        if not self.standards:
            return self.text
        return f"{self.text}（{'；'.join(standard.text for standard in self.standards)}）"


class Requirements(Model):
    """岗位任职资格要求: each line as the form prints it; a line left empty is not on the form."""

    age: Sentence = ""
    sex: Sentence = ""
    native_place: Sentence = ""
    education: Sentence = ""
    marital_status: Sentence = ""
    experience: Sentence = ""
    knowledge: Sentence = ""
    ability: Sentence = ""
    other: Sentence = ""


REQUIREMENT_LABELS = {
    "age": "年龄",
    "sex": "性别",
    "native_place": "籍贯",
    "education": "学历",
    "marital_status": "婚姻状况",
    "experience": "经验要求",
    "knowledge": "知识要求",
    "ability": "能力要求",
    "other": "其他要求",
}


class Position(Model):
    """A position's job analysis: 表一 (the post and what it requires) and 表二 (its duties)."""

    kind: Literal["position"] = "position"
    id: Id
    name: Label
    company: str = ""
    """Whose form this is, where two companies have a position of one name."""
    part_time: Literal["有", "无"] = "无"
    superior: Label
    department: Label
    subordinates: tuple[Label, ...] = ()
    unappraised: Annotated[bool, Field(exclude_if=is_false)] = False
    """无需考核: whoever holds it is appraised only by a scheme that the roster names."""
    requirements: Requirements
    duties: Annotated[tuple[Duty, ...], Field(min_length=1, max_length=MOST_DUTIES)]
    note: Sentence = ""

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _position_faults, cls.__name__)


def _position_faults(data: dict[str, Any]) -> list[Fault]:
    duties = dicts(data.get("duties"))
    found = []
    seen: set[int | Decimal] = set()
    for i, duty in duties:
        rank = duty.get("rank")
        if not isinstance(rank, int | Decimal):
            continue  # the field check names it
        if rank in seen:
            found.append(Fault("duplicate_rank", f"重要性序号 {rank} 重复", ("duties", i, "rank")))
        seen.add(rank)
    total = total_of((duty for _, duty in duties), "share")
    if total is not None and is_off(total, FULL):
        message = f"占用时间合计为 {plain(total)}%，应为 100%（{off_by(total, FULL)}）"
        found.append(Fault("time_total", message, ("duties",)))
    return found
