"""What makes Excel offer a repair, or refuse a file, without breaking the schema.

`repair_problems(path)` returns every problem of a workbook. Two rules are the project's own:
defined names are ASCII, and formulas keep to the functions of Excel 2010.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..package import Package
from . import cells, conditions, formulas, merges, names, parts, sheets, tables, validations
from .book import Book
from .problem import Code, RepairProblem

__all__ = ["Code", "RepairProblem", "repair_problems"]

_RULES: tuple[Callable[[Book], Iterator[RepairProblem]], ...] = (
    parts.check,
    sheets.check,
    names.check,
    tables.check,
    cells.check,
    merges.check,
    validations.check,
    conditions.check,
)


def repair_problems(path: Path | str, excel_2010: bool = True) -> list[RepairProblem]:
    """Return the problems of a workbook in file order of the rules, without repetitions.

    `excel_2010=False` admits the functions of later versions. Raises `BadZipFile` when the file
    is no package at all.
    """
    book = Book(Package(Path(path)))
    rules = [*_RULES, lambda book: formulas.check(book, excel_2010)]
    found = [problem for rule in rules for problem in _run(rule, book)]
    return list(dict.fromkeys(found))


def _run(rule: Callable[[Book], Iterator[RepairProblem]], book: Book) -> Iterator[RepairProblem]:
    try:
        yield from rule(book)
    except ValueError as error:
        # A reference or number that cannot be read: the rule has to end at this place.
        yield RepairProblem(Code.VALUE_ILLEGAL, "workbook", str(error))
