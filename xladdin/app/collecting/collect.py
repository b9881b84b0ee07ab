"""Collect what came back: read, ask what must be asked, fill the master's blanks, keep, list.

Every step may be done again: what is there already is left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xladdin.app.imports.importing_check import unconfirmed
from xladdin.app.imports.importing_rows import Change, FigureSheet, figures_sheet
from xladdin.app.opening_books import open_to_change
from xladdin.books import forms
from xladdin.books.data_request import TITLE
from xladdin.company.company import Company
from xladdin.company.figure_states import FINAL
from xladdin.company.tokens import LIST_NAME
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid
from xladdin.intake.sheets import read_opened
from xladdin.ledger.archive_folder import FOLDER as ARCHIVE
from xladdin.ledger.ledger_place import LEDGER_NAME
from xladdin.locks import tidy
from xladdin.master.read_master import master_of
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.saving import save_over
from xladdin.problems import Place, Problem, errors, warning
from xladdin.returns.calibration_reading import ReadCalibration
from xladdin.returns.delivered_figures import is_request
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
from .collect_reports import keep_reports, month_of_reports, report_json, settled_reports
from .collect_requests import delivered, of_this_month, request_months
from .collect_surveys import Surveys, answers_told

if TYPE_CHECKING:
    from xladdin.app.results.calibration_returns import TakenCalibrations

Progress = Callable[[int, int, str], None]
LEDGER = f"{Path(LEDGER_NAME).stem}."
"""How the ledger and its copies are called."""


@dataclass
class Collected:
    """What came of collecting."""

    period: Period | None = None
    reads: list[FileRead] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    reports: list[ReportSettled] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    list_path: Path | None = None
    written: bool = False
    """Whether the master is another one now."""
    failed: bool = False
    """Whether ledger or master could not be written: then nothing is moved either."""
    kept: int = 0
    """Forms that the ledger has taken in."""
    known: int = 0
    """Forms that it had already."""
    kept_reports: int = 0
    """Reports that the ledger has taken in."""
    answers: str = ""
    """What became of answers that came from a survey site."""
    calibrated: TakenCalibrations | None = None
    """What became of 校准表; None where none came, or where nobody takes them."""
    moved: int = 0
    repaired: list[Path] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """Expected forms by their state."""

    @property
    def calibrations(self) -> list[ReadCalibration]:
        """校准表 among the files: they are checked against results, when the forms are kept."""
        filled = (read for read in self.reads if not read.untouched)
        return [read.calibration for read in filled if read.calibration]

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        files = len(self.reads)
        untouched = sum(read.untouched for read in self.reads)
        ready = [one for one in self.settled if one.settled]
        every: list[Settled | ReportSettled] = [*self.settled, *self.reports]
        waiting = sum(bool(one.open) for one in every)
        left = sum(bool(one.left) for one in every)
        there = "" if files else "；里面没有文件，请把收到的表放进去，再收一次"
        lines = [f"看了 {files} 个文件，收下 {len(ready)} 份表{there}"]
        taken = Counter(is_request(one.submission.latest) for one in self.reports if one.settled)
        for asked, what in ((True, TITLE), (False, "报告")):
            if taken[asked]:
                lines[0] += f"，收下 {taken[asked]} 份{what}"
        if untouched:
            lines[0] += f"，{untouched} 份还没有人填"
        if waiting:
            lines[0] += f"，{waiting} 份有要决定的事"
        if left:
            lines[0] += f"，{left} 份按决定没有收"
        filled = Counter(change.kind for change in self.changes)
        written = filled["filled"] + filled["added"] + filled["changed"]
        if written:
            lines.append(
                f"总表：填入 {filled['filled']} 条，新增 {filled['added']} 条，"
                f"按决定改动 {filled['changed']} 条"
            )
        if self.kept or self.known:
            before = f"，{self.known} 份先前已经记过" if self.known else ""
            lines.append(f"台账：记下 {self.kept} 份{before}")
        if self.answers:
            lines.append(self.answers)
        if self.kept_reports:
            lines.append(f"台账：记下 {self.kept_reports} 份报告、收数表里填的内容")
        if opened := sum(bool(read.file.password) for read in self.reads):
            kept = "，台账存档里是加密的原件，仍要用原来的密码打开" if self.kept else ""
            lines.append(f"用密码打开 {opened} 个文件{kept}")
        lines += self.calibrated.told if self.calibrated else []
        if self.list_path:
            states = "，".join(f"{state} {count}" for state, count in self.counts.items() if count)
            lines.append(f"清单：{self.list_path}（{states or '没有要收的表'}）")
        lines += [f"移走 {self.moved} 个文件"] if self.moved else []
        if self.repaired:
            lines.append(f"修复 {len(self.repaired)} 份：{self.repaired[0].parent}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "period": str(self.period or ""),
            "files": len(self.reads),
            "untouched": sum(read.untouched for read in self.reads),
            "forms": [_form_json(one) for one in self.settled],
            "reports": [report_json(one) for one in self.reports],
            "states": dict(self.counts),
            "changes": [change.as_json() for change in self.changes],
            "list": str(self.list_path or ""),
            "written": self.written,
            "kept": self.kept,
            "known": self.known,
            "moved": self.moved,
            "repaired": [str(path) for path in self.repaired],
            **({"calibrations": self.calibrated.as_json()} if self.calibrated else {}),
        }


def _form_json(one: Settled) -> dict[str, Any]:
    key = one.submission.key
    latest = one.chosen or one.submission.latest
    return {
        "kind": latest.form.pattern.kind.id,
        "person": key.person,
        "period": key.period,
        "files": [copy.label for copy in one.submission.copies],
        "answered": latest.form.answered,
        "asked": len(latest.form.inputs),
        "problems": len(latest.form.problems),
        "open": len(one.open),
    }


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
    company, found = master_of(master.name, grids, faults)
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
