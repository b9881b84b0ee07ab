"""Rules of the sheets as a whole: names, visibility, page headers, hyperlinks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..package import MAIN, utf16_length
from .book import Book, Element, Sheet
from .problem import Code, RepairProblem

MAX_NAME = 31
MAX_HEADER = 255
MAX_LINKS = 65_530

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_HEADERS = frozenset(
    MAIN + page + part for page in ("odd", "even", "first") for part in ("Header", "Footer")
)


def check(book: Book) -> Iterator[RepairProblem]:
    """Find bad sheet names, a workbook with nothing to show, and oversized sheet parts."""
    yield from _names(book)
    yield from _visibility(book)
    for sheet in book.sheets:
        yield from _headers(sheet)
        yield from _links(sheet)


def _names(book: Book) -> Iterator[RepairProblem]:
    for name in book.sheet_names:
        fault = _name_fault(name)
        if fault:
            yield RepairProblem(Code.SHEET_NAME, name, fault)
    for name, count in Counter(name.lower() for name in book.sheet_names).items():
        if count > 1:
            yield RepairProblem(Code.SHEET_NAME_DUPLICATE, name, f"{count} sheets of this name")


def _name_fault(name: str) -> str:
    if not 0 < utf16_length(name) <= MAX_NAME:
        return f"a sheet name has 1 to {MAX_NAME} characters"
    if _FORBIDDEN.search(name):
        return "a sheet name has none of []:*?/\\ and no apostrophe at its ends"
    return "the name is reserved" if name.lower() == "history" else ""


def _visibility(book: Book) -> Iterator[RepairProblem]:
    sheets = list(book.workbook.iter(MAIN + "sheet"))
    visible = [i for i, sheet in enumerate(sheets) if _is_visible(sheet)]
    if not visible:
        yield RepairProblem(Code.SHEET_NONE_VISIBLE, "workbook", "every sheet is hidden")
    for view in book.workbook.iter(MAIN + "workbookView"):
        active = int(view.get("activeTab", "0"))
        if active not in visible:
            message = f"the active sheet, number {active}, is hidden or absent"
            yield RepairProblem(Code.SHEET_ACTIVE, "workbook", message)


def _is_visible(sheet: Element) -> bool:
    return sheet.get("state", "visible") == "visible"


def _headers(sheet: Sheet) -> Iterator[RepairProblem]:
    for settings in sheet.root.iter(MAIN + "headerFooter"):
        for element in settings:
            length = utf16_length(element.text or "")
            if element.tag in _HEADERS and length > MAX_HEADER:
                message = f"page header or footer of {length} characters, over {MAX_HEADER}"
                yield RepairProblem(Code.SHEET_HEADER_LONG, sheet.name, message)


def _links(sheet: Sheet) -> Iterator[RepairProblem]:
    count = sum(1 for _ in sheet.root.iter(MAIN + "hyperlink"))
    if count > MAX_LINKS:
        message = f"{count} hyperlinks, over {MAX_LINKS}"
        yield RepairProblem(Code.SHEET_LINKS_MANY, sheet.name, message)
