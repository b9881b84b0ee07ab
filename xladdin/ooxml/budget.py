"""What may still be read of a workbook, all its sheets together."""

from __future__ import annotations

from .limits import (
    MASTER_CELLS,
    MASTER_ELEMENTS,
    MASTER_LINES,
    MOST_CELLS,
    MOST_LINES,
    MOST_LONG_TEXT,
    MOST_TEXT,
    SHORT_TEXT,
)
from .refused import TooLargeError
from .streaming import Allowance


class Budget:
    """Counted down by whoever reads; raises TooLargeError where nothing is left."""

    def __init__(self, cells: int = MOST_CELLS, lines: int = MOST_LINES) -> None:
        self.elements = Allowance()
        self.lines, self.cells, self.text = lines, cells, MOST_TEXT
        self._most_cells, self._most_lines = cells, lines
        self.long_text = MOST_LONG_TEXT

    @classmethod
    def of_master(cls) -> Budget:
        """For a master workbook."""
        found = cls(MASTER_CELLS, MASTER_LINES)
        found.elements = Allowance(MASTER_ELEMENTS)
        return found

    def take_cell(self) -> None:
        self.cells -= 1
        if self.cells < 0:
            raise TooLargeError(f"填了内容的格子超过{self._most_cells // 10_000}万个")

    def take_line(self) -> None:
        self.lines -= 1
        if self.lines < 0:
            raise TooLargeError(f"填了内容的行超过{self._most_lines // 10_000}万行")

    def take_long(self, length: int) -> None:
        """A text of a cell that is longer than most."""
        self.long_text -= length - SHORT_TEXT
        if self.long_text < 0:
            raise TooLargeError(f"长文字一共超过{MOST_LONG_TEXT // 10_000}万字")

    def take_text(self, length: int) -> None:
        self.text -= length
        if self.text < 0:
            raise TooLargeError(f"文字超过{MOST_TEXT // 10_000}万字")
