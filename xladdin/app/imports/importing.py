"""Exports of shop systems into the master workbook: read, match, and write what is certain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xladdin.app.opening_books import open_to_change
from xladdin.company.company import Company
from xladdin.company.settling import settling_days, state_on
from xladdin.domain.people import Period
from xladdin.intake.exports.export_reader import Report, read_exports
from xladdin.intake.exports.figures import Measured
from xladdin.intake.handed_in import HandedIn
from xladdin.intake.sheets import read_opened
from xladdin.master.read_master import read_sheets
from xladdin.ooxml.opening import open_file
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.saving import save_over
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, errors, warning

from .importing_check import unconfirmed
from .importing_requests import requested
from .importing_rows import Change, FigureSheet, figures_sheet

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import."""

    period: Period
    state: str
    reports: tuple[Report, ...] = ()
    requests: tuple[str, ...] = ()
    """What was taken out of 收数表, file by file."""
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False
    """Whether the workbook is another one now."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def told(self) -> list[str]:
        """What was done, for a person: file by file, then in one line."""
        lines = [line for report in self.reports for line in _told(report)]
        return [*lines, *self.requests, self._closing]

    @property
    def _closing(self) -> str:
        counts = self.counts
        if not counts:
            return "没有写入任何数据。"
        kept = f"，保留原值 {counts['kept']} 条" if counts["kept"] else ""
        done = "已写入" if self.written else "没有需要写入的改动"
        return (
            f"{self.period.label}（{self.state}）：新增 {counts['added']} 条，"
            f"填入 {counts['filled']} 条，改动 {counts['changed']} 条，"
            f"相同 {counts['same']} 条{kept}{self._settled}；{done}。"
        )

    @property
    def _settled(self) -> str:
        """How many figures that were provisional are final now, and how many of them are others."""
        settled = [one for one in self.changes if one.settled]
        if not settled:
            return ""
        changed = sum(one.kind == "changed" for one in settled)
        return f"；暂定转为最终 {len(settled)} 条，其中 {changed} 条的数变了"

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "period": str(self.period),
            "state": self.state,
            "written": self.written,
            "counts": self.counts,
            "changes": [change.as_json() for change in self.changes],
            "files": [_report_json(report) for report in self.reports],
        }


def _report_json(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in Report.__dataclass_fields__}


def import_exports(
    master: Path,
    exports: Sequence[Path],
    period: Period,
    *,
    today: dt.date,
    now: dt.datetime | None = None,
    progress: Progress = lambda *_: None,
) -> Imported:
    """Read exports and write their figures of a month into the master workbook.

    What is certain is written even where something else is not; every doubt is a problem.
    """
    file = open_file(master)
    book, problems = open_to_change(file)
    if book is None:
        return Imported(period, state_on(period, today), problems=tuple(problems))
    # The sheets are read once, out of what the workbook was opened from.
    grids, faults = read_opened(file, hidden=True)
    sheet, missing = figures_sheet(master.name, grids)
    company, faults = read_sheets(file, grids, faults)
    state = state_on(period, today, settling_days(company))
    asked = requested(exports, company, period, today)
    lines, reports, found = _read(asked.others, company, period, today, progress)
    found += asked.problems
    told = Imported(
        period,
        state,
        tuple(reports),
        tuple(asked.told),
        problems=(*_about(master, faults), *found),
    )
    if sheet is None:
        return _with(told, missing)
    try:
        target = FigureSheet(book, sheet, company)
        changes = target.put(lines, state, progress)
        for other, those in asked.by_state.items():
            changes += target.put(those, other, progress)
            lines += those
    except RefusedError as error:
        return _with(told, [error.problem(master.name)])
    told = _with(told, target.problems)
    faults = _unwritten(master.name, book, company, target, lines)
    faults = faults or save_over(
        master, file.on_disk, book, now or dt.datetime.now(), sealing=Sealing(file.password)
    )
    if faults:
        return _with(told, faults)
    counts = _counts(changes, lines)
    return replace(told, changes=tuple(changes), written=book.package.changed, counts=counts)


def _unwritten(
    file: str, book: Workbook, company: Company, target: FigureSheet, lines: Sequence[Measured]
) -> list[Problem]:
    """What the changed workbook would not say as it was meant, before it is written."""
    if not book.package.changed:
        return []
    touched = {line.key for line in lines}
    return unconfirmed(file, book.to_bytes(), company, target.written, touched)


def _with(told: Imported, problems: Iterable[Problem]) -> Imported:
    return replace(told, problems=(*told.problems, *problems))


def _about(master: Path, problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong with the workbook as a whole; the rest is the check's affair."""
    problems = list(problems)
    whole = [problem for problem in errors(problems) if not problem.place.cell]
    others = len(errors(problems)) - len(whole)
    if others:
        message = f"总表里另有{others}个错误，涉及的人和方案可能没有导入；请先用 check 命令检查"
        whole.append(warning("master_errors", message, Place(master.name)))
    return whole


def _read(
    exports: Sequence[HandedIn],
    company: Company,
    period: Period,
    today: dt.date,
    progress: Progress,
) -> tuple[list[Measured], list[Report], list[Problem]]:
    return read_exports(
        exports,
        company.employees,
        company.scheme_of,
        company.export_mappings,
        period,
        today=today,
        progress=progress,
    )


def _counts(changes: Iterable[Change], lines: Sequence[Measured]) -> dict[str, int]:
    counts = {"figures": len(lines), "added": 0, "filled": 0, "changed": 0, "same": 0, "kept": 0}
    for change in changes:
        counts[change.kind] += 1
    return counts


def _told(report: Report) -> list[str]:
    """What became of one file, line by line."""
    first = f"{report.file}：{report.lines} 行，认出 {len(report.people)} 人"
    parts = [
        (report.summaries, f"去掉汇总行 {report.summaries} 行"),
        (report.blank, f"空值 {report.blank} 格"),
        (report.unasked, f"方案不考核的 {report.unasked} 格"),
    ]
    lines = ["，".join([first, *(text for count, text in parts if count)])]
    lines += [f"  {said}" for said in report.days]
    if report.unknown_columns:
        lines.append(f"  没有用到的列：{'、'.join(report.unknown_columns)}")
    return lines
