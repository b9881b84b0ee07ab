"""校准表 that came back: all checked together, those that break a binding guideline refused, the rest kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xladdin.app.reading_company import read_master_company
from xladdin.books.calibration.calibration_book import TITLE
from xladdin.company.calibrated import Calibrated
from xladdin.company.calibrating import Board, Group, Verdict
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptResults
from xladdin.company.month_results import MonthResults
from xladdin.domain.people import Period
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, ProblemsFound, errors
from xladdin.returns.calibration_reading import ReadCalibration, read_calibration
from xladdin.returns.filled_books import Progress, filled_books
from xladdin.returns.handed_files import handed_files

from .calibration_rows import Decided, Judging
from .kept_calibrations import keep_calibrations
from .ledger_results import informed
from .month_scores import month_results


@dataclass
class TakenCalibrations:
    """What came of the sheets."""

    period: Period | None = None
    files: int = 0
    untouched: int = 0
    """Files that nobody has filled in yet."""
    taken: dict[str, int] = field(default_factory=dict)
    """File -> how many grades it changes."""
    refused: list[str] = field(default_factory=list)
    people: int = 0
    """Of whom the sheets that were taken decide."""
    kept: int = 0
    """Entries that are new in the ledger."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        month = f"{self.period.label}的" if self.period else ""
        left = f"，退回 {len(self.refused)} 份" if self.refused else ""
        left += f"，{self.untouched} 份还没有人填" if self.untouched else ""
        changed = sum(self.taken.values())
        lines = [f"收下{month}{TITLE} {len(self.taken)} 份{left}"]
        if self.taken:
            lines.append(
                f"{self.people} 人里 {changed} 人的等级和原来的不同；台账新记 {self.kept} 条"
            )
        if self.kept:
            lines.append("再写一次汇总（summary）、反馈单（feedback），就用校准后的等级。")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "period": str(self.period or ""),
            "files": self.files,
            "untouched": self.untouched,
            "taken": self.taken,
            "refused": self.refused,
            "kept": self.kept,
        }


def take_calibrations(
    master: Path,
    paths: Sequence[Path],
    *,
    period: Period | None = None,
    url: str | None = None,
    progress: Progress = lambda *_: None,
) -> TakenCalibrations:
    """Read filled-in sheets (files, folders, zips) and keep what they decide.

    Without ``period`` that of most sheets.  Nothing is raised; the problems say what was not taken.
    """
    files = list(handed_files(paths, lambda path: path.resolve() == master.resolve()))
    found = filled_books(files, read_calibration, TITLE, "not_calibration", progress)
    done = take_read(master, found.reads, period=period, url=url)
    done.files, done.untouched = len(files), found.untouched
    done.problems[:0] = found.problems
    return done


def take_read(
    master: Path,
    reads: Sequence[ReadCalibration],
    *,
    period: Period | None = None,
    url: str | None = None,
) -> TakenCalibrations:
    """The same of sheets that are read already; where nothing could be kept, the problems say why."""
    months = Counter(one.period for one in reads if one.period)
    month = period or (months.most_common(1)[0][0] if months else None)
    done = TakenCalibrations(month, len(reads))
    if month is None or not reads:
        return done
    try:
        _take(master, reads, month, url, done)
    except ProblemsFound as found:
        # Whoever collects has taken forms in before, and is to be told of these all the same.
        done.taken, done.refused = {}, [one.label for one in reads]
        done.problems += found.problems
    return done


def _take(
    master: Path,
    reads: Sequence[ReadCalibration],
    month: Period,
    url: str | None,
    done: TakenCalibrations,
) -> None:
    company, found = read_master_company(master)
    if errors(found) and not company.employees:
        raise ProblemsFound(found)
    known = informed(master, company, month, url)
    results, _ = month_results(known.company, month, kept=known.kept)
    taking = Taking(known.company, results, known.kept, month)
    sheets = taking.sound(reads)
    sheets = taking.without_broken(sheets)
    done.problems += taking.problems
    done.refused = [one.label for one in reads if one.label not in sheets]
    done.kept = keep_sheets(ledger_place(master, url), month, sheets, known.kept) if sheets else 0
    done.people = sum(map(len, sheets.values()))
    done.taken = {
        label: sum(one.is_changed for one in decided.values()) for label, decided in sheets.items()
    }


@dataclass
class Taking:
    """Sheets of one month beside its results."""

    company: Company
    results: MonthResults
    kept: KeptResults | None
    period: Period
    problems: list[Problem] = field(default_factory=list)

    def sound(self, reads: Sequence[ReadCalibration]) -> dict[str, Decided]:
        """What the sheets decide of which nothing is wrong, by file."""
        found: dict[str, Decided] = {}
        for read in reads:
            decided, problems = self._judged(read)
            self.problems += problems
            if not errors(problems):
                found[read.label] = decided
        return self._agreeing(found)

    def _judged(self, read: ReadCalibration) -> tuple[Decided, list[Problem]]:
        place = Place(read.label)
        if read.period != self.period:
            message = f"是 {read.period or '没有月份'} 的校准表，这次收的是 {self.period}，没有收"
            return {}, [Problem("other_month", message, place)]
        if self.kept is not None and self.period in self.kept.closed:
            message = f"{self.period} 已关闭，校准表没有收；要收请先用 period reopen 打开"
            return {}, [Problem("period_closed", message, place)]
        board = Board.of(self.company, self.results, read.department)
        if not board.people:
            message = f"「{read.called}」这个月没有有等级的人，没有收；部门改过名的，请重新写一份"
            return {}, [Problem("nobody", message, place)]
        judging = Judging(read, self.company, board)
        return judging.decided(), judging.problems

    def _agreeing(self, sheets: Mapping[str, Decided]) -> dict[str, Decided]:
        """Without those that decide differently about the same person: somebody has to say which counts."""
        said: dict[str, tuple[str, Calibrated]] = {}
        apart: set[str] = set()
        for label, decided in sheets.items():
            for person, one in decided.items():
                other, theirs = said.setdefault(person, (label, one))
                if (one.after, one.order) != (theirs.after, theirs.order):
                    apart |= {label, other}
                    message = (
                        f"工号「{person}」在两份校准表里不一样：{other} 是「{theirs.after}」，"
                        f"这里是「{one.after}」；请只交一份"
                    )
                    self.problems.append(Problem("two_sheets", message, Place(label)))
        return {label: decided for label, decided in sheets.items() if label not in apart}

    def without_broken(self, sheets: Mapping[str, Decided]) -> dict[str, Decided]:
        """Without those in whose groups a binding guideline is missed, all sheets taken together."""
        kept = dict(sheets)
        while kept:
            broken = list(self._broken(kept))
            if not broken:
                break
            refused: set[str] = set()
            for group, verdict in broken:
                people = {one.employee.id for one in group.people}
                for label, decided in kept.items():
                    if not people.isdisjoint(decided):
                        refused.add(label)
                        self.problems.append(_missed(label, group, verdict))
            kept = {label: decided for label, decided in kept.items() if label not in refused}
        return kept

    def _broken(self, sheets: Mapping[str, Decided]) -> Iterable[tuple[Group, Verdict]]:
        """What is missed where a sheet has somebody in it."""
        grades = {
            person: one.after for decided in sheets.values() for person, one in decided.items()
        }
        board = Board.of(self.company, self.results)
        for scheme in board.schemes:
            for group in board.groups(scheme):
                if any(one.employee.id in grades for one in group.people):
                    for verdict in group.verdicts(grades):
                        if verdict.is_off and verdict.is_binding:
                            yield group, verdict


def _missed(label: str, group: Group, verdict: Verdict) -> Problem:
    grade, asked = verdict.grade, verdict.grade.guideline
    wanted = asked.told if asked else ""
    message = (
        f"{group.scheme.name}（{group.label}）的「{grade.name}」有 {verdict.count} 人，{verdict.told}："
        f"要求{wanted}，必须符合，没有收"
    )
    return Problem("guideline_broken", message, Place(label))


def keep_sheets(
    place: LedgerPlace, period: Period, sheets: Mapping[str, Decided], kept: KeptResults | None
) -> int:
    """All in one transaction; how many entries are new."""
    earlier = kept.calibrations if kept else {}
    new = 0
    with Ledger(place) as ledger, told(place):
        for person, one in {key: it for own in sheets.values() for key, it in own.items()}.items():
            before = earlier.get(person)
            sure = replace(before, before=before.before or one.before) if before else None
            new += keep_calibrations(ledger, period, person, one, earlier=sure)
    return new
