"""Arguments that are cells or whole ranges: one call computes a column, and its result spills.

What is wrong with a cell is told in its place alone, and nothing raises: xlwings would put a
traceback into the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import ParamSpec, TypeAlias, TypeVar

from xladdin import unforeseen
from xladdin.formula.evaluate import Value

from .argument_values import MARK, BadArgumentError, answer, bad

Given = ParamSpec("Given")
Found = TypeVar("Found")

WENT_WRONG = f"{MARK}出了意外：没有算出来"
LOGGED = f"{WENT_WRONG}，详情已记入日志"
"""Not where the log is: a cell is handed on with its workbook, and the path names the user."""
MOST = 100
"""A fault in a column of formulas is the same in each; it is logged once for each Excel."""

_logged: set[str] = set()


def went_wrong(what: str, error: Exception) -> str:
    """The message for a cell; the details are in the log."""
    try:
        told = unforeseen.details(error)
        if told in _logged:
            return LOGGED
        if len(_logged) < MOST and unforeseen.record(f"function {what}", error):
            _logged.add(told)
            return LOGGED
    except Exception:
        return WENT_WRONG
    return WENT_WRONG


def guarded(function: Callable[Given, Found]) -> Callable[Given, Found | str]:
    """A worksheet function that never raises: xlwings would put a traceback into the cell."""

    @wraps(function)
    def safe(*args: Given.args, **kwargs: Given.kwargs) -> Found | str:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return went_wrong(getattr(function, "__name__", ""), error)

    return safe


Grid: TypeAlias = list[list[object]]
Answer: TypeAlias = float | str | None
Answers: TypeAlias = Answer | list[list[Answer]]

MOST_CELLS = 200_000
"""A whole column is a million cells: Excel would stand still."""


def grid(argument: object, name: str) -> Grid:
    """Any argument as rows of equal length; what is no range is one cell."""
    rows = _rows(argument) or [[None]]
    width = max(1, *map(len, rows))
    if len(rows) * width > MOST_CELLS:
        raise bad(name, "区域太大，请不要选整列")
    return [[*row, *([None] * (width - len(row)))] for row in rows]


def cells(argument: object, name: str) -> list[object]:
    """The cells of an argument, row by row."""
    return [cell for row in grid(argument, name) for cell in row]


def spread(compute: Callable[..., Value], arguments: Mapping[str, object]) -> Answers:
    """Compute cell by cell; what is single counts for every cell of what is a range.

    ``arguments`` go by their Chinese names, in the order in which ``compute`` takes them.  What is
    wrong with one cell is the answer in its place alone.
    """
    try:
        grids = {name: grid(argument, name) for name, argument in arguments.items()}
        height, width = _common(grids)
    except BadArgumentError as error:
        return str(error)
    columns = [list(_broadcast(cells_, height, width)) for cells_ in grids.values()]
    found = [_answer(compute, row) for row in zip(*columns, strict=True)]
    if not any(isinstance(argument, list | tuple) for argument in arguments.values()):
        return found[0]
    return [found[start : start + width] for start in range(0, len(found), width)]


def answered(function: Callable[Given, Answers]) -> Callable[Given, Answers]:
    """A function over whole ranges whose bad arguments become its answer."""

    @wraps(function)
    def safe(*args: Given.args, **kwargs: Given.kwargs) -> Answers:
        try:
            return function(*args, **kwargs)
        except BadArgumentError as error:
            return str(error)

    return safe


def single(argument: object, name: str) -> object:
    """The one cell of an argument that may not be a range."""
    found = cells(argument, name)
    if len(found) != 1:
        raise bad(name, "只能是一个单元格")
    return found[0]


def _rows(argument: object) -> Grid:
    if not isinstance(argument, list | tuple):
        return [[argument]]
    if not any(isinstance(row, list | tuple) for row in argument):
        return [list(argument)] if argument else []
    return [list(row) if isinstance(row, list | tuple) else [row] for row in argument]


def _common(grids: Mapping[str, Grid]) -> tuple[int, int]:
    """The height and width that all arguments have, or can be repeated to."""
    shapes = {name: (len(rows), len(rows[0])) for name, rows in grids.items()}
    common = (max(h for h, _ in shapes.values()), max(w for _, w in shapes.values()))
    for name, shape in shapes.items():
        if any(own not in (1, whole) for own, whole in zip(shape, common, strict=True)):
            raise bad(name, f"有{shape[0]}行{shape[1]}列，和其他区域（{_size(common)}）对不上")
    if common[0] * common[1] > MOST_CELLS:
        raise bad(next(iter(grids)), f"结果太大（{_size(common)}）")
    return common


def _size(shape: tuple[int, int]) -> str:
    return f"{shape[0]}行{shape[1]}列"


def _broadcast(rows: Grid, height: int, width: int) -> Iterator[object]:
    for r in range(height):
        row = rows[r if len(rows) > 1 else 0]
        yield from row if len(row) == width else row * width


def _answer(compute: Callable[..., Value], arguments: Sequence[object]) -> Answer:
    try:
        return answer(compute(*arguments))
    except BadArgumentError as error:
        return str(error)
    except Exception as error:
        # In its own cell alone, like what is wrong with an argument.
        return went_wrong(getattr(compute, "__name__", ""), error)
