"""A mark in a workbook of ours that ends when somebody saves it.

A hidden name holds the sum over all parts but the one that it stands in.  Office programs keep the
name, but write every part anew.
"""

from __future__ import annotations

import hashlib

from xladdin.ooxml.package import Package
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.xml import main

from .workbook import SheetEntry, Workbook
from .workbook_opening import workbook_of

NAME = "XladdinAnnotated"


def mark(book: Workbook, sheet: SheetEntry) -> None:
    """Note, last of all changes, that a workbook is as it was written here."""
    book.define(sheet, NAME, f'"{_sum(book.package, book.part)}"', hidden=True)


def is_marked(content: bytes) -> bool:
    """Whether a file was marked, and nobody has saved it since."""
    try:
        book = workbook_of(content)
        names = [name for name in book.root.iter(main("definedName")) if name.get("name") == NAME]
        return bool(names) and f'"{_sum(book.package, book.part)}"' in [n.text for n in names]
    except RefusedError:
        return False


def _sum(package: Package, left_out: str) -> str:
    told = hashlib.sha256()
    for name in sorted(package.names):
        if name.lower() != left_out.lower():
            told.update(f"{name}\n".encode(errors="replace"))
            told.update(hashlib.sha256(package.read(name)).digest())
    return told.hexdigest()
