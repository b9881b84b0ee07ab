"""Tables in files as companies hand them in: rows of wanted fields, each cell with its place."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from xladdin.characters import has_hidden
from xladdin.problems import Place, Problem, warning

from .coded_rows import CodedRows, coded
from .grids import Cells, Grid, cell_at
from .handed_in import FileOrPath, handed_in
from .headers import Headers, Noted, Wanted, find_headers, header_key
from .table_rows import Lines, Row, Rows
from .text import is_blank

__all__ = ["SUMMARY_ROWS", "Row", "Rows", "Table", "read_table", "rows_of"]

SUMMARY_ROWS = frozenset(
    ["店铺汇总值", "店铺平均值", "汇总值", "平均值", "合计", "总计", "小计", "平均", "汇总"]
)
"""Lines that exports add below or among the people; they are nobody's figures."""
ASIDE = ("离职", "退休", "汇总", "合计", "作废")
"""In a sheet's name: it holds former staff or sums; left aside where another sheet has the table."""
_COUNTING = frozenset(map(header_key, ("序号", "编号", "行号", "No.", "#")))
"""Heads of columns that hold nothing worth a word."""
NAMED = 5
"""How many cells one message names; it says how many there are."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was found of a table: the fields that have a column, and the rows in their order."""

    file: str
    fields: frozenset[str] = frozenset()
    rows: Rows = field(default_factory=Rows)
    headers: Mapping[str, str] = field(default_factory=dict)
    """Field -> its header as the file writes it."""


def read_table(
    source: FileOrPath,
    *,
    wanted: Wanted,
    required: Collection[str],
    summary: Collection[str] = (),
    sheet: str | None = None,
    noted: Noted = MappingProxyType({}),
    many: bool = False,
) -> tuple[Table, list[Problem]]:
    """Read the wanted columns of a csv or workbook; ``noted``: heads that the company has noted.

    ``many``: a text file may have as many lines as are read by column.

    Every visible sheet that has the required columns is read, or only ``sheet``; but of several
    not those that their names set aside (``ASIDE``).  Lines that begin with a word of ``summary``
    are dropped (``SUMMARY_ROWS`` has the usual ones).  What was read of several sheets, and which
    columns were not, is told.
    """
    file = handed_in(source)
    grids, problems = file.grids(lambda rows: find_headers(rows, wanted, noted).score, many=many)
    if any(problem.is_error for problem in problems) and not grids:
        return Table(file.name), problems
    chosen = [grid for grid in grids if sheet is None or grid.sheet == sheet]
    if not any(grid.rows for grid in chosen):
        return Table(file.name), [*problems, _nothing(file.name, grids, sheet)]
    heads = [(grid, find_headers(grid.rows, wanted, noted)) for grid in chosen]
    found = [_part(grid, head, summary) for grid, head in heads if _has(head, required)]
    parts = [part for part in found if sheet or not part.aside] or found
    problems += _told_sheets(file.name, parts, [part for part in found if part not in parts])
    problems += _left_out(heads, wanted, required)
    problems += _told_columns(file.name, parts)
    return _joined(file.name, parts), [*problems, *(p for part in parts for p in part.problems())]


def _told_sheets(file: str, read: Sequence[_Part], aside: Sequence[_Part]) -> Iterator[Problem]:
    """Which of several sheets were read: none is added to another without a word."""
    for part in aside:
        message = (
            f"这张工作表没有读（{len(part.lines)} 行）：看名称不是现在的名单或数据；要读请改名"
        )
        yield warning("sheet_aside", message, part.grid.whole())
    if len(read) > 1:
        names = "、".join(f"「{part.grid.sheet}」{len(part.lines)} 行" for part in read)
        message = f"读了 {len(read)} 张工作表，合在一起：{names}"
        yield warning("sheets_joined", message, Place(file))
    elif read and read[0].aside:
        message = "看名称不像现在的名单或数据，但别的工作表里没有，读的是这一张；请核对"
        yield warning("sheet_aside", message, read[0].grid.whole())


def _told_columns(file: str, parts: Sequence[_Part]) -> Iterator[Problem]:
    """The heads that nothing was read from, once for the whole file."""
    unused = dict.fromkeys(label for part in parts for label in part.unused())
    if unused:
        message = f"没有用到的列：{'、'.join(unused)}"
        yield warning("columns_unused", message, Place(file))


def rows_of(
    grid: Grid, head: Headers, summary: Collection[str] = (), rows: CodedRows | None = None
) -> tuple[list[Row], list[Problem]]:
    """The lines that hold data below a header row that has been found already.

    ``rows``: those of the grid by column, where somebody has them.
    """
    part = _part(grid, head, summary, rows)
    return [*Rows([part.kept()])], part.problems()


def _nothing(file: str, grids: list[Grid], sheet: str | None) -> Problem:
    if sheet is not None and sheet not in [grid.sheet for grid in grids]:
        seen = "、".join(grid.sheet for grid in grids)
        message = f"没有工作表「{sheet}」，看到的工作表是：{seen}"
        return Problem("sheet_missing", message, Place(file))
    return Problem("empty_file", "表里没有内容", Place(file, sheet=sheet or ""))


def _has(head: Headers, required: Collection[str]) -> bool:
    return all(name in head.columns for name in required)


def _left_out(
    heads: list[tuple[Grid, Headers]], wanted: Wanted, required: Collection[str]
) -> list[Problem]:
    """Missing columns: errors when no sheet can be read, else a warning for each like sheet."""
    lacking = [(grid, head) for grid, head in heads if not _has(head, required)]
    if len(lacking) == len(heads):
        grid, head = max(lacking, key=lambda each: each[1].score)
        return [_missing(grid, head, _named(head, wanted, required))]
    return [
        warning(
            "sheet_left_out",
            "这张工作表没有读：缺少" + _named(head, wanted, required),
            grid.whole(),
        )
        for grid, head in lacking
        if head.score >= min(2, len(required))
    ]


def _lacks(name: str, head: Headers, required: Collection[str]) -> bool:
    return name in required and name not in head.columns


def _named(head: Headers, wanted: Wanted, required: Collection[str]) -> str:
    return "、".join(f"「{wanted[name][0]}」列" for name in wanted if _lacks(name, head, required))


def _missing(grid: Grid, head: Headers, named: str) -> Problem:
    """One cause, however many columns are missing because of it."""
    if head.score:
        place, message = grid.place(head.row), f"缺少{named}；看到的表头是：{head.seen}"
    else:
        seen = f"最像表头的是第{head.row + 1}行：{head.seen}" if head.seen else "开头几行是空的"
        place, message = grid.whole(), f"没有找到表头，应有{named}；{seen}"
    return Problem("missing_column", message, place)


def _joined(file: str, parts: list[_Part]) -> Table:
    return Table(
        file,
        frozenset(name for part in parts for name in part.head.columns),
        Rows([part.kept() for part in parts]),
        {name: part.head.label(name) for part in reversed(parts) for name in part.head.columns},
    )


def _part(
    grid: Grid, head: Headers, summary: Collection[str], rows: CodedRows | None = None
) -> _Part:
    rows = rows or coded(grid.rows)
    return _Part(grid, head, rows, _data_lines(rows, head, summary))


def _data_lines(rows: CodedRows, head: Headers, summary: Collection[str]) -> Sequence[int]:
    """Not blank lines, summary lines, nor the header repeated on each printed page."""
    columns = [found[0] for found in head.columns.values()]
    labels = [header_key(head.labels[column]) for column in columns]
    words = frozenset(map(header_key, summary))

    def holds_data(cells: Cells) -> bool:
        ours = [cell_at(cells, column) for column in columns]
        if all(map(is_blank, ours)):
            return False
        leading = next(cell for cell in cells if not is_blank(cell))
        return not (isinstance(leading, str) and header_key(leading) in words) and any(
            header_key(cell) != label for cell, label in zip(ours, labels, strict=True)
        )

    below = range(head.row + 1, len(rows))
    doubtful = _doubtful(rows, columns, labels, words)
    out = {row for row in sorted(doubtful) if not holds_data(rows[row])}
    return array("I", (row for row in below if row not in out)) if out else below


def _doubtful(
    rows: CodedRows, columns: Sequence[int], labels: Sequence[str], words: Collection[str]
) -> set[int]:
    """The rows that may hold no data: others need not be looked at as a whole."""
    found = set(rows.odd)
    found.update(_blank_or_head(rows, columns, labels))
    for column in rows.columns:
        if sums := column.where(lambda cell: isinstance(cell, str) and header_key(cell) in words):
            found.update(column.rows(sums))
    return found


def _blank_or_head(rows: CodedRows, columns: Sequence[int], labels: Sequence[str]) -> Sequence[int]:
    """The rows that are blank, or have the head once more, in every column of the table."""
    found: Sequence[int] = range(len(rows))
    for number, label in zip(columns, labels, strict=True):

        def is_none(cell: object, head: str = label) -> bool:
            return is_blank(cell) or header_key(cell) == head

        column = rows.column(number)
        suspect = column.where(is_none)
        found = [row for row in found if column.codes[row] in suspect]
    return found


def _loses(raw: object) -> bool:
    """Whether a text is more than blanks, and not the same without what nobody sees."""
    return isinstance(raw, str) and has_hidden(raw) and not is_blank(raw)


@dataclass(frozen=True, slots=True)
class _Part:
    """One sheet's share of a table."""

    grid: Grid
    head: Headers
    coded: CodedRows
    lines: Sequence[int]
    """The rows that hold data."""

    def kept(self) -> Lines:
        """Those that are read."""
        overlong = set(self._overlong())
        lines = [i for i in self.lines if i not in overlong] if overlong else self.lines
        return Lines(self.grid, self.head, self.coded, lines)

    def problems(self) -> list[Problem]:
        doubles = [(name, found) for name, found in self.head.columns.items() if len(found) > 1]
        overlong = [self._too_long(i) for i in self._overlong()]
        return [
            *(self._double(*each) for each in doubles),
            *self._passed_over(),
            *overlong,
            *self._hidden(),
            *self._cleaned(),
        ]

    @property
    def aside(self) -> bool:
        """Whether the sheet's name says that it holds former staff or sums."""
        return any(word in self.grid.sheet for word in ASIDE)

    def unused(self) -> Iterator[str]:
        """The heads that stand for nothing here, as the file writes them."""
        read = {column for found in self.head.columns.values() for column in found}
        for column, label in enumerate(self.head.labels):
            told = column in read or column in self.head.passed_over
            if label and not told and header_key(label) not in _COUNTING:
                yield label

    def _passed_over(self) -> Iterator[Problem]:
        for column, name in self.head.passed_over.items():
            label = self.head.labels[column]
            message = f"「{label}」这一列没有读：已经有「{self.head.label(name)}」列，读的是那一列"
            yield warning(
                "column_passed_over", message, self.grid.place(self.head.row, column, label)
            )

    def _hidden(self) -> Iterator[Problem]:
        """Rows that a filter hides are data all the same; whoever hid them may think otherwise."""
        hidden = self.grid.hidden_rows
        rows = [row for row in self.lines if row in hidden] if hidden else []
        if rows:
            numbers = "、".join(str(self.grid.number(row)) for row in rows[:NAMED])
            more = f" 等 {len(rows)} 行" if len(rows) > NAMED else ""
            message = f"第 {numbers} 行{more}被筛选或隐藏起来了，也照样读了；不要的请删去"
            yield warning("hidden_rows", message, self.grid.whole())

    def _cleaned(self) -> list[Problem]:
        """What every reader of a text takes out of it, said once for all cells."""
        columns = [found[0] for found in self.head.columns.values()]
        doubtful = set(self.coded.odd)
        for number in columns:
            cells = self.coded.column(number)
            if losing := cells.where(_loses):
                doubtful.update(cells.rows(losing))
        places = [
            self.grid.place(row, column, self.head.labels[column])
            for row in (self.lines if doubtful else ())
            if row in doubtful
            for column in columns
            if _loses(cell_at(self.grid.rows[row], column))
        ]
        if not places:
            return []
        named = "、".join(place.cell or str(place._replace(file="")) for place in places[:NAMED])
        more = f" 等 {len(places)} 格" if len(places) > NAMED else ""
        where = f"：{named}{more}" if len(places) > 1 else ""
        message = f"去掉了看不见的字符（控制符、方向符、零宽字符等）{where}"
        return [warning("hidden_characters", message, places[0])]

    def _overlong(self) -> Iterator[int]:
        """Only in text files: a comma inside a figure or remark has shifted the line.

        Also where the cells too many are blank: ``150000,1,234.50,`` ends in an empty remark.
        """
        most = len(self.head.labels)
        if self.grid.sheet:
            return iter(())
        odd = {i for i in self.coded.odd if len(self.coded[i]) > most}
        if self.coded.width > most:
            odd |= {*range(len(self.coded))} - {*self.coded.odd}
        return (i for i in self.lines if i in odd) if odd else iter(())

    def _too_long(self, row: int) -> Problem:
        message = (
            f"这一行有{len(self.grid.rows[row])}格，表头只有{len(self.head.labels)}格，没有读；"
            '内容里有逗号时请加英文双引号，如 "1,234.50"'
        )
        return Problem("row_too_long", message, self.grid.place(row))

    def _double(self, name: str, columns: list[int]) -> Problem:
        found = [self.head.labels[column] for column in columns]
        labels = "、".join(f"「{label}」" for label in found)
        if len(set(map(header_key, found))) == 1:
            message = f"表头重复：{labels}是同一列，读的是前一列，请删去一列"
        else:
            message = (
                f"表头重复：{labels}都可以是「{self.head.usual[name]}」，读的是前一列；"
                "请把要用的那一列改成这个名称"
            )
        place = self.grid.place(self.head.row, columns[1], found[1])
        return Problem("duplicate_column", message, place)
