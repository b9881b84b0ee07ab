"""A copy of a workbook that shows its problems: comments and colours on cells, and a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from xladdin.app.opening_books import open_to_change
from xladdin.files import FileLockedError, NotOursError, reason, replaceable, same_file
from xladdin.layout import theme
from xladdin.layout.measure import CELL_PADDING, CHARACTER_PIXELS, text_height
from xladdin.layout.styles import Style
from xladdin.ooxml.addresses import address, position
from xladdin.ooxml.opening import OpenedFile
from xladdin.ooxml.refused import DamagedError, RefusedError, TooLargeError
from xladdin.ooxml.sealing import UNKNOWN, Sealing, UnknownPasswordError, plain
from xladdin.patch.listing import Entry, Line, Listing, add_listing
from xladdin.patch.marking import is_marked, mark
from xladdin.patch.notes import add_notes
from xladdin.patch.overlays import overlay
from xladdin.patch.saving import save_as
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.style_part import Styles
from xladdin.patch.workbook import SheetEntry, Workbook
from xladdin.problems import Place, Problem, errors, warning

from .listed_problems import (
    HEADS,
    LIST_NAME,
    MOST_SHOWN,
    WIDTHS,
    WORDS,
    Listed,
    cell_of,
    counted,
    listed,
)

AUTHOR = "检查"


def _rgb(color: str) -> str:
    """A colour as files write it."""
    return color.removeprefix("#")


FILLS = {True: _rgb(theme.WRONG), False: _rgb(theme.MISSING)}
"""Red for what is an error, yellow for what is not."""
LINE_COLOUR, LINK_COLOUR = _rgb(theme.HAIRLINE), _rgb(theme.LINK)
LONGEST_NOTE = 4000
"""More than that nobody reads in a box beside a cell; the list has everything."""

Cell = tuple[str, str]


def annotate(
    source: Path | OpenedFile,
    problems: Sequence[Problem],
    target: Path,
    *,
    overwrite: bool = False,
) -> list[Problem]:
    """Write the copy; what comes back is why it could not be written, or not in full.

    Over an older copy that nobody has saved since; over any other file only where told to, and
    never over the source, whatever it is called.
    """
    path = source.path if isinstance(source, OpenedFile) else source
    if same_file(path, target):
        message = "带批注的副本不能写在原来的文件上，请换一个文件名"
        return [Problem("same_file", message, Place(target.name))]
    try:
        before = replaceable(target, lambda there: is_marked(plain(there)), overwrite=overwrite)
    except (NotOursError, FileLockedError, OSError) as error:
        return [_not_replaced(target, error)]
    book, faults = open_to_change(source)
    if book is None:
        return faults
    few = len(problems) <= MOST_SHOWN
    shown = problems if few else _sorted(problems)[:MOST_SHOWN]
    try:
        _mark(book, shown)
        mark(book, _list(book, shown))
    except (DamagedError, TooLargeError) as error:
        return [error.problem(path.name)]
    except (RefusedError, ValueError) as error:
        message = f"这个工作簿加不了批注：{error}"
        return [Problem("not_annotated", message, Place(path.name))]
    # A copy of what opens with a password opens with the same.
    sealing = Sealing(source.password if isinstance(source, OpenedFile) else "")
    faults = save_as(target, before, book, sealing=sealing)
    return [*faults, *_left_out(target, len(problems) - len(shown))]


def _left_out(target: Path, count: int) -> list[Problem]:
    if count <= 0:
        return []
    message = f"问题太多，副本里只有前{MOST_SHOWN}个（先列错误），另有{count}个没有写进去"
    return [warning("problems_left_out", message, Place(target.name))]


def _not_replaced(target: Path, error: Exception) -> Problem:
    if isinstance(error, UnknownPasswordError):
        return Problem("exists", UNKNOWN, Place(target.name))
    if isinstance(error, NotOursError):
        message = (
            "已经有这个文件，它不是这样写出来的副本，或者写出来以后有人保存过，没有覆盖；"
            "请换一个文件名，确实要替换请加 --overwrite"
        )
        return Problem("exists", message, Place(target.name))
    if isinstance(error, OSError):
        return Problem("file_unwritable", f"没有写入：{reason(error)}", Place(target.name))
    if target.is_dir():
        return Problem("not_a_file", "是文件夹，副本要写成一个文件", Place(target.name))
    message = "已经有这个文件，但是读不了：可能正开着，或者没有权限；没有写入"
    return Problem("file_locked", message, Place(target.name))


def _mark(book: Workbook, problems: Iterable[Problem]) -> None:
    styles = Styles(book)
    for name, cells in _by_sheet(book, problems).items():
        sheet = SheetPatch(book, name)
        coloured: dict[str, list[str]] = {fill: [] for fill in FILLS.values()}
        for place, found in cells.items():
            row, column = position(place)
            fill = FILLS[bool(errors(found))]
            sheet.make_cell(row, column).set("s", styles.with_fill(sheet.style(row, column), fill))
            coloured[fill].append(place)
        overlay(sheet, coloured)
        add_notes(sheet, {place: _note(found) for place, found in cells.items()}, AUTHOR)


def _by_sheet(book: Workbook, problems: Iterable[Problem]) -> dict[str, dict[str, list[Problem]]]:
    """The problems by sheet and by the cell that shows them: of a merged area the first."""
    grouped: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    sheets = {name: SheetPatch(book, name) for name in (entry.name for entry in book.sheets)}
    for problem in problems:
        cell = cell_of(problem.place)
        if cell and problem.place.sheet in sheets:
            row, column = sheets[problem.place.sheet].anchor(cell)
            grouped[problem.place.sheet][address(row, column)].append(problem)
    return grouped


def _note(problems: Iterable[Problem]) -> str:
    said = dict.fromkeys(f"{WORDS[p.is_error]}：{p.message}" for p in _sorted(problems))
    text = "\n".join(said)
    return text if len(text) <= LONGEST_NOTE else f"{text[:LONGEST_NOTE]}…"


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first; the rest as it was found."""
    return sorted(problems, key=lambda problem: not problem.is_error)


def _list(book: Workbook, problems: Sequence[Problem]) -> SheetEntry:
    styles = Styles(book)
    told = f"{counted(problems)}点“单元格”一列可以跳到那一格，那一格的批注里也写着问题。"
    head = styles.plain(
        bold=True,
        fill=_rgb(theme.BRAND),
        colour=_rgb(theme.ON_BRAND),
        centred=True,
        border=LINE_COLOUR,
    )
    above = (
        Line(
            (
                Entry(
                    LIST_NAME,
                    styles.plain(size=theme.TITLE, bold=True, colour=_rgb(theme.INK), wrap=False),
                ),
            ),
            30,
        ),
        Line((Entry(told, styles.plain(wrap=False)),), 20),
    )
    lines = _lines(styles, listed(problems, [item.name for item in book.sheets]))
    heads = Line(tuple(Entry(text, head) for text in HEADS), 22)
    return add_listing(book, LIST_NAME, Listing(above, heads, tuple(lines), WIDTHS))


def _lines(styles: Styles, problems: Iterable[Listed]) -> list[Line]:
    text = styles.plain(border=LINE_COLOUR)
    link = styles.plain(border=LINE_COLOUR, colour=LINK_COLOUR, underline=True, centred=True)
    marks = {
        wrong: styles.plain(border=LINE_COLOUR, fill=fill, bold=True, centred=True)
        for wrong, fill in FILLS.items()
    }
    found = []
    for item in problems:
        where = Entry(item.where, link, item.sheet, item.cell)
        entries = (
            Entry(WORDS[item.is_error], marks[item.is_error]),
            Entry(item.source, text),
            where if item.cell else Entry(item.where, text),
            Entry(item.message, text),
        )
        found.append(Line(entries, _height(entries)))
    return found


def _height(entries: Sequence[Entry]) -> float:
    """Excel does not grow rows in a file that it has not laid out itself."""
    style = Style()
    pixels = (width * CHARACTER_PIXELS + CELL_PADDING for width in WIDTHS)
    heights = (text_height(e.text, style, room) for e, room in zip(entries, pixels, strict=True))
    return round(min(max(20.0, *heights), 400.0), 1)
