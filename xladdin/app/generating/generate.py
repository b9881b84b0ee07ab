"""Generate forms: one workbook per employee (or per position), whole or not at all.

Running it again does no harm: a form that would come out the same is left as it is, and one that
somebody has saved in the meantime is never overwritten without being told to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from xladdin.app.letterheads import letterhead_of
from xladdin.app.results import feedback_slips
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptResults
from xladdin.domain.people import Period
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
from xladdin.layout.saved import saved_by_us
from xladdin.layout.stamp import Stamps
from xladdin.ooxml.sealing import UNSEALED, Sealing, UnknownPasswordError, plain
from xladdin.problems import Place, Problem, warning

from . import kpi_forms, position_forms, rating_forms
from .earlier_forms import Earlier, EarlierForms
from .planning import Form, Planner, Request, present

ATTEMPTS = 3
"""At a form that others keep changing."""
PLANNERS: dict[str, Planner] = {
    forms.MONTHLY_SUITE.id: kpi_forms.monthly_forms,
    forms.COMPETENCY_SUITE.id: rating_forms.competency_forms,
    forms.SALES_SUITE.id: kpi_forms.sales_forms,
    forms.JOB_SUITE.id: position_forms.job_forms,
    forms.SUMMARY_SUITE.id: position_forms.summary_forms,
    forms.SLIP_SUITE.id: feedback_slips.slips,
}
"""Suite of forms -> what plans its files."""

KEPT_SEALED = (
    "的表已有，它有打开密码，没有给出能打开它的密码，看不出有没有人改动过，没有覆盖；"
    "请加 --password 输入它的密码，确实要重新生成请加 --overwrite"
)
NOW_OPEN = "的表原来有打开密码，重新生成的这份没有；要有密码请加 --password 再生成一次"

Progress = Callable[[int, int, str], None]
"""Told before each form: how many are done, how many there are, and whose it is.

It may raise ``Stopped``: the forms that are written stay, the others are left out.
"""


class Stopped(Exception):
    """Raised by a progress display when the user wants no more."""


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

    @property
    def paths(self) -> list[Path]:
        """Every form that is there now."""
        return [*self.written, *self.updated, *self.unchanged, *self.kept, *self.elsewhere]

    @property
    def total(self) -> int:
        return len(self.paths)


def quiet(done: int, total: int, label: str) -> None:
    """No progress display."""


def generate(
    company: Company,
    period: Period,
    out: Path,
    *,
    form: str = forms.MONTHLY_SUITE.id,
    ids: Sequence[str] = (),
    department: str | None = None,
    positions: Sequence[str] = (),
    overwrite: bool = False,
    move: bool = False,
    kept: KeptResults | None = None,
    sealing: Sealing = UNSEALED,
    progress: Progress = quiet,
    busy: Callable[[Path], bool] = lambda _: False,
) -> Outcome:
    """Write the forms of the selected employees; nobody is left out without a problem saying so.

    ``form`` is the id of a suite (``forms.SUITES``).  Job analyses may be asked for by ``positions`` (ids or names) instead.  ``busy`` knows files that
    are open without showing it on disk.  ``move`` brings forms that lie elsewhere, since somebody was
    transferred or a department renamed, to where they would be written now.  ``kept`` are the results
    that a ledger has, for forms that tell of results.  ``sealing`` gives what is written a password.
    """
    employees, problems = company.selected(ids, department)
    outcome = Outcome(problems=problems)
    if _in_the_way(out):
        message = "这里已经有一个同名文件，放不了考核表，请换一个文件夹"
        outcome.problems.append(Problem("not_a_folder", message, Place(file=str(out))))
        return outcome
    if form != forms.JOB_SUITE.id:  # those are about positions, not about a month
        employees = present(company, period, employees, problems)
    request = Request(company, period, tuple(employees), out, tuple(positions), kept, sealing)
    planned = plan(request, form, problems)
    earlier = EarlierForms.of(out, planned)
    problems += earlier.problems
    with sweeping_once(), Batch() as batch:
        writing = _Writing(out, earlier, overwrite, move, sealing, busy, outcome, batch)
        _write_all(writing, planned, progress)
    return outcome


def _write_all(writing: _Writing, planned: Sequence[Form], progress: Progress) -> None:
    done = 0
    try:
        for done, item in enumerate(planned):
            progress(done, len(planned), item.label)
            writing.write(item)
        progress(len(planned), len(planned), "")
    except Stopped:
        writing.outcome.left_out = len(planned) - done


def _in_the_way(out: Path) -> bool:
    """Whether there is a file where the folder should be; an impossible path is named later."""
    try:
        return out.exists() and not out.is_dir()
    except OSError:
        return False


def plan(request: Request, form: str, problems: list[Problem]) -> list[Form]:
    """The forms of a request, each with a file of its own; nothing is written."""
    letterhead = letterhead_of(request.company)
    planned = _distinct(PLANNERS[form](request, problems), problems)
    return [replace(item, letterhead=letterhead) for item in planned]


def _distinct(planned: Iterator[Form], problems: list[Problem]) -> Iterator[Form]:
    """The forms without those whose file another one takes (letter case does not tell apart)."""
    taken: dict[str, str] = {}
    for item in planned:
        first = taken.setdefault(str(item.path).casefold(), item.label)
        if first is item.label:
            yield item
        else:
            message = f"{item.label}的表与{first}的表文件名相同，未生成，请改名区分"
            problems.append(Problem("same_file", message, Place(file=str(item.path))))


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes planned forms, one by one."""

    out: Path
    earlier: EarlierForms
    overwrite: bool
    move: bool
    sealing: Sealing
    busy: Callable[[Path], bool]
    outcome: Outcome
    batch: Batch
    stamps: Stamps = field(default_factory=Stamps)

    def write(self, item: Form) -> None:
        """Write a form, or say why it is not written."""
        if too_long(self.out / item.path):
            message = "的表没有生成：文件夹的路径太长，Excel 会打不开，请换一个短一些的文件夹"
            self._fault("path_too_long", item, message)
            return
        self._told(item, lambda: self._write(item))

    def _told(self, item: Form, what: Callable[[], None]) -> None:
        """Do something about a form; what hinders it is told."""
        try:
            what()
        except UnknownPasswordError:
            self.outcome.kept.append(item.path)
            self._warn("kept_sealed", item, KEPT_SEALED)
        except NotOursError:
            self.outcome.kept.append(item.path)
            self._warn("kept", item, "的表已有人改动过，没有覆盖；确实要重新生成请加 --overwrite")
        except FileLockedError:
            message = "的表打不开或正在被 Excel、WPS 使用，请关闭后再生成"
            self._fault("file_locked", item, message)
        except OSError as error:
            self._fault("not_written", item, f"的表写不进去：{reason(error)}")

    def _fault(self, code: str, item: Form, message: str) -> None:
        place = Place(file=str(item.path))
        self.outcome.problems.append(Problem(code, f"{item.label}{message}", place))

    def _warn(self, code: str, item: Form, message: str) -> None:
        place = Place(file=str(item.path))
        self.outcome.problems.append(warning(code, f"{item.label}{message}", place))

    def _write(self, item: Form) -> None:
        target = self.out / item.path
        if in_use(target) or self.busy(target):
            raise FileLockedError(str(target))
        others = self.earlier.like(item)
        if others and not target.exists():
            self._instead(item, others)
            return
        if others:
            names = "、".join(str(one.path) for one in others)
            self._warn("form_twice", item, f"同一个月有几份表，另有：{names}；请核对后只留一份")
        content = self.stamps.workbook(item.book(), item.values, item.letterhead)
        before = self._replaceable(target)
        if self.sealing.holds(before, content):
            self.outcome.unchanged.append(item.path)
            return

        def told(error: Exception | None) -> None:
            self._told(item, lambda: self._settled(item, before, error))

        sealed = self.sealing.sealed(content)
        self.batch.add(target, before, sealed, told, private=self._private(item))

    def _settled(self, item: Form, before: bytes | None, error: Exception | None) -> None:
        """What became of a form that waited for others."""
        if isinstance(error, FileChangedError):
            content = self.stamps.workbook(item.book(), item.values, item.letterhead)
            self._put(item, self.out / item.path, content).append(item.path)
            return
        if error is not None:
            raise error
        self._written(item, before).append(item.path)

    def _replaceable(self, target: Path) -> bytes | None:
        return replaceable(
            target, lambda there: saved_by_us(plain(there)), overwrite=self.overwrite
        )

    def _written(self, item: Form, before: bytes | None) -> list[Path]:
        """Which list of the outcome a form that was written belongs to."""
        if self.sealing.loses(before):
            self._warn("now_open", item, NOW_OPEN)
        return self.outcome.written if before is None else self.outcome.updated

    def _put(self, item: Form, target: Path, content: bytes) -> list[Path]:
        """Write a form, unless it is there already; which list of the outcome it belongs to.

        Another run may be writing the same form: whatever it has put there is looked at anew.
        """
        for _ in range(ATTEMPTS):
            before = self._replaceable(target)
            if self.sealing.holds(before, content):
                return self.outcome.unchanged
            with suppress(FileChangedError):
                save_if_same(
                    target, before, self.sealing.sealed(content), private=self._private(item)
                )
                return self._written(item, before)
        raise FileLockedError(str(target))

    def _private(self, item: Form) -> bool:
        return item.kind.confidential or bool(self.sealing)

    def _instead(self, item: Form, others: Sequence[Earlier]) -> None:
        """The form is there, elsewhere: named, or moved where that is asked for."""
        if not self.move or len(others) > 1:
            self.outcome.elsewhere += [one.path for one in others]
            names = "、".join(str(one.path) for one in others)
            hint = "；请先只留一份" if len(others) > 1 else ""
            message = f"同一个月的表已有：{names}，没有再生成一份{hint}"
            self._warn("form_elsewhere", item, message)
            return
        old = self.out / others[0].path
        if in_use(old) or self.busy(old):
            raise FileLockedError(str(old))
        before = content_of(old)
        if before is None:
            raise FileLockedError(str(old))
        private = self._private(item)
        if self.overwrite or saved_by_us(plain(before)):
            content = self.sealing.sealed(
                self.stamps.workbook(item.book(), item.values, item.letterhead)
            )
            if self.sealing.loses(before):
                self._warn("now_open", item, NOW_OPEN)
            move_over(old, before, self.out / item.path, content, private=private)
            self.outcome.updated.append(item.path)
            self._warn("form_moved", item, f"的表原来在 {others[0].path}，已移到这里")
            return
        # What somebody has filled in moves as it is, with the scheme that it was made from.
        same = others[0].identity.origin.scheme == item.template.id
        below = item.path if same else item.path.parent / old.name
        move_over(old, before, self.out / below, before, private=private)
        self.outcome.kept.append(below)
        still = "" if same else "，仍是原来方案的表"
        self._warn(
            "form_moved", item, f"的表已有人填过，原样从 {others[0].path} 移到 {below}{still}"
        )
