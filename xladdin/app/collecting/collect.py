"""Collect what came back: read, ask what must be asked, fill the master's blanks, keep, list.

Every step may be done again: what is there already is left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xladdin.app.imports.importing_check import unconfirmed
from xladdin.app.imports.importing_rows import FigureSheet, figures_sheet
from xladdin.app.opening_books import open_to_change
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.figure_states import FINAL
from xladdin.company.tokens import LIST_NAME
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid
from xladdin.intake.sheets import read_opened
from xladdin.ledger.archive_folder import FOLDER as ARCHIVE
from xladdin.ledger.ledger_place import LEDGER_NAME
from xladdin.locks import tidy
from xladdin.master.read_master import read_sheets
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.saving import save_over
from xladdin.problems import Place, Problem, errors, warning
from xladdin.returns.file_reading import FileRead, read_file
from xladdin.returns.gathering import Submission, gathered
from xladdin.returns.handed_files import HandedFile, handed_files
from xladdin.returns.keeping import Accepted, Decided, Keeper, Kept
from xladdin.returns.known_forms import KnownForms
from xladdin.returns.open_questions import EARLIER_KEY, IN_MASTER, Settled, settle
from xladdin.returns.report_copies import ReportSettled

from .collect_calibrations import Take
from .collect_expected import Expectation
from .collect_figures import filled_in
from .collect_files import move_away, repair
from .collect_list import LIST_PREFIX, ReturnList
from .collect_raters import RaterForms, doubts, rater_forms, with_tokens
from .collect_reports import keep_reports, month_of_reports, settled_reports
from .collect_requests import delivered, of_this_month, request_months
from .collect_surveys import Surveys, answers_told
from .collected import Collected

if TYPE_CHECKING:
    pass

Progress = Callable[[int, int, str], None]
LEDGER = f"{Path(LEDGER_NAME).stem}."
"""How the ledger and its copies are called."""


def collect(
    master: Path,
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    move_to: Path | None = None,
    repair_to: Path | None = None,
    keeper: Keeper | None = None,
    calibrate: Take | None = None,
    now: dt.datetime | None = None,
    progress: Progress = lambda *_: None,
) -> Collected:
    """Collect returned forms into a master workbook; nothing is raised."""
    moment = now or dt.datetime.now()
    done = Collected()
    file = open_file(master)
    grids, faults = read_opened(file, hidden=True)
    company, found = read_sheets(file, grids, faults)
    if file.problems or not company.employees:
        done.problems += errors(found) or [_nobody(master)]
        return done
    done.problems += _about(master, found)
    ours = (master, move_to, repair_to)
    kept = keeper.template if keeper else _none
    read = partial(read_file, company=company, kept=kept, known=KnownForms(company))
    surveys = Surveys(read, company)
    done.reads = _read(ours, paths, surveys, progress)
    done.problems += [problem for read in done.reads for problem in _told_of(read)]
    submissions = gathered(done.reads)
    done.period = period or _month(submissions, done.reads, company) or month_of_reports(done.reads)
    raters = rater_forms(master, paths, company, done.period)
    done.problems += raters.problems
    done.reads = with_tokens(done.reads, raters)
    submissions = _of_month(gathered(done.reads), done)
    listed = ReturnList.read(master, done.period)
    done.problems += listed.problems
    asked = partial(doubts, raters=raters, keeper=keeper, company=company)
    done.settled = [settle(one, company, listed.decisions, asked) for one in submissions]
    reports = settled_reports(done.reads, listed.decisions, keeper, company)
    done.reports, told = of_this_month(reports, done.period, keeper)
    done.problems += told
    every: list[Settled | ReportSettled] = [*done.settled, *done.reports]
    done.problems += [question.problem for one in every for question in one.open]
    # First: where the month is closed, or the ledger cannot be reached, nothing is written.
    _keep(done, keeper, moment)
    _keep_reports(done, keeper, moment)
    _keep_answers(done, surveys, keeper, moment)
    if not done.failed:
        _write(file, grids, company, done, moment)
    if calibrate is not None and done.calibrations:
        done.calibrated = calibrate(done.calibrations, done.period)
        done.problems += done.calibrated.problems
    _put_list(listed, company, raters, done, master, keeper)
    if repair_to is not None:
        done.repaired, problems = repair(repair_to, done.settled)
        done.problems += problems
    if move_to is not None and not done.failed:
        taken = done.calibrated.taken if done.calibrated else ()
        done.moved, problems = move_away(move_to, done.reads, every, taken)
        done.problems += problems
    return done


# Reading.


def _nobody(master: Path) -> Problem:
    return Problem("no_people", "总表的名册里没有人，没有收表", Place(master.name))


def _about(master: Path, problems: Sequence[Problem]) -> list[Problem]:
    """That the master has faults of its own, which the check lists."""
    count = len(errors(problems))
    if not count:
        return []
    message = f"总表里有 {count} 个错误，涉及的人和方案可能收不了；请先用 check 命令检查"
    return [warning("master_errors", message, Place(master.name))]


def _none(_: str) -> None:
    """Nobody has kept anything."""


def _read(
    own: Sequence[Path | None],
    paths: Sequence[Path],
    read: Callable[[HandedFile], FileRead],
    progress: Progress,
) -> list[FileRead]:
    """Every file that was handed in; our own book and folders are none."""
    stem = own[0].stem if own[0] else ""
    ours = {path.resolve() for path in own if path is not None}

    def skip(path: Path) -> bool:
        """Our own books and folders, which lie beside what came back."""
        name = path.name
        if name == LIST_NAME or name.startswith((LIST_PREFIX, LEDGER, f"{stem}.备份-")):
            return True
        return name == ARCHIVE or path.resolve() in ours

    files: list[HandedFile] = list(handed_files(paths, skip))
    found = []
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        found.append(read(file))
    progress(len(files), len(files), "")
    return found


def _told_of(read: FileRead) -> list[Problem]:
    """Of a file that nobody has touched there is nothing to say."""
    return [] if read.untouched else read.all_problems


def _month(
    submissions: Sequence[Submission], reads: Sequence[FileRead], company: Company
) -> Period | None:
    """The month that most of the forms and 收数表 are of; where none came, the master's."""
    counted = Counter(one.key.period for one in submissions if one.key.period)
    counted.update(request_months(reads))
    counted.update(
        str(it.calibration.period) for it in reads if it.calibration and it.calibration.period
    )
    if counted:
        return Period(counted.most_common(1)[0][0])
    return company.month or (company.periods[-1] if company.periods else None)


def _of_month(submissions: Sequence[Submission], done: Collected) -> list[Submission]:
    """The forms of the month, and those of none; others are told and left."""
    found = []
    for one in submissions:
        if one.key.period and one.key.period != done.period:
            message = f"是 {one.key.period} 的表，这次收的是 {done.period}，没有收"
            done.problems.append(warning("other_month", message, Place(one.latest.label)))
        else:
            found.append(one)
    return found


# Writing.


def _write(
    file: OpenedFile, grids: list[Grid], company: Company, done: Collected, now: dt.datetime
) -> None:
    """Fill the master's blanks, and what was decided for the form."""
    lines, told = filled_in(done.settled, company)
    brought = delivered(done.reports, company, now.date(), {line.key for line in lines})
    done.problems += [*told, *brought.problems]
    every = [*lines, *(line for those in brought.by_state.values() for line in those)]
    if not every:
        # A killed run may have done all but tidy up.
        tidy(file.path)
        return
    master = file.path
    book, problems = open_to_change(file)
    sheet, missing = figures_sheet(master.name, grids)
    if book is None or sheet is None:
        done.problems += [*problems, *missing]
        done.failed = True
        return
    try:
        target = FigureSheet(book, sheet, company)
        changes = target.put(lines, FINAL, lambda *_: None)
        for state, those in brought.by_state.items():
            changes += target.put(those, state, lambda *_: None)
    except RefusedError as error:
        done.problems.append(error.problem(master.name))
        done.failed = True
        return
    done.problems += target.problems
    touched = {line.key for line in every}
    faults = (
        unconfirmed(master.name, book.to_bytes(), company, target.written, touched)
        if book.package.changed
        else []
    )
    faults = faults or save_over(master, file.on_disk, book, now, sealing=Sealing(file.password))
    done.problems += faults
    if errors(faults):
        done.failed = True
        return
    done.changes, done.written = changes, book.package.changed


def _keep(done: Collected, keeper: Keeper | None, now: dt.datetime) -> None:
    """Hand on every form about which nothing is open."""
    if keeper is None:
        return
    accepted = [
        _accepted(one, now)
        for one in done.settled
        if not one.open and one.chosen is not None and one.chosen.acceptable
    ]
    kept = keeper.keep(accepted) if accepted else Kept()
    done.problems += kept.problems
    done.failed = done.failed or bool(errors(kept.problems))
    done.kept, done.known = kept.new, kept.known


def _keep_reports(done: Collected, keeper: Keeper | None, now: dt.datetime) -> None:
    """Reports by themselves: a month that is closed to forms takes them all the same."""
    kept = keep_reports(done.reports, keeper, now)
    done.problems += kept.problems
    done.failed = done.failed or bool(errors(kept.problems))
    done.kept_reports = kept.new


def _keep_answers(
    done: Collected, surveys: Surveys, keeper: Keeper | None, now: dt.datetime
) -> None:
    """What customers have answered on a survey site."""
    kept = surveys.keep(keeper, done.period, now)
    done.problems += kept.problems
    done.failed = done.failed or bool(errors(kept.problems))
    done.answers = answers_told(surveys, kept)


def _accepted(one: Settled, now: dt.datetime) -> Accepted:
    copy = one.chosen
    assert copy is not None  # noqa: S101 - only settled forms are handed on
    identity = copy.form.instance.identity
    pattern = copy.form.pattern
    inputs = dict(copy.form.inputs)
    for conflict in copy.form.conflicts:
        ours = one.taken.get(conflict.key) == IN_MASTER
        inputs[conflict.key] = pattern.values.get(conflict.key) if ours else conflict.value
    for key, choice in one.taken.items():
        if choice == IN_MASTER:
            inputs[key] = pattern.values.get(key)
    decided = tuple(
        Decided(question.key, question.returned, question.known, one.taken[question.key])
        for question in one.questions
        if question.key in one.taken
    )
    person = "" if pattern.kind is forms.JOB else identity.employee
    return Accepted(
        pattern.kind.id,
        person or one.submission.key.person,
        one.submission.key.period,
        pattern.template,
        inputs,
        pattern.computed(inputs),
        copy.read.file.name,
        copy.read.sha256,
        copy.read.file.as_it_came,
        now,
        identity.token,
        identity.rater,
        decided,
        chosen=bool(one.submission.differing) or EARLIER_KEY in one.taken,
    )


def _put_list(
    listed: ReturnList,
    company: Company,
    raters: RaterForms,
    done: Collected,
    master: Path,
    keeper: Keeper | None,
) -> None:
    """Write the list anew, with all decisions and remarks that are in it."""
    if done.period is None:
        return
    expectation = Expectation(company, done.period, master, keeper)
    done.list_path, done.counts, problems = listed.write(company, raters, done, expectation)
    done.problems += problems
