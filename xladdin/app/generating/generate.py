"""Generate forms: one workbook per employee (or per position), whole or not at all.

Running it again does no harm: a form that would come out the same is left as it is, and one that
somebody has saved in the meantime is never overwritten without being told to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from xladdin.app.letterheads import letterhead_of
from xladdin.app.results import feedback_slips
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptResults
from xladdin.domain.people import Period
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, warning
from xladdin.processes import MOST_JOBS, chunks_of, cores, spread

from . import kpi_forms, position_forms, rating_forms
from .earlier_forms import EarlierForms
from .form_writing import Done, FormWriter, Outcome, Progress, Stopped, Task, nobody, quiet
from .planning import Form, Planner, Request, present
from .written_forms import LEAST, WrittenForms

PLANNERS: dict[str, Planner] = {
    forms.MONTHLY_SUITE.id: kpi_forms.monthly_forms,
    forms.COMPETENCY_SUITE.id: rating_forms.competency_forms,
    forms.SALES_SUITE.id: kpi_forms.sales_forms,
    forms.JOB_SUITE.id: position_forms.job_forms,
    forms.SUMMARY_SUITE.id: position_forms.summary_forms,
    forms.SLIP_SUITE.id: feedback_slips.slips,
}
"""Suite of forms -> what plans its files."""
CHUNK = 1_000
"""Forms that are whole on the disk together."""
MANY = 3_000
"""Forms from which on further processes are worth their start, if nothing is said of jobs."""
NOT_BROKEN_OFF = "这个文件夹里没有中断过的一次（或者没有记录），按平常的办法逐份核对"
__all__ = ["Outcome", "Progress", "Stopped", "generate", "plan", "quiet"]


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
    busy: Callable[[Path], bool] | None = None,
    jobs: int | None = 1,
    resume: bool = False,
    today: dt.date | None = None,
) -> Outcome:
    """Write the forms of the selected employees; nobody is left out without a problem saying so.

    ``form`` is the id of a suite (``forms.SUITES``).  Job analyses may be asked for by ``positions`` (ids or names) instead.  ``busy`` knows files that
    are open without showing it on disk.  ``move`` brings forms that lie elsewhere, since somebody was
    transferred or a department renamed, to where they would be written now.  ``kept`` are the results
    that a ledger has, for forms that tell of results; ``today`` is the day that 反馈单 go out.  ``sealing`` gives what is written a password.

    ``jobs`` processes write (None: as many as there are cores, where there are many forms; where
    ``busy`` is given, one).  ``resume`` goes on with a run over this folder that was broken off: what
    it has written is not read again.
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
    request = request if today is None else replace(request, today=today)
    planned = plan(request, form, problems)
    outcome.forms = {item.path: item for item in planned}
    earlier = EarlierForms.of(out, planned)
    problems += earlier.problems
    noted = _noted(out, planned, sealing)
    unfinished = noted is not None and noted.unfinished
    if resume and len(planned) >= LEAST and not unfinished:
        problems.append(warning("not_broken_off", NOT_BROKEN_OFF, Place(file=str(out))))
    writer = partial(
        FormWriter, out, overwrite, move, sealing, resume and unfinished, noted is not None
    )
    tasks = _tasks(planned, earlier, noted)
    count = 1 if busy is not None else _jobs(jobs, len(planned))
    if count > 1:
        writer = partial(writer, words=passwords.known())
        tasks = (task.packed() for task in tasks)
    else:
        writer = partial(writer, busy or nobody, _steps(progress, len(planned)))
    results = spread(writer, chunks_of(tasks, CHUNK), count)
    _gather(results, outcome, planned, noted, progress, told=count == 1)
    if noted is not None:
        outcome.problems += noted.problems
    return outcome


def _jobs(asked: int | None, forms_: int) -> int:
    if asked is not None:
        return asked
    return min(cores(), MOST_JOBS) if forms_ >= MANY else 1


def _noted(out: Path, planned: Sequence[Form], sealing: Sealing) -> WrittenForms | None:
    """The folder's list of forms, where it saves anything.

    What has a password is written with other bytes each time, and nothing is told of what is in it.
    """
    return WrittenForms.of(out) if len(planned) >= LEAST and not sealing else None


def _tasks(
    planned: Sequence[Form], earlier: EarlierForms, noted: WrittenForms | None
) -> Iterator[Task]:
    known = {} if noted is None else noted.known
    for form in planned:
        yield Task(form, earlier.like(form), known.get(form.path.as_posix()))


def _steps(progress: Progress, total: int) -> Callable[[str], None]:
    """Tells of each form before it is written."""
    numbers = iter(range(total))
    return lambda label: progress(next(numbers), total, label)


def _gather(
    results: Iterator[Done],
    outcome: Outcome,
    planned: Sequence[Form],
    noted: WrittenForms | None,
    progress: Progress,
    *,
    told: bool,
) -> None:
    """Put together what comes of the chunks; ``told``: the progress of each form is told already."""
    done, total = 0, len(planned)
    try:
        if not told:
            progress(0, total, "")
        for found in results:
            outcome.add(found.outcome)
            if noted is not None:
                noted.add(found.written)
            done = min(done + CHUNK, total)
            if found.stopped:
                outcome.left_out += total - done
                return
            if not told and done < total:
                progress(done, total, planned[done].label)
        progress(total, total, "")
    except Stopped:
        outcome.left_out = total - done
        return
    if noted is not None:
        noted.finish()


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
