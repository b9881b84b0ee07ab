"""Commands and the clerk's own doings in a random order, and what must be left once all is taken back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.app.own_forms import forms, write_form
from tests.master.small_company import small, small_master
from xladdin.app.drafts.copying_scheme import copied_cells
from xladdin.app.drafts.scheme_into_master import cells_of
from xladdin.app.generating.generate import generate
from xladdin.domain.people import Period
from xladdin.files import save_whole
from xladdin.layout.place import defined_name
from xladdin.master.read_master import read_master
from xladdin.ribbon import form_drafting, renaming_buttons, undo_steps, windows_excel

from .book_states import State, differences, state_of
from .desks import ROSTER, Workplace

NAME, MONTH = "总表.xlsx", Period("2026-10")
COMMANDS = ("rename", "copy_scheme", "check", "insert", "from_form", "settings", "collect")
CLERK = ("type", "paint", "hide", "save", "reopen")
FORM = "a sheet per person, merged sections, weights as fractions shown in percent"
FILLED = {"comment.self": "按时完成", "actual.teamwork": 4}
HEADS = 4
"""The row of the roster in which they stand."""
MOST_UNDONE = 20

Edit = Callable[[xw.Book], None]


@dataclass
class Sequence:
    """One workbook at which somebody works."""

    work: Workplace
    chance: random.Random
    sent: Path
    """A folder with a form that came back, and a company's own one."""
    monkeypatch: pytest.MonkeyPatch
    edits: list[Edit] = field(default_factory=list)
    """What the clerk has done by hand."""
    post: str = small().library.positions[0].name
    done: list[str] = field(default_factory=list)
    written: bool = False
    """Whether the file was written to: by the clerk, or by collecting."""
    first: bytes = b""
    """The file before the first step that can be taken back."""
    stepped: bool = False
    """Whether there was such a step."""

    @property
    def book(self) -> xw.Book:
        return self.work.calc.books[NAME]

    @property
    def path(self) -> Path:
        return self.work.folder / NAME

    def run(self, steps: int) -> None:
        """So many commands, and between them what a clerk does."""
        for _ in range(steps):
            while self.chance.random() < 0.4:
                self.by_hand(self.chance.choice(CLERK))
            self.command(self.chance.choice(COMMANDS))
        if self.chance.random() < 0.5:
            self.by_hand("save")

    def command(self, id_: str) -> None:
        """As clicked; what it makes besides is closed again."""
        if undo_steps.newest(undo_steps.folder_for(self.book)) is None:
            self.first = self.path.read_bytes()
        row = self.work.rows_of(self.chance.choice(small().employees).id)[0]
        self.book.activate()
        self.book.sheets[ROSTER].activate()
        self.book.sheets[ROSTER].range(f"B{row}").select()
        said = iter(())
        if id_ == "rename":
            said = iter((self.post, f"{self.post}甲"))
        elif id_ == "copy_scheme":
            said = iter((small().library.schemes[0].name, f"方案{len(self.done)}"))
        self.monkeypatch.setattr(windows_excel, "typed_text", lambda *_: next(said))
        told = self.work.click(id_)
        assert "出了意外" not in told, told
        if id_ == "collect" and self.path.read_bytes() != small_master():
            self.written = True
        if id_ == "rename" and "改好了" in told:
            self.post = f"{self.post}甲"
        self.done.append(id_)
        for book in list(self.work.calc.books):
            if book.name != NAME:
                book.close()

    def by_hand(self, what: str) -> None:
        """What the clerk does without a button."""
        self.done.append(what)
        book, row = self.book, self.chance.randint(5, 8)
        edits: dict[str, Edit] = {
            "type": partial(_type, row, f"新名{len(self.done)}"),
            "paint": partial(_paint, row),
            "hide": _hide,
        }
        if what in edits:
            edits[what](book)
            self.edits.append(edits[what])
            return
        book.save()
        self.written = True
        if what == "reopen":
            book.close()
            self.work.calc.books.open(str(self.path))

    def take_all_back(self) -> None:
        """Until there is nothing more."""
        for _ in range(MOST_UNDONE):
            self.book.activate()
            told = self.work.click("undo")
            if "没有可以撤销的步骤" in told:
                return
            # What a step showed may have been hidden by hand since: then there is nothing to do.
            assert "撤销了" in told or "不用再撤" in told, told
            self.stepped = True
        raise AssertionError("no end")

    @property
    def file_is_to_be_the_first(self) -> bool:
        """Byte by byte: where nobody wrote to it, and where all that was written is taken back.

        What the clerk saves before the first step is the clerk's.

        Not with something of the clerk's own, which the file may hold.  Nor where Calc does not keep a
        state as it was, so that the workbook is never quite the old one: it gives formulas beside rows
        that are filled other formats, and a file that it writes has no colours of a check.
        """
        if not self.stepped:
            return not self.written
        done = {*self.done}
        altered = done & {"copy_scheme", "from_form"} or {"check", "reopen"} <= done
        return not self.written or not (self.edits or altered)

    def left(self, folder: Path, pristine: State) -> list[str]:
        """What is not as it was, apart from what the clerk did."""
        found = differences(self._wanted(folder, pristine), state_of(self.book, folder))
        if self.file_is_to_be_the_first and self.path.read_bytes() != self.first:
            found.append("the file has other bytes")
        return found

    def _wanted(self, folder: Path, pristine: State) -> State:
        if not self.edits:
            return pristine
        path = folder / "wanted.xlsx"
        path.write_bytes(small_master())
        other = self.work.calc.books.open(str(path))
        for edit in self.edits:
            edit(other)
        found = state_of(other, folder)
        other.close()
        return found


def _type(row: int, text: str, book: xw.Book) -> None:
    _name_in(row, book).value = text


def _paint(row: int, book: xw.Book) -> None:
    _name_in(row, book).color = (146, 208, 80)


def _name_in(row: int, book: xw.Book) -> xw.Range:
    """Where somebody's name stands: no command writes there."""
    sheet = book.sheets[ROSTER]
    heads = sheet.range((HEADS, 1), (HEADS, 20)).value
    return sheet.range((row, heads.index("姓名") + 1))


def _hide(book: xw.Book) -> None:
    book.sheets["设置"].visible = False


def sent(folder: Path) -> Path:
    """A folder with a form that somebody has filled in, and a company's own form."""
    path = folder / NAME
    save_whole(path, small_master())
    (form,) = generate(read_master(path)[0], MONTH, folder, ids=["QC003"]).paths
    book = openpyxl.load_workbook(folder / form)
    for name, said in FILLED.items():
        ((sheet, place),) = book.defined_names[defined_name(name)].destinations
        book[sheet][place].value = said
    made = folder / "收到"
    made.mkdir()
    book.save(made / "交回.xlsx")
    write_form(forms()[FORM], folder / "考核表.xlsx")
    return folder


def answered(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """What the user picks in dialogs; Calc has no tables that could be made longer."""
    monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: folder / "收到")
    monkeypatch.setattr(windows_excel, "chosen_files", lambda *_: [folder / "考核表.xlsx"])
    monkeypatch.setattr(
        renaming_buttons, "copied_cells", lambda *asked: replace(copied_cells(*asked), grown=[])
    )
    monkeypatch.setattr(
        form_drafting, "cells_of", lambda *asked: replace(cells_of(*asked), grown=[])
    )
