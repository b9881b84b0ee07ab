"""Rules of data validations."""

from __future__ import annotations

from collections.abc import Iterator

from ..addresses import Area, parse_areas
from ..package import MAIN, utf16_length
from .book import Book, Element, Sheet
from .problem import Code, RepairProblem
from .tokens import names_cells_only

MAX_FORMULA = 255
MAX_TEXT = {"errorTitle": 32, "promptTitle": 32, "error": 255, "prompt": 255}


def check(book: Book) -> Iterator[RepairProblem]:
    """Find overlapping validations, and texts, lists and formulas that Excel rejects."""
    for sheet in book.sheets:
        seen: list[Area] = []
        for validation in sheet.root.iter(MAIN + "dataValidation"):
            yield from _check(sheet, validation, seen)


def literal_items(formula: str) -> list[str] | None:
    """Return the items of a list written into the validation, None when it is a formula."""
    return formula[1:-1].split(",") if formula.startswith('"') else None


def _check(sheet: Sheet, validation: Element, seen: list[Area]) -> Iterator[RepairProblem]:
    areas = parse_areas(validation.get("sqref", ""))
    place = f"{sheet.name}!{validation.get('sqref')}"
    if any(area.overlaps(other) for area in areas for other in seen):
        yield RepairProblem(Code.VALIDATION_OVERLAP, place, "overlaps another validation")
    seen += areas
    yield from _texts(validation, place)
    for tag in ("formula1", "formula2"):
        yield from _formula(validation.findtext(MAIN + tag) or "", place)


def _texts(validation: Element, place: str) -> Iterator[RepairProblem]:
    for attribute, limit in MAX_TEXT.items():
        length = utf16_length(validation.get(attribute, ""))
        if length > limit:
            message = f"{attribute} has {length} characters, over {limit}"
            yield RepairProblem(Code.VALIDATION_TEXT_LONG, place, message)


def _formula(formula: str, place: str) -> Iterator[RepairProblem]:
    items = literal_items(formula)
    # The quotes around a list do not count.
    length = utf16_length(formula) - (0 if items is None else 2)
    if length > MAX_FORMULA:
        message = f"list or formula of {length} characters, over {MAX_FORMULA}"
        yield RepairProblem(Code.VALIDATION_FORMULA_LONG, place, message)
    if items is not None:
        if any(not item or item != item.strip() for item in items):
            message = f"an item is empty or padded with blanks: {formula[:60]}"
            yield RepairProblem(Code.VALIDATION_LIST_ITEM, place, message)
    elif not names_cells_only(formula):
        message = f"no table reference or array constant is allowed: {formula}"
        yield RepairProblem(Code.VALIDATION_REFERENCE, place, message)
