"""The window of an entry: that it works, what came of it, and a button for the result.

A dialog of Windows, made by pywin32: so it has the keyboard, the letters and the sizes that all have.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import win32con
import win32gui

from xladdin.addin.windows.menu_entries import NAME

from .command_process import Ended, done
from .entry_jobs import Job

WIDTH, HEIGHT, EDGE = 380, 220, 7
STATE, TEXT, OPEN, CLOSE = 100, 101, 102, win32con.IDCANCEL
DONE, TICK = win32con.WM_APP + 1, win32con.WM_APP + 2
ICON = 32512
BOOKS = "工作簿\0*.xlsx;*.xlsm\0"
WORKS, WELL, NOT_WELL = "正在处理，请稍候……已用 {seconds} 秒", "完成。", "没有全部完成，请看下面。"
CHILD = win32con.WS_CHILD | win32con.WS_VISIBLE
EDIT, BUTTON, STATIC = 0x0081, 0x0080, 0x0082
"""Classes of controls, as templates of dialogs number them."""


class _Window:
    """One dialog and its work; the work runs in a thread of its own."""

    def __init__(self, job: Job, paths: Sequence[Path]) -> None:
        self.job, self.paths = job, paths
        self.ended: Ended | None = None
        self.began = time.monotonic()
        self.handle = 0

    def run(self) -> None:
        handlers = {
            win32con.WM_INITDIALOG: self._begin,
            TICK: self._tick,
            win32con.WM_COMMAND: self._pressed,
            win32con.WM_CLOSE: self._close,
            DONE: self._tell,
        }
        win32gui.DialogBoxIndirect(0, self._template(), 0, handlers)

    def _template(self) -> list[list[Any]]:
        style = (
            win32con.WS_POPUP
            | win32con.WS_VISIBLE
            | win32con.WS_CAPTION
            | win32con.WS_SYSMENU
            | win32con.WS_MINIMIZEBOX
            | win32con.DS_SETFONT
            | win32con.DS_CENTER
        )
        text = (
            CHILD
            | win32con.WS_BORDER
            | win32con.WS_VSCROLL
            | win32con.WS_TABSTOP
            | win32con.ES_MULTILINE
            | win32con.ES_READONLY
        )
        button = CHILD | win32con.WS_TABSTOP
        wide, low = WIDTH - 2 * EDGE, HEIGHT - EDGE - 15
        head = [
            f"{NAME}：{self.job.title}",
            (0, 0, WIDTH, HEIGHT),
            style,
            None,
            (9, "Microsoft YaHei UI"),
        ]
        return [
            head,
            [STATIC, WORKS.format(seconds=0), STATE, (EDGE, EDGE, wide, 12), CHILD],
            [EDIT, "", TEXT, (EDGE, 22, wide, low - 28), text],
            [
                BUTTON,
                "打开结果",
                OPEN,
                (WIDTH - 2 * 62 - EDGE, low, 60, 15),
                button | win32con.WS_DISABLED,
            ],
            [
                BUTTON,
                "关闭",
                CLOSE,
                (WIDTH - 60 - EDGE, low, 60, 15),
                button | win32con.BS_DEFPUSHBUTTON,
            ],
        ]

    def _begin(self, handle: int, *_: int) -> bool:
        self.handle = handle
        win32gui.SendMessage(handle, win32con.WM_SETICON, 1, win32gui.LoadIcon(0, ICON))
        for runs in (self._work, self._clock):
            threading.Thread(target=runs, daemon=True).start()
        return True

    def _work(self) -> None:
        self.ended = done(self.job, self.paths, self._ask)
        win32gui.PostMessage(self.handle, DONE, 0, 0)

    def _clock(self) -> None:
        while self.ended is None:
            time.sleep(1)
            win32gui.PostMessage(self.handle, TICK, 0, 0)

    def _ask(self, title: str) -> Path | None:
        try:
            name, _, _ = win32gui.GetOpenFileNameW(hwndOwner=self.handle, Title=title, Filter=BOOKS)
        except win32gui.error:
            return None
        return Path(name)

    def _tick(self, *_: int) -> None:
        if self.ended is None:
            seconds = int(time.monotonic() - self.began)
            win32gui.SetDlgItemText(self.handle, STATE, WORKS.format(seconds=seconds))

    def _tell(self, *_: int) -> None:
        if self.ended is None:
            return
        win32gui.SetDlgItemText(self.handle, STATE, NOT_WELL if self.ended.code else WELL)
        win32gui.SetDlgItemText(self.handle, TEXT, self.ended.text.replace("\n", "\r\n"))
        if self.ended.opens is not None:
            win32gui.EnableWindow(win32gui.GetDlgItem(self.handle, OPEN), True)

    def _pressed(self, handle: int, _: int, which: int, __: int) -> None:
        match which & 0xFFFF:
            case win32con.IDCANCEL:
                self._close(handle)
            case 102 if self.ended is not None and self.ended.opens is not None:
                os.startfile(self.ended.opens)  # type: ignore[attr-defined]  # noqa: S606  # nosec B606

    def _close(self, handle: int, *_: int) -> None:
        # Work that is under way goes on in its own process and ends whole.
        win32gui.EndDialog(handle, 0)


def show(job: Job, paths: Sequence[Path]) -> Ended:
    """Do what an entry says before the clerk's eyes; back when the window is closed."""
    window = _Window(job, paths)
    window.run()
    return window.ended or Ended(1, "窗口在做完以前关闭了。", None)
