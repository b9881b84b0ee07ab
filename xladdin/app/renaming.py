"""A position, a scheme or a department called otherwise, in every cell that says its name, at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from xladdin.app.opening_books import open_to_change
from xladdin.domain.identifiers import made_id
from xladdin.domain.sizes import LABEL
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.intake.near_names import hint
from xladdin.intake.sheets import read_workbook
from xladdin.intake.text import clean, narrow, written_text
from xladdin.master.finding import Book, find_sheets
from xladdin.master.lines import Line, Notes, Sheet
from xladdin.master.read_master import master_of
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.saving import save_over
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, errors, warning

SEPARATOR = "、"
NOTHING = "没有写入任何内容，总表没有改动"
MOST_NAMED = 12
"""Cells of a sheet that are told one by one."""


class What(StrEnum):
    """What can be called otherwise."""

    POSITION = "岗位"
    SCHEME = "方案"
    DEPARTMENT = "部门"


Spots = tuple[tuple[str, tuple[str, ...]], ...]
SPOTS: dict[What, Spots] = {
    What.POSITION: (
        ("positions", ("name", "superior", "subordinates")),
        ("duties", ("position",)),
        ("standards", ("position",)),
        ("schemes", ("positions",)),
        ("roster", ("position", "superior")),
        ("indicators", ("post",)),
    ),
    What.SCHEME: (
        ("schemes", ("name",)),
        ("indicators", ("scheme",)),
        ("elements", ("scheme",)),
        ("steps", ("scheme",)),
        ("grades", ("scheme",)),
        ("roster", ("scheme",)),
    ),
    What.DEPARTMENT: (("positions", ("department",)), ("roster", ("department",))),
}
"""Sheets and their columns that say a name; some of them say several."""
LISTS = {("positions", "subordinates"), ("schemes", "positions")}
OWN = {What.POSITION: "positions", What.SCHEME: "schemes"}
"""The sheet on which each of them has a row of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that says something else: its sheet, its address, and the text that it gets."""

    sheet: str
    address: str
    value: str


@dataclass(slots=True)
class Renamed:
    """What came of it."""

    what: What
    old: str
    new: str
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: bool = False

    @property
    def told(self) -> list[str]:
        """What was changed where, for a person."""
        if not self.written:
            return [f"{NOTHING}。"]
        head = f"{self.what}「{self.old}」改名为「{self.new}」，改了 {len(self.changes)} 格："
        return [head, *self.places, "改名前的总表在旁边的备份里；发出去的表和台账里的历史不变。"]

    @property
    def places(self) -> list[str]:
        """The cells, sheet by sheet."""
        by_sheet: dict[str, list[str]] = {}
        for change in self.changes:
            by_sheet.setdefault(change.sheet, []).append(change.address)
        return [f"　{sheet}：{_named(cells)}" for sheet, cells in by_sheet.items()]


def _named(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > MOST_NAMED else ""
    return "、".join(cells[:MOST_NAMED]) + more


def rename(
    master: Path | HandedIn, what: What, old: str, new: str, *, now: dt.datetime | None = None
) -> Renamed:
    """Rename in the workbook, all cells or none; a copy of it as it was stays beside."""
    file = handed_in(master)
    book, done = _tried(file, what, old, new)
    if book is None or errors(done.problems):
        return done
    sealing = Sealing(file.file.password)
    faults = save_over(
        file.path, file.file.on_disk, book, now or dt.datetime.now(), sealing=sealing
    )
    done.problems += faults
    done.written = not errors(faults)
    return done


def renaming(master: Path | HandedIn, what: What, old: str, new: str) -> Renamed:
    """What ``rename`` would change, tried and read back; nothing is written."""
    return _tried(handed_in(master), what, old, new)[1]


def known_names(master: Path | HandedIn, what: What) -> list[str]:
    """The names that a master has of a kind, each once."""
    return list(dict.fromkeys(_said(_sheets(handed_in(master)), what)))


def _said(book: Book, what: What, *, own: bool = False) -> Iterator[str]:
    """Every name of a kind, as often as it is said; ``own``: only where it has a row of its own."""
    for key, column, _, text in _cells(book, what):
        if not own or (key, column) == (OWN.get(what), "name"):
            yield from filter(None, _parts(key, column, text))


def _sheets(file: HandedIn) -> Book:
    return find_sheets(file.name, file.grids(len, hidden=True)[0], Notes())


def _tried(file: HandedIn, what: What, old: str, new: str) -> tuple[Workbook | None, Renamed]:
    done = Renamed(what, clean(old), clean(new))
    book, problems = open_to_change(file.file)
    if book is None:
        done.problems += problems
        return None, done
    grids, faults = file.grids(len, hidden=True)
    before = master_of(file.name, grids, faults)[1]
    if unfit := [one for one in errors(before) if one.code in ("not_master", "not_workbook")]:
        done.problems += unfit
        return None, done
    there = _sheets(file)
    done.problems += _refused(there, done)
    if errors(done.problems):
        return None, done
    done.changes = list(_changes(there, done))
    done.problems += _left_alone(there, done)
    try:
        for change in done.changes:
            SheetPatch(book, change.sheet).set(change.address, change.value)
    except RefusedError as error:
        done.problems.append(error.problem(file.name))
        return None, done
    done.problems += _unconfirmed(file.name, book, before)
    return book, done


def _same(one: str, other: str) -> bool:
    """As the workbook's own look-ups compare."""
    return narrow(one).casefold() == narrow(other).casefold()


def _cells(book: Book, what: What) -> Iterator[tuple[str, str, Line, str]]:
    """Sheet, column, row and text of every cell that may say the name."""
    for key, columns in SPOTS[what]:
        sheet = book.sheets.get(key)
        for line in sheet or ():
            for column in columns:
                if sheet is not None and column in sheet.head.columns:
                    yield key, column, line, clean(written_text(line.raw(column)))


def _parts(key: str, column: str, text: str) -> list[str]:
    return text.split(SEPARATOR) if (key, column) in LISTS else [text]


def _refused(book: Book, asked: Renamed) -> Iterator[Problem]:
    """Why a name cannot be had, or is not there."""
    where, new = Place(book.file), asked.new
    if not new or len(new) > LABEL or SEPARATOR in new or new.startswith("="):
        message = f"新名称应为 1 至 {LABEL} 个字，不能有顿号，不能以等号开头，现为「{new}」"
        yield Problem("bad_name", message, where)
        return
    if asked.old == new:
        yield Problem("same_name", f"新名称和旧名称一样：「{new}」", where)
        return
    said = list(_said(book, asked.what))
    rows = list(_said(book, asked.what, own=True))
    if not any(_same(name, asked.old) for name in said):
        near = hint(asked.old, list(dict.fromkeys(said)))
        yield Problem("name_unknown", f"总表里没有{asked.what}「{asked.old}」{near}", where)
        return
    if (count := sum(_same(name, asked.old) for name in rows)) > 1:
        message = f"有 {count} 个{asked.what}都叫「{asked.old}」，分不清改哪一个，请在表里改"
        yield Problem("name_ambiguous", message, where)
    if _same(asked.old, new):
        return
    if count and any(_same(name, new) for name in rows):
        message = f"已经有{asked.what}「{new}」；两个合成一个请先删去一个"
        yield Problem("name_taken", message, where)
    elif any(_same(name, new) for name in said):
        message = f"已经有{asked.what}「{new}」，改名以后两个合成一个"
        yield warning("names_joined", message, where)


def _changes(book: Book, asked: Renamed) -> Iterator[Change]:
    own = OWN.get(asked.what)
    for key, column, line, text in _cells(book, asked.what):
        parts = _parts(key, column, text)
        if not any(_same(part, asked.old) for part in parts):
            continue
        new = SEPARATOR.join(asked.new if _same(part, asked.old) else part for part in parts)
        yield _change(line, column, new)
        if (key, column) == (own, "name") and (kept := _kept_id(book.sheets[key], line)):
            yield kept


def _kept_id(sheet: Sheet, line: Line) -> Change | None:
    """The id that the old name made is written down: forms and history go by it."""
    if "id" not in sheet.head.columns or line.row.key("id"):
        return None
    made = made_id(line.row.key("company") + line.row.key("name"))
    return _change(line, "id", made) if made else None


def _change(line: Line, column: str, value: str) -> Change:
    place = line.where(column)
    return Change(place.sheet, place.cell, value)


def _left_alone(book: Book, asked: Renamed) -> Iterator[Problem]:
    """What names it too, and is for a person to say."""
    own = OWN.get(asked.what)
    if own and own in book.sheets and "id" not in book.sheets[own].head.columns:
        message = "没有编号列，改名以后由新名称生成编号：发出去的表和历史成绩会对应不上"
        yield warning("id_changes", message, book.sheets[own].grid.whole())
    if asked.what is not What.SCHEME:
        return
    for line in book.lines("schemes"):
        title = clean(written_text(line.raw("title")))
        if _same(line.row.key("name"), asked.old) and asked.old in title:
            message = f"表头标题「{title}」没有改，要改请自己改"
            yield warning("title_kept", message, line.where("title"))


def _unconfirmed(file: str, book: Workbook, before: Sequence[Problem]) -> list[Problem]:
    """Errors that the workbook would have afterwards, and had not."""
    after = master_of(file, *read_workbook(file, book.to_bytes(), hidden=True))[1]
    old = Counter((one.code, one.place.sheet, one.place.cell) for one in errors(before))
    fresh = [one for one in errors(after) if not old[one.code, one.place.sheet, one.place.cell]]
    if not fresh:
        return []
    said = "；".join(f"{one.place.sheet}!{one.place.cell} {one.message}" for one in fresh[:3])
    message = f"改好后再读一遍，多出错误：{said}；{NOTHING}"
    return [Problem("write_not_confirmed", message, Place(file))]
