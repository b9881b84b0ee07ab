"""The 收表清单: read before, so that decisions and remarks hold; written anew after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xladdin.app.letterheads import letterhead_of
from xladdin.books import forms, return_list
from xladdin.books.return_list import (
    CHOICE,
    DECLINED,
    FAULTY,
    ID,
    LACKING,
    LIST,
    OPEN,
    RECEIVED,
    REMARK,
    UNDECIDED,
    UNFILLED,
    FaultLine,
    ListLine,
    OpenLine,
    Reminder,
)
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    in_use,
    reason,
    save_if_same,
    sweep,
)
from xladdin.intake.grids import Grid, cell_at
from xladdin.intake.sheets import read_opened
from xladdin.intake.text import clean, written_text
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.opening import OpenedFile
from xladdin.problems import Place, Problem, errors
from xladdin.returns.answers import is_figure
from xladdin.returns.file_reading import FileRead
from xladdin.returns.form_reading import what
from xladdin.returns.gathering import FormKey, Received
from xladdin.returns.open_questions import LEAVE, Settled
from xladdin.returns.report_copies import ReportSettled

from . import collect_calibrations
from .collect_expected import Expectation, Expected
from .collect_raters import RaterForms
from .collect_reports import report_lines, report_questions, report_rows

if TYPE_CHECKING:
    from xladdin.app.results.calibration_returns import TakenCalibrations

LIST_PREFIX = "收表清单"
Row = Mapping[str, str]


def list_path(master: Path, period: Period | None) -> Path:
    """Where the list of a month lies: beside the master."""
    return master.with_name(f"{LIST_PREFIX}_{period or ''}.xlsx")


class Result(Protocol):
    """What of collecting the list shows."""

    period: Period | None
    reads: list[FileRead]
    settled: list[Settled]
    reports: list[ReportSettled]
    problems: list[Problem]
    calibrated: TakenCalibrations | None


@dataclass
class ReturnList:
    """The list as it is on disk."""

    path: Path
    before: bytes | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    """Id of a question -> what was chosen."""
    remarks: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, Row] = field(default_factory=dict)
    """Id of a form -> its line, as it was written last."""
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True

    @classmethod
    def read(cls, master: Path, period: Period | None) -> ReturnList:
        """What was decided and noted in it; empty where there is none yet."""
        found = cls(list_path(master, period))
        try:
            found.before = content_of(found.path)
        except (FileLockedError, OSError):
            found._unreadable("读不了，可能没有权限")
        if found.before is not None:
            found._take(found.before)
        return found

    def _unreadable(self, why: str) -> None:
        self.readable = False
        message = f"收表清单{why}，里面的决定没有读，也没有重写；请处理后再收一次"
        self.problems.append(Problem("list_unreadable", message, Place(self.path.name)))

    def _take(self, data: bytes) -> None:
        grids, problems = read_opened(OpenedFile(self.path, data), hidden=True)
        sheets = {grid.sheet: grid for grid in grids}
        if errors(problems) or LIST not in sheets:
            self._unreadable("打不开或不是原来的样子")
            return
        for row in _rows(sheets[LIST], ID):
            self.earlier[row[ID]] = row
            if row.get(REMARK):
                self.remarks[row[ID]] = row[REMARK]
        for row in _rows(sheets[OPEN], ID) if OPEN in sheets else ():
            if row.get(CHOICE):
                self.decisions[row[ID]] = row[CHOICE]

    # Writing.

    def write(
        self,
        company: Company,
        raters: RaterForms,
        done: Result,
        expectation: Expectation | None,
    ) -> tuple[Path | None, Counter[str], list[Problem]]:
        """The list of now; where it was written to, forms by state, and what went wrong."""
        lines = list(_Lines(self, company, raters, done, expectation).all())
        counts = Counter(line.state for line in lines)
        if not self.readable:
            return None, counts, []
        book = return_list.book(
            done.period.label if done.period else "",
            lines,
            [
                *_questions(company, done, self.decisions),
                *report_questions(done.reports, company, self.decisions),
            ],
            list(_faults(company, done)),
            list(_reminders(lines)),
            list(report_lines(done.reports, company)),
        )
        problem = self._save(workbook_bytes(book, {}, letterhead_of(company)))
        return (None if problem else self.path), counts, [problem] if problem else []

    def _save(self, content: bytes) -> Problem | None:
        place = Place(self.path.name)
        # Also where nothing will be written: a killed run may have done all but tidy up.
        sweep(self.path.parent)
        if content == self.before:
            return None
        try:
            if in_use(self.path):
                raise FileLockedError(str(self.path))
            save_if_same(self.path, self.before, content, private=True)
        except FileLockedError:
            message = "收表清单正在被 Excel、WPS 使用，没有更新；请保存、关闭后再收一次"
            return Problem("file_locked", message, place)
        except FileChangedError:
            message = "收表清单在处理期间被别人保存过，没有更新；请再收一次"
            return Problem("file_changed", message, place)
        except OSError as error:
            return Problem("not_written", f"收表清单写不进去：{reason(error)}", place)
        return None


def _rows(grid: Grid, wanted: str) -> Iterator[Row]:
    """The rows below a head that names the wanted column, by their heads."""
    heads: list[str] = []
    for cells in grid.rows:
        texts = [clean(written_text(cell)) for cell in cells]
        if not heads:
            heads = texts if wanted in texts else []
            continue
        row = {head: clean(written_text(cell_at(cells, i))) for i, head in enumerate(heads)}
        if row.get(wanted):
            yield row


@dataclass(frozen=True)
class _Lines:
    """The lines of the list: who is expected, and who sent something besides."""

    listed: ReturnList
    company: Company
    raters: RaterForms
    done: Result
    expectation: Expectation | None

    def all(self) -> Iterator[ListLine]:
        settled = {one.submission.key: one for one in self.done.settled}
        sent = {Received(read, form).key for read in self.done.reads for form in read.forms}
        expected: list[Expected] = []
        if self.expectation is not None:
            sent |= self.expectation.sent()
            expected = [*self.expectation.appraisals(), *self.expectation.asked_besides()]
        told: set[str] = set()
        for key, line in [*expected, *self._ratings()]:
            told.add(key.id)
            yield self._line(key, line, settled.get(key), sent)
        for key, one in settled.items():
            if key.id not in told:
                told.add(key.id)
                yield self._line(key, self._unexpected(one), one, sent)
        for line in report_rows(self.done.reports, self.company, self.listed.remarks):
            told.add(line.id)
            yield line
        for key, line in self.expectation.figures() if self.expectation else ():
            if key.id not in told:
                told.add(key.id)
                yield self._line(key, line, None, sent)
        for line in self._calibrations():
            told.add(line.id)
            yield line
        for id_, row in self.listed.earlier.items():
            if id_ not in told:
                yield _again(row)

    def _calibrations(self) -> Iterator[ListLine]:
        """校准表 that came, then those that lie where they were written and are still to come."""
        taken, there = self.done.calibrated, self.expectation
        found: dict[str, ListLine] = {}
        if taken is not None:
            lines = collect_calibrations.came(self.done.reads, taken, self.listed.remarks)
            found = {line.id: line for line in lines}
            yield from found.values()
        if there is None:
            return
        whole = collect_calibrations.whole_company(there.period)
        state = (
            found[whole].state if whole in found else self.listed.earlier.get(whole, {}).get("状态")
        )
        for line in () if state == RECEIVED else there.calibrations():
            if line.id not in found:
                state_, at, file, problem = _before(self.listed.earlier.get(line.id, {}))
                remark = self.listed.remarks.get(line.id, "")
                yield replace(line, state=state_, at=at, file=file, problem=problem, remark=remark)

    def _ratings(self) -> Iterator[tuple[FormKey, ListLine]]:
        for token, line in sorted(self.raters.lines.items(), key=lambda one: one[1].ratee):
            kind = self.raters.kind_of(line)
            employee = self.company.people.get(line.ratee)
            key = FormKey(kind, line.ratee, line.period, token)
            department = employee.department if employee else ""
            yield (
                key,
                ListLine(
                    key.id,
                    department,
                    line.ratee,
                    line.ratee_name,
                    f"{line.source}（评{line.ratee_name}）",
                    line.rater,
                    "",
                    "是",
                ),
            )

    def _unexpected(self, one: Settled) -> ListLine:
        key, copy = one.submission.key, one.submission.latest
        employee = self.company.people.get(key.person)
        name = employee.name if employee else copy.form.pattern.template.name
        department = employee.department if employee else ""
        label = copy.form.pattern.kind.label
        person = key.person if employee else ""
        # Who has filled in a rater's form that nobody expects is what is to be found out.
        by = "" if copy.form.pattern.kind.source else name
        return ListLine(key.id, department, person, name, label, by, "")

    def _line(
        self, key: FormKey, line: ListLine, one: Settled | None, sent: set[FormKey]
    ) -> ListLine:
        row = self.listed.earlier.get(key.id, {})
        state, at, file, problem = _came(one) if one else _before(row)
        return ListLine(
            line.id,
            line.department,
            line.person,
            line.name,
            line.form,
            line.by,
            state,
            "是" if key in sent or line.sent or row.get("已发") else "",
            at,
            file,
            problem,
            self.listed.remarks.get(key.id, ""),
        )


def _came(one: Settled) -> tuple[str, str, str, str]:
    """State, time, file and problem of a form that came in."""
    copy = one.chosen or one.submission.latest
    at, file = f"{copy.saved_at:%Y-%m-%d %H:%M}", copy.label
    faults = errors(copy.form.problems)
    left = unanswered(copy)
    if one.left == LEAVE:
        return DECLINED, at, file, "按决定没有收"
    if one.left:
        return RECEIVED, at, file, "又交来一份不同的，按决定用先前的"
    if one.open:
        return UNDECIDED, at, file, f"{len(one.open)} 项要决定，见“{OPEN}”"
    if not copy.form.answered and not faults:
        return UNFILLED, at, file, "交来的是空表"
    if faults:
        more = f"（共 {len(faults)} 个，见“{return_list.FAULTS}”）" if len(faults) > 1 else ""
        place = f"{faults[0].place.cell}：" if faults[0].place.cell else ""
        return FAULTY, at, file, f"{place}{faults[0].message}{more}"
    if left:
        return FAULTY, at, file, f"没有填：{'、'.join(left)}"
    told = len(copy.form.problems)
    return RECEIVED, at, file, f"有 {told} 处改动，见“{return_list.FAULTS}”" if told else ""


def unanswered(copy: Received) -> list[str]:
    """Figures and choices that a form asks for and that nobody has filled in."""
    pattern = copy.form.pattern
    if pattern.kind is forms.JOB:
        return []
    found = []
    for key, value in copy.form.inputs.items():
        cell = pattern.cell(key)
        needed = cell is not None and (is_figure(cell) or key.startswith("rating."))
        if cell is not None and needed and value is None and not key.startswith("points."):
            found.append(what(cell, key))
    return found


def _before(row: Row) -> tuple[str, str, str, str]:
    """A form that came in earlier, and is not handed in again."""
    if row.get("状态") in (None, "", LACKING):
        return LACKING, "", "", ""
    return row["状态"], row.get("收到时间", ""), row.get("文件", ""), row.get("问题", "")


def _again(row: Row) -> ListLine:
    state = row.get("状态", "")
    return ListLine(
        row[ID],
        row.get("部门", ""),
        row.get("工号", ""),
        row.get("姓名", ""),
        row.get("表", ""),
        row.get("谁填", ""),
        state if state in return_list.LOOKS else LACKING,
        row.get("已发", ""),
        row.get("收到时间", ""),
        row.get("文件", ""),
        row.get("问题", ""),
        row.get(REMARK, ""),
    )


# The other sheets.


def _questions(company: Company, done: Result, decisions: Mapping[str, str]) -> Iterator[OpenLine]:
    """What is open first, then what is decided."""
    every = [(one, question) for one in done.settled for question in one.questions]
    for one, question in sorted(every, key=lambda pair: pair[1] not in pair[0].open):
        employee = company.people.get(question.form.person)
        pattern = one.submission.latest.form.pattern
        choice = decisions.get(question.id, "")
        yield OpenLine(
            question.id,
            question.form.person,
            employee.name if employee else pattern.template.name,
            pattern.kind.label,
            question.what,
            question.known,
            question.returned,
            str(question.place),
            question.options,
            choice if choice in question.options else "",
        )


def _faults(company: Company, done: Result) -> Iterator[FaultLine]:
    names = _names(company, done)
    for problem in sorted(done.problems, key=lambda one: not one.is_error):
        place = problem.place
        yield FaultLine(
            problem.is_error,
            names.get(place.file, ""),
            place.file,
            place.sheet,
            place.cell,
            problem.message,
        )


def _names(company: Company, done: Result) -> dict[str, str]:
    """File -> whose form is in it, where it is one person's."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in done.settled:
        employee = company.people.get(one.submission.key.person)
        for copy in one.submission.copies:
            found[copy.label].add(employee.name if employee else "")
    return {file: next(iter(names)) for file, names in found.items() if len(names) == 1}


def _reminders(lines: Sequence[ListLine]) -> Iterator[Reminder]:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        if line.state in (LACKING, UNFILLED):
            rating = line.form.partition("（评")[0]
            who = line.by if rating != line.form else line.name
            groups[" ".join(filter(None, (line.department, rating)))][who] = None
    yield from (Reminder(who, tuple(_said(names))) for who, names in groups.items())


def _said(names: Iterable[str]) -> list[str]:
    return [name for name in names if name]
