"""收数表 among the files of an import: their figures go into blanks, as collecting would put them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.books.identity import quick_identity
from xladdin.books.reports.report_identity import REQUEST
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.intake.exports.figures import Measured
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.ooxml.opening import ZIP
from xladdin.problems import Place, Problem, warning
from xladdin.returns.delivered_figures import figures_of, request_questions
from xladdin.returns.file_reading import read_file
from xladdin.returns.handed_files import HandedFile
from xladdin.returns.open_questions import Question
from xladdin.returns.report_copies import ReceivedReport


@dataclass
class Requested:
    """What the 收数表 among some files bring."""

    others: list[HandedIn] = field(default_factory=list)
    """The files that are something else."""
    by_state: dict[str, list[Measured]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def requested(paths: Sequence[Path], company: Company, period: Period, today: dt.date) -> Requested:
    """Sort files, and read those that are 收数表 of the month."""
    found = Requested()
    for path in paths:
        handed = handed_in(path)
        book = handed.file.data.startswith(ZIP)
        identity = quick_identity(handed.file) if book else None
        if identity is None or identity.origin.form != REQUEST:
            found.others.append(handed)
        else:
            _read(handed, company, period, today, found)
    return found


def _read(
    handed: HandedIn, company: Company, period: Period, today: dt.date, found: Requested
) -> None:
    read = read_file(
        HandedFile(handed.name, handed.path, handed.file.data, tuple(handed.file.problems)),
        company,
    )
    found.problems += read.all_problems
    for report in read.reports:
        if report.whose.period != period:
            message = f"是 {report.whose.period} 的收数表，这次导入的是 {period}，没有导入"
            found.problems.append(warning("other_month", message, Place(handed.name)))
            continue
        copy = ReceivedReport(read, report)
        differing = {one.key: one for one in request_questions(copy, company)}
        count = 0
        for figure in figures_of(copy, company):
            if isinstance(figure, Problem):
                found.problems.append(figure)
            elif figure.key not in differing:
                count += 1
                state = figure.state(company, today)
                found.by_state.setdefault(state, []).append(figure.line)
        found.problems += _kept(tuple(differing.values()))
        found.told.append(f"{handed.name}：{report.whose.label}，{count} 个数")


def _kept(questions: Sequence[Question]) -> Iterator[Problem]:
    """Figures that are others in the master: which of them counts is asked where forms are collected."""
    for one in questions:
        message = (
            f"{one.what}总表里是 {one.known}，收数表上是 {one.returned}，没有写入；"
            "要换成收数表上的，请用 collect（收回考核表）收，在收表清单里选"
        )
        yield warning("value_differs", message, one.place)
