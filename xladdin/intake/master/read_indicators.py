"""Indicators, additions and deductions out of their rows and the rows of their steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.methods import METHOD_LABELS, Basis, LinearMethod, StepsMethod
from xladdin.domain.quantities import Unit

from .columns import Kind
from .find import Book
from .groups import Item
from .lines import Line
from .parameters import COLUMNS, PARAMETERS, STEP_KINDS, Parameter
from .parts import Part, Spot
from .words import word

UNWEIGHTED = ("section", "section_id", "weight", "direction", "target")
"""Columns that mean nothing for an addition or deduction."""

_DEFAULT_BASIS: dict[str, Basis] = {
    "steps": StepsMethod.model_fields["basis"].default,
    "linear": LinearMethod.model_fields["basis"].default,
}
_STEP_COLUMNS = {
    "steps": ("low", "share"),
    "ends": ("low", "share"),
    "bands": ("low", "high", "text"),
    "descriptors": ("text",),
}
"""What each kind of step states; the other columns mean nothing for it."""


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator's raw data."""

    line: Line
    part: Part
    keys: tuple[str, str]
    """Its id and its name."""
    measured: bool
    """Whether its unit is known."""


def read_indicator(item: Item, book: Book) -> Read:
    """One indicator."""
    line = item.line
    line.require("weight")
    part = Part(line.where("id"))
    part.take_all(line, "id", "name", "weight", "direction", "definition", "remark", "restored")
    unit = unit_of(part, line)
    part.take(line, "target", unit=unit)
    _take_source(part, line)
    method = line.read("method")
    part.spots["method",] = Spot(line.where("method"), line.head("method"))
    if method:
        part.nest("method", _method(method, item, unit, book))
    return Read(line, part, (item.id, item.name), unit is not None)


def read_adjustment(item: Item, book: Book) -> Part:
    """One addition or deduction."""
    line = item.line
    line.require()
    part = Part(line.where("id"))
    part.take_all(line, "id", "name", "remark", "restored")
    kind = part.take(line, "method", "kind")
    part.take(line, "definition", "criteria")
    part.data.setdefault("criteria", "")
    _take_source(part, line)
    _take_parameters(part, line, kind, Unit.POINT)
    line.unused(UNWEIGHTED, _called(kind))
    _check_steps(item, kind, book)
    return part


def unit_of(part: Part, line: Line) -> Unit | None:
    """The unit of a row; None where the cell says something that is none."""
    said = part.take(line, "unit")
    if said is None:
        return None if line.says("unit") else Unit.NUMBER
    return Unit(said)


def step_line(line: Line, kind: str, why: str) -> None:
    """Check the kind that a row of steps states, and that it states nothing else."""
    said = line.read("kind")
    if said not in (None, kind):
        message = f"{why}的档位种类应为「{word('steps', 'kind', kind)}」"
        line.error("kind", "wrong_step_kind", message)
    rest = [key for key in ("low", "high", "share", "text") if key not in _STEP_COLUMNS[kind]]
    line.unused(rest, f"「{word('steps', 'kind', kind)}」")


def _take_source(part: Part, line: Line) -> None:
    part.data["source"] = {}
    part.take(line, "way", "source", "way")
    part.take(line, "post", "source", "post")
    part.take(line, "source_form", "source", "form")
    part.take(line, "due", "source", "due")


def _method(method: str, item: Item, unit: Unit | None, book: Book) -> Part:
    line = item.line
    part = Part(line.where("method"), {"kind": method})
    _take_parameters(part, line, method, unit)
    _check_effect(part, line)
    _check_steps(item, method, book)
    reader = _STEPPED.get(method)
    if reader:
        reader(part, item, unit)
    return part


def _take_parameters(part: Part, line: Line, method: str, unit: Unit | None) -> None:
    for setting in PARAMETERS[method]:
        if setting.required and not line.says(setting.column):
            message = f"{_called(method)}须填「{line.head(setting.column)}」"
            line.error(setting.column, "parameter_missing", message)
        part.take(line, setting.column, *setting.path, kind=setting.kind, unit=_unit(setting, unit))
    used = {setting.column for setting in PARAMETERS[method]}
    line.unused(sorted(COLUMNS - used), _called(method))


def _unit(setting: Parameter, unit: Unit | None) -> Unit | None:
    """The step between two dates is a number of days."""
    return Unit.DAY if setting.column == "step" and unit is Unit.DATE else unit


def _called(method: str) -> str:
    return f"「{word('indicators', 'method', method)}」"


def _check_effect(part: Part, line: Line) -> None:
    effect = part.data.get("whole_form")
    if not effect:
        return
    if "effect" not in effect:
        part.data.pop("whole_form")
        if not line.says("effect"):
            line.warn("effect_grade", "unused_value", "没有填整表影响，封顶等级没有用上")
    elif effect["effect"] == "grade_cap" and "grade" not in effect:
        line.error("effect_grade", "parameter_missing", "整表影响为“等级封顶”时须填「封顶等级」")


def _check_steps(item: Item, method: str, book: Book) -> None:
    """Steps where the method has them, and none where it has none."""
    kind, line = STEP_KINDS.get(method), item.line
    if kind is None:
        for step in item.steps:
            message = f"「{item.name}」的计分方法是{_called(method)}，没有档位"
            step.error("item", "no_steps_expected", message)
        return
    for step in item.steps:
        step_line(step, kind, f"「{item.name}」（{METHOD_LABELS[method]}）")
    if not item.steps:
        message = f"{_called(method)}须在「{book.name('steps')}」表里写出「{item.name}」的各档"
        line.error("method", "steps_missing", message)


def _take_steps(part: Part, item: Item, unit: Unit | None) -> None:
    kind, measured = _basis(part, unit)
    parts = [Part(line.where("low")) for line in item.steps]
    for each, line in zip(parts, item.steps, strict=True):
        each.take(line, "low", "bound", kind=kind, unit=measured)
        each.take(line, "share")
    part.nest_all("steps", parts)


def _take_ends(part: Part, item: Item, unit: Unit | None) -> None:
    """The end that earns more is the high one, whichever row it stands in."""
    kind, measured = _basis(part, unit)
    parts = [Part(line.where("low")) for line in item.steps]
    for each, line in zip(parts, item.steps, strict=True):
        each.take(line, "low", "at", kind=kind, unit=measured)
        each.take(line, "share")
    if len(parts) != 2:
        if parts:
            message = f"「{item.name}」的线性端点应为 2 行（最好的和最差的），现有 {len(parts)} 行"
            item.line.error("method", "line_ends", message)
        return
    high, low = sorted(parts, key=_share, reverse=True)
    part.nest("high", high)
    part.nest("low", low)


def _share(part: Part) -> Decimal:
    share = part.data.get("share")
    return share if isinstance(share, Decimal) else Decimal(0)


def _take_bands(part: Part, item: Item, _: Unit | None) -> None:
    parts = [Part(line.where("low")) for line in item.steps]
    for each, line in zip(parts, item.steps, strict=True):
        each.take(line, "low", kind=Kind.NUMBER)
        each.take(line, "high", kind=Kind.NUMBER)
        each.take(line, "text")
        each.data.setdefault("text", "")
    part.nest_all("bands", parts)


def _basis(part: Part, unit: Unit | None) -> tuple[Kind, Unit | None]:
    """How bounds are read: as shares of the target, or in the indicator's unit."""
    basis = part.data.get("basis", _DEFAULT_BASIS[part.data["kind"]])
    return (Kind.RATIO, None) if basis == Basis.COMPLETION else (Kind.MEASURE, unit)


_STEPPED: dict[str, Callable[[Part, Item, Unit | None], None]] = {
    "steps": _take_steps,
    "linear": _take_ends,
    "judgement": _take_bands,
}
