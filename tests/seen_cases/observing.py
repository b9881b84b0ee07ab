"""What came of a command: every figure, form and file that is there and was not before."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.app.command import Done, shown, xladdin
from tests.books.opened import Opened
from xladdin.books import identity
from xladdin.master.people_sheets import FIGURES

Found = dict[str, Any]
"""What a figure is of -> the figure."""

FILLED = ("actual.", "points.", "rating.", "shown_level")
"""Keys of a form under which somebody reads a figure."""
KEPT = ".备份-"


@dataclass(frozen=True)
class Came:
    """Exit code, problems line by line, and all that is new."""

    code: int
    told: list[str]
    figures: Found


@dataclass
class Folder:
    """A folder in which commands are run, and what stood in it before the next."""

    place: Path
    _files: dict[str, bytes] = field(default_factory=dict)
    _rows: dict[str, Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._new()

    def run(self, arguments: list[str]) -> Came:
        """What comes of a command, whichever way it shows its problems."""
        if "--json" in arguments:
            done = xladdin(*arguments)
            told, figures = _said(done)
        else:
            code, text = shown(*arguments)
            done = Done(code, text, "")
            told, figures = _shown(text), {}
        return Came(done.code, told, figures | self._new())

    def _new(self) -> Found:
        """Figures, forms and files that were not there when this was asked last."""
        found: Found = {}
        for path in sorted(self.place.rglob("*")):
            name = path.relative_to(self.place).as_posix()
            if path.is_dir() or KEPT in name:
                continue
            data, before = path.read_bytes(), self._files.get(name)
            if data == before:
                continue
            self._files[name] = data
            found |= self._read(path, name, before)
        return found

    def _read(self, path: Path, name: str, before: bytes | None) -> Found:
        book = _opened(self._files[name]) if path.suffix == ".xlsx" else None
        if book is None:
            return {name: "new" if before is None else "changed"}
        if FIGURES.name in book.sheetnames:
            return self._written(book, name)
        if identity.SHEET_NAME in book.sheetnames:
            return _form(Opened(path), name)
        return {name: "new" if before is None else "changed"}

    def _written(self, book: openpyxl.Workbook, name: str) -> Found:
        """Rows of 月度目标与实际 that are others than before."""
        first, rows = name not in self._rows, _figures(book)
        before = self._rows.get(name, {})
        self._rows[name] = rows
        if first:
            return {}
        gone = dict.fromkeys(before.keys() - rows.keys(), "gone")
        return gone | {key: value for key, value in rows.items() if before.get(key) != value}


def _said(done: Done) -> tuple[list[str], Found]:
    given = json.loads(done.out)
    told = ["{severity} {code} {place}：{message}".format_map(each) for each in given["problems"]]
    figures: Found = {}
    for score in given.get("scores", ()):
        whose = f"{score['employee']} {score['period']}"
        items = score["items"] | {key: v for key, v in score["adjustments"].items() if v}
        items |= {key: score[key] for key in ("total", "grade")}
        figures |= {f"{whose} {key}": value for key, value in items.items() if value is not None}
    return told, figures


def _shown(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("错误", "提醒"))]


def _opened(data: bytes) -> openpyxl.Workbook | None:
    """The workbook; None where it is damaged, as the case wants it."""
    try:
        return openpyxl.load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        return None


def _figures(book: openpyxl.Workbook) -> Found:
    heads: list[Any] = []
    rows: Found = {}
    for row in book[FIGURES.name].iter_rows(values_only=True):
        if "考核月份" in row:
            heads = list(row)
        elif heads:
            line = dict(zip(heads, row, strict=True))
            if line["工号"] is not None:
                key = f"{line['工号']} {line['考核月份']} {line['指标']}"
                rows[f"{key}（又）" if key in rows else key] = line["实际值"]
    return rows


def _form(form: Opened, name: str) -> Found:
    """The form with the post it is for, and what it shows of figures that somebody handed in."""
    values = {key: form.value(key) for key in form.keys if key.startswith((*FILLED, "head.post"))}
    given = {
        f"{name} {key}": value
        for key, value in values.items()
        if key != "head.post" and value is not None and not str(value).startswith("=")
    }
    return {name: values.get("head.post", "new")} | given
