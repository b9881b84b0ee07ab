"""The files of a case, laid out in a folder as somebody handed them over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.patch.masters import SMALL, write_master


def lay_out(case: dict[str, Any], folder: Path) -> None:
    """Write what the case names: ``files``, ``books``, ``masters``, ``folders``; then its ``parts``."""
    for name, lines in case.get("files", {}).items():
        text = lines if isinstance(lines, str) else "\n".join(_repeated(lines)) + "\n"
        (folder / name).write_text(text, "utf-8")
    for name, sheets in case.get("books", {}).items():
        with xlsxwriter.Workbook(folder / name) as book:
            for title, given in sheets.items():
                _sheet(book, title, given)
    for name, how in case.get("masters", {}).items():
        write_master(folder / name, **({"figures": ()} | how), **SMALL)
    for name in case.get("folders", ()):
        (folder / name).mkdir()
    for name, edits in case.get("parts", {}).items():
        (folder / name).write_bytes(_edited((folder / name).read_bytes(), edits))


def _repeated(lines: Iterable[str | dict[str, Any]]) -> Iterator[str]:
    """A line, or one for each number from 1 to ``count``."""
    for line in lines:
        if isinstance(line, str):
            yield line
        else:
            for number in range(1, line["count"] + 1):
                yield line["line"].replace("{n}", f"{number:02}")


def _sheet(book: xlsxwriter.Workbook, title: str, given: Any) -> None:
    """A sheet: its rows, or ``{rows, hidden, hidden_rows}``; a cell ``[value, format]`` has a format."""
    page = book.add_worksheet(title)
    settings = given if isinstance(given, dict) else {"rows": given}
    for y, row in enumerate(settings["rows"]):
        for x, cell in enumerate(row):
            if isinstance(cell, list):
                value, code = cell
                page.write(y, x, value, book.add_format({"num_format": code}))
            else:
                page.write(y, x, cell)
    for y in settings.get("hidden_rows", ()):
        page.set_row(y - 1, None, None, {"hidden": True})
    if settings.get("hidden"):
        page.hide()


def _edited(data: bytes, edits: list[dict[str, Any]]) -> bytes:
    """The file with parts renamed or changed: ``{part, name}`` or ``{part, find, replace, times}``."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for edit in edits:
        if "name" in edit:
            parts[edit["name"]] = parts.pop(edit["part"])
            continue
        (part,) = [name for name in parts if re.fullmatch(edit["part"], name)]
        text = parts[part].decode("utf-8")
        assert edit["find"] in text, edit
        changed = text.replace(edit["find"], edit["replace"] * edit.get("times", 1), 1)
        parts[part] = changed.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()
