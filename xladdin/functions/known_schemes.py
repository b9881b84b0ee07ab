"""Which schemes the worksheet functions know: those of the open master workbook, then the shipped.

No argument of a function names a file.  A master is a workbook that is open in Excel anyway, or
the one that a setting names: ``use_master``, else the environment variable ``XLADDIN_MASTER``.  It
counts as it was last saved, and is read again only when the file has changed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.schemes import Scheme
from xladdin.master.read_master import read_master
from xladdin.problems import errors
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY, KPI

from .argument_values import bad

SCHEME = "方案"
SETTING = "XLADDIN_MASTER"
"""The environment variable with the path of the master workbook."""
FRESH = 1.0
"""Seconds for which Excel is not asked again: a sheet has thousands of cells."""
MOST_LISTED = 12
SUFFIXES = (".xlsx", ".xlsm")
UNFIT = ("not_master", "not_workbook")

Found = TypeVar("Found", Scheme, CompetencyScheme)
Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """The workbooks that are open, and the one among them that is in front."""

    active: Path | None = None
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Master:
    """The schemes of one master workbook."""

    name: str
    library: Library


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Found]):
    """KPI schemes, or competency schemes: where a library keeps them."""

    name: str
    listed: Callable[[Library], Sequence[Found]]
    by_key: Callable[[Library, str], Found | None]


KPIS: _Kind[Scheme] = _Kind(KPI, lambda library: library.schemes, Library.scheme)
COMPETENCIES: _Kind[CompetencyScheme] = _Kind(
    COMPETENCY, lambda library: library.competencies, Library.competency
)


@dataclass(frozen=True, eq=False)
class Known:
    """What is known at one time; only the same reading of the same files is equal."""

    masters: tuple[Master, ...] = ()
    unreadable: str = ""
    """The master of the setting, where it cannot be read."""
    _found: dict[tuple[str, str], object] = field(default_factory=dict)

    def scheme(self, key: str) -> Scheme:
        """The KPI scheme with this id or name; BadArgumentError where there is none."""
        return self._scheme(KPIS, key)

    def competency(self, key: str) -> CompetencyScheme:
        """The competency scheme with this id or name; BadArgumentError where there is none."""
        return self._scheme(COMPETENCIES, key)

    def _scheme(self, kind: _Kind[Found], key: str) -> Found:
        if self.unreadable:
            # Else a shipped scheme of the same name would count in its place.
            raise bad(SCHEME, f"读不出总表「{self.unreadable}」")
        at = (kind.name, key)
        if at not in self._found:
            self._found[at] = self._own(kind, key) or self._shipped(kind, key)
        found: Found = self._found[at]  # type: ignore[assignment]
        return found

    def _own(self, kind: _Kind[Found], key: str) -> Found | None:
        """The masters' scheme; one with faults is none, nor is there another in its place."""
        found: dict[str, Found] = {}
        for master in self.masters:
            scheme = kind.by_key(master.library, key)
            if scheme is not None:
                found[master.name] = scheme
            elif any(
                each.kind == kind.name and key in (each.id, each.name)
                for each in master.library.broken
            ):
                raise bad(SCHEME, f"总表「{master.name}」里的方案「{key}」有错误，请先检查总表")
        schemes = list(found.values())
        if any(scheme != schemes[0] for scheme in schemes):
            names = "、".join(found)
            raise bad(SCHEME, f"打开的总表里有不同的「{key}」：{names}，请只打开一个")
        return schemes[0] if schemes else None

    def _shipped(self, kind: _Kind[Found], key: str) -> Found:
        scheme = kind.by_key(Library.shipped(), key)
        if scheme is None:
            known = list(dict.fromkeys(self._ids(kind)))
            more = "等" if len(known) > MOST_LISTED else ""
            raise bad(SCHEME, f"没有「{key}」，可写：{'、'.join(known[:MOST_LISTED])}{more}")
        return scheme

    def _ids(self, kind: _Kind[Found]) -> Iterator[str]:
        for library in (*(master.library for master in self.masters), Library.shipped()):
            yield from (scheme.id for scheme in kind.listed(library))


class Masters:
    """Finds the master workbooks, and keeps what was read of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._opened: Callable[[], Opened] = Opened
        self._named: Path | None = None
        self._read: dict[Path, tuple[Version, Library | None]] = {}
        self._state: tuple[object, ...] = ()
        self._known = Known()
        self._until = float("-inf")

    def ask(self, opened: Callable[[], Opened]) -> None:
        """Whom to ask which workbooks are open."""
        self._opened, self._until = opened, float("-inf")

    def use(self, path: Path | None) -> None:
        """Take this master, whatever is open; None: those that are open again."""
        self._named, self._until = path, float("-inf")

    def known(self) -> Known:
        """The schemes as they are now."""
        now = self._clock()
        if now >= self._until:
            self._refresh()
            self._until = now + FRESH
        return self._known

    def _refresh(self) -> None:
        named = self._named or _setting()
        if named is not None:
            paths, readable = [named], self._library(named) is not None
        else:
            paths, readable = self._masters(self._opened()), True
        state = (readable, *((path, self._read[path][0]) for path in paths if path in self._read))
        if state == self._state:
            return
        libraries = {path: self._library(path) for path in paths}
        masters = tuple(Master(path.name, found) for path, found in libraries.items() if found)
        unreadable = named.name if named is not None and not readable else ""
        self._state, self._known = state, Known(masters, unreadable)

    def _masters(self, opened: Opened) -> list[Path]:
        """The one in front, if it is a master; else all that are open."""
        if opened.active is not None and self._library(opened.active) is not None:
            return [opened.active]
        return [path for path in opened.paths if self._library(path) is not None]

    def _library(self, path: Path) -> Library | None:
        """The schemes of a workbook; None where it is no master, or cannot be read."""
        version = _version(path)
        if version is None or path.suffix.lower() not in SUFFIXES:
            return None
        if path not in self._read or self._read[path][0] != version:
            self._read[path] = (version, _read(path))
        return self._read[path][1]


def _read(path: Path) -> Library | None:
    company, problems = read_master(path)
    codes = [problem.code for problem in errors(problems)]
    unread = any(code in UNFIT or code.startswith("file_") for code in codes)
    return None if unread else company.library


def _version(path: Path) -> Version | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _setting(environment: Mapping[str, str] = os.environ) -> Path | None:
    named = environment.get(SETTING, "").strip()
    return Path(named) if named else None


MASTERS = Masters()


def known() -> Known:
    """The schemes that functions know now."""
    return MASTERS.known()


def use_master(path: str | os.PathLike[str] | None) -> None:
    """Take the schemes of this master workbook from now on; None: of those that are open."""
    MASTERS.use(None if path is None else Path(path))
