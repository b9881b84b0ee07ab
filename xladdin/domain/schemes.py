"""KPI schemes: sections of weighted indicators, additions and deductions, total, grades.

Sources: the monthly form RS201331 (FORMS C) and the sales-service list (FORMS D).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from xladdin.formula.nodes import Expr, Num

from .average_rules import AverageRule
from .base import (
    Id,
    Label,
    Measure,
    Model,
    NonNegative,
    Positive,
    Sentence,
    Weight,
    is_none,
    validate_whole,
)
from .bonus_rules import BonusRule
from .combined_rules import CombinedRule
from .data_sources import DataSource
from .grades import Grade
from .methods import AnyAdjustment, Method
from .quantities import Direction, Unit
from .raw import FULL
from .rule_models import WholeForm
from .scheme_faults import DEFAULT_CAP, scheme_faults
from .sizes import MOST_GRADES, MOST_IN_SECTION, MOST_SECTIONS


def _is_usual(value: Any) -> bool:
    return bool(value == "form")


def _is_hundred(value: Any) -> bool:
    return bool(value == FULL)


def _counted(value: Any) -> Any:
    """A number as files state it, or its digits; anything else is left to the check."""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value)
    return int(value) if isinstance(value, str) and value in ("100", "10", "5") else value


class Indicator(Model):
    """One appraised item: what is measured, how much it weighs, and how it is scored."""

    id: Id
    name: Label
    weight: Weight
    """Of the form; in a section that says so, a file states it as a share of the section."""
    within: Annotated[Weight | None, Field(exclude_if=is_none)] = None
    """Its share of its section, in percent, where the section's weights are stated that way."""
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
        return self.method.uses_target

    @property
    def subjective(self) -> bool:
        """Whether a person judges it (a rating in points), rather than a count or a system."""
        return bool(self.method.described)

    @property
    def rule(self) -> Expr:
        """Its points over ``full``, ``actual`` and ``target``."""
        return self.method.expression(self.direction, self.unit)

    @property
    def whole_form(self) -> WholeForm | None:
        """The effect on the whole form, where a veto has one."""
        return self.method.effect


class Section(Model):
    """A named group of indicators with its own weight and subtotal, such as 关键KPI 85%."""

    id: Id
    name: Label
    weight: Weight
    weights_of: Annotated[Literal["form", "section"], Field(exclude_if=_is_usual)] = "form"
    """What the indicators' weights are shares of: of the form, making the section's weight; or of
    the section, making 100.  Where nothing is said, weights that make 100 are of the section."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=MOST_IN_SECTION)]

    @model_validator(mode="wrap")
    @classmethod
    def _converted(cls, data: Any, handler: Any) -> Any:
        section: Section = handler(data)
        said = isinstance(data, Section) or (isinstance(data, dict) and "weights_of" in data)
        whole = sum((item.weight for item in section.indicators), Decimal(0)) == FULL
        if section.weights_of == "section" or (not said and whole and section.weight != FULL):
            return section.model_copy(
                update={
                    "weights_of": "section",
                    "indicators": tuple(map(section._of_form, section.indicators)),
                }
            )
        return section

    def _of_form(self, item: Indicator) -> Indicator:
        """An indicator with both weights."""
        if item.within is not None:
            return item
        update = {"within": item.weight, "weight": self.weight * item.weight / FULL}
        return item.model_copy(update=update)


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
    adjustments: tuple[AnyAdjustment, ...] = ()
    total: TotalRule = TotalRule()
    scale: Annotated[
        Literal[100, 10, 5], BeforeValidator(_counted), Field(exclude_if=_is_hundred)
    ] = 100
    """分制: the total is also shown out of so many points, beside the 100 and never in its place."""
    self_weight: Annotated[NonNegative | None, Field(le=100, exclude_if=is_none)] = None
    """自评权重: how many percent of a judged item's points go by what people give themselves, the
    rest by their superior's rating; 0 shows the self-rating only, None asks for none."""
    grades: Annotated[tuple[Grade, ...], Field(min_length=1, max_length=MOST_GRADES)]
    bonus: Annotated[BonusRule | None, Field(exclude_if=is_none)] = None
    """How the bonus is worked out; where nothing is said, base x coefficient."""
    average: Annotated[AverageRule | None, Field(exclude_if=is_none)] = None
    """What several months come to; where nothing is said, the plain mean."""
    combined: Annotated[CombinedRule | None, Field(exclude_if=is_none)] = None
    """How much of a combined score is this one and how much competency; None: there is none."""
    note: Sentence = ""

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, scheme_faults, cls.__name__)

    @property
    def bonus_rule(self) -> BonusRule:
        """The rule for the bonus, the usual one where none is stated."""
        return self.bonus or BonusRule()

    @property
    def average_rule(self) -> AverageRule:
        """The rule for several months, the plain mean where none is stated."""
        return self.average or AverageRule()

    @property
    def bonus_expression(self) -> Expr:
        """The bonus in yuan over ``base``, ``score``, ``grade`` and ``coefficient``."""
        pays = ((grade.name, Num(grade.pay)) for grade in self.grades if grade.pay is not None)
        return self.bonus_rule.expression(pays)

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the form's order."""
        return (indicator for section in self.sections for indicator in section.indicators)

    def asks_self(self, item: Indicator) -> bool:
        """Whether people rate themselves on an indicator, beside their superior."""
        return self.self_weight is not None and item.subjective

    def rule_of(self, item: Indicator) -> Expr:
        """An indicator's points over ``full``, ``actual``, ``target`` and, where it counts, ``own``."""
        if self.self_weight is None or not item.subjective:
            return item.rule
        return item.method.rated(self.self_weight)

    def indicator(self, key: str) -> Indicator | None:
        """The indicator with this id or this name, if there is one."""
        return next((item for item in self.indicators if key in (item.id, item.name)), None)
