"""What a report says of itself when it goes out: which one it is, and every cell that people may fill in.

Two very hidden sheets travel with the file.  One is the identity that every form has.  The other has a line
for each cell that is asked for, that may be corrected, or whose sentence may be typed over: its key, where
it stands, what a person calls it, what may be entered, what the data said, and what stood there.  So a
report that comes back is read without the records that it was made from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from xladdin.books import identity as form_identity
from xladdin.books.identity import FORM_VERSION
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.intake.text import written_text
from xladdin.layout.cell_rules import Between, Check
from xladdin.layout.cells import Asked, Block, Book, Cell, Fixed, Result, Sheet
from xladdin.layout.place import defined_name, keyed_cells, results
from xladdin.layout.styles import PLAIN
from xladdin.layout.tables.table import Column, Table
from xladdin.ooxml.addresses import absolute, quoted_sheet

from .cell_labels import Labels
from .report_identity import ReportIdentity

SHEET_NAME = "_sent"
SCHEME = "report"
"""What stands where forms have their scheme."""
TEXT, SAID, COMPUTED, FILLED = "text", "said", "computed", "filled"
"""What a line is about: a cell that takes words; one that takes words in place of a sentence that the
workbook works out; one that is worked out and takes nothing; the cells of a sheet in which something
stands."""
TABLE = "table."
"""Beginning of the keys of cells in tables, which have no names: ``table.agents.张三.投诉``."""
AGAIN = ".again"
"""Ending of the name of a sentence's cell where the sentence is shown a second time."""
_DAY_ZERO = dt.date(1899, 12, 30)
_LONGEST = 32_000
"""Of a cell's text; Excel takes a little more."""
_STYLE = replace(PLAIN, wrap=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be entered as a figure."""

    low: Decimal
    high: Decimal
    number_format: str
    whole: bool = False
    date: bool = False

    @property
    def text(self) -> str:
        """As one text."""
        kind = "date" if self.date else "whole" if self.whole else "any"
        return "|".join((plain(self.low), plain(self.high), kind, self.number_format))

    @property
    def told(self) -> str:
        """In words, for whoever entered something else."""
        if self.date:
            return "请填日期，如 2026-11-15"
        if "%" in self.number_format:
            return f"请填 {plain(self.low * 100)}% 至 {plain(self.high * 100)}% 的百分比"
        return f"请填 {plain(self.low)} 至 {plain(self.high)} 的{'整数' if self.whole else '数字'}"

    def shown(self, value: Value) -> str:
        """A value as its cell shows it."""
        if not isinstance(value, Decimal):
            return written_text(value)
        if self.date:
            return (_DAY_ZERO + dt.timedelta(days=int(value))).isoformat()
        return f"{plain(value * 100)}%" if "%" in self.number_format else plain(value)

    @classmethod
    def parse(cls, text: str) -> Rule | None:
        """The rule of a text; None where it is none."""
        parts = text.split("|", 3)
        if len(parts) < len(("low", "high", "kind", "format")):
            return None
        try:
            low, high = Decimal(parts[0]), Decimal(parts[1])
        except InvalidOperation:
            return None
        return cls(low, high, parts[3], parts[2] == "whole", parts[2] == "date")


Spot = tuple[int, int]
Anchor = tuple[int, str]


@dataclass(frozen=True, slots=True)
class SentCell:
    """One cell as it went out."""

    key: str
    sheet: str
    label: str
    """What a person calls it: ``风险1·措施``."""
    rule: Rule | None
    """None: words."""
    base: Value
    """What the data or our own wording says; what people had filled in before is none of that."""
    sent: Value
    """What stood there."""
    kind: str = TEXT
    spot: Spot = (0, 0)
    """Row and column, from 1; (0, 0) in a table, whose rows are found by name."""
    anchor: Anchor = (0, "")
    """The column at its left, from 1, that says what its row is, and what stands there."""

    @property
    def said(self) -> bool:
        """Whether it is a sentence of ours."""
        return self.kind == SAID

    @property
    def entered(self) -> bool:
        """Whether people may enter something."""
        return self.kind != COMPUTED

    @property
    def place(self) -> str:
        """Sheet and label."""
        return f"{self.sheet}·{self.label}"

    def asked(self) -> Cell:
        """A cell that asks for the same."""
        content = Asked(self.key)
        if self.rule is None:
            return Cell(0, 0, content, PLAIN)
        rule = Between(self.rule.low, self.rule.high, self.rule.whole, self.rule.date)
        check = Check(rule, "", self.rule.told, self.label)
        return Cell(0, 0, content, PLAIN.shown_as(self.rule.number_format), check=check)


# Going out.


def with_record(
    book: Book,
    whose: ReportIdentity,
    before: Mapping[str, Value] | None = None,
    base: Book | None = None,
) -> Book:
    """The book with both hidden sheets.

    ``before``: what stood in cells before something that people had filled in was put back there.
    ``base``: the same book without that, for what its tables hold.
    """
    labels = Labels(book)
    cells = (
        *_of_cells(book, labels, before or {}),
        *_of_tables(book, book if base is None else base),
    )
    return recorded(book, whose, cells)


def recorded(book: Book, whose: ReportIdentity, cells: Iterable[SentCell]) -> Book:
    """The book with both hidden sheets, of which one tells of these cells."""
    rows = [_row(cell) for cell in cells]
    rows += [_filled_row(sheet) for sheet in book.sheets if sheet.visibility == "visible"]
    lines = (
        (form_identity.FORM, whose.kind),
        (form_identity.SCHEME, SCHEME),
        (form_identity.CONTENT, hash_of(rows)),
        (form_identity.EMPLOYEE, whose.person),
        (form_identity.PERIOD, str(whose.period)),
        (form_identity.VERSION, FORM_VERSION),
        (form_identity.TEAM, whose.team),
    )
    # One text a line: a thousand cells are written sooner than ten thousand.
    told = [(json.dumps(row, ensure_ascii=False, separators=(",", ":")),) for row in rows]
    hidden = (_hidden(form_identity.SHEET_NAME, lines), _hidden(SHEET_NAME, told))
    return replace(book, sheets=(*book.sheets, *hidden), names={**book.names, **_again(book)})


def _of_cells(book: Book, labels: Labels, before: Mapping[str, Value]) -> Iterator[SentCell]:
    """Every named cell that people may fill in, correct or type over, and those that are worked out."""
    worked_out = results(book, {})
    seen: set[str] = set()
    now: Value
    for key, sheet, cell in keyed_cells(book):
        if key in seen or sheet.visibility != "visible":
            continue
        match cell.content:
            case Asked(default=default):
                kind = SAID if key in book.model else TEXT
                rule, now = rule_of(cell), default
            case Result(measured=True):
                kind, rule, now = SAID, None, worked_out.get(key)
            case Result():
                kind, rule, now = COMPUTED, None, None
            case _:
                continue
        seen.add(key)
        anchor = labels.anchor(sheet, cell)
        yield SentCell(
            key,
            sheet.name,
            labels.of(sheet, cell),
            rule,
            before.get(key, now),
            now,
            kind,
            (cell.row + 1, cell.col + 1),
            anchor,
        )


def rule_of(cell: Cell | Column) -> Rule | None:
    """What may be entered in a cell; None where that is words."""
    rule = cell.check.rule if cell.check else None
    if not isinstance(rule, Between):
        return None
    return Rule(rule.low, rule.high, cell.style.number_format, rule.whole, rule.date)


def entered_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table that people see and may type into; the first says whose row it is."""
    return tuple(one for one in table.entries if not one.hidden and one.sparkline is None)


def table_key(table: str, row: str, column: str) -> str:
    """A cell of a table: by whose row it is, not by where that stands."""
    return f"{TABLE}{table}.{row}.{column}"


def spare_row(number: int) -> str:
    """What stands for whose row it is where nobody was named, from 1 on."""
    return f"+{number}"


def correctable_tables(book: Book) -> Iterator[tuple[Sheet, Table]]:
    """Tables whose figures may be corrected: those that have a column with a rule of what is entered."""
    for sheet in book.sheets:
        if sheet.table is not None and _is_correctable(sheet.table):
            yield sheet, sheet.table


def _is_correctable(table: Table) -> bool:
    return any(map(rule_of, entered_columns(table)))


def _of_tables(book: Book, base: Book) -> Iterator[SentCell]:
    earlier = {table.key: table for _, table in correctable_tables(base)}
    for sheet, table in correctable_tables(book):
        columns = entered_columns(table)
        before = earlier.get(table.key, table).rows
        for i, row in enumerate(table.rows):
            whose = row.get(columns[0].key)
            was = before[i] if i < len(before) else {}
            name = written_text(was.get(columns[0].key)) or spare_row(i + 1)
            for one in columns:
                yield SentCell(
                    table_key(table.key, name, one.key),
                    sheet.name,
                    f"{written_text(whose) or f'第{i + 1}行'}·{one.head}",
                    rule_of(one),
                    was.get(one.key),
                    row.get(one.key),
                )


def _again(book: Book) -> Mapping[str, str]:
    """Names of sentences' second cells: whoever types over one of them need not find the first."""
    places: dict[str, list[str]] = {}
    for key, sheet, cell in keyed_cells(book):
        if isinstance(cell.content, Result) and cell.content.measured:
            place = f"={quoted_sheet(sheet.name)}!{absolute(cell.row + 1, cell.col + 1)}"
            places.setdefault(key, []).append(place)
    return {defined_name(key + AGAIN): found[1] for key, found in places.items() if found[1:]}


def _hidden(name: str, rows: Sequence[Sequence[str]]) -> Sheet:
    width = max((len(row) for row in rows), default=1)
    cells = tuple(
        Cell(i, col, Fixed(text), _STYLE)
        for i, row in enumerate(rows)
        for col, text in enumerate(row)
    )
    block = Block(cells, max(1, len(rows)))
    return Sheet(name, (16.0,) * width, (block,), visibility="very_hidden")


def _row(cell: SentCell) -> tuple[str, ...]:
    kind = cell.kind if cell.rule is None else cell.rule.text
    where = " ".join(map(str, (*cell.spot, cell.anchor[0])))
    return (
        cell.key,
        cell.sheet,
        cell.label,
        kind,
        _text(cell.base),
        _text(cell.sent),
        where,
        cell.anchor[1],
    )


def _filled_row(sheet: Sheet) -> tuple[str, ...]:
    """Where anything stands on a sheet, row after row: ``1-11;1-3,5``; nothing of sheets of lines that
    figures were counted from, where nobody writes."""
    spans = "" if sheet.table is not None and not _is_correctable(sheet.table) else _filled(sheet)
    return (sheet.name, sheet.name, "", FILLED, spans[:_LONGEST], "", "", "")


def _filled(sheet: Sheet) -> str:
    rows: dict[int, set[int]] = {}
    for cell in sheet.cells:
        for down in range(cell.rows):
            rows.setdefault(cell.row + down, set()).update(range(cell.col, cell.col + cell.cols))
    if sheet.table is not None:
        whole = range(len(sheet.table.columns))
        for row in range(sheet.table_top, sheet.table_top + sheet.table.height + 1):
            rows.setdefault(row, set()).update(whole)
    return ";".join(_spans(sorted(rows.get(row, ()))) for row in range(max(rows, default=-1) + 1))


def _spans(columns: Sequence[int]) -> str:
    found: list[list[int]] = []
    for column in columns:
        if found and found[-1][1] == column:
            found[-1][1] = column + 1
        else:
            found.append([column + 1, column + 1])
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in found)


def _text(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else written_text(value)


def hash_of(rows: Sequence[Sequence[str]]) -> str:
    """What tells whether somebody has changed the lines."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()
