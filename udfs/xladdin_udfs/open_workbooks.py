"""Which workbooks are open in the Excel that calls: own schemes are looked for in the master."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from xladdin.book_folders import folder_of
from xladdin.calling_cell import calling_cell
from xladdin.functions.known_schemes import Opened


def opened() -> Opened:
    """The saved workbooks of the calling Excel; none where no Excel calls, or it is busy."""
    try:
        application = calling_cell().Application
        paths = tuple(path for book in application.Workbooks if (path := _path(book)))
        return Opened(_path(application.ActiveWorkbook), paths)
    except Exception:
        # Whatever goes wrong here, the shipped schemes are known.
        return Opened()


def _path(book: Any) -> Path | None:
    """Where a workbook of Excel's lies on this computer; None where it has not been saved yet."""
    folder = None if book is None else folder_of(SimpleNamespace(api=book))
    return folder / str(book.Name) if folder else None
