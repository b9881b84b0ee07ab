"""Colours the cells that have problems, in the open workbook: red for errors, yellow for reminders.

By conditional formats of the first priority, known by their formula: so the colours lie over the live
ones of the master, what the clerk has filled in by hand stays below them, and the next check takes
them away again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from xladdin.app.listed_problems import MOST_SHOWN, cell_of
from xladdin.layout import theme
from xladdin.ooxml.addresses import Area, address, position
from xladdin.problems import Problem
from xladdin.safe_xlwings import xw

from .desk import Desk
from .undo_recording import Recorder
from .undo_steps import Colours

FORMULA = '="xladdin-check"<>""'
"""Always true, without a function: Excel reads formulas of formats in its own language."""
OF_FORMULA = 2
"""Excel's xlExpression."""
LONGEST_ADDRESS = 200
"""Excel takes no more than 255 characters for a range of several areas."""
GROUNDS = {True: theme.WRONG, False: theme.MISSING}


def colour(desk: Desk, step: Recorder, problems: Sequence[Problem]) -> list[str]:
    """Take the colours of the last check away, colour the cells of these problems.

    What comes back are the sheets on which that is not possible, because they are protected.
    """
    wanted: dict[str, dict[str, bool]] = {}
    for problem in sorted(problems, key=lambda one: not one.is_error)[:MOST_SHOWN]:
        if cell := cell_of(problem.place):
            wanted.setdefault(problem.place.sheet, {}).setdefault(cell, problem.is_error)
    refused = []
    with desk.quietly():
        for sheet in step.book.sheets:
            cells = wanted.get(sheet.name, {})
            try:
                ours = _ours(sheet)
                if ours or cells:
                    step.colours(sheet.name, _told(ours))
                _take_away(ours)
                for wrong, ground in GROUNDS.items():
                    _cover(
                        sheet,
                        [cell for cell, is_wrong in cells.items() if is_wrong is wrong],
                        ground,
                    )
            except Exception:
                # Excel says no in many ways; a protected sheet stays as it is.
                if cells:
                    refused.append(sheet.name)
    return refused


def colours_of(sheet: xw.Sheet) -> Colours:
    """The colours of the last check, the first one first."""
    return _told(_ours(sheet))


def colour_again(sheet: xw.Sheet, colours: Colours) -> None:
    """The colours that a sheet had, and no others."""
    _take_away(_ours(sheet))
    # The one that is added last comes first.
    for areas, ground in reversed(colours):
        for some in _batches(areas.split(",")):
            _add(sheet, some, ground)


def _address(area: Any) -> str:
    """By numbers: what Excel makes of an address depends on how it is asked."""
    top, left = int(area.Row), int(area.Column)
    bottom, right = top + int(area.Rows.Count) - 1, left + int(area.Columns.Count) - 1
    return str(Area(top, left, bottom, right))


def _ours(sheet: xw.Sheet) -> list[Any]:
    """The formats that a check has made, the first one first."""
    formats = sheet.cells.api.FormatConditions
    every = (formats.Item(number) for number in range(1, int(formats.Count) + 1))
    return [one for one in every if _formula(one) == FORMULA]


def _told(ours: Iterable[Any]) -> Colours:
    return [(",".join(map(_address, one.AppliesTo.Areas)), int(one.Interior.Color)) for one in ours]


def _take_away(ours: Sequence[Any]) -> None:
    # From the end: those behind one that goes move up.
    for one in reversed(ours):
        one.Delete()


def _formula(one: Any) -> str:
    """The formula of a format; bars and scales have none."""
    with suppress(Exception):
        if one.Type == OF_FORMULA:
            return str(one.Formula1)
    return ""


def _cover(sheet: xw.Sheet, cells: Sequence[str], ground: str) -> None:
    for areas in _batches(_areas(cells)):
        _add(sheet, areas, _bgr(ground))


def _add(sheet: xw.Sheet, areas: str, ground: int) -> None:
    one = sheet.range(areas).api.FormatConditions.Add(Type=OF_FORMULA, Formula1=FORMULA)
    one.SetFirstPriority()
    one.StopIfTrue = True
    one.Interior.Color = ground


def _bgr(ground: str) -> int:
    """A colour (#RRGGBB) as Excel counts it."""
    red, green, blue = bytes.fromhex(ground.removeprefix("#"))
    return red + 256 * green + 65_536 * blue


def _areas(cells: Iterable[str]) -> Iterator[str]:
    """Cells of a column that stand one below the other as one area."""
    places = sorted((column, row) for row, column in map(position, cells))
    runs = groupby(enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0]))
    for _, run in runs:
        (column, top), *others = [place for _, place in run]
        first, last = address(top, column), address(others[-1][1] if others else top, column)
        yield first if first == last else f"{first}:{last}"


def _batches(areas: Iterable[str]) -> Iterator[str]:
    batch = ""
    for area in areas:
        if batch and len(batch) + 1 + len(area) > LONGEST_ADDRESS:
            yield batch
            batch = ""
        batch = f"{batch},{area}" if batch else area
    if batch:
        yield batch
