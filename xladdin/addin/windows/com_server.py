"""A Python that waits for Excel, so that Excel need not start one; like ``machine`` it asks the
system, and holds no decisions.

It is reached by COM alone, in the same session and by the same user: no port is opened, and what
Windows lets one program of a user ask of another holds here as well.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .shortcut import Link, save

CLASS = "{506e67c3-55b5-48c3-a035-eed5deea7d6d}"
"""xlwings' own class; its VBA asks for this one where the settings say DEBUG UDFS."""
RUNNING, ENDING = r"Local\xladdin-server", r"Local\xladdin-server-ends"
ALREADY_THERE = 183
START_SECONDS, END_SECONDS = 30.0, 15.0
MODULE = "xladdin.addin.windows.com_server"
WORDS = ("-B", "-X", "utf8", "-m", MODULE)
QUIT = 0x0012


class WindowsServer:
    """The server of this session."""

    def answers(self) -> bool:
        """Whether somebody serves the class."""
        import pythoncom  # noqa: PLC0415 - only on Windows
        import pywintypes  # noqa: PLC0415

        try:
            pythoncom.CoCreateInstance(
                pywintypes.IID(CLASS),
                None,
                pythoncom.CLSCTX_LOCAL_SERVER,
                pythoncom.IID_IDispatch,
            )
        except pythoncom.com_error:
            return False
        return True

    def start(self, python: Path) -> bool:
        """Have it run, without a window; whether it answers."""
        if not self.answers():
            subprocess.Popen([python, *WORDS], cwd=python.parent)  # noqa: S603 - our own module
        return _until(self.answers, START_SECONDS)

    def stop(self) -> bool:
        """Have it end; whether it has."""
        import win32event  # noqa: PLC0415 - only on Windows

        ending = win32event.CreateEvent(None, True, False, ENDING)
        win32event.SetEvent(ending)
        return _until(lambda: not self.answers(), END_SECONDS)

    def put_link(self, path: Path, python: Path, tip: str) -> None:
        """A shortcut that starts it."""
        save(Link(path, python, " ".join(WORDS), tip, python))


def _until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


class Held:
    """An object of COM's that nobody asks for.

    pywin32 ends a server with the last of its objects: else each cell, and each look at whether the server
    answers, would be the last.
    """

    _public_methods_: tuple[str, ...] = ()


def main() -> int:
    """Serve until told to end; a second one ends at once."""
    import win32api  # noqa: PLC0415 - only on Windows
    import win32event  # noqa: PLC0415

    mutex = win32event.CreateMutex(None, False, RUNNING)
    if win32api.GetLastError() == ALREADY_THERE:
        return 0
    ending = win32event.CreateEvent(None, True, False, ENDING)
    win32event.ResetEvent(ending)
    thread = win32api.GetCurrentThreadId()

    def end() -> None:
        win32event.WaitForSingleObject(ending, win32event.INFINITE)
        win32api.PostThreadMessage(thread, QUIT, 0, 0)

    threading.Thread(target=end, daemon=True).start()
    from win32com.server.util import wrap  # noqa: PLC0415

    from xladdin.safe_xlwings import xw  # noqa: PLC0415 - takes a second; the mutex comes first

    held = wrap(Held())
    xw.serve(CLASS)  # type: ignore[call-arg]  # elsewhere xlwings has one that does nothing
    del held
    mutex.Close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
