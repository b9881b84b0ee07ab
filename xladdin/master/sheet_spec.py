"""What the master workbook holds, declared once: sheets, columns, constraints.

The writer lays the sheets out from this, the live 检查 column is printed from it, the reader finds
sheets and columns by it (by head row, wherever a clerk has moved or renamed them) and judges rows
by it.  A column reads a cell and writes one; a constraint is told in ``constraints``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Protocol

from xladdin.domain.quantities import Unit
from xladdin.formula.nodes import Expr
from xladdin.intake.stated_units import NOTHING, Beside
from xladdin.intake.text import key_text, narrow, shown
from xladdin.schemes.labels import CHOICE_LABELS

from .cell_kinds import Answer, CellValue, Kind, Row, read_cell, write_cell


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be, in the model's terms (points are 20, not 20%)."""

    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    """The low end itself is too low."""


def bounds(low: int | None = 0, high: int | None = None, *, above: bool = False) -> Bounds:
    """From ``low`` (or above it) to ``high``, both included."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Bounds(ends[0], ends[1], above)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its head, how it is read and written, and what the clerk is told."""

    key: str
    head: str
    kind: Kind = Kind.TEXT
    prompt: str = ""
    width: float = 14.0
    required: bool = False
    synonyms: tuple[str, ...] = ()
    refers: str = ""
    """``sheet.column`` whose entries it must be one of: ``positions.name``."""
    person: bool = False
    """Names of people: compared also without blanks and kinds of dots."""
    path: tuple[str, ...] = ()
    """Where its value stands in the row's model, unless it is the field of its key."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Value -> word, where they are not the labels of the model's field."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other words that are used -> value."""
    longest: int = 0
    """Most characters; 0: any number."""
    bounds: Bounds = Bounds()
    refusal: tuple[str, str] = ("unknown_choice", "")
    """Code and sentence for a word that is none of the choices."""
    instead: tuple[str, ...] = ()
    """Words that may stand instead of a number; the first one is what they say."""
    usual: bool = False
    """A column of 是 and 否 that says 是 where it is empty."""
    added: bool = False
    """Masters of before do not have it, and need not be told."""
    aside: bool = False
    """For whoever looks after the file: stands last, and grey."""

    @property
    def where(self) -> tuple[str, ...]:
        return self.path or (self.key,)

    @property
    def choices(self) -> dict[str, str]:
        """Value -> word of a column with fixed choices."""
        return dict(self.words or CHOICE_LABELS[self.key])

    def word(self, value: str) -> str:
        """What a value is called in a cell."""
        return self.choices[value]

    def read(
        self,
        raw: object,
        unit: Unit | None = None,
        kind: Kind | None = None,
        *,
        date1904: bool = False,
        near: Beside = NOTHING,
    ) -> Answer:
        """What a cell says; ``kind`` where the row decides how it is read. Nothing raises."""
        if self.instead and key_text(raw) in self.instead:
            return Answer(self.instead[0])
        known = self._known() if self.kind is Kind.CHOICE else {}
        answer = read_cell(raw, kind or self.kind, known, unit, date1904=date1904, near=near)
        if answer.code == "unknown_choice":
            return Answer(problem=self._refused(raw), code=self.refusal[0])
        return answer

    def write(self, value: Any, kind: Kind | None = None) -> CellValue:
        """The cell that says a value; what is read from it is that value again."""
        if self.kind is Kind.CHOICE:
            return None if value is None or value == "" else self.word(str(value))
        return write_cell(value, kind or self.kind, usual=self.usual)

    def of(self, model: Any) -> Any:
        """The column's value in a model; None where a part of the way is missing."""
        for name in self.where:
            model = getattr(model, name, None)
        return model

    def _known(self) -> dict[str, str]:
        labels = self.choices
        return {
            **self.aliases,
            **{value.casefold(): value for value in labels},
            **{narrow(label).casefold(): value for value, label in labels.items()},
        }

    def _refused(self, raw: object) -> str:
        if self.refusal[1]:
            return shown(raw) + self.refusal[1]
        labels = list(self.choices.values())
        near = get_close_matches(narrow(str(raw)), labels, n=1, cutoff=0.5)
        hint = f"，是不是「{near[0]}」？" if near else ""
        return f"{self.head}只能是 {'、'.join(labels)}，现为{shown(raw)}{hint}"


@dataclass(frozen=True, slots=True)
class Computed:
    """A column that the workbook works out for itself; hidden unless it has a width."""

    key: str
    formula: Expr
    head: str = ""
    width: float = 0.0
    number_format: str = ""

    @property
    def hidden(self) -> bool:
        return not self.width


class Case(Protocol):
    """A row that breaks a rule, as whoever words the message sees it."""

    def said(self, key: str) -> str: ...

    def head(self, key: str) -> str: ...

    def value(self, expr: Expr) -> Any: ...

    def sheet(self, key: str) -> str: ...

    def place(self, sheet: str, number: Any, key: str, *, whole: bool = False) -> str: ...

    def entries(self, name: str) -> list[str]: ...

    def computed(self, name: str) -> Sequence[Any]: ...

    def there(self, sheet: str, at: str, key: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """What must not be; what the check says then; which column is to blame."""

    wrong: Expr
    told: Expr
    marks: str = ""
    code: str = ""
    """Of the reader's problem; without one, reading the cell itself has told already."""
    notice: bool = False
    """Said, but no fault: the row is used as it is."""
    says: Callable[[Case], str] | None = None
    """The reader's message, where it has more to say than the check."""
    listed: str = ""
    """Rules with the same word stand in one sentence of the check: 缺：姓名、部门."""
    greys: Expr | None = None
    """In which rows the column means nothing and is greyed."""


class Constraint(Protocol):
    """What a sheet demands of its rows: rules, and columns that these read."""

    def rules(self, spec: SheetSpec) -> Iterator[Rule]: ...

    def computed(self, spec: SheetSpec) -> Iterator[Computed]: ...


@dataclass(frozen=True, eq=False)
class SheetSpec:
    """One sheet: its key, its name, its columns, what it demands of its rows."""

    key: str
    name: str
    told: str
    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...] = ()
    derived: tuple[Computed, ...] = ()
    """What constraints read, and people may look at."""
    later: tuple[str, ...] = ()
    """Required columns that may be filled in later; until then the row waits."""
    leading: tuple[str, ...] = ()
    """Computed columns that stand beside the check, right after the first column."""
    printed_to: str = ""
    """The last column that is printed, where all of them would be too small to read."""
    most_spare: int | None = None
    """Blank rows for more, where fewer than usual are enough and keep the sheet on one page."""

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns if column.required)

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def column(self, key: str) -> Column:
        return self._by_key[key]

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """Every column that is worked out, but the check itself."""
        found = {one.key: one for one in self.derived}
        for each in self.constraints:
            found |= {one.key: one for one in each.computed(self)}
        return tuple(found.values())

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order in which the check asks."""
        return tuple(rule for each in self.constraints for rule in each.rules(self))

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Key -> accepted heads, as ``intake.tables`` takes them."""
        return {column.key: (column.head, *column.synonyms) for column in self.columns}

    def row(self, model: Any = None, **given: Any) -> Row:
        """The row of a model; ``given`` are values that are not in it, by column."""
        return {
            each.key: each.write(given[each.key] if each.key in given else each.of(model))
            for each in self.columns
        }


RESTORED = Column("restored", "补定", Kind.YES_NO, "原表没有、补定的内容写“是”。", 7.0)
