"""What the command line shows: problems, tables, progress."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import isfinite
from types import TracebackType
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
)
from rich.table import Table
from rich.text import Text

from .characters import escaped, is_plain, on_one_line, printable
from .folding import Fold, folded
from .problems import Problem, errors
from .screen_text import drawn, fitted, wrapped

# No markup, no names of emoji: what is shown is mostly what others wrote.
out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
unlimited = Console(highlight=False, width=10_000, markup=False, emoji=False)
"""For tables that go into a file or a pipe, where nothing may be cut off."""
MOST_LISTED, MOST_IN_JSON = 1_000, 10_000
"""Problems: more nobody reads, and a file that is wrong in every line has hundreds of thousands."""

_JSON = json.JSONEncoder(ensure_ascii=False)
_PIECES = 10_000
"""Of JSON that are written at once."""
SEEN = 0.1
"""Seconds that a step of progress stands at least."""
FRAME = 3
"""What a table draws beside each cell: a line and two blanks."""
EVERY = "--all"
"""The option of every command that unfolds."""
HINT = "说明"
_shown = {"every": False}


def say(text: str = "") -> None:
    """A line of results; file names and figures stand as they are, harmless to a terminal."""
    out.print(printable(text))


def line(text: str) -> str:
    """A foreign text inside a line or cell."""
    return printable(on_one_line(text))


def note(text: str) -> None:
    """A line that is neither a result nor a problem, beside the problems."""
    err.print(line(text))


def unfold(wanted: bool) -> None:
    """Whether every problem gets a line of its own from now on, however many are alike."""
    _shown["every"] = wanted


def complain(problems: Iterable[Problem]) -> None:
    """Every problem, errors first; those that say the same on one line, unless unfolded."""
    found = list(problems)
    listed = _each(found) if _shown["every"] else folded(found)
    for fold in listed[:MOST_LISTED]:
        mark, colour = ("错误", "red") if fold.first.is_error else ("提醒", "yellow")
        err.print(mark, end=" ", style=colour)
        err.print(line(str(fold)))
    if len(listed) > MOST_LISTED:
        left = sum(len(fold.problems) for fold in listed[MOST_LISTED:])
        err.print(f"另有 {left} 个问题没有列出，请先改好上面的再运行。")
    if any(fold.hides for fold in listed):
        err.print(
            f"{HINT}：一共 {len(found)} 个问题，同类的合并后是 {len(listed)} 行；"
            f"要逐条列出，请加 {EVERY}。"
        )


def _each(problems: Sequence[Problem]) -> list[Fold]:
    return sorted(map(Fold, zip(problems)), key=lambda fold: not fold.first.is_error)


def counted(problems: Iterable[Problem]) -> str:
    """How many of each kind there are, as every command says it."""
    found = list(problems)
    wrong = len(errors(found))
    return f"错误 {wrong} 个，提醒 {len(found) - wrong} 个"


def wrong_usage(lines: Iterable[str]) -> None:
    """How a command should have been typed."""
    for told in lines:
        err.print(line(told))


def speak_chinese() -> None:
    """Make sure that no output can fail: streams that lack Chinese become UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if _has_chinese(stream.encoding) else "utf-8")
            stream.reconfigure(errors="replace")


def _has_chinese(encoding: str) -> bool:
    try:
        return bool("绩效考核：「错误」".encode(encoding))
    except (UnicodeError, LookupError):
        return False


def show_json(data: Any) -> None:
    """Data for machines: UTF-8 whatever the terminal speaks, Chinese as it is.

    What is given as an iterator is shown as a list, piece by piece.
    """
    pieces: list[str] = []
    for piece in _json(data, "\n"):
        pieces.append(piece)
        if len(pieces) > _PIECES:
            _echo(pieces)
    _echo([*pieces, "\n"])


def _echo(pieces: list[str]) -> None:
    typer.echo("".join(pieces).encode(), nl=False)
    pieces.clear()


def _json(value: Any, end: str) -> Iterator[str]:
    """As the standard library indents it by two, at half the cost; ``end``: a line's end and what
    the next one begins with."""
    if isinstance(value, dict):
        pairs = ((f"{_json_of(str(key))}: ", inner) for key, inner in value.items())
        yield from _listed("{", pairs, "}", end)
    elif isinstance(value, list | tuple | Iterator):
        yield from _listed("[", (("", inner) for inner in value), "]", end)
    else:
        yield _json_of(value)


def _listed(
    opening: str, items: Iterable[tuple[str, Any]], closing: str, end: str
) -> Iterator[str]:
    inner, empty = f"{end}  ", True
    for name, value in items:
        yield f"{opening if empty else ','}{inner}{name}"
        yield from _json(value, inner)
        empty = False
    yield opening + closing if empty else end + closing


def _json_of(value: Any) -> str:
    if type(value) is float and isfinite(value):
        return repr(value)
    return _json_text(value) if isinstance(value, str) else _JSON.encode(value)


@lru_cache(maxsize=4096)
def _json_text(text: str) -> str:
    # Names of fields come again and again, and many a name of a person.
    found = _JSON.encode(text)
    return found if is_plain(found) else escaped(found)


def problems_json(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as plain data, errors before all others where there are too many for all."""
    listed = problems
    if len(problems) > MOST_IN_JSON:
        listed = sorted(problems, key=lambda problem: not problem.is_error)[:MOST_IN_JSON]
        message = f"另有 {len(problems) - MOST_IN_JSON} 个问题没有列出"
        listed.append(Problem("problems_left_out", message, severity=listed[0].severity))
    return [
        {
            "code": problem.code,
            "severity": str(problem.severity),
            "place": str(problem.place),
            "message": problem.message,
        }
        for problem in listed
    ]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts, in which no id and no name is broken.

    As wide as it needs to be in a file or pipe; on a terminal that is too narrow for it, one line
    for each cell, row by row.
    """
    cells = [[line(cell) for cell in row] for row in [heads, *rows]]
    shown_on = out if out.is_terminal else unlimited
    widths = fitted(cells, shown_on.width - FRAME * len(heads) - 1)
    if widths is None:
        for row in cells[1:]:
            for head, cell in zip(heads, row, strict=True):
                say(f"{head}：{cell}")
            say()
        return
    if not shown_on.is_terminal and not shown_on.options.ascii_only:
        # Rich takes a third of a millisecond for each row, and draws the same.
        shown_on.file.writelines(drawn(cells, widths))
        return
    grid = Table()
    for head, columns in zip(heads, widths, strict=True):
        grid.add_column(_broken(line(head), columns), no_wrap=True, min_width=columns)
    for row in cells[1:]:
        grid.add_row(*map(_broken, row, widths))
    shown_on.print(grid, soft_wrap=False)


def _broken(text: str, columns: int) -> Text:
    return Text("\n".join(wrapped(text, columns)))


class _Rate(ProgressColumn):
    """How many are done in a second, and how long the rest will take."""

    def render(self, task: Task) -> Text:
        if not task.speed or task.time_remaining is None:
            return Text("")
        left = dt.timedelta(seconds=round(task.time_remaining))
        return Text(f"每秒 {task.speed:.0f}，还要 {left}")


class Bar:
    """A progress bar on a terminal; nothing at all elsewhere."""

    def __init__(self, title: str) -> None:
        told = TextColumn("{task.description}", markup=False)
        columns = (told, BarColumn(), MofNCompleteColumn(), _Rate())
        self.silent = not err.is_terminal
        self.progress = Progress(*columns, console=err, transient=True, disable=self.silent)
        self.task = self.progress.add_task(title, total=None)
        self.title = title
        self._next = 0.0

    def __enter__(self) -> Bar:
        # Older versions of rich end even a bar that is not shown with an empty line.
        if not self.silent:
            self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self.silent:
            self.progress.stop()

    def __call__(self, done: int, total: int, label: str) -> None:
        # More often than that nobody sees it.
        now = time.monotonic()
        if self.silent or (now < self._next and done < total):
            return
        self._next = now + SEEN
        text = line(f"{self.title} {label}").strip()
        self.progress.update(self.task, completed=done, total=total, description=text)
