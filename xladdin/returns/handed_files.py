"""Everything that was handed in: files, folders with all that lies in them, zip files, nested once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from xladdin.characters import visible
from xladdin.files import TEMPORARY
from xladdin.layout.saved import printed_by_us
from xladdin.ooxml.archive import Bundle
from xladdin.ooxml.limits import MOST_BYTES
from xladdin.ooxml.opening import OpenedFile, open_file, opened
from xladdin.ooxml.refused import RefusedError, TooLargeError
from xladdin.path_checks import is_folder
from xladdin.problems import Place, Problem

from .file_kinds import is_bundle

NESTED = 1
"""Zip files within a zip file that are opened."""
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
Skip = Callable[[Path], bool]


@dataclass(frozen=True)
class HandedFile:
    """One file, wherever it lay."""

    label: str
    """As messages call it: with the zip file in which it lay."""
    source: Path
    """The file on disk: the zip file, of what lay in one."""
    data: bytes = b""
    problems: tuple[Problem, ...] = ()
    at: dt.datetime | None = None
    """When it was put where it lies, in local time."""
    password: str = field(default="", repr=False)
    """The one that opened it, where it has one; ``data`` is what it opened."""
    encrypted: bytes | None = field(default=None, repr=False)
    """The bytes as they came, of a file that was opened with a password."""

    @property
    def as_it_came(self) -> bytes:
        """What is kept of it: whatever had a password keeps it."""
        return self.data if self.encrypted is None else self.encrypted

    @cached_property
    def opened(self) -> OpenedFile:
        return OpenedFile(Path(self.label), self.data, self.problems)

    @property
    def name(self) -> str:
        return PurePosixPath(self.label).name


def handed_files(paths: Sequence[Path], skip: Skip = lambda _: False) -> Iterator[HandedFile]:
    """Every file, each once; what cannot be opened says why.  Nothing is raised."""
    seen: set[str] = set()
    for path in paths:
        for found in _below(path, skip):
            key = os.path.abspath(found)
            if key not in seen:
                seen.add(key)
                yield from _opened(found, _label(path, found))


def _label(given: Path, found: Path) -> str:
    try:
        below = found.relative_to(given)
    except ValueError:
        return visible(found.name)
    return visible(below.as_posix() if below.parts else found.name)


def _below(path: Path, skip: Skip) -> Iterator[Path]:
    """The file itself, or all files of a folder in their order."""
    if not is_folder(path):
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(one for one in below if not one.startswith("."))
        below[:] = [one for one in below if not skip(Path(folder, one))]
        for name in sorted(names):
            found = Path(folder, name)
            if not _is_left_over(name) and not skip(found):
                yield found


def _is_left_over(name: str) -> bool:
    """What office programs, systems and this program leave beside files."""
    hidden = name.startswith(("~$", ".~lock.", ".")) or name.lower() in _SYSTEM
    return hidden or TEMPORARY.fullmatch(name) is not None


def _opened(path: Path, label: str) -> Iterator[HandedFile]:
    file = open_file(path)
    if printed_by_us(file.data):
        return  # forms that were printed here, beside the forms themselves
    at = _time_of(path)
    if file.problems or not is_bundle(file.data):
        problems = tuple(Problem(one.code, one.message, Place(label)) for one in file.problems)
        yield HandedFile(label, path, file.data, problems, at, file.password, file.encrypted)
        return
    yield from _unpacked(HandedFile(label, path, file.data, at=at), NESTED)


def _unpacked(file: HandedFile, deeper: int) -> Iterator[HandedFile]:
    """The files of a zip file; one that cannot be read does not stop the others."""
    try:
        bundle = Bundle(file.data)
        entries = bundle.files
    except RefusedError as error:
        code = "file_too_large" if isinstance(error, TooLargeError) else "zip_broken"
        message = (
            error.message if code == "file_too_large" else "压缩包打不开，多半没有传完；请重新发送"
        )
        yield _failed(file, file.label, code, message)
        return
    if not entries:
        yield _failed(file, file.label, "zip_empty", "压缩包里没有文件")
    for number, (name, entry) in enumerate(entries, start=1):
        label = f"{file.label}/{visible(name)}"
        if _is_left_over(PurePosixPath(name).name):
            continue
        if bundle.is_encrypted(entry):
            message = "压缩包有密码，打不开；请对方不加密码重新压缩，或者解压后再收"
            yield _failed(file, label, "zip_protected", message)
            continue
        try:
            data = bundle.read(entry, MOST_BYTES)
        except RefusedError as error:
            large = isinstance(error, TooLargeError)
            message = error.message if large else "压缩包里的这个文件已损坏；请重新发送"
            yield _failed(file, label, "file_too_large" if large else "file_corrupt", message)
            if bundle.left < 0:
                rest = len(entries) - number
                message = (
                    f"压缩包解开太大，后面的 {rest} 个文件没有读；请分成几个压缩包，或者解压后再收"
                )
                if rest:
                    yield _failed(file, file.label, "zip_too_large", message)
                return
            continue
        inner = opened(Path(label), data)
        problems = tuple(replace(one, place=Place(label)) for one in inner.problems)
        at = _entry_time(entry.date_time) or file.at
        found = HandedFile(
            label, file.source, inner.data, problems, at, inner.password, inner.encrypted
        )
        yield from _inner(found, deeper)


def _inner(file: HandedFile, deeper: int) -> Iterator[HandedFile]:
    if not is_bundle(file.data):
        yield file
    elif deeper:
        yield from _unpacked(file, deeper - 1)
    else:
        message = "压缩包套了好几层，没有读；请解压后再收"
        yield _failed(file, file.label, "zip_too_deep", message)


def _failed(file: HandedFile, label: str, code: str, message: str) -> HandedFile:
    problem = Problem(code, message, Place(label))
    return HandedFile(label, file.source, problems=(problem,), at=file.at)


def _time_of(path: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


def _entry_time(told: tuple[int, ...]) -> dt.datetime | None:
    try:
        found = dt.datetime(*told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return found if found.year > 1980 else None
