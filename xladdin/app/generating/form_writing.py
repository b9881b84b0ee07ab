"""Writes planned forms, one by one: what is the same is left, what somebody has saved is kept.

Forms come in chunks, each of which is whole on the disk when it is done; several processes may be at
work on the forms of one run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from xladdin.file_batches import Batch
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    content_of,
    in_use,
    move_over,
    reason,
    replaceable,
    save_if_same,
    sweeping_once,
    too_long,
)
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.saved import saved_by_us
from xladdin.layout.stamp import Stamps
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import UNSEALED, Sealing, UnknownPasswordError, plain
from xladdin.problems import Place, Problem, warning

from .earlier_forms import Earlier
from .planning import Form
from .written_forms import Written, content_hash, made_from, origin_of

ATTEMPTS = 3
"""At a form that others keep changing."""
KEPT_SEALED = (
    "的表已有，它有打开密码，没有给出能打开它的密码，看不出有没有人改动过，没有覆盖；"
    "请加 --password 输入它的密码，确实要重新生成请加 --overwrite"
)
NOW_OPEN = "的表原来有打开密码，重新生成的这份没有；要有密码请加 --password 再生成一次"

Progress = Callable[[int, int, str], None]
"""Told before each form: how many are done, how many there are, and whose it is.

Where several processes are at work it is told of some forms only.  It may raise ``Stopped``: the forms
that are written stay, the others are left out.
"""


class Stopped(Exception):
    """Raised by a progress display when the user wants no more."""


def quiet(done: int, total: int, label: str) -> None:
    """No progress display."""


@dataclass(slots=True)
class Outcome:
    """What became of the forms: paths below the output folder, and every problem."""

    written: list[Path] = field(default_factory=list)
    """New, where there was no form before."""
    updated: list[Path] = field(default_factory=list)
    """Written anew over an earlier one."""
    unchanged: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Left alone because somebody has saved them since."""
    elsewhere: list[Path] = field(default_factory=list)
    """The same forms in another folder or under another name, left where they are."""
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    """Forms that were not begun, because the user stopped before."""
    forms: Mapping[Path, Form] = field(default_factory=dict)
    """What was planned, by path."""

    @property
    def paths(self) -> list[Path]:
        """Every form that is there now."""
        return [*self.written, *self.updated, *self.unchanged, *self.kept, *self.elsewhere]

    @property
    def total(self) -> int:
        return len(self.paths)

    def add(self, more: Outcome) -> None:
        """What became of further forms."""
        self.written += more.written
        self.updated += more.updated
        self.unchanged += more.unchanged
        self.kept += more.kept
        self.elsewhere += more.elsewhere
        self.problems += more.problems
        self.left_out += more.left_out


class Task(NamedTuple):
    """A form to be written, and what is known of it."""

    form: Form
    others: Sequence[Earlier] = ()
    """The same form elsewhere in the folder."""
    noted: Written | None = None
    """How it was written the last time."""

    def packed(self) -> Task:
        """With its slots worked out, as it travels to another process."""
        return self._replace(form=self.form.packed())


class Done(NamedTuple):
    """What became of a chunk of forms."""

    outcome: Outcome
    written: Mapping[str, Written]
    """What is new for the folder's list of forms."""
    stopped: bool = False


def nobody(_: Path) -> bool:
    """No file is open without showing it on disk."""
    return False


def _silent(_: str) -> None:
    """No display of steps."""


@dataclass
class FormWriter:
    """Writes forms below a folder."""

    out: Path
    overwrite: bool = False
    move: bool = False
    sealing: Sealing = UNSEALED
    resume: bool = False
    """Whether what the list of forms says is believed of a file that has its size."""
    noting: bool = False
    """Whether there is a list of forms."""
    busy: Callable[[Path], bool] = nobody
    step: Callable[[str], None] = _silent
    """Told before each form whose it is; it may raise Stopped."""
    words: Sequence[str] | None = None
    """The passwords that were given, for another process, which does not know them by itself."""
    _stamps: Stamps = field(default_factory=Stamps)
    _outcome: Outcome = field(default_factory=Outcome)
    _written: dict[str, Written] = field(default_factory=dict)
    _batch: Batch = field(default_factory=Batch)
    _known: dict[tuple[Any, ...], tuple[Form, Book, str]] = field(default_factory=dict)

    def __call__(self, tasks: Sequence[Task]) -> Done:
        """Write a chunk of forms."""
        self._outcome, self._written, stopped = Outcome(), {}, False
        # Templates that came from another process are new ones each time.
        self._known.clear()
        known = nullcontext() if self.words is None else passwords.tried(self.words)
        with known, sweeping_once(), Batch() as self._batch:
            for at, task in enumerate(tasks):
                try:
                    self.step(task.form.label)
                except Stopped:
                    self._outcome.left_out, stopped = len(tasks) - at, True
                    break
                self._write(_Writing(self, task))
        return Done(self._outcome, self._written, stopped)

    def _write(self, one: _Writing) -> None:
        """Write a form, or say why it is not written."""
        if too_long(one.target):
            message = "的表没有生成：文件夹的路径太长，Excel 会打不开，请换一个短一些的文件夹"
            one.fault("path_too_long", message)
            return
        one.told(one.write)

    def blueprint(self, form: Form) -> tuple[Book, str]:
        """The book of a form, and what all of its copies have in common."""
        key = (id(form.kind), id(form.template), form.rows, id(form.letterhead))
        found = self._known.get(key)
        if found is None:
            origin = origin_of(form) if self.noting else ""
            found = self._known[key] = (form, form.book(), origin)
        return found[1], found[2]

    def content(self, form: Form, values: Mapping[str, Value]) -> bytes:
        """The file."""
        return self._stamps.workbook(self.blueprint(form)[0], values, form.letterhead)

    def later(
        self, target: Path, before: bytes | None, content: bytes, told: Any, *, private: bool
    ) -> None:
        """Hand a file over to be put in its place with the others of the chunk."""
        self._batch.add(target, before, self.sealing.sealed(content), told, private=private)

    def note(self, form: Form, values: Mapping[str, Value], content: bytes) -> None:
        """A form lies where it belongs, for the folder's list of forms."""
        if self.noting and not form.kind.confidential:
            made = made_from(self.blueprint(form)[1], values)
            one = Written(content_hash(content), len(content), made)
            self._written[form.path.as_posix()] = one

    @property
    def outcome(self) -> Outcome:
        """What became of the forms of this chunk so far."""
        return self._outcome


class _Writing:
    """One form on its way."""

    def __init__(self, writer: FormWriter, task: Task) -> None:
        self.writer, self.form = writer, task.form
        self.others, self.noted = task.others, task.noted
        self.path = task.form.path
        self.target = writer.out / self.path
        self.private = task.form.kind.confidential or bool(writer.sealing)
        self.values: Mapping[str, Value] = {}

    def told(self, what: Callable[[], None]) -> None:
        """Do something about the form; what hinders it is told."""
        try:
            what()
        except UnknownPasswordError:
            self.writer.outcome.kept.append(self.path)
            self._warn("kept_sealed", KEPT_SEALED)
        except NotOursError:
            self.writer.outcome.kept.append(self.path)
            self._warn("kept", "的表已有人改动过，没有覆盖；确实要重新生成请加 --overwrite")
        except FileLockedError:
            self.fault("file_locked", "的表打不开或正在被 Excel、WPS 使用，请关闭后再生成")
        except OSError as error:
            self.fault("not_written", f"的表写不进去：{reason(error)}")

    def fault(self, code: str, message: str) -> None:
        problem = Problem(code, f"{self.form.label}{message}", Place(file=str(self.path)))
        self.writer.outcome.problems.append(problem)

    def _warn(self, code: str, message: str) -> None:
        problem = warning(code, f"{self.form.label}{message}", Place(file=str(self.path)))
        self.writer.outcome.problems.append(problem)

    def write(self) -> None:
        """Put the form in its place, or have it put there with others."""
        if in_use(self.target) or self.writer.busy(self.target):
            raise FileLockedError(str(self.target))
        if self.others and not self.target.exists():
            self._instead(self.others)
            return
        if self.others:
            names = "、".join(str(one.path) for one in self.others)
            self._warn("form_twice", f"同一个月有几份表，另有：{names}；请核对后只留一份")
        self.values = self.form.values
        if self._is_done():
            self._unchanged()
            return
        before = self._replaceable()
        if before is not None and self._is_noted(before) and self._would_be_noted():
            self._unchanged()
            return
        content = self._content()
        if self.writer.sealing.holds(before, content):
            self._unchanged(content)
            return
        told = partial(self._settled, before, content)
        self.writer.later(self.target, before, content, told, private=self.private)

    def _is_done(self) -> bool:
        """Whether a run that was broken off has written it; its content is not looked at."""
        if not self.writer.resume or self.noted is None or not self._would_be_noted():
            return False
        with suppress(OSError):
            return self.target.stat().st_size == self.noted.size
        return False

    def _is_noted(self, content: bytes) -> bool:
        """Whether a file is as it was written here."""
        noted = self.noted
        return (
            noted is not None
            and len(content) == noted.size
            and content_hash(content) == noted.content
        )

    def _would_be_noted(self) -> bool:
        """Whether it would be made from the same as the last time."""
        made = made_from(self.writer.blueprint(self.form)[1], self.values)
        return self.noted is not None and self.noted.made == made

    def _content(self) -> bytes:
        return self.writer.content(self.form, self.values)

    def _replaceable(self) -> bytes | None:
        overwrite = self.writer.overwrite
        return replaceable(self.target, self._is_ours, overwrite=overwrite)

    def _is_ours(self, there: bytes) -> bool:
        return self._is_noted(there) or saved_by_us(plain(there))

    def _unchanged(self, content: bytes | None = None) -> None:
        self.writer.outcome.unchanged.append(self.path)
        if content is not None:
            self.writer.note(self.form, self.values, content)

    def _settled(self, before: bytes | None, content: bytes, error: Exception | None) -> None:
        """What became of a form that waited for others."""
        self.told(lambda: self._has_settled(before, content, error))

    def _has_settled(self, before: bytes | None, content: bytes, error: Exception | None) -> None:
        if isinstance(error, FileChangedError):
            self._put(content).append(self.path)
            return
        if error is not None:
            raise error
        self._written(before).append(self.path)
        self.writer.note(self.form, self.values, content)

    def _written(self, before: bytes | None) -> list[Path]:
        """Which list of the outcome a form that was written belongs to."""
        if self.writer.sealing.loses(before):
            self._warn("now_open", NOW_OPEN)
        outcome = self.writer.outcome
        return outcome.written if before is None else outcome.updated

    def _put(self, content: bytes) -> list[Path]:
        """Write the form, unless it is there already; which list of the outcome it belongs to.

        Another run may be writing the same form: whatever it has put there is looked at anew.
        """
        sealing = self.writer.sealing
        for _ in range(ATTEMPTS):
            before = self._replaceable()
            if sealing.holds(before, content):
                return self.writer.outcome.unchanged
            with suppress(FileChangedError):
                save_if_same(self.target, before, sealing.sealed(content), private=self.private)
                return self._written(before)
        raise FileLockedError(str(self.target))

    def _instead(self, others: Sequence[Earlier]) -> None:
        """The form is there, elsewhere: named, or moved where that is asked for."""
        outcome = self.writer.outcome
        if not self.writer.move or len(others) > 1:
            outcome.elsewhere += [one.path for one in others]
            names = "、".join(str(one.path) for one in others)
            hint = "；请先只留一份" if len(others) > 1 else ""
            self._warn("form_elsewhere", f"同一个月的表已有：{names}，没有再生成一份{hint}")
            return
        old = self.writer.out / others[0].path
        if in_use(old) or self.writer.busy(old):
            raise FileLockedError(str(old))
        before = content_of(old)
        if before is None:
            raise FileLockedError(str(old))
        if self.writer.overwrite or saved_by_us(plain(before)):
            self.values = self.form.values
            sealing = self.writer.sealing
            content = sealing.sealed(self._content())
            if sealing.loses(before):
                self._warn("now_open", NOW_OPEN)
            move_over(old, before, self.target, content, private=self.private)
            outcome.updated.append(self.path)
            self._warn("form_moved", f"的表原来在 {others[0].path}，已移到这里")
            return
        # What somebody has filled in moves as it is, with the scheme that it was made from.
        same = others[0].identity.origin.scheme == self.form.template.id
        below = self.path if same else self.path.parent / old.name
        move_over(old, before, self.writer.out / below, before, private=self.private)
        outcome.kept.append(below)
        still = "" if same else "，仍是原来方案的表"
        self._warn("form_moved", f"的表已有人填过，原样从 {others[0].path} 移到 {below}{still}")
