"""A workbook as `book.api` gives it: what xlwings has no words for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .books import Book


class ComBook:
    """Imitates Excel's Workbook object; the names are Excel's."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def Name(self) -> str:  # noqa: N802
        return self._book.name

    @property
    def FullName(self) -> str:  # noqa: N802
        return self._book.fullname

    @property
    def Path(self) -> str:  # noqa: N802
        """The folder; empty for a book that was never saved."""
        return str(self._book.path.parent) if self._book.path else ""

    @property
    def Excel8CompatibilityMode(self) -> bool:  # noqa: N802
        """Whether its sheets have only 65,536 rows."""
        return self.Name.lower().endswith(".xls")

    @property
    def ReadOnly(self) -> bool:  # noqa: N802
        return self._book.read_only

    @property
    def Saved(self) -> bool:  # noqa: N802
        return not self._book.is_edited

    @Saved.setter
    def Saved(self, value: bool) -> None:  # noqa: N802
        self._book.as_opened = b""
        self._book.is_edited = not value

    @property
    def ProtectStructure(self) -> bool:  # noqa: N802
        found: bool = self._book.xl.isProtected()
        return found

    def Protect(self, Password: str = "", Structure: bool = True) -> None:  # noqa: N802, N803
        if Structure:
            self._book.xl.protect(Password)

    def Unprotect(self, Password: str = "") -> None:  # noqa: N802, N803
        self._book.xl.unprotect(Password)

    def SaveCopyAs(self, Filename: str) -> None:  # noqa: N802, N803
        """Write the book as it is now; it stays where it was, and unsaved if it was.

        Of one that nobody has edited that is the file which was opened; Calc takes its time to say so.
        A test that compares copies of one workbook turns this off (`App.copies_as_opened`).
        """
        if self._book._app.copies_as_opened and self._book.as_opened and self.Saved:
            Path(Filename).write_bytes(self._book.as_opened)
            return
        self._book.write_copy(Path(Filename).resolve())

    def ExportAsFixedFormat(self, Type: int, Filename: str) -> None:  # noqa: N802, N803
        """Print it; Excel's own type 0 is PDF."""
        assert Type == 0
        self._book.export_pdf(Path(Filename).resolve())
