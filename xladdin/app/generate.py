"""Generate forms: one workbook per employee (or per position), whole or not at all.

Running it again does no harm: a form that would come out the same is left as it is, and one that
somebody has saved in the meantime is never overwritten without being told to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    in_use,
    reason,
    replaceable,
    save_if_same,
    too_long,
)
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.problems import Place, Problem, warning

from . import kpi_forms, position_forms, rating_forms
from .planning import Form, Planner, Request, present

ATTEMPTS = 3
"""At a form that others keep changing."""
PLANNERS: dict[str, Planner] = {
    forms.MONTHLY_SUITE.id: kpi_forms.monthly_forms,
    forms.COMPETENCY_SUITE.id: rating_forms.competency_forms,
    forms.SALES_SUITE.id: kpi_forms.sales_forms,
    forms.JOB_SUITE.id: position_forms.job_forms,
    forms.SUMMARY_SUITE.id: position_forms.summary_forms,
}
"""Suite of forms -> what plans its files."""

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
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    """Forms that were not begun, because the user stopped before."""

    @property
    def paths(self) -> list[Path]:
        """Every form that is there now."""
        return [*self.written, *self.updated, *self.unchanged, *self.kept]

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
    progress: Progress = quiet,
    busy: Callable[[Path], bool] = lambda _: False,
) -> Outcome:
    """Write the forms of the selected employees; nobody is left out without a problem saying so.

    ``form`` is the id of a suite (``forms.SUITES``).  Job analyses may be asked for by ``positions`` (ids or names) instead.  ``busy`` knows files that
    are open without showing it on disk.
    """
    employees, problems = company.selected(ids, department)
    outcome = Outcome(problems=problems)
    if _in_the_way(out):
        message = "这里已经有一个同名文件，放不了考核表，请换一个文件夹"
        outcome.problems.append(Problem("not_a_folder", message, Place(file=str(out))))
        return outcome
    if form != forms.JOB_SUITE.id:  # those are about positions, not about a month
        employees = present(company, period, employees, problems)
    request = Request(company, period, tuple(employees), out, tuple(positions))
    planned = plan(request, form, problems)
    done = 0
    try:
        for done, item in enumerate(planned):
            progress(done, len(planned), item.label)
            _write(item, out, overwrite, busy, outcome)
        progress(len(planned), len(planned), "")
    except Stopped:
        outcome.left_out = len(planned) - done
    return outcome


def _in_the_way(out: Path) -> bool:
    """Whether there is a file where the folder should be; an impossible path is named later."""
    try:
        return out.exists() and not out.is_dir()
    except OSError:
        return False


def plan(request: Request, form: str, problems: list[Problem]) -> list[Form]:
    """The forms of a request, each with a file of its own; nothing is written."""
    return list(_distinct(PLANNERS[form](request, problems), problems))


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


def _write(
    item: Form, out: Path, overwrite: bool, busy: Callable[[Path], bool], outcome: Outcome
) -> None:
    target = out / item.path
    if too_long(target):
        message = (
            f"{item.label}的表没有生成：文件夹的路径太长，Excel 会打不开，请换一个短一些的文件夹"
        )
        outcome.problems.append(Problem("path_too_long", message, Place(file=str(item.path))))
        return
    try:
        if in_use(target) or busy(target):
            raise FileLockedError(str(target))
        content = workbook_bytes(item.book(), item.values)
        _put(item, target, content, overwrite, outcome).append(item.path)
    except NotOursError:
        outcome.kept.append(item.path)
        message = f"{item.label}的表已有人改动过，没有覆盖；确实要重新生成请加 --overwrite"
        outcome.problems.append(warning("kept", message, Place(file=str(item.path))))
    except FileLockedError:
        message = f"{item.label}的表打不开或正在被 Excel、WPS 使用，请关闭后再生成"
        outcome.problems.append(Problem("file_locked", message, Place(file=str(item.path))))
    except OSError as error:
        message = f"{item.label}的表写不进去：{reason(error)}"
        outcome.problems.append(Problem("not_written", message, Place(file=str(item.path))))


def _put(item: Form, target: Path, content: bytes, overwrite: bool, outcome: Outcome) -> list[Path]:
    """Write a form, unless it is there already; which list of the outcome it belongs to.

    Another run may be writing the same form: whatever it has put there is looked at anew.
    """
    for _ in range(ATTEMPTS):
        before = replaceable(
            target, lambda there: there == content or saved_by_us(there), overwrite=overwrite
        )
        if before == content:
            return outcome.unchanged
        with suppress(FileChangedError):
            save_if_same(target, before, content, private=item.kind.confidential)
            return outcome.written if before is None else outcome.updated
    raise FileLockedError(str(target))
