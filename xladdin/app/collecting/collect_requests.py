"""收数表 that came back: what of them goes into the master, and which are not taken at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from xladdin.books.reports.report_identity import REQUEST
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.intake.exports.figures import Measured
from xladdin.problems import Place, Problem, warning
from xladdin.returns.delivered_figures import figures_of, is_request
from xladdin.returns.file_reading import FileRead
from xladdin.returns.keeping import Keeper
from xladdin.returns.open_questions import IN_MASTER
from xladdin.returns.report_copies import ReportSettled


class Delivered(NamedTuple):
    """The figures of a month, by their state, and what is to be told."""

    by_state: dict[str, list[Measured]]
    problems: list[Problem]


def delivered(
    settled: Sequence[ReportSettled],
    company: Company,
    today: dt.date,
    on_forms: Collection[tuple[str, str, str]] = (),
) -> Delivered:
    """What goes into the master: blanks, and what somebody has decided for the sheet.

    What people judge is final; of what is measured the day decides.  ``on_forms``: figures that came on
    forms at the same time, which count.
    """
    found = Delivered({}, [])
    for one in settled:
        copy = one.chosen
        if copy is None or not is_request(copy):
            continue
        waiting = {question.key for question in one.open}
        for figure in figures_of(copy, company):
            if isinstance(figure, Problem):
                found.problems.append(figure)
            elif figure.key in waiting or one.taken.get(figure.key) == IN_MASTER:
                continue
            elif (line := figure.line).key in on_forms:
                message = (
                    f"{line.employee.name}「{line.item.name}」这次交来的考核表上也有，"
                    f"按考核表写入，收数表上的 {line.said} 没有写入"
                )
                found.problems.append(warning("on_form_too", message, line.place))
            else:
                found.by_state.setdefault(figure.state(company, today), []).append(line)
    return found


def request_months(reads: Iterable[FileRead]) -> list[str]:
    """The months of the 收数表 in files."""
    found = (report.whose for read in reads for report in read.reports)
    return [str(whose.period) for whose in found if whose.kind == REQUEST]


def of_this_month(
    settled: Iterable[ReportSettled], period: Period | None, keeper: Keeper | None
) -> tuple[list[ReportSettled], list[Problem]]:
    """Without 收数表 of another month, and of a month that is closed; each is told."""
    kept: list[ReportSettled] = []
    problems: list[Problem] = []
    for one in settled:
        copy = one.submission.latest
        whose, place = copy.report.whose, Place(copy.label)
        if is_request(copy) and whose.period != period:
            message = f"是 {whose.period} 的收数表，这次收的是 {period}，没有收"
            problems.append(warning("other_month", message, place))
        elif is_request(copy) and keeper is not None and keeper.is_closed(str(whose.period)):
            message = f"{whose.period} 已关闭，这份收数表没有收；要收请先用 period reopen 打开"
            problems.append(Problem("period_closed", message, place))
        else:
            kept.append(one)
    return kept, problems
