"""Workbooks of one kind among what was handed in: those that somebody has filled in, and why others are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from xladdin.intake.grids import Grid
from xladdin.intake.sheets import read_opened
from xladdin.layout.saved import saved_by_us
from xladdin.ooxml.opening import OLE, ZIP
from xladdin.problems import Place, Problem, errors

from .file_kinds import unusable
from .handed_files import HandedFile

T = TypeVar("T")
Progress = Callable[[int, int, str], None]


@dataclass
class FilledBooks(Generic[T]):
    """What was read of them."""

    reads: list[T] = field(default_factory=list)
    untouched: int = 0
    """Workbooks as we wrote them: nobody has filled them in."""
    problems: list[Problem] = field(default_factory=list)


def filled_books(
    files: Sequence[HandedFile],
    read: Callable[[str, Sequence[Grid]], T | None],
    title: str,
    code: str,
    progress: Progress = lambda *_: None,
) -> FilledBooks[T]:
    """``read``: what the sheets of a file say, None where they are of another kind; ``title`` is the kind's."""
    found: FilledBooks[T] = FilledBooks()
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        one, problems = _one(file, read, title, code)
        found.problems += problems
        if one is None:
            continue
        if saved_by_us(file.opened):
            found.untouched += 1
        else:
            found.reads.append(one)
    progress(len(files), len(files), "")
    return found


def _one(
    file: HandedFile, read: Callable[[str, Sequence[Grid]], T | None], title: str, code: str
) -> tuple[T | None, list[Problem]]:
    if file.problems:
        return None, list(file.problems)
    if why := unusable(file.label, file.data):
        return None, [why]
    if not file.data.startswith((ZIP, OLE)):
        message = (
            f"{title}是 .xlsx 工作簿，这个是文本文件（.csv 之类），没有收；"
            "请在发出的那个 .xlsx 文件里填写，不要另存为别的格式，再交来"
        )
        return None, [Problem(code, message, Place(file.label))]
    grids, faults = read_opened(file.opened, hidden=True)
    found = read(file.label, grids)
    if found is not None:
        return found, errors(faults)
    message = f"不是{title}，或者隐藏的身份信息没有一起交来；请交原来的整个文件"
    return None, errors(faults) or [Problem(code, message, Place(file.label))]
