"""Which workbooks are open in the Excel that calls: own schemes are looked for in the master."""

from pathlib import Path
from typing import Any

from xladdin.book_folders import folder_of
from xladdin.functions.known_schemes import Opened
from xladdin.safe_xlwings import xw


def opened() -> Opened:
    """The saved workbooks of the calling Excel; none where no Excel calls, or it is busy."""
    try:
        active = xw.Book.caller()
        paths = tuple(path for book in active.app.books if (path := _path(book)))
        return Opened(_path(active), paths)
    except Exception:
        # Whatever goes wrong here, the shipped schemes are known.
        return Opened()


def _path(book: Any) -> Path | None:
    """Where a workbook lies on this computer; None where it has not been saved yet."""
    folder = folder_of(book)
    return folder / str(book.api.Name) if folder else None
