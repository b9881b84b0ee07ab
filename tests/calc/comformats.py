"""Conditional formats as `range.api.FormatConditions` gives them; Calc keeps them, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.workbench.addresses import Area

from .places import WHOLE_SHEET, areas_in, united, written
from .refusals import ComError

if TYPE_CHECKING:
    from .comrange import ComRange
    from .ranges import Range

FORMULA = 24
"""Calc's ConditionalFormat operator for a formula."""
EXPRESSION = 2
"""Excel's xlExpression."""
_STYLE = "xladdin"
UNKNOWN = -1
"""The colour of a format that comes out of a file."""


class ComFormats:
    """Imitates Excel's FormatConditions; the names are Excel's.

    Calc lets one format hold several rules; here each rule that is added is a format of its own.
    """

    def __init__(self, cells: Range) -> None:
        self._cells = cells
        self._listed: list[ComFormat] | None = None

    @property
    def Count(self) -> int:  # noqa: N802
        return len(self._known)

    def Item(self, number: int) -> ComFormat:  # noqa: N802
        return self._known[number - 1]

    @property
    def _known(self) -> list[ComFormat]:
        """Looked for once: each question to Calc takes its time, and a master has many formats."""
        if self._listed is None:
            self._listed = list(self._rules())
        return self._listed

    def _rules(self) -> Iterator[ComFormat]:
        for one in self._cells.sheet.xl.ConditionalFormats.getConditionalFormats():
            if self._cells.areas == (WHOLE_SHEET,) or any(
                mine.overlaps(other) for other in areas_in(one.Range) for mine in self._cells.areas
            ):
                yield from (ComFormat(self._cells, one, at) for at in range(one.getCount()))

    def Add(self, Type: int, Formula1: str) -> ComFormat:  # noqa: N802, N803
        sheet = self._cells.sheet
        if sheet.xl.isProtected():
            raise ComError(f"{sheet.name} is protected")
        assert Type == EXPRESSION, "only formulas are imitated"
        assert len(self._cells.address) <= 255, "Excel takes no longer address"
        sheet.book.looks_other()
        ranges = united(sheet.book.xl, sheet.xl, self._cells.areas)
        made = sheet.xl.ConditionalFormats.createByRange(ranges)
        one = _of(sheet.xl, made)
        _fill(one, [(Formula1.removeprefix("="), _STYLE)])
        return ComFormat(self._cells, one, 0)


class ComFormat:
    """Imitates one FormatCondition."""

    def __init__(self, cells: Range, format: Any, at: int) -> None:
        self._cells, self._format, self._at = cells, format, at
        self.StopIfTrue = False

    @property
    def _sheet(self) -> Any:
        return self._cells.sheet.xl

    @property
    def areas(self) -> list[Area]:
        """Where it lies: what Excel calls AppliesTo."""
        return areas_in(self._format.Range)

    @property
    def AppliesTo(self) -> ComRange:  # noqa: N802
        sheet = self._cells.sheet
        return sheet.range(",".join(map(written, self.areas))).api

    @property
    def _entry(self) -> Any:
        return self._format.getByIndex(self._at)

    @property
    def Type(self) -> int:  # noqa: N802
        return EXPRESSION

    @property
    def Formula1(self) -> str:  # noqa: N802
        return f"={self._entry.Formula1}"

    @property
    def Interior(self) -> ComFormat:  # noqa: N802
        return self

    @property
    def Color(self) -> int:  # noqa: N802
        """Calc's is that of the style; its name says it, as a hidden Calc changes no styles."""
        name = self._entry.StyleName.removeprefix(_STYLE)
        # In a file the style has no colour, and gets another name when it is opened.
        return int(name) if name.isdigit() else UNKNOWN

    @Color.setter
    def Color(self, colour: int) -> None:  # noqa: N802
        styles = self._cells.sheet.book.xl.StyleFamilies.getByName("CellStyles")
        name = f"{_STYLE}{colour}"
        if not styles.hasByName(name):
            style = self._cells.sheet.book.xl.createInstance("com.sun.star.style.CellStyle")
            styles.insertByName(name, style)
        self._entry.StyleName = name

    def SetFirstPriority(self) -> None:  # noqa: N802
        """Of several formats of a cell Calc asks the oldest first: the others are made anew."""
        self._cells.sheet.book.looks_other()
        formats, ours = self._sheet.ConditionalFormats, self._format.ID
        others = []
        for one in formats.getConditionalFormats():
            if (id_ := one.ID) != ours:
                others.append((_read(one), one.Range))
                formats.removeByID(id_)
        made = [(formats.createByRange(where), rules) for rules, where in others]
        # All at once: each time that Calc lists its formats takes as long as to make one.
        there = {one.ID: one for one in formats.getConditionalFormats()}
        for id_, rules in made:
            _fill(there[id_], rules)

    def Delete(self) -> None:  # noqa: N802
        self._cells.sheet.book.looks_other()
        if self._format.getCount() == 1:
            self._sheet.ConditionalFormats.removeByID(self._format.ID)
        else:
            self._format.removeByIndex(self._at)


def _of(sheet: Any, id_: int) -> Any:
    return next(one for one in sheet.ConditionalFormats.getConditionalFormats() if id_ == one.ID)


def _read(one: Any) -> list[tuple[str, str]]:
    entries = (one.getByIndex(at) for at in range(one.getCount()))
    return [(each.Formula1, each.StyleName) for each in entries]


def _fill(one: Any, rules: list[tuple[str, str]]) -> None:
    for at, (formula, style) in enumerate(rules):
        one.createEntry(0, at)
        entry = one.getByIndex(at)
        entry.setPropertyValue("Operator", FORMULA)
        entry.setPropertyValue("Formula1", formula)
        entry.setPropertyValue("StyleName", style)
