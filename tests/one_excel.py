"""Stands where processes are started on a Windows with one Excel, which shows no workbook.

It imports nothing of xlwings: that would change what the process does that uses it.
"""

from __future__ import annotations

from types import SimpleNamespace

NO_WINDOW = "4242"
KILLS = f"taskkill /PID {NO_WINDOW} /F"
LISTED = f"""
Image Name                     PID Session Name        Session#    Mem Usage
========================= ======== ================ =========== ============
EXCEL.EXE                     {NO_WINDOW} Console                    1    123,456 K
"""


def started(arguments: list[str], **_: object) -> SimpleNamespace:
    """In the place of ``subprocess.run``: print what would be started."""
    print(*arguments, flush=True)
    return SimpleNamespace(stdout=LISTED if arguments[0] == "tasklist" else "")
