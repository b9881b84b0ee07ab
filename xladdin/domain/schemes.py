"""KPI schemes: sections of weighted indicators, additions and deductions, total, grades.

Sources: the monthly form RS201331 (FORMS C) and the sales-service list (FORMS D).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from .base import (
    Id,
    Label,
    Measure,
    Model,
    NonNegative,
    Positive,
    Sentence,
    Weight,
    validate_whole,
)
from .grades import Grade
from .methods import (
    Basis,
    DeadlineMethod,
    JudgementMethod,
    LinearMethod,
    Method,
    PassFailMethod,
    PercentMethod,
    StepDeductMethod,
    StepsMethod,
    VetoMethod,
    WholeForm,
)
from .quantities import Direction, Unit
from .scheme_faults import DEFAULT_CAP, scheme_faults
from .sizes import MOST_GRADES, MOST_IN_SECTION, MOST_SECTIONS


class DataSource(Model):
    """Where an indicator's actual comes from: the form's three 数据来源 columns, and until when."""

    way: Label
    """数据来源方式, such as 系统抓取, 手工统计, 主观考核."""
    post: Label
    """数据来源岗位: who hands it in."""
    form: Sentence = ""
    """数据来源表单: out of which report or register."""
    due: Sentence = ""
    """截止时间: until when it is handed in."""

    @property
    def fetched(self) -> bool:
        """Whether a system supplies the figure (so that it can be filled in beforehand)."""
        return "系统" in self.way


class Indicator(Model):
    """One appraised item: what is measured, how much it weighs, and how it is scored."""

    id: Id
    name: Label
    weight: Weight
    unit: Unit = Unit.NUMBER
    direction: Direction = Direction.HIGHER
    target: Measure | None = None
    """Default target, in the unit; an employee's own target takes its place."""
    method: Method
    definition: Sentence = ""
    """指标定义/计算公式."""
    source: DataSource
    remark: Sentence = ""
    restored: bool = False
    """The figures here are not in the source form but worked out."""

    @property
    def uses_target(self) -> bool:
        """Whether the score depends on a target that differs per employee and month."""
        match self.method:
            case PercentMethod() | StepDeductMethod():
                return True
            case StepsMethod(basis=basis) | LinearMethod(basis=basis):
                return basis is Basis.COMPLETION
            case PassFailMethod(bound=bound):
                return bound is None
            case DeadlineMethod(measure=measure):
                return measure == "date"
            case _:
                return False

    @property
    def subjective(self) -> bool:
        """Whether a person judges it (a rating in points), rather than a count or a system."""
        return isinstance(self.method, JudgementMethod)

    @property
    def whole_form(self) -> WholeForm | None:
        """The effect on the whole form, where a veto has one."""
        return self.method.whole_form if isinstance(self.method, VetoMethod) else None


class Section(Model):
    """A named group of indicators with its own weight and subtotal, such as 关键KPI 85%."""

    id: Id
    name: Label
    weight: Weight
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=MOST_IN_SECTION)]


class AdjustmentKind(StrEnum):
    """Whether an adjustment adds points or takes them off."""

    BONUS = "bonus"
    DEDUCTION = "deduction"


class Adjustment(Model):
    """加分项 / 减分项: points outside the 100, at most ``cap``; left blank it counts as none."""

    id: Id
    kind: AdjustmentKind
    name: Label
    cap: Positive
    """Most points, 10 for ±10%."""
    criteria: Sentence
    source: DataSource
    remark: Sentence = ""
    restored: bool = False


class TotalRule(Model):
    """How far the total may go once additions and deductions are in."""

    cap: Positive | None = DEFAULT_CAP
    """Highest total; 100 keeps additions inside the 100, None is unlimited."""
    floor: NonNegative = Decimal(0)


class Scheme(Model):
    """An appraisal scheme: what a form of one kind scores, for which positions."""

    kind: Literal["kpi_scheme"] = "kpi_scheme"
    id: Id
    name: Label
    title: Label
    """The heading on the form, without year and month."""
    form: Literal["monthly", "sales"] = "monthly"
    """Which form it makes: the monthly appraisal, or the sales-service list (FORMS D)."""
    form_no: str = ""
    """Form number printed on the form, such as RS201331."""
    version: int = Field(default=1, ge=1)
    positions: tuple[Label, ...] = ()
    """Positions that are appraised by this scheme."""
    weights_editable: bool = False
    """Whether the clerk may change weights on the form (the form then insists on 100%)."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_SECTIONS)]
    adjustments: tuple[Adjustment, ...] = ()
    total: TotalRule = TotalRule()
    grades: Annotated[tuple[Grade, ...], Field(min_length=1, max_length=MOST_GRADES)]
    note: Sentence = ""

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, scheme_faults, cls.__name__)

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the form's order."""
        return (indicator for section in self.sections for indicator in section.indicators)

    def indicator(self, key: str) -> Indicator | None:
        """The indicator with this id or this name, if there is one."""
        return next((item for item in self.indicators if key in (item.id, item.name)), None)
