"""What 撤销上一步 keeps: per workbook a stack of steps, each with the workbook as it was before.

In the user's own folder, readable by nobody else, never beside anybody's workbook.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from xladdin.files import make_folder, save_whole
from xladdin.paths import UNDO_FOLDER, user_folder
from xladdin.safe_xlwings import xw

DAYS = 14
"""After so many days a step is forgotten."""
MOST_BYTES = 200_000_000
"""What all steps of all workbooks take together; the oldest go first."""
STAMP = "%Y%m%d-%H%M%S-%f"
TOLD, COPY = ".json", ".snapshot"

Colours = list[tuple[str, int]]
"""The cells of each colour of a check (an address), and the colour as Excel counts it."""


class Step(BaseModel):
    """One command that changed an open workbook: what it touched, and how it left that."""

    model_config = ConfigDict(frozen=True)

    when: dt.datetime
    label: str
    """What it did, for the user."""
    suffix: str
    """The ending of the workbook's name."""
    saved: bool
    """Whether the copy is the workbook's file itself: nothing had been typed since it was saved."""
    after: str = ""
    """The print of the workbook right afterwards (``ooxml.content_print``); empty: not known."""
    files: tuple[str, ...] = ()
    """Prints that the workbook's file may have besides: it was saved with later steps, which have
    been taken back since, and with nothing else."""
    after_file: str = ""
    """The SHA-256 of the file that the command put in the place of the old one."""
    cells: Mapping[str, Mapping[str, str]] = {}
    """Sheet -> address -> a hash of what the command left there."""
    added: Mapping[str, str] = {}
    """New sheets, with a hash of what stands in them."""
    dropped: tuple[str, ...] = ()
    """Sheets that were taken away."""
    coloured: Mapping[str, Colours] = {}
    """Sheets that a check has coloured, with the colours that they had before."""
    shown: Mapping[str, int] = {}
    """Sheets that were hidden, with what Excel calls that."""
    tables: Mapping[str, list[tuple[str, str]]] = {}
    """Tables that became longer: what they took before, what they take now."""
    remark: str = ""
    """What is not taken back with it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A step in its folder; ``step`` is None where it cannot be read."""

    path: Path
    step: Step | None

    @property
    def copy(self) -> Path:
        """The workbook as it was before."""
        return self.path.with_suffix(COPY)


def folder_for(book: xw.Book) -> Path:
    """Where the steps of an open workbook are; one that was never saved has its own while it is open."""
    # Two that were never saved have one name in two sessions of Excel.
    session = "" if str(book.api.Path) else f"\0{os.getpid()}"
    named = f"{book.api.FullName}".casefold() + session
    return user_folder() / UNDO_FOLDER / hashlib.sha256(named.encode()).hexdigest()[:20]


def keep(folder: Path, step: Step, copy: bytes) -> None:
    """Put a step on top.  Raises OSError and FileLockedError."""
    make_folder(folder, private=True)
    path = folder / f"{step.when:{STAMP}}{TOLD}"
    save_whole(path.with_suffix(COPY), copy, private=True)
    save_whole(path, step.model_dump_json().encode(), private=True)
    prune(step.when)


def newest(folder: Path) -> Kept | None:
    """The step on top; None where there is none."""
    found = max(_dated(folder, f"*{TOLD}"), default=None)
    if found is None:
        return None
    try:
        step = Step.model_validate_json(found.read_bytes())
        return Kept(found, step if found.with_suffix(COPY).is_file() else None)
    except (OSError, ValidationError):
        return Kept(found, None)


def note_file(kept: Kept, made: str) -> None:
    """One more print that the file may have.  Raises OSError and FileLockedError."""
    if kept.step is not None and made not in kept.step.files:
        step = kept.step.model_copy(update={"files": (*kept.step.files, made)})
        save_whole(kept.path, step.model_dump_json().encode(), private=True)


def forget(path: Path) -> None:
    """Take a step away; its copy first, so that none is left behind without it."""
    path.with_suffix(COPY).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    with suppress(OSError):  # there are others
        path.parent.rmdir()


def prune(now: dt.datetime) -> None:
    """Forget what is too old, and the oldest of what is too much; what cannot be removed stays."""
    # Of a crash there may be a copy without its step.
    found = {one.with_suffix(TOLD) for folder in _folders() for one in _dated(folder, "*")}
    taken = 0
    for path in sorted(found, key=lambda one: one.name, reverse=True):
        with suppress(OSError):
            copy = path.with_suffix(COPY)
            taken += sum(one.stat().st_size for one in (path, copy) if one.exists())
            if _when(path) < now - dt.timedelta(days=DAYS) or taken > MOST_BYTES:
                forget(path)


def _folders() -> Iterator[Path]:
    with suppress(OSError):
        yield from (one for one in (user_folder() / UNDO_FOLDER).iterdir() if one.is_dir())


def _dated(folder: Path, pattern: str) -> list[Path]:
    return [one for one in folder.glob(pattern) if _when(one) != dt.datetime.min]


def _when(path: Path) -> dt.datetime:
    with suppress(ValueError):
        return dt.datetime.strptime(path.stem, STAMP)
    return dt.datetime.min
