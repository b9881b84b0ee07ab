"""What holds for any patch: the other cells stay, and the file stays a workbook."""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbench.package import Package
from tests.workbench.repair import cells as cell_rules
from tests.workbench.repair import merges as merge_rules
from tests.workbench.repair import parts as part_rules
from tests.workbench.repair import tables as table_rules
from tests.workbench.repair.book import Book
from xladdin.ooxml.addresses import address
from xladdin.patch.appending import append
from xladdin.patch.cell_elements import Value
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook_opening import workbook_of

from .parts import filled

RULES = (part_rules.check, cell_rules.check, merge_rules.check, table_rules.check)


def _workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("S")
        sheet.add_table("B2:D6", {"columns": [{"header": name} for name in "xyz"]})
        sheet.write_row("B3", [1, "a", 2.5])
        sheet.write_row("B4", [2, "b", 3.5])
        sheet.merge_range("F2:G4", "merged")
        sheet.write_formula("I1", "=SUM(B3:B9)", None, 3)
        sheet.write("I9", "  blank  ")
        book.add_worksheet("T").write("A1", "other")
    return target.getvalue()


DATA = _workbook()
MERGED = {address(row, column) for row in (2, 3, 4) for column in (6, 7)}
PLACES = st.builds(address, st.integers(1, 12), st.integers(1, 12)).filter(
    lambda place: place not in ("B2", "C2", "D2")  # the table's heads
)
NUMBERS = st.decimals(-(10**9), 10**9, places=6)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES: st.SearchStrategy[Value] = st.none() | NUMBERS | TEXTS
LINES = st.lists(
    st.fixed_dictionaries({"B": NUMBERS, "C": TEXTS.filter(str.strip)}), min_size=1, max_size=5
)


def expected(value: Value) -> object:
    return float(value) if isinstance(value, Decimal) else value or None


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(PLACES, VALUES, max_size=8))
def test_any_cells_set(values: dict[str, Value]) -> None:
    book = workbook_of(DATA)
    sheet = SheetPatch(book, "S")
    wanted = filled(DATA)
    for place, value in values.items():
        sheet.set(place, value)
        wanted["S", "F2" if place in MERGED else place] = expected(value)
    after = book.to_bytes()
    # A formula's stored result is as it was, and calamine takes line ends for what they mean.
    assert filled(after) == {place: value for place, value in wanted.items() if value is not None}
    check(after)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_any_lines_appended(lines: list[dict[str, Value]]) -> None:
    book = workbook_of(DATA)
    rows = append(SheetPatch(book, "S"), 2, lines)
    assert rows == list(range(5, 5 + len(lines)))
    wanted = filled(DATA)
    for row, line in zip(rows, lines, strict=True):
        wanted |= {("S", f"{column}{row}"): expected(value) for column, value in line.items()}
    after = book.to_bytes()
    assert filled(after) == wanted
    check(after)


def check(data: bytes) -> None:
    """The rules that cells can break; the schema is proven on the rich workbook."""
    found = Book(Package(io.BytesIO(data)))  # type: ignore[arg-type]
    assert [str(problem) for rule in RULES for problem in rule(found)] == []
