"""What only Windows has: Excel's own object, and whether the Esc key is down."""

from __future__ import annotations

import sys
from typing import Any

import xlwings as xw

ESCAPE = 0x1B


def app_of(application: Any) -> xw.App:
    """The Excel that an Application object is, as xlwings drives it.

    Not the active one that xlwings would look for: several may be running.
    """
    from xlwings import _xlwindows  # noqa: PLC0415 - it imports pywin32

    return xw.App(impl=_xlwindows.App(xl=application))  # type: ignore[no-untyped-call]


def escape_pressed(app: xw.App) -> bool:
    """Whether Esc is or was pressed since it was last asked, while Excel is in front."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - windll is there on Windows only

    user32 = ctypes.windll.user32
    # Asked first: asking also forgets a key that was meant for another program.
    pressed = bool(user32.GetAsyncKeyState(ESCAPE))
    return pressed and user32.GetForegroundWindow() == app.hwnd
