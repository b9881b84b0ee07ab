"""Rules of rows and cells, and of the strings and styles that they point to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ..addresses import Area
from ..package import MAIN, utf16_length
from .book import STYLES, Book, Element, Sheet
from .problem import Code, RepairProblem

MAX_TEXT = 32_767


def check(book: Book) -> Iterator[RepairProblem]:
    """Find cells out of order, and cells with unusable values, strings or styles."""
    styles = _style_count(book)
    for index, text in enumerate(book.package.shared_strings):
        if utf16_length(text) > MAX_TEXT:
            place, message = f"shared string {index}", f"over {MAX_TEXT} characters"
            yield RepairProblem(Code.STRING_LONG, place, message)
    for sheet in book.sheets:
        yield from _order(sheet)
        for cell in sheet.root.iter(MAIN + "c"):
            yield from _value(sheet, cell)
        yield from _styles(sheet, styles)


def _style_count(book: Book) -> int:
    formats = book.root(STYLES).find(MAIN + "cellXfs")
    return 1 if formats is None else len(formats)


def _order(sheet: Sheet) -> Iterator[RepairProblem]:
    last = 0
    for row in sheet.root.iter(MAIN + "row"):
        number = int(row.get("r", last + 1))
        if number <= last:
            place, message = f"{sheet.name}!{number}", "row is repeated or out of order"
            yield RepairProblem(Code.ROW_ORDER, place, message)
        last = number
        yield from _order_in_row(sheet, row, number)


def _order_in_row(sheet: Sheet, row: Element, number: int) -> Iterator[RepairProblem]:
    last = 0
    for cell in row.iter(MAIN + "c"):
        place = Area.parse(cell.get("r", ""))
        if place.left <= last or place.top != number:
            message = "cell is repeated, out of order or in the wrong row"
            yield RepairProblem(Code.CELL_ORDER, f"{sheet.name}!{place}", message)
        last = place.left


def _value(sheet: Sheet, cell: Element) -> Iterator[RepairProblem]:
    text, place = cell.findtext(MAIN + "v"), f"{sheet.name}!{cell.get('r')}"
    if text == "" and cell.get("t", "n") != "str":
        # No cause of a repair prompt, but a number for some readers and nothing for others.
        yield RepairProblem(Code.CELL_EMPTY, place, "an empty value that is no text")
    if not text:
        return
    match cell.get("t", "n"):
        case "s" if not text.isdecimal() or int(text) >= len(sheet.strings):
            yield RepairProblem(Code.STRING_UNKNOWN, place, f"shared string {text} is absent")
        case "n" if not _is_finite(text):
            yield RepairProblem(Code.CELL_NUMBER, place, f"{text!r} is not a number")


def _is_finite(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _styles(sheet: Sheet, count: int) -> Iterator[RepairProblem]:
    for tag, attribute in (("c", "s"), ("row", "s"), ("col", "style")):
        for element in sheet.root.iter(MAIN + tag):
            style = int(element.get(attribute, "0"))
            if style >= count:
                place = f"{sheet.name}!{element.get('r') or element.get('min')}"
                message = f"cell format {style} of {count} is absent"
                yield RepairProblem(Code.STYLE_UNKNOWN, place, message)
