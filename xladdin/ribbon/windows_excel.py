"""What only Excel on Windows has, and where it differs from what one would expect of xlwings."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from xladdin.addin.buttons import TAB
from xladdin.path_checks import is_folder
from xladdin.safe_xlwings import WINDOWS, xw

ESCAPE = 0x1B
DOWN_OR_PRESSED = 0x8001
PICK_FOLDER, PICKED = 4, -1
"""Office's msoFileDialogFolderPicker, and what its dialog answers to OK."""
PDF = 0
"""Excel's xlTypePDF."""
TEXT = 2
"""What Excel's own box may be asked for, as its InputBox counts it."""
TRIES, PAUSE = 50, 0.04
"""How often a call is repeated while Excel is busy, and seconds before each time: two in all."""


class Patience:
    """How often xlwings repeats a call: it would do so for ever, or at once, which is no time at all.

    xlwings asks before each try whether the number of tries so far is less than this.
    """

    def __init__(self, wait: Callable[[float], object] = time.sleep) -> None:
        self._wait = wait

    def __bool__(self) -> bool:
        return True

    def __gt__(self, tries: int) -> bool:
        if tries >= TRIES:
            return False
        self._wait(PAUSE)
        return True


def app_of(application: Any) -> xw.App:
    """The Excel that an Application object is, as xlwings drives it.

    Not the active one that xlwings would look for: several may be running.
    """
    windows = import_module(WINDOWS)
    vars(windows)["N_COM_ATTEMPTS"] = Patience()
    # As xlwings wraps what it starts itself: a busy Excel is asked again, a missing name is an error
    # of COM and no AttributeError.
    wrapped = windows.COMRetryObjectWrapper(application)
    return xw.App(impl=windows.App(xl=wrapped))


def release() -> None:
    """Let go of Excel: as long as Python holds any object of it, Excel cannot end."""
    found = sys.modules.get(WINDOWS)
    if found is not None:
        vars(found)["BOOK_CALLER"] = None
    gc.collect()


def protected_view(app: xw.App) -> str:
    """The name of the workbook in front where it is one in Protected View, which is no open workbook
    to programs; empty otherwise."""
    with suppress(Exception):
        window = app.api.ActiveProtectedViewWindow
        if window is not None:
            return str(window.SourceName)
    return ""


def selection(app: xw.App) -> xw.Range | None:
    """The selected cells; None for a picture, a chart, and for a whole sheet.

    These are errors in xlwings, of several kinds: a whole sheet has more cells than Excel can count.
    """
    try:
        return app.selection
    except Exception:
        return None


def rows(cells: xw.Range) -> list[range]:
    """The rows of each area, as Excel numbers them."""
    return [range(area.Row, area.Row + area.Rows.Count) for area in cells.api.Areas]


def visible(sheet: xw.Sheet, numbers: list[int]) -> list[int]:
    """Those of some rows, in ascending order, that are neither filtered away nor hidden.

    Excel is asked for whole blocks: for each row by itself that would take seconds.  Its own search
    for visible cells fails on protected sheets, and says in words that there are none.
    """
    if not numbers:
        return []
    hidden = sheet.range((numbers[0], 1), (numbers[-1], 1)).api.EntireRow.Hidden
    if hidden is None:
        middle = len(numbers) // 2
        return visible(sheet, numbers[:middle]) + visible(sheet, numbers[middle:])
    return [] if hidden else numbers


def export_pdf(book: xw.Book, path: Path) -> None:
    """Print every sheet of a workbook that is seen, as a PDF."""
    book.api.ExportAsFixedFormat(PDF, str(path))


def chosen_files(app: xw.App, title: str) -> list[Path]:
    """The workbooks that the user picks in Excel's own dialog; none where it is cancelled."""
    kinds = "Excel (*.xlsx;*.xlsm;*.xls),*.xlsx;*.xlsm;*.xls"
    picked = app.api.GetOpenFilename(kinds, 1, title, None, True)
    return [Path(str(name)) for name in picked] if isinstance(picked, tuple | list) else []


def chosen_folder(app: xw.App, title: str, first: Path) -> Path | None:
    """The folder that the user picks in Office's own dialog, which shows one first; None: cancelled."""
    dialog = app.api.FileDialog(PICK_FOLDER)
    dialog.Title = title
    # Without the separator it would be the folder's name, picked in the folder above.
    dialog.InitialFileName = f"{first}{os.sep}"
    return Path(str(dialog.SelectedItems.Item(1))) if dialog.Show() == PICKED else None


def typed_text(app: xw.App, question: str, default: str = "") -> str | None:
    """What the user types into Excel's own box, which shows it; None: cancelled."""
    typed = app.api.InputBox(Prompt=question, Title=TAB, Default=default, Type=TEXT)
    return None if typed is False else str(typed)


def documents(app: xw.App) -> Path:
    """Where Excel saves by itself, usually the user's documents."""
    for named in (getattr(app.api, "DefaultFilePath", ""), Path.home() / "Documents"):
        if named and is_folder(Path(named)):
            return Path(named)
    return Path.home()


def escape_pressed(app: xw.App) -> bool:
    """Whether Esc is or was pressed since it was last asked, while this Excel is in front."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - windll is there on Windows only

    user32 = ctypes.windll.user32
    user32.GetAsyncKeyState.restype = ctypes.c_short
    # Asked first: asking also forgets a key that was meant for another program.
    pressed = user32.GetAsyncKeyState(ESCAPE) & DOWN_OR_PRESSED
    process = ctypes.c_ulong()
    # By process: each workbook has a window of its own.
    user32.GetWindowThreadProcessId(user32.GetForegroundWindow(), ctypes.byref(process))
    return bool(pressed) and process.value == app.pid
