"""Columns hold what the models take: the same lengths, the same ends of numbers."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xladdin.domain.competency import Assignment, CompetencyScheme, Element, Level
from xladdin.domain.grades import Grade
from xladdin.domain.people import Actual, Employee
from xladdin.domain.positions import Duty, Position, Standard
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.master.all_sheets import SHEETS
from xladdin.master.sheet_spec import Column

MODELS: dict[str, tuple[type[BaseModel], ...]] = {
    "roster": (Employee,),
    "positions": (Position,),
    "duties": (Duty,),
    "standards": (Standard,),
    "schemes": (Scheme, CompetencyScheme),
    "indicators": (Indicator,),
    "elements": (Element,),
    "grades": (Grade, Level),
    "figures": (Actual,),
    "raters": (Assignment,),
}
OTHERWISE = {
    "names": "each name of the cell: cell_demands, as kind NAMES",
    "lines": "each line of the cell: cell_demands, as kind LINES",
    "measure": "what the unit takes, which is less: cell_demands.unreadable_measure",
}
"""Kinds of cells that look after themselves."""
ELSEWHERE = {
    ("schemes", "floor"): "no number below 0 is read",
    ("grades", "coefficient"): "no number below 0 is read",
    ("grades", "points"): "no number below 0 is read",
    ("grades", "pay"): "no number below 0 is read",
    ("roster", "bonus_base"): "no number below 0 is read",
    ("schemes", "bonus_base"): "no number below 0 is read",
    ("schemes", "bonus_from"): "no number below 0 is read",
    ("figures", "indicator"): "must be an indicator, whose name is no longer",
}
ENDS = ("max_length", "ge", "gt", "le", "lt")


def field_of(model: type[BaseModel], path: tuple[str, ...]) -> FieldInfo | None:
    found = None
    for name in path:
        found = getattr(model, "model_fields", {}).get(name)
        if found is None:
            return None
        inner = [one for one in typing.get_args(found.annotation) if isinstance(one, type)]
        model = found.annotation if isinstance(found.annotation, type) else [*inner, model][0]
    return found


def limits(field: FieldInfo) -> dict[str, int]:
    """The ends that the model's field has."""
    found: dict[str, int] = {}

    def collect(metadata: typing.Iterable[Any]) -> None:
        for one in metadata:
            collect(getattr(one, "metadata", ()))
            ends = {end: getattr(one, end, None) for end in ENDS}
            found.update({end: int(value) for end, value in ends.items() if value is not None})

    collect(field.metadata)
    for part in typing.get_args(field.annotation):
        collect(getattr(part, "__metadata__", ()))
    return found


def stated(column: Column) -> dict[str, int]:
    """The ends that the column states."""
    ends = {
        "max_length": column.longest or None,
        "gt" if column.bounds.above else "ge": column.bounds.low,
        "le": column.bounds.high,
    }
    return {end: int(value) for end, value in ends.items() if value is not None}


def test_a_column_takes_what_its_model_takes() -> None:
    found, differing = 0, {}
    for spec in SHEETS:
        for model in MODELS.get(spec.key, ()):
            for column in spec.columns:
                field = field_of(model, column.where)
                if field is None or column.kind in OTHERWISE or (spec.key, column.key) in ELSEWHERE:
                    continue
                found += 1
                if limits(field) != stated(column):
                    differing[spec.key, column.key] = (limits(field), stated(column))
    assert differing == {}
    assert found > 60
