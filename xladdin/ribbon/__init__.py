"""The ribbon's commands, on the workbook that is open in Excel.

Excel's macro puts its own Application here and calls ``clicked`` with the button's id; whatever
goes wrong is said to the user in Chinese, and the macro never sees an exception.
"""

from __future__ import annotations

from typing import Any

from .guarded_run import run
from .windows_excel import app_of, release

APPLICATION: Any = None
"""Excel's Application object, put here by the macro before each command."""


def clicked(command: str) -> None:
    """Do what a button is for.  ``command`` is its id (``xladdin.addin.buttons``)."""
    global APPLICATION
    application, APPLICATION = APPLICATION, None
    try:
        run(command, lambda: app_of(application))
    finally:
        release()
