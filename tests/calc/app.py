"""The application: open books, selection, messages and questions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .books import Book, Books
from .office import CalcOffice
from .places import areas_in
from .ranges import Range

if TYPE_CHECKING:
    from .engine import Engine

_BUTTONS = {
    "ok": ("ok",),
    "ok_cancel": ("ok", "cancel"),
    "yes_no": ("yes", "no"),
    "yes_no_cancel": ("yes", "no", "cancel"),
}
_ICONS = {None, "info", "critical"}
_VERSION = "16.0"  # Excel's since 2016


@dataclass(frozen=True)
class Question:
    """What a box on the screen showed."""

    prompt: str
    title: str
    buttons: str
    mode: str | None


class ComApp:
    """The application as `app.api` gives it: what xlwings has no words for."""

    AutomationSecurity = 1
    """Of what a program opens: macros run, as Excel has it unless it is told otherwise."""
    UserName = "赵敏"
    """As it stands in Office's options."""

    def __init__(self, desktop: Any) -> None:
        self._desktop = desktop

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desktop, name)


@dataclass(frozen=True)
class Opening:
    """How a file was opened."""

    name: str
    update_links: bool | None
    security: int


class App(base_classes.App):
    """What there would be to see is kept: `messages`, `questions`. `answers` is for a test to fill.

    Everything set for the screen's sake is only remembered.
    """

    screen_updating = True
    display_alerts = True
    enable_events = True
    interactive = True
    visible = False
    calculation = "automatic"
    cut_copy_mode = None
    path = startup_path = ""
    hwnd = 1
    version = _VERSION
    copies_as_opened = True
    """A copy of a workbook that nobody has edited is its file, not what Calc would write of it."""

    def __init__(self, engine: Engine, office: CalcOffice) -> None:
        self.engine, self.office = engine, office
        self.open_books: list[Book] = []
        self._recent: list[Book] = []
        self._added = 0
        self._status: str | bool = False
        self.messages: list[str | bool] = []
        self.questions: list[Question] = []
        self.answers: deque[str] = deque()
        self.openings: list[Opening] = []
        self._com = ComApp(office.desktop)

    @property
    def api(self) -> ComApp:
        return self._com

    xl = api

    @property
    def pid(self) -> int:
        return self.office.pid

    # Books.

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def active_book(self) -> Book | None:
        return self._recent[-1] if self._recent else None

    def new_name(self) -> str:
        self._added += 1
        return f"Book{self._added}"

    def noted_opening(self, name: str, update_links: bool | None) -> None:
        self.openings.append(Opening(name, update_links, self.api.AutomationSecurity))

    def take(self, book: Book) -> Book:
        """A book that was just opened, which is then the active one."""
        self.open_books.append(book)
        self._recent.append(book)
        return book

    def bring_forward(self, book: Book) -> None:
        self._recent.remove(book)
        self._recent.append(book)

    def forget(self, book: Book) -> None:
        """A book that is being closed; the one before it becomes active."""
        self.open_books.remove(book)
        self._recent.remove(book)

    def activate(self, steal_focus: bool = False) -> None:
        """There is only one, and no screen."""

    def calculate(self) -> None:
        for book in self.open_books:
            with self.office.guarded("calculating"):
                book.xl.calculateAll()

    def quit(self) -> None:
        """Close all books without saving. The office is not ours to end."""
        for book in list(self.open_books):
            book.close()

    # What the person in front of it sees and does.

    @property
    def selection(self) -> Range | None:
        """None without a book, and when a chart or a picture is selected."""
        book = self.active_book
        selected = book.xl.CurrentController.getSelection() if book else None
        areas = areas_in(selected)
        if book is None or not areas:
            return None
        sheet = book.sheets.active
        return Range(sheet, sheet.memory.selected or areas)

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        self.messages.append(value)

    def alert(
        self,
        prompt: str | None,
        title: str | None,
        buttons: str | None,
        mode: str | None,
        callback: str | None,
    ) -> str:
        """The next prepared answer; where one can only go on, "ok" needs no preparing."""
        choices = _BUTTONS[buttons or "ok"]
        if mode not in _ICONS:
            raise KeyError(mode)
        question = Question(prompt or "", title or "", buttons or "ok", mode)
        self.questions.append(question)
        if len(choices) == 1 or ("ok" in choices and not self.answers):
            return "ok"
        assert self.answers, f"nobody answers this question: {question}"
        answer = self.answers.popleft()
        assert answer in choices, f"{answer!r} is no answer to this question: {question}"
        return answer
