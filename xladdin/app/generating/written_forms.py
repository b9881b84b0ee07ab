"""What a folder's forms were made from: a list in the folder, so that a form that would come out the
same need not be made to see that.

The list only saves time.  Each line says how a file was when it was written here, and of what it was
made; where the file or what it would be made of is another one now, or the list is lost or damaged,
the form is made and compared as if there were no list.  Lines are added while forms are written: one
that a killed run has left half-written is no line.  At the end the list is written anew, in order.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import xladdin
from xladdin.files import FileLockedError, add_lines, reason, save_whole
from xladdin.problems import Place, Problem, warning

from .planning import Form

LIST_NAME = ".xladdin-forms.jsonl"
LEAST = 500
"""Forms; where fewer are written, nothing is saved by a list."""
DAMAGED = "里有 {count} 行读不出来，涉及的表逐份重新核对（慢一些，结果一样）；这份记录由程序自己重写，不用处理"


class Written(NamedTuple):
    """A form as it was written."""

    content: str
    """Hash of the file."""
    size: int
    """Bytes of the file."""
    made: str
    """Hash of what it was made from: form, template, slots, letterhead, program."""


@dataclass
class WrittenForms:
    """The list of a folder."""

    folder: Path
    known: dict[str, Written] = field(default_factory=dict)
    """File below the folder, with slashes -> how it was written."""
    unfinished: bool = False
    """Whether the last run over this folder did not come to its end."""
    problems: list[Problem] = field(default_factory=list)
    _began: bool = False

    @classmethod
    def of(cls, folder: Path) -> WrittenForms:
        """The list as it is; an empty one where there is none."""
        found = cls(folder)
        try:
            with found.path.open("rb") as stream:
                found._read(stream)
        except FileNotFoundError:
            pass
        except OSError as error:
            found._told(f"读不了：{reason(error)}；各份表逐份重新核对（慢一些，结果一样）")
        return found

    @property
    def path(self) -> Path:
        return self.folder / LIST_NAME

    def _read(self, lines: Iterable[bytes]) -> None:
        damaged = 0
        for line in lines:
            try:
                said = json.loads(line)
                if said == BEGUN:
                    self.unfinished = True
                    continue
                file, content, size, made = (said[name] for name in _FIELDS)
                self.known[str(file)] = Written(str(content), int(size), str(made))
            except (ValueError, TypeError, KeyError):
                damaged += 1
        # The last line of a run that was killed may be half a line; nothing was lost with it.
        if damaged > self.unfinished:
            self._told(DAMAGED.format(count=damaged))

    def add(self, written: Mapping[str, Written]) -> None:
        """Forms that lie where they belong; where the list cannot be written, it is not."""
        self.known.update(written)
        begun = b"" if self._began else _line(BEGUN)
        self._began = True
        lines = (_line(_said(file, one)) for file, one in written.items())
        self._save(lambda: add_lines(self.path, b"".join((begun, *lines))))

    def finish(self) -> None:
        """The run has come to its end."""
        lines = [_line(_said(file, self.known[file])) for file in sorted(self.known)]
        self._save(lambda: save_whole(self.path, b"".join(lines)))

    def _save(self, write: Callable[[], None]) -> None:
        try:
            write()
        except (OSError, FileLockedError) as error:
            if not self.problems:
                why = reason(error) if isinstance(error, OSError) else "正在被别的程序使用"
                self._told(f"写不进去：{why}；表照样写，下次生成会慢一些")

    def _told(self, message: str) -> None:
        self.problems.append(warning("form_list", message, Place(file=LIST_NAME)))


_FIELDS = ("file", "content", "size", "made")
BEGUN = {"begun": 1}
"""What a run that has not ended yet says first."""


def _said(file: str, one: Written) -> dict[str, object]:
    return dict(zip(_FIELDS, (file, *one), strict=True))


def _line(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def content_hash(content: bytes) -> str:
    """Of a file."""
    return hashlib.sha256(content).hexdigest()[:32]


def origin_of(form: Form) -> str:
    """What is the same in all copies of a form: the program, the template, the letterhead."""
    head = form.letterhead
    logo = hashlib.sha256(head.logo).hexdigest()
    return repr(
        (program(), form.kind.id, form.template.fingerprint(), form.rows, head.company, logo)
    )


def made_from(origin: str, values: Mapping[str, object]) -> str:
    """Hash of all that a form's file depends on."""
    said = f"{origin}{list(values.items())!r}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def program() -> str:
    """This very program: its modules by size and time, and what it writes with."""
    seen = hashlib.sha256(f"{xladdin.__version__} {platform.python_version()}".encode())
    with suppress(PackageNotFoundError):
        seen.update(version("xlsxwriter").encode())
    for folder, below, names in os.walk(Path(xladdin.__file__).parent):
        below.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                seen.update(f"{name} {status.st_size} {status.st_mtime_ns}".encode())
    return seen.hexdigest()
