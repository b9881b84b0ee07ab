"""What the command line shows: problems, tables, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from .problems import Problem

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str = "") -> None:
    """A line of results; file names and figures stand as they are, without markup."""
    out.print(text, markup=False)


def complain(problems: Iterable[Problem]) -> None:
    """Every problem on a line of its own, errors first."""
    for problem in sorted(problems, key=lambda problem: not problem.is_error):
        mark, colour = ("错误", "red") if problem.is_error else ("提醒", "yellow")
        err.print(f"[{colour}]{mark}[/]", end=" ")
        err.print(str(problem), markup=False)


def show_json(data: Any) -> None:
    """Data for machines: UTF-8, Chinese as it is."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as plain data."""
    return [
        {
            "code": problem.code,
            "severity": str(problem.severity),
            "place": str(problem.place),
            "message": problem.message,
        }
        for problem in problems
    ]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts."""
    grid = Table(*heads)
    for row in rows:
        grid.add_row(*(cell.replace("[", "\\[") for cell in row))
    out.print(grid)


class Bar:
    """A progress bar on a terminal; nothing at all elsewhere."""

    def __init__(self, title: str) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self.progress = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self.task = self.progress.add_task(title, total=None)
        self.title = title

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.stop()

    def __call__(self, done: int, total: int, label: str) -> None:
        text = f"{self.title} {label}".strip()
        self.progress.update(self.task, completed=done, total=total, description=text)
