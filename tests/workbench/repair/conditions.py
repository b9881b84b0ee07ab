"""Rules of conditional formats, and of the differential styles that they and tables use."""

from __future__ import annotations

from collections.abc import Iterator

from ..package import MAIN
from .book import STYLES, Book, Element
from .problem import Code, RepairProblem
from .tokens import names_cells_only


def check(book: Book) -> Iterator[RepairProblem]:
    """Find conditions with forbidden references, and absent differential styles."""
    for sheet in book.sheets:
        for condition in sheet.root.iter(MAIN + "conditionalFormatting"):
            yield from _formulas(condition, f"{sheet.name}!{condition.get('sqref')}")
    known = book.root(STYLES).find(MAIN + "dxfs")
    count = 0 if known is None else len(known)
    roots = {sheet.name: sheet.root for sheet in book.sheets}
    roots |= {f"table {table.name}": table.root for table in book.tables}
    for place, root in roots.items():
        yield from _styles(root, place, count)


def _formulas(condition: Element, place: str) -> Iterator[RepairProblem]:
    for formula in condition.iter(MAIN + "formula"):
        text = formula.text or ""
        if not names_cells_only(text):
            message = f"no table reference or array constant is allowed: {text}"
            yield RepairProblem(Code.CONDITION_REFERENCE, place, message)


def _styles(root: Element, place: str, count: int) -> Iterator[RepairProblem]:
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute.lower().endswith("dxfid") and int(value) >= count:
                message = f"{attribute} {value}, but there are {count} differential styles"
                yield RepairProblem(Code.CONDITION_STYLE, place, message)
