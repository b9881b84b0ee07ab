"""How a scoring rule says, once, what its settings are: every door reads it here.

A rule's model annotates its fields: ``cap: Annotated[Ratio | None, Setting(Takes.RATIO, CAP)]``.
From this come the columns of the master's sheet of indicators and of its steps, the options of
the worksheet functions, the parameters of the LAMBDA pack, percentages in YAML, and the labels of
messages.  What must be stated and how small a figure may be is read off the field itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, get_args

from annotated_types import Gt, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xladdin.formula.nodes import Expr

from .quantities import Direction

Path = tuple[str | int, ...]
"""Where a value stands in a rule's raw data: ``("steps", 0, "share")``."""


class Takes(StrEnum):
    """What a setting is, and so how every door reads and shows it."""

    RATIO = "ratio"
    """A share or a multiple: 95%."""
    POINTS = "points"
    """Points, or how often something happened: never a percentage."""
    MEASURE = "measure"
    """A figure in the unit of what is measured."""
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CellColumn:
    """A column of the master's sheet of indicators; rules may share one."""

    key: str
    head: str
    prompt: str
    """What the clerk is told; the rules add what it is for each of them."""
    width: float
    usual: bool = False
    """是 or 否, where an empty cell says 是."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of a function of the LAMBDA pack."""

    name: str
    label: str
    size: str
    """A figure that no other number of the rule has: it marks the parameter's place in the tree."""
    share: bool = False
    """Shown as a percentage."""
    path: Path = ()
    """Where it stands in the rule's raw data, unless a setting's field says so."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as it stands in a cell, in an option, and among the arguments of a LAMBDA."""

    takes: Takes
    column: CellColumn
    names: tuple[str, ...] = ()
    """What the option is called, the usual name first; without any, as the column's head."""
    example: str = ""
    """Of the option's value; without one it is no option: it is about the whole form."""
    told: str = ""
    """What the column holds for this rule, as a clerk is told."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Value -> word."""
    argument: Argument | None = None


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of rows on the master's sheet of steps."""

    key: str
    word: str
    columns: Mapping[str, str]
    """Column of the sheet -> field of the entry."""
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A setting that is a list of entries, each a row of its own (or, of one end, a single row)."""

    kind: StepKind
    names: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What the settings of a rule must not say together: each of them may be right by itself."""

    code: str
    message: str
    """Names no fields but in brackets: ``（cap）`` is said of a YAML file only."""
    field: str
    """Which is to blame."""
    wrong: Expr | None = None
    """Over the settings by field; None: the field is missing."""
    lower: bool = False
    """Demanded only where lower is better."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One function of the LAMBDA pack: a rule whose settings are parameters.

    What no parameter can express is a function of its own: the direction, a choice, the number of
    entries in a list.
    """

    name: str
    told: str
    examples: tuple[tuple[str, ...], ...]
    """Arguments: actual, target where there is one, full points, settings."""
    direction: Direction = Direction.HIGHER
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Raw settings that are part of the function."""
    arguments: tuple[Argument, ...] = ()
    """Parameters besides those of the settings, in front of these."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A setting at its place in a rule's model."""

    path: tuple[str, ...]
    setting: Setting
    required: bool
    above: bool
    """The figure must be greater than 0."""

    @property
    def field(self) -> str:
        return self.path[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the option, the field's own last."""
        return (*(self.setting.names or (self.setting.column.head,)), self.field)

    @property
    def label(self) -> str:
        """What messages call it: as its column, unless that is named after several settings."""
        head, names = self.setting.column.head, self.setting.names
        return names[-1] if names and head not in names else head

    def of(self, model: Any) -> Any:
        """The setting's value in a rule; None where a part of the way is missing."""
        for name in self.path:
            model = getattr(model, name, None)
        return model


@dataclass(frozen=True, slots=True)
class StatedList:
    """A list (or an end) at its place in a rule's model."""

    field: str
    listed: Listed
    required: bool
    most: int
    """Most entries; 1 for an end."""
    single: bool

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.listed.names, self.field)


def settings_of(model: type[BaseModel]) -> Iterator[Stated]:
    """The settings that a model's fields declare, those of parts below included."""
    for name, info in model.model_fields.items():
        for setting in _declared(info, Setting):
            yield Stated((name,), setting, info.is_required(), _has(info, Gt))
        for part in _models(info.annotation):
            for each in settings_of(part):
                if not any(_declared(info, Listed)):
                    yield Stated((name, *each.path), each.setting, False, each.above)


def lists_of(model: type[BaseModel]) -> Iterator[StatedList]:
    """The lists that a model's fields declare."""
    for name, info in model.model_fields.items():
        for listed in _declared(info, Listed):
            lengths = [each.max_length for each in _metadata(info) if isinstance(each, MaxLen)]
            most, single = (lengths[0], False) if lengths else (1, True)
            yield StatedList(name, listed, info.is_required(), most, single)


def _declared(info: FieldInfo, kind: type[Any]) -> Iterator[Any]:
    return (each for each in info.metadata if isinstance(each, kind))


def _has(info: FieldInfo, kind: type[Any]) -> bool:
    return any(isinstance(each, kind) for each in _metadata(info))


def _metadata(info: FieldInfo) -> Iterator[Any]:
    """What is said of a field's values, also inside ``Positive | None``."""
    yield from info.metadata
    for part in get_args(info.annotation):
        for each in getattr(part, "__metadata__", ()):
            yield from each.metadata if isinstance(each, FieldInfo) else (each,)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
