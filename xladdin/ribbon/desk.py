"""What a command works at: the open workbook, the user who is asked and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from xladdin.addin.buttons import TAB
from xladdin.app.generating.generate import Stopped
from xladdin.characters import printable
from xladdin.problems import Problem, ProblemsFound
from xladdin.safe_xlwings import xw

from .windows_excel import protected_view

PROTECTED = "「{name}」在“受保护的视图”里，还不能用。请先点上面黄条里的“启用编辑”，再点这个按钮。"
NO_BOOK = "没有打开的工作簿。请先打开总表；还没有总表就点“新建总表”。"

NO_MACROS = 3
"""Office's msoAutomationSecurityForceDisable."""
NOISES = ("screen_updating", "display_alerts", "enable_events")


@dataclass(frozen=True, slots=True)
class Desk:
    """One Excel, and how it is seen that the user wants to stop."""

    app: xw.App
    stop: Callable[[xw.App], bool]

    @property
    def book(self) -> xw.Book:
        """The workbook in front; ProblemsFound where none is open."""
        book = self.app.books.active
        try:
            # Not counted: Excel also counts workbooks that nobody sees.
            _ = book.name
        except AttributeError:
            seen = protected_view(self.app)
            message = PROTECTED.format(name=seen) if seen else NO_BOOK
            raise refused("protected_view" if seen else "no_workbook", message) from None
        return book

    @property
    def user(self) -> str:
        """Who works here, as Office calls them; empty where it does not know."""
        with suppress(Exception):
            return str(self.app.api.UserName or "").strip()
        return ""

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A message with an OK button."""
        self.app.alert(printable(text), title=TAB, buttons="ok", mode="critical" if bad else "info")

    def agrees(self, question: str) -> bool:
        """OK or cancel."""
        return (
            self.app.alert(printable(question), title=TAB, buttons="ok_cancel", mode="info") == "ok"
        )

    def affirms(self, question: str) -> bool:
        """Yes or no."""
        return (
            self.app.alert(printable(question), title=TAB, buttons="yes_no", mode="info") == "yes"
        )

    def answer(self, question: str) -> bool | None:
        """Yes, no, or None for cancel."""
        answer = self.app.alert(
            printable(question), title=TAB, buttons="yes_no_cancel", mode="info"
        )
        return {"yes": True, "no": False}.get(answer or "")

    def progress(self, done: int, total: int, label: str, what: str = "正在生成") -> None:
        """Shown below the sheets; Esc stops before the next one is begun."""
        if done < total and self.stop(self.app):
            raise Stopped
        said = f"{what} {done + 1}/{total}：{label}　按 Esc 停止" if done < total else ""
        self.app.status_bar = f"{TAB}　{printable(said)}" if said else False

    @contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """Shown below the sheets while something takes a while that cannot be stopped."""
        self.app.status_bar = f"{TAB}　{printable(what)}……"
        try:
            yield
        finally:
            self.app.status_bar = False

    def open(self, path: Path, password: str | None = None) -> None:
        """Open a workbook, or come back to it where it is open already."""
        self.bring_forward(self.opened(path, password))

    def opened(self, path: Path, password: str | None = None) -> xw.Book:
        """A workbook that was made here.

        Its macros do not run and its links ask nobody, whatever somebody may have put in its place.
        """
        with self._without_macros():
            return self.app.books.open(str(path), update_links=False, password=password or None)

    @contextmanager
    def _without_macros(self) -> Iterator[None]:
        # Of what a program opens Excel runs the macros without a question.
        before = self.app.api.AutomationSecurity
        self.app.api.AutomationSecurity = NO_MACROS
        try:
            yield
        finally:
            self.app.api.AutomationSecurity = before

    def bring_forward(self, front: xw.Book | xw.Sheet) -> None:
        """Show a workbook or sheet.

        xlwings refuses while another Excel is in front; what was asked for is done all the same.
        """
        with suppress(Exception):
            front.activate()

    def is_open(self, path: Path) -> bool:
        """Whether a workbook of this name is open here: Excel opens no two of one name."""
        return any(book.name.casefold() == path.name.casefold() for book in self.app.books)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Without flicker, Excel's own questions, and what other add-ins do on opening."""
        before = {name: getattr(self.app, name) for name in NOISES}
        try:
            for name in NOISES:
                setattr(self.app, name, False)
            yield
        finally:
            for name, value in before.items():
                setattr(self.app, name, value)


def refused(code: str, message: str) -> ProblemsFound:
    """What ends a command with one message."""
    return ProblemsFound([Problem(code, message)])
