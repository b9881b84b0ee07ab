"""Cells as `range.api` gives them: what xlwings has no words for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .comformats import ComFormats

if TYPE_CHECKING:
    from .ranges import Range


@dataclass(frozen=True)
class ComColumns:
    """The columns of a range, of which somebody only asks how many."""

    Count: int


class ComRange:
    """Imitates Excel's Range object; the names are Excel's."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def Row(self) -> int:  # noqa: N802
        return self._cells.row

    @property
    def Rows(self) -> ComRange:  # noqa: N802
        return self

    @property
    def Count(self) -> int:  # noqa: N802
        """Of rows: nobody asks for that of cells."""
        return self._cells.shape[0]

    @property
    def Column(self) -> int:  # noqa: N802
        return self._cells.column

    @property
    def Columns(self) -> ComColumns:  # noqa: N802
        return ComColumns(self._cells.shape[1])

    @property
    def Areas(self) -> Iterator[ComRange]:  # noqa: N802
        return iter([ComRange(area) for area in self._cells.each_area()])

    @property
    def FormatConditions(self) -> ComFormats:  # noqa: N802
        return ComFormats(self._cells)

    @property
    def EntireRow(self) -> ComRange:  # noqa: N802
        return self

    @property
    def Hidden(self) -> bool | None:  # noqa: N802
        """None where some rows are hidden and others are not."""
        return self._cells.row_hidden
