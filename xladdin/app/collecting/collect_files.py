"""Files that were read are filed away, and damaged forms written anew; neither overwrites anything."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    move_over,
    reason,
    safe_name,
    save_if_same,
    sweep,
)
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import Sealing
from xladdin.problems import Place, Problem, errors
from xladdin.returns.file_reading import FileRead
from xladdin.returns.gathering import Received
from xladdin.returns.open_questions import Settled
from xladdin.returns.report_copies import ReportSettled

HARMLESS = frozenset(
    {
        "blank_mark",
        "choice_guessed",
        "comments_added",
        "given_blank",
        "number_guess",
        "old_kind",
        "scheme_changed",
        "scheme_kept",
        "several_forms",
        "text_number",
        "text_too_long",
        "unit_converted",
    }
)
"""What may be told of a form that needs no repair: it is as it went out."""


# Filing away.


def move_away(
    folder: Path,
    reads: Sequence[FileRead],
    settled: Sequence[Settled | ReportSettled],
    calibrations: Collection[str] = (),
) -> tuple[int, list[Problem]]:
    """Move the files of which everything was read and nothing is open; how many, and what failed.

    ``calibrations``: the labels of 校准表 that were taken.
    """
    waiting = {
        copy.read.file.source for one in settled if one.open for copy in one.submission.copies
    }
    known = {copy.read.file.source for one in settled for copy in one.submission.copies}
    known |= {read.file.source for read in reads if read.file.label in calibrations}
    by_source: dict[Path, list[FileRead]] = {}
    for read in reads:
        by_source.setdefault(read.file.source, []).append(read)
    moved, problems = 0, []
    sweep(folder)
    for source, found in by_source.items():
        done = (
            source in known
            and source not in waiting
            and all(_is_done(one, calibrations) for one in found)
        )
        if not done:
            continue
        fault = _move(source, folder)
        moved += fault is None
        problems += [fault] if fault else []
    return moved, problems


def _is_done(read: FileRead, calibrations: Collection[str]) -> bool:
    if read.calibration is not None:
        return read.file.label in calibrations
    told = [*(one.problems for one in read.forms), *(one.problems for one in read.reports)]
    return read.readable and not any(map(errors, told))


def _move(source: Path, folder: Path) -> Problem | None:
    try:
        before = content_of(source)
        if before is None:
            return None
        for target in _names(folder, source.stem, source.suffix):
            there = content_of(target)
            if there == before:
                # A run that was killed has come as far as this.
                if target.resolve() != source.resolve():
                    source.unlink()
                return None
            if there is None:
                with suppress(FileExistsError):
                    move_over(source, before, target, before, private=True)
                    return None
    except (FileLockedError, FileChangedError):
        message = "没有移走：正在被 Excel、WPS 使用，或者刚刚有人保存过"
        return Problem("not_moved", message, Place(source.name))
    except OSError as error:
        return Problem("not_moved", f"没有移走：{reason(error)}", Place(source.name))
    return None


def _names(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    yield folder / f"{stem}{suffix}"
    yield from (folder / f"{stem} ({number}){suffix}" for number in itertools.count(2))


# Writing anew.


def repair(folder: Path, settled: Sequence[Settled]) -> tuple[list[Path], list[Problem]]:
    """A sound copy of every form that is not as it went out, with all answers that could be read."""
    made, problems = [], []
    sweep(folder)
    for one in settled:
        copy = one.chosen or one.submission.latest
        if one.left or not needs_repair(copy):
            continue
        try:
            made.append(_write(folder, copy))
        except (FileLockedError, FileChangedError):
            message = "修复的表写不进去：正在被 Excel、WPS 使用"
            problems.append(Problem("not_repaired", message, Place(copy.label)))
        except OSError as error:
            message = f"修复的表写不进去：{reason(error)}"
            problems.append(Problem("not_repaired", message, Place(copy.label)))
    return made, problems


def needs_repair(copy: Received) -> bool:
    """Whether something is told of a form beyond how its answers were written."""
    return any(problem.code not in HARMLESS for problem in copy.form.problems)


def _write(folder: Path, copy: Received) -> Path:
    content = repaired_copy(copy)
    # What came with a password is not written without one.
    sealing = Sealing(copy.read.file.password)
    for path in _names(folder, _name(copy), ".xlsx"):
        there = content_of(path)
        if sealing.holds(there, content):
            return path
        if there is None:
            save_if_same(path, None, sealing.sealed(content), private=True)
            return path
    raise AssertionError("names never end")


def repaired_copy(copy: Received) -> bytes:
    """The form as it went out, with what the person answered."""
    values = {**copy.form.pattern.values, **copy.form.inputs}
    return workbook_bytes(copy.form.pattern.book, values, Letterhead(copy.form.pattern.company))


def _name(copy: Received) -> str:
    identity, pattern = copy.form.instance.identity, copy.form.pattern
    if pattern.kind.anonymous:
        whose: tuple[str, ...] = (identity.token,)
    else:
        whose = (str(pattern.values.get("head.name") or pattern.template.name),)
    parts = (str(identity.period or ""), identity.employee, *whose, pattern.kind.label, "修复")
    return safe_name("_".join(part for part in parts if part))
