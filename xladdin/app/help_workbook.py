"""Writes the help workbook, out of what the buttons and functions say of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import xladdin_udfs

from xladdin.addin.buttons import GROUPS
from xladdin.books import manual
from xladdin.books.manual import Explained
from xladdin.files import in_use, save_whole
from xladdin.layout.writer import workbook_bytes
from xladdin.unforeseen import log_file


def write_manual() -> Path:
    """Write the help beside the log; one that is open is left as it is."""
    path = log_file().with_name(f"{manual.TITLE}.xlsx")
    if not in_use(path):
        book = manual.book(tuple(_buttons()), tuple(_functions()), str(log_file()))
        save_whole(path, workbook_bytes(book, {}))
    return path


def _buttons() -> Iterator[Explained]:
    for group in GROUPS:
        for button in group.buttons:
            yield Explained(button.label, group.label, button.tip)


def _functions() -> Iterator[Explained]:
    for name in xladdin_udfs.__all__:
        function = getattr(xladdin_udfs, name)
        yield Explained(name, f"={name}({_arguments(function)})", inspect.getdoc(function) or "")


def _arguments(function: object) -> str:
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return ", ".join(
        each.name if each.default is each.empty else f"[{each.name}]" for each in parameters
    )
