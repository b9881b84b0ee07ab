"""What a command works at: the open workbook, the user who is asked and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from xladdin.addin.buttons import TAB
from xladdin.app.generate import Stopped
from xladdin.problems import Problem, ProblemsFound

NO_BOOK = "没有打开的工作簿。请先打开总表；还没有总表就点“新建总表”。"


@dataclass(frozen=True, slots=True)
class Desk:
    """One Excel, and how it is seen that the user wants to stop."""

    app: xw.App
    stop: Callable[[xw.App], bool]

    @property
    def book(self) -> xw.Book:
        """The workbook in front; ProblemsFound where none is open."""
        if not len(self.app.books):
            raise refused("no_workbook", NO_BOOK)
        return self.app.books.active

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A message with an OK button."""
        self.app.alert(text, title=TAB, buttons="ok", mode="critical" if bad else "info")

    def agrees(self, question: str) -> bool:
        """OK or cancel."""
        return self.app.alert(question, title=TAB, buttons="ok_cancel", mode="info") == "ok"

    def answer(self, question: str) -> bool | None:
        """Yes, no, or None for cancel."""
        answer = self.app.alert(question, title=TAB, buttons="yes_no_cancel", mode="info")
        return {"yes": True, "no": False}.get(answer or "")

    def progress(self, done: int, total: int, label: str) -> None:
        """Shown below the sheets; Esc stops before the next one is begun."""
        if done < total and self.stop(self.app):
            raise Stopped
        said = f"正在生成 {done + 1}/{total}：{label}　按 Esc 停止" if done < total else ""
        self.app.status_bar = f"{TAB}　{said}" if said else False

    def open(self, path: Path) -> xw.Book:
        """Open a workbook, or come back to it where it is open already."""
        book = self.app.books.open(str(path))
        book.activate()
        return book

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Without flicker and without Excel's own questions."""
        before = self.app.screen_updating, self.app.display_alerts
        self.app.screen_updating = self.app.display_alerts = False
        try:
            yield
        finally:
            self.app.screen_updating, self.app.display_alerts = before


def refused(code: str, message: str) -> ProblemsFound:
    """What ends a command with one message."""
    return ProblemsFound([Problem(code, message)])
