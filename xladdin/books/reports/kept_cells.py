"""What people had filled in, back in its cells when a report is made again.

A figure goes back only where the data still say what they said when it was entered; words go back wherever
their cell is.  What does not go back is listed beside what does: nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.formula.evaluate import Value
from xladdin.intake.text import written_text
from xladdin.layout import theme
from xladdin.layout.cell_rules import Anything, Check
from xladdin.layout.cells import Asked, Block, Book, Cell, Result, Sheet
from xladdin.layout.place import keyed_cells, results
from xladdin.layout.tables.table import Table, TableCell

from .cell_labels import Labels
from .sent_cells import (
    Rule,
    correctable_tables,
    entered_columns,
    rule_of,
    spare_row,
    table_key,
)

KEPT_COLOR = theme.LINK
"""Letters of what was put back; a sheet of its own says it in words."""
BY_SUBJECT = ("act.", "finding.", "past.")
"""Beginnings of keys that say what a cell is about, so that its label need not be the same."""
OTHER_CELL = "新的报告里这一格是别的内容"
NO_CELL = "新的报告里没有这一格"
OTHER_DATA = "数据和那时不一样了（那时{was}，现在{now}），用现在的"
OTHER_SENTENCE = "这句话由数据算出，数据变了，句子也变了，用现在的"


@dataclass(frozen=True, slots=True)
class KeptReport:
    """What people had filled in on a report that came back."""

    inputs: Mapping[str, Value]
    """Key -> what they entered or changed; None where they emptied a cell."""
    base: Mapping[str, Value]
    """What the data had said there, and the texts that stood beside."""
    labels: Mapping[str, str]
    """Key -> sheet and label of its cell."""
    file_name: str
    day: str
    """When it came back."""

    @property
    def origin(self) -> str:
        """``取自2026-11-03收回的“月报.xlsx”``."""
        return f"取自{self.day}收回的“{self.file_name}”"


@dataclass(frozen=True, slots=True)
class PutBack:
    """One thing that people had filled in, and what became of it."""

    place: str
    value: str
    why_not: str = ""
    """Empty where it stands in its cell again."""


@dataclass(frozen=True)
class Restored:
    """A book with what was put back."""

    book: Book
    before: Mapping[str, Value] = field(default_factory=dict)
    """Key -> what stood there before."""
    lines: tuple[PutBack, ...] = ()


def shown(value: Value, rule: Rule | None) -> str:
    """A value as its cell shows it."""
    return "空" if value is None or value == "" else rule.shown(value) if rule else str(value)


def restored(
    book: Book,
    kept: KeptReport | None,
    more: Mapping[str, Value] | None = None,
    found_place: frozenset[str] = frozenset(),
) -> Restored:
    """A book with what was kept in its cells.

    ``more`` is what else was kept, by the keys of this book; ``found_place`` are keys that stand
    elsewhere in it, by other keys.
    """
    if kept is None:
        return Restored(book)
    work = _Restoring(
        book, kept, {**kept.inputs, **(more or {})}, found_place, frozenset(more or ())
    )
    return work.done()


@dataclass
class _Restoring:
    book: Book
    kept: KeptReport
    inputs: Mapping[str, Value]
    elsewhere: frozenset[str]
    own: frozenset[str]
    """Keys that are right whatever their label was."""
    before: dict[str, Value] = field(default_factory=dict)
    lines: list[PutBack] = field(default_factory=list)

    def done(self) -> Restored:
        cells = {key: (sheet, cell) for key, sheet, cell in reversed([*keyed_cells(self.book)])}
        labels = Labels(self.book)
        figures = dict(self._figures(cells, labels))
        tables, self_told = self._tables()
        book = _with_cells(self.book, figures, self.kept.origin)
        book = _with_tables(book, tables)
        sentences = dict(self._sentences(book, cells))
        book = _with_cells(book, sentences, self.kept.origin)
        for key, value in self.inputs.items():
            lost = key not in cells and key not in self.elsewhere and key not in self_told
            if lost:
                self._left(key, value, None, NO_CELL)
        return Restored(book, self.before, tuple(self.lines))

    def _left(self, key: str, value: Value, rule: Rule | None, why: str) -> None:
        place = self.kept.labels.get(key, key)
        self.lines.append(PutBack(place, shown(value, rule), why))

    def _back(self, key: str, place: str, value: Value, rule: Rule | None, was: Value) -> None:
        self.before[key] = was
        self.lines.append(PutBack(place, shown(value, rule)))

    def _fits(self, key: str, value: Value, now: Value, rule: Rule | None) -> bool:
        """Whether a figure is about the same data as then; words are always."""
        if rule is None or key in self.own:
            return True
        was = self.kept.base.get(key)
        if same(was, now):
            return True
        told = OTHER_DATA.format(was=shown(was, rule), now=shown(now, rule))
        self._left(key, value, rule, told)
        return False

    def _figures(
        self, cells: Mapping[str, tuple[Sheet, Cell]], labels: Labels
    ) -> Iterator[tuple[str, Value]]:
        """What was asked for or corrected."""
        for key, value in self.inputs.items():
            sheet, cell = cells.get(key, (None, None))
            if sheet is None or cell is None or not isinstance(cell.content, Asked):
                continue
            place, rule = f"{sheet.name}·{labels.of(sheet, cell)}", rule_of(cell)
            strange = not key.startswith(BY_SUBJECT) and key not in self.own
            if strange and self.kept.labels.get(key, place) != place:
                self._left(key, value, rule, OTHER_CELL)
            elif self._fits(key, value, cell.content.default, rule):
                self._back(key, place, value, rule, cell.content.default)
                yield key, value

    def _sentences(
        self, book: Book, cells: Mapping[str, tuple[Sheet, Cell]]
    ) -> Iterator[tuple[str, Value]]:
        """Sentences that somebody has typed over, where the figures still say the same."""
        wanted = [
            key for key in self.inputs if key in cells and isinstance(cells[key][1].content, Result)
        ]
        now = results(book, {}) if wanted else {}
        for key in wanted:
            value = self.inputs[key]
            if same(self.kept.base.get(key), now.get(key)):
                place = self.kept.labels.get(key, cells[key][0].name)
                self._back(key, place, value, None, now.get(key))
                yield key, value
            else:
                self._left(key, value, None, OTHER_SENTENCE)

    def _tables(self) -> tuple[dict[str, dict[tuple[int, str], TableCell]], set[str]]:
        """Table -> row and column -> what goes there; and every key that is told of."""
        found: dict[str, dict[tuple[int, str], TableCell]] = {}
        told: set[str] = set()
        for sheet, table in correctable_tables(self.book):
            columns = entered_columns(table)
            for i, row in enumerate(table.rows):
                name = written_text(row.get(columns[0].key)) or spare_row(i + 1)
                for one in columns:
                    key = table_key(table.key, name, one.key)
                    if key not in self.inputs:
                        continue
                    told.add(key)
                    value, rule, now = self.inputs[key], rule_of(one), row.get(one.key)
                    if self._fits(key, value, now, rule) and not isinstance(value, bool):
                        place = f"{sheet.name}·{name}·{one.head}"
                        self._back(key, place, value, rule, now)
                        found.setdefault(table.key, {})[i, one.key] = value
        return found, told


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same, as a spreadsheet keeps them."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= abs(other) * _NEAR + _NEARLY_NOTHING
    return written_text(one).strip() == written_text(other).strip()


_NEAR, _NEARLY_NOTHING = Decimal("1e-9"), Decimal("1e-12")


def _with_cells(book: Book, values: Mapping[str, Value], origin: str) -> Book:
    """These cells with these values, and looks that say so."""
    if not values:
        return book
    sheets = tuple(
        replace(sheet, blocks=tuple(_with_values(block, values, origin) for block in sheet.blocks))
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _with_values(block: Block, values: Mapping[str, Value], origin: str) -> Block:
    if not any(getattr(cell.content, "key", None) in values for cell in block.cells):
        return block
    cells = []
    for cell in block.cells:
        key = getattr(cell.content, "key", "")
        if key not in values or not isinstance(cell.content, Asked | Result):
            cells.append(cell)
            continue
        value = values[key]
        default = value if isinstance(value, str | Decimal) else None
        cells.append(marked(replace(cell, content=Asked(key, default)), origin))
    return replace(block, cells=tuple(cells))


def marked(cell: Cell, origin: str) -> Cell:
    """A cell that says where it has its content from, to whoever looks at it or selects it."""
    check = cell.check or Check(Anything(), "", "")
    told = replace(check, prompt=origin, title=check.title or "收回的内容")
    return replace(cell, style=replace(cell.style, color=KEPT_COLOR, italic=True), check=told)


def _with_tables(book: Book, values: Mapping[str, Mapping[tuple[int, str], TableCell]]) -> Book:
    if not values:
        return book
    sheets = tuple(
        replace(sheet, table=_with_rows(sheet.table, values[sheet.table.key]))
        if sheet.table is not None and sheet.table.key in values
        else sheet
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _with_rows(table: Table, values: Mapping[tuple[int, str], TableCell]) -> Table:
    rows = tuple(
        {**row, **{column: value for (at, column), value in values.items() if at == i}}
        for i, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)
