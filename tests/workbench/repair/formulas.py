"""Collecting every formula of a workbook, wherever it is stored, and checking each one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..package import MAIN
from .book import Book, Sheet, Table
from .formula_text import check_text
from .functions import check_functions
from .grammar import check_grammar
from .mentions import Mentions
from .problem import Code, RepairProblem
from .validations import literal_items

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
_EXTENSION = "{http://schemas.microsoft.com/office/excel/2006/main}f"

Finding = tuple[Code, str]


@dataclass(frozen=True)
class Formula:
    """A formula and where it is stored."""

    place: str
    text: str


def check(book: Book, excel_2010: bool = True) -> Iterator[RepairProblem]:
    """Check all formulas; with `excel_2010`, functions of later versions are problems too."""
    mentions = Mentions(book)
    rules: list[Callable[[str], Iterator[Finding]]] = [
        check_text,
        lambda text: check_functions(text, mentions.names, excel_2010),
        mentions.check,
        check_grammar,
    ]
    for formula in collect(book):
        for rule in rules:
            # One formula may break one rule in many places; once is enough to find it.
            for code, message in dict.fromkeys(rule(formula.text)):
                shown = f"{message}: {formula.text[:80]}"
                yield RepairProblem(code, formula.place, shown)


def collect(book: Book) -> Iterator[Formula]:
    """Yield every formula of cells, names, tables, validations, conditions and charts."""
    for sheet in book.sheets:
        yield from _of_cells(sheet)
        yield from _of_validations(sheet)
        yield from _of_conditions(sheet)
    for table in book.tables:
        yield from _of_columns(table)
    for name in book.names:
        # Print titles are a union, which no other formula here needs.
        texts = name.text.split(",") if name.built_in else [name.text]
        yield from (Formula(f"name {name.name}", text) for text in texts)
    yield from _of_charts(book)


def _of_cells(sheet: Sheet) -> Iterator[Formula]:
    for address, cell in sheet.cells.items():
        text = cell.findtext(MAIN + "f")
        if text:
            yield Formula(f"{sheet.name}!{address}", text)


def _of_validations(sheet: Sheet) -> Iterator[Formula]:
    for validation in sheet.root.iter(MAIN + "dataValidation"):
        place = f"{sheet.name}!{validation.get('sqref')} validation"
        for tag in ("formula1", "formula2"):
            text = validation.findtext(MAIN + tag)
            if text and literal_items(text) is None:
                yield Formula(place, text)


def _of_conditions(sheet: Sheet) -> Iterator[Formula]:
    for condition in sheet.root.iter(MAIN + "conditionalFormatting"):
        place = f"{sheet.name}!{condition.get('sqref')} condition"
        yield from (Formula(place, f.text or "") for f in condition.iter(MAIN + "formula"))
    for formula in sheet.root.iter(_EXTENSION):
        yield Formula(f"{sheet.name} extension", formula.text or "")


def _of_columns(table: Table) -> Iterator[Formula]:
    for column in table.root.iter(MAIN + "tableColumn"):
        text = column.findtext(MAIN + "calculatedColumnFormula")
        if text:
            yield Formula(f"table {table.name}, column {column.get('name')}", text)


def _of_charts(book: Book) -> Iterator[Formula]:
    for part in book.package.names:
        if part.startswith("xl/charts/chart"):
            yield from (Formula(part, f.text or "") for f in book.root(part).iter(_CHART))
