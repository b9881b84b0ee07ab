"""Which columns of the indicators' sheet each scoring method uses, and for which of its settings."""

from __future__ import annotations

from dataclasses import dataclass

from .columns import Kind


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a method: its column, its field, and how the cell is read for this method."""

    column: str
    path: tuple[str, ...]
    kind: Kind
    required: bool = False


def _parameter(column: str, kind: Kind, *path: str, required: bool = False) -> Parameter:
    return Parameter(column, path or (column,), kind, required)


_DEDUCTION = "deduction"

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "percent": (
        _parameter("cap", Kind.RATIO),
        _parameter("floor", Kind.RATIO),
        _parameter("zero_target", Kind.CHOICE),
    ),
    "veto": (
        _parameter(_DEDUCTION, Kind.NUMBER, "per_event", required=True),
        _parameter("zero_at", Kind.NUMBER, required=True),
        _parameter("effect", Kind.CHOICE, "whole_form", "effect"),
        _parameter("effect_grade", Kind.TEXT, "whole_form", "grade"),
    ),
    "deduct": (
        _parameter(_DEDUCTION, Kind.NUMBER, "per_event", required=True),
        _parameter("cap", Kind.NUMBER),
    ),
    "steps": (
        _parameter("basis", Kind.CHOICE),
        _parameter("inclusive", Kind.YES_NO),
        _parameter("below", Kind.RATIO),
    ),
    "step_deduct": (
        _parameter(_DEDUCTION, Kind.NUMBER, "points", required=True),
        _parameter("step", Kind.MEASURE, required=True),
        _parameter("started", Kind.CHOICE),
    ),
    "linear": (_parameter("basis", Kind.CHOICE), _parameter("below", Kind.RATIO)),
    "pass_fail": (_parameter("bound", Kind.MEASURE), _parameter("inclusive", Kind.YES_NO)),
    "deadline": (
        _parameter("measure", Kind.CHOICE),
        _parameter(_DEDUCTION, Kind.NUMBER, "per_day", required=True),
        _parameter("floor", Kind.NUMBER),
    ),
    "judgement": (),
    "bonus": (_parameter("cap", Kind.NUMBER, required=True),),
    "deduction": (_parameter("cap", Kind.NUMBER, required=True),),
}
"""Method (or kind of adjustment) -> its settings."""

ADJUSTMENTS = frozenset({"bonus", "deduction"})

COLUMNS = frozenset(item.column for settings in PARAMETERS.values() for item in settings)
"""Every column that holds a setting of some method."""

STEP_KINDS = {"steps": "steps", "judgement": "bands", "linear": "ends"}
"""Method -> the kind of its lines on the sheet of steps; the other methods have none."""
