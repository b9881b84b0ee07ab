"""Lines appended to a list that somebody else keeps, as Excel would take them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xladdin.ooxml.addresses import MOST_ROWS, Area, address, number
from xladdin.ooxml.formula_moving import moved
from xladdin.ooxml.xml import main

from . import formulas, ranges, table_parts
from .cell_elements import Value, has_formula, shows_text, write_formula
from .sheet import SheetPatch
from .table_parts import Table


@dataclass(frozen=True, slots=True)
class _List:
    """A head row and what stands below it."""

    head: int
    columns: Area
    """From the head row to the last line that the list has room for."""
    last: int
    """The last line that holds something."""
    table: Table | None


def append(sheet: SheetPatch, head: int, lines: Sequence[Mapping[str, Value]]) -> list[int]:
    """Write lines below the last one of a list; all of them, or none with RefusedError."""
    if not lines:
        return []
    given = {number(letters) for line in lines for letters in line}
    found = _find(sheet, head, given)
    first, last = found.last + 1, found.last + len(lines)
    carried = [_Carried.of(*each, found.last) for each in _formulas(sheet, found).items()]
    _make_room(sheet, found, last)
    for row, line in zip(range(first, last + 1), lines, strict=True):
        _write(sheet, found, row, line)
        _carry(sheet, row, line, carried)
        sheet.rows.rest()
    return list(range(first, last + 1))


def _find(sheet: SheetPatch, head: int, given: set[int]) -> _List:
    table = _table(sheet.tables, head, given)
    if table is not None:
        last = _last_filled(sheet, table.area, table.last)
        return _List(head, table.area.down_to(table.last), last, table)
    filled = _filled(sheet, head, range(1, max([*sheet.rows.cells(head), *given]) + 1))
    used = {*given, *filled}
    area = Area(head, min(used), MOST_ROWS, max(used))
    last = _last_filled(sheet, area, max([head, *sheet.rows.numbers]))
    return _List(head, area.down_to(last), last, None)


def _table(found: Iterable[Table], head: int, given: set[int]) -> Table | None:
    for table in found:
        if table.area.top == head and any((head, column) in table.area for column in given):
            return table
    return None


def _filled(sheet: SheetPatch, row: int, columns: Iterable[int]) -> list[int]:
    """The columns in which a row holds something; a formula alone makes no line."""
    wanted = set(columns)
    return [
        column
        for column, cell in sheet.rows.cells(row).items()
        if column in wanted
        and not has_formula(cell)
        and shows_text(cell, sheet.book.strings).strip()
    ]


def _last_filled(sheet: SheetPatch, area: Area, bottom: int) -> int:
    columns = range(area.left, area.right + 1)
    rows = (row for row in reversed(sheet.rows.numbers) if area.top < row <= bottom)
    return next((row for row in rows if _filled(sheet, row, columns)), area.top)


def _make_room(sheet: SheetPatch, found: _List, last: int) -> None:
    """Have the list reach down to ``last``, if nothing stands there."""
    bottom = found.columns.bottom
    if last > MOST_ROWS:
        raise sheet.refuse("sheet_full", "工作表的行数不够", MOST_ROWS, found.columns.left)
    _refuse_joined(sheet, found, last)
    package = sheet.book.package
    if last > bottom:
        _refuse_content(sheet, found, last)
        if found.table is not None:
            table_parts.extend(package, found.table, last)
        root = package.edit(sheet.entry.part)
        ranges.stretch(root, found.columns, bottom, last)
        _extend_filter(sheet, bottom, last)
    if found.table is not None:
        table_parts.mark_filled(package, found.table)


def _refuse_content(sheet: SheetPatch, found: _List, last: int) -> None:
    below = Area(found.columns.bottom + 1, found.columns.left, last, found.columns.right)
    if found.table is not None and found.table.totals:
        return  # the totals are what is in the way, and the table says so
    for row in range(below.top, below.bottom + 1):
        for column, cell in sheet.rows.cells(row).items():
            taken = has_formula(cell) or shows_text(cell, sheet.book.strings).strip()
            if (row, column) in below and taken:
                message = f"表格下面第{row}行还有内容，放不下新的{last - below.top + 1}行；请先在表格下面插入空行"
                raise sheet.refuse("no_room", message, row, column)
    for table in sheet.tables:
        if table.area.overlaps(below):
            message = f"表格下面是另一个表格「{table.name}」，放不下新的行；请先在中间插入空行"
            raise sheet.refuse("no_room", message, table.area.top, table.area.left)


def _refuse_joined(sheet: SheetPatch, found: _List, last: int) -> None:
    lines = Area(found.last + 1, found.columns.left, last, found.columns.right)
    for area in sheet.merged:
        if area.overlaps(lines):
            message = f"合并的单元格 {area} 挡住了要写入的行，请先取消合并"
            raise sheet.refuse("merged", message, area.top, area.left)
    for area in sheet.fixed:
        if area.overlaps(lines):
            message = f"要写入的行里有数组公式（{area}），请先移开"
            raise sheet.refuse("array_formula", message, area.top, area.left)


def _extend_filter(sheet: SheetPatch, bottom: int, last: int) -> None:
    """A filter of the sheet itself, where the list is no table."""
    filters = sheet.root.find(main("autoFilter"))
    if filters is None or not filters.get("ref"):
        return
    area = Area.parse(filters.get("ref", ""))
    if area.bottom == bottom:
        filters.set("ref", str(area.down_to(last)))
        sheet.book.extend_filter(sheet.entry, area.down_to(last))


def _write(sheet: SheetPatch, found: _List, row: int, line: Mapping[str, Value]) -> None:
    model = found.last if found.last > found.head else None
    if row > found.columns.bottom and model is not None:
        _copy_styles(sheet, found.columns, model, row)
    for letters, value in line.items():
        sheet.set(f"{letters}{row}", value)


def _copy_styles(sheet: SheetPatch, columns: Area, model: int, row: int) -> None:
    """A new row looks like the last one."""
    sheet.book.package.edit(sheet.entry.part)
    sheet.rows.make_row(row, like=model)
    for column in range(columns.left, columns.right + 1):
        cell = sheet.rows.cell(model, column)
        if cell is not None:
            sheet.rows.make_cell(row, column, cell.get("s"))


def _formulas(sheet: SheetPatch, found: _List) -> dict[int, str]:
    """What the last line computes, by column."""
    if found.last == found.head:
        return {}
    columns = range(found.columns.left, found.columns.right + 1)
    texts = {column: formulas.text_at(sheet.rows, found.last, column) for column in columns}
    return {column: text for column, text in texts.items() if text is not None}


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a column computes."""

    column: int
    text: str
    origin: str
    moves: bool
    """Whether it names cells that are others in another row."""

    @classmethod
    def of(cls, column: int, text: str, row: int) -> _Carried:
        origin = address(row, column)
        return cls(column, text, origin, moved(text, origin, address(row + 1, column)) != text)

    def at(self, row: int) -> str:
        return moved(self.text, self.origin, address(row, self.column)) if self.moves else self.text


def _carry(
    sheet: SheetPatch,
    row: int,
    line: Mapping[str, Value],
    carried: Sequence[_Carried],
) -> None:
    """A computed column goes on being computed."""
    given = {number(letters) for letters in line}
    for each in carried:
        target = sheet.rows.cell(row, each.column)
        if each.column not in given and not (target is not None and has_formula(target)):
            write_formula(sheet.make_cell(row, each.column), each.at(row))
