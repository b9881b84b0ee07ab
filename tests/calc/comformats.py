"""Conditional formats as `range.api.FormatConditions` gives them; Calc keeps them, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.workbench.addresses import Area

from .places import areas_in, united
from .refusals import ComError

if TYPE_CHECKING:
    from .ranges import Range

FORMULA = 24
"""Calc's ConditionalFormat operator for a formula."""
EXPRESSION = 2
"""Excel's xlExpression."""
_STYLE = "xladdin"


class ComFormats:
    """Imitates Excel's FormatConditions; the names are Excel's.

    Calc lets one format hold several rules; here each rule that is added is a format of its own.
    """

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def Count(self) -> int:  # noqa: N802
        return len(list(self._rules()))

    def Item(self, number: int) -> ComFormat:  # noqa: N802
        return list(self._rules())[number - 1]

    def _rules(self) -> Iterator[ComFormat]:
        for one in self._cells.sheet.xl.ConditionalFormats.getConditionalFormats():
            theirs = areas_in(one.Range)
            if any(mine.overlaps(other) for mine in self._cells.areas for other in theirs):
                yield from (ComFormat(self._cells, one.ID, at) for at in range(one.getCount()))

    def Add(self, Type: int, Formula1: str) -> ComFormat:  # noqa: N802, N803
        sheet = self._cells.sheet
        if sheet.xl.isProtected():
            raise ComError(f"{sheet.name} is protected")
        assert Type == EXPRESSION, "only formulas are imitated"
        assert len(self._cells.address) <= 255, "Excel takes no longer address"
        ranges = united(sheet.book.xl, sheet.xl, self._cells.areas)
        made = sheet.xl.ConditionalFormats.createByRange(ranges)
        _fill(_of(sheet.xl, made), [(Formula1.removeprefix("="), _STYLE)])
        return ComFormat(self._cells, made, 0)


class ComFormat:
    """Imitates one FormatCondition."""

    def __init__(self, cells: Range, id_: int, at: int) -> None:
        self._cells, self._id, self._at = cells, id_, at
        self.StopIfTrue = False

    @property
    def _sheet(self) -> Any:
        return self._cells.sheet.xl

    @property
    def areas(self) -> list[Area]:
        """Where it lies: what Excel calls AppliesTo."""
        return areas_in(_of(self._sheet, self._id).Range)

    @property
    def _entry(self) -> Any:
        return _of(self._sheet, self._id).getByIndex(self._at)

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
        return int(self._entry.StyleName.removeprefix(_STYLE))

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
        formats = self._sheet.ConditionalFormats
        for one in formats.getConditionalFormats():
            if self._id != one.ID:
                rules, where = _read(one), one.Range
                formats.removeByID(one.ID)
                _fill(_of(self._sheet, formats.createByRange(where)), rules)

    def Delete(self) -> None:  # noqa: N802
        one = _of(self._sheet, self._id)
        if one.getCount() == 1:
            self._sheet.ConditionalFormats.removeByID(self._id)
        else:
            one.removeByIndex(self._at)


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
