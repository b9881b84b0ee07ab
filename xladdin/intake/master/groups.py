"""A scheme's row with the rows of the other sheets that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from xladdin.intake.text import key_text

from .lines import Line
from .words import COMPETENCY


@dataclass(slots=True)
class Item:
    """A row of an indicator, adjustment or element, and the rows of its steps."""

    line: Line
    id: str
    name: str
    steps: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """All rows of one scheme."""

    line: Line
    id: str
    name: str
    form: str
    """``monthly``, ``sales``, ``competency``; empty where the cell cannot be read."""
    positions: tuple[str, ...] = ()
    items: list[Item] = field(default_factory=list)
    grades: list[Line] = field(default_factory=list)

    @property
    def competency(self) -> bool:
        return self.form == COMPETENCY

    @property
    def kpi(self) -> bool:
        return bool(self.form) and not self.competency

    def item(self, key: str) -> Item | None:
        """The item with this id, else with this name."""
        named = (item for item in self.items if key_text(item.name) == key)
        return next((item for item in self.items if item.id == key), None) or next(named, None)
