"""The open books."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.workbench.document import XLSX_FILTER
from tests.workbench.package import MAIN, WORKBOOK, Package
from tests.workbench.unobridge import properties, uno_class

from .combook import ComBook
from .formats import Formats
from .formulas import Grammar
from .names import Names
from .places import same
from .refusals import ComError, guarded
from .sheets import Memory, Sheets

if TYPE_CHECKING:
    from .app import App

_FILTERS = {".xlsx": XLSX_FILTER, ".xlsm": "Calc MS Excel 2007 VBA XML"}


class Book(base_classes.Book):
    """One open book, the same object as long as it is open; `xl` is Calc's document."""

    def __init__(self, app: App, xl: Any, name: str, path: Path | None = None) -> None:
        self._app, self.xl = app, xl
        self._new_name, self.path = name, path
        self.read_only = False
        self._sights: dict[str, tuple[Any, Any]] = {}
        """Of each sheet that was looked at: what was selected there at first."""
        self.as_opened = b""
        """What lay in the file, as long as nobody has said that edits count for saved."""
        self._copy = b""
        """What Calc wrote of it last, as long as nobody has edited it since."""
        self._edited_before = False
        """Whether it was edited when that was written: from then on Calc takes it for saved."""
        self.memories: defaultdict[str, Memory] = defaultdict(Memory)
        for sheet in _very_hidden(path) if path else ():
            self.memories[sheet].very_hidden = True

    @cached_property
    def grammar(self) -> Grammar:
        return Grammar(self.xl)

    @cached_property
    def formats(self) -> Formats:
        return Formats(self.xl)

    @cached_property
    def api(self) -> ComBook:
        return ComBook(self)

    @property
    def app(self) -> App:
        return self._app

    @property
    def name(self) -> str:
        return self.path.name if self.path else self._new_name

    @property
    def fullname(self) -> str:
        return str(self.path or self._new_name)

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self, list(self.sheets), whole=True)

    def refuse_if_protected(self) -> None:
        """Calc lets most changes of a protected structure pass, or skips them without a word."""
        if self.xl.isProtected():
            raise ComError(f"the structure of {self.name} is protected")

    def activate(self) -> None:
        self._app.bring_forward(self)

    def close(self) -> None:
        """Without saving."""
        self._app.forget(self)
        with guarded(self._app.office, f"closing {self.name}"):
            if self.as_opened and not self.is_edited:
                self._look_as_before()
                self._app.office.keep(self.as_opened, self.xl)
            else:
                self._close()

    def _close(self) -> None:
        try:
            self.xl.close(True)
        except uno_class("com.sun.star.uno.RuntimeException") as error:
            # PyUNO looks a method up before it calls it, and once in thousands of times does not find it.
            if "illegal object given" not in str(error):
                raise
            self.xl.close(True)

    def looked_at(self) -> None:
        """Called before another sheet or other cells come into sight."""
        controller = self.xl.CurrentController
        sheet = controller.ActiveSheet
        self._sights.setdefault(sheet.Name, (sheet, controller.getSelection()))

    def _look_as_before(self) -> None:
        """Every sheet with its selection; last, and so in front, the one that was at first."""
        for sheet, selected in reversed(self._sights.values()):
            self.xl.CurrentController.setActiveSheet(sheet)
            self.xl.CurrentController.select(selected)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        target = Path(path).resolve() if path else self.path or Path(f"{self.name}.xlsx").resolve()
        if self.read_only and target == self.path:
            raise ComError(f"{self.name} was opened read-only")
        self.store(target, password=password)
        self.is_edited, self.as_opened = False, b""
        self.path, self.read_only = target, False

    @property
    def is_edited(self) -> bool:
        """Whether there is something to be saved."""
        return self._edited_before or bool(self.xl.isModified())

    @is_edited.setter
    def is_edited(self, value: bool) -> None:
        self._edited_before, self._copy = False, b""
        self.xl.setModified(value)

    def looks_other(self) -> None:
        """What Calc does not take for an edit is one to a copy."""
        self._copy = b""

    def write_copy(self, target: Path) -> None:
        """The book as it is now, which stays as edited as it was.

        Calc takes most of a second to write one: of a book that is what it was, the last copy is written
        again.  What is in sight may be another sheet by then.
        """
        _refuse_without_folder(target)
        if not self.path or not self._copy or self.xl.isModified():
            edited = self.is_edited
            self.store(target, copy=True)
            self._copy, self._edited_before = target.read_bytes(), edited
            self.xl.setModified(False)
        else:
            target.write_bytes(self._copy)

    def store(self, target: Path, copy: bool = False, password: str | None = None) -> None:
        """Write the book to a file; as a copy it does not move there."""
        kind = self.path.suffix if copy and self.path else target.suffix
        options = {"FilterName": _FILTERS.get(kind.lower(), XLSX_FILTER)}
        if password:
            options["Password"] = password
        _refuse_without_folder(target)
        write = self.xl.storeToURL if copy else self.xl.storeAsURL
        with guarded(self._app.office, f"writing {target.name}"):
            write(target.as_uri(), properties(**options))

    def export_pdf(self, target: Path) -> None:
        """Print what is seen of the book."""
        with guarded(self._app.office, f"printing {self.name}"):
            self.xl.storeToURL(target.as_uri(), properties(FilterName="calc_pdf_Export"))


def _refuse_without_folder(target: Path) -> None:
    if not target.parent.is_dir():  # Calc would make it
        raise ComError(f"writing {target.name}: there is no folder {target.parent}")


def _very_hidden(path: Path) -> set[str]:
    """The sheets that Calc takes for hidden ones."""
    if not zipfile.is_zipfile(path):
        return set()
    root = Package(path).xml(WORKBOOK)
    found = [] if root is None else root.iterfind(f"{MAIN}sheets/{MAIN}sheet[@state='veryHidden']")
    return {sheet.attrib["name"] for sheet in found}


class Books(base_classes.Books):
    """Counted from 1 in the order of opening; a name may be written in any case."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.api

    @property
    def active(self) -> Book | NoBook:
        return self.app.active_book or NoBook()

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.app.open_books))

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, str):
            found = [book for book in self if same(book.name, name_or_index)]
        else:
            found = list(self)[name_or_index - 1 : name_or_index] if name_or_index > 0 else []
        if not found:
            raise KeyError(name_or_index)
        return found[0]

    def add(self) -> Book:
        return self.app.take(Book(self.app, self.app.office.blank(), self.app.new_name()))

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: str | None = None,
        password: str | None = None,
        *rest: object,
    ) -> Book:
        """A book that is opened read-only can be edited, as in Excel, but not saved in place."""
        path = Path(fullname).resolve()
        self.app.noted_opening(path.name, update_links)
        content = path.read_bytes() if path.is_file() and not password else b""
        component = self.app.office.kept(content)
        if component is None:
            component = self.app.office.load(path, password)
        component.setModified(False)  # calculating on load is no edit
        book = Book(self.app, component, path.name, path)
        book.read_only = bool(read_only)
        book.as_opened = content
        return self.app.take(book)


class NoBook:
    """What `books.active` gives when none is open: like a null pointer, it has nothing."""

    api = None
