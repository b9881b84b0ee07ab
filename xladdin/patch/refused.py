"""What cannot be done to a workbook, in the clerk's words."""

from __future__ import annotations

from xladdin.problems import Place, Problem


class RefusedError(Exception):
    """A change that would damage the workbook, or a workbook that cannot be changed."""

    def __init__(self, code: str, message: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.sheet, self.cell = sheet, cell

    def problem(self, file: str) -> Problem:
        """The same as a problem of a file."""
        return Problem(self.code, self.message, Place(file, sheet=self.sheet, cell=self.cell))
