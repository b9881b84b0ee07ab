"""What came of collecting: for a person in lines, for a program as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xladdin.app.imports.importing_rows import Change
from xladdin.books.data_request import TITLE
from xladdin.domain.people import Period
from xladdin.problems import Problem
from xladdin.returns.answer_reading import ReadAnswers
from xladdin.returns.calibration_reading import ReadCalibration
from xladdin.returns.delivered_figures import is_request
from xladdin.returns.file_reading import FileRead
from xladdin.returns.open_questions import Settled
from xladdin.returns.report_copies import ReportSettled

from .collect_reports import report_json

if TYPE_CHECKING:
    from xladdin.app.results.calibration_returns import TakenCalibrations


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
    def slips(self) -> list[FileRead]:
        """反馈单 among the files that somebody has filled in: they may hold appeals."""
        return [read for read in self.reads if read.slip and not read.untouched]

    @property
    def appeal_answers(self) -> list[ReadAnswers]:
        """Filled-in 申诉清单 among the files."""
        filled = (read for read in self.reads if not read.untouched)
        return [read.answers for read in filled if read.answers]

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
