"""Reports that came back: settled, listed, and handed to the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xladdin.books.reports.report_identity import REQUEST
from xladdin.books.return_list import (
    DECLINED,
    FAULTY,
    OPEN,
    RECEIVED,
    REPORTS,
    UNDECIDED,
    UNFILLED,
    ListLine,
    OpenLine,
    ReportLine,
)
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.problems import errors
from xladdin.returns.delivered_figures import is_request, request_questions
from xladdin.returns.file_reading import FileRead
from xladdin.returns.keeping import AcceptedReport, Keeper, Kept
from xladdin.returns.open_questions import EARLIER_KEY, LEAVE, settled_by
from xladdin.returns.report_copies import (
    ReceivedReport,
    ReportSettled,
    gathered_reports,
    of_earlier,
)


def settled_reports(
    reads: Iterable[FileRead],
    decisions: Mapping[str, str],
    keeper: Keeper | None,
    company: Company,
) -> list[ReportSettled]:
    """Every report that came in, of whichever month; what was decided of it is taken over."""

    def asked(copy: ReceivedReport) -> Iterator[Any]:
        yield from request_questions(copy, company)
        # What a 收数表 brought before is in the master; the next one asks for the rest.
        if keeper is not None and not is_request(copy):
            yield from of_earlier(copy, keeper.earlier_report(copy.report.whose))

    return [settled_by(one, decisions, asked) for one in gathered_reports(reads)]


def month_of_reports(reads: Iterable[FileRead]) -> Period | None:
    """The last month of which a report came in: under it the list is written where nothing else says."""
    months = [copies.latest.report.whose.period for copies in gathered_reports(reads)]
    return max(months, default=None)


def keep_reports(settled: Sequence[ReportSettled], keeper: Keeper | None, now: dt.datetime) -> Kept:
    """Hand on every report about which nothing is open and in which people have filled in something."""
    if keeper is None:
        return Kept()
    accepted = [
        _with_earlier(
            _accepted(
                one.chosen, now, chosen=bool(one.submission.differing) or EARLIER_KEY in one.taken
            ),
            keeper,
        )
        for one in settled
        if not one.open and one.chosen is not None and one.chosen.answered
    ]
    return keeper.keep_reports(accepted) if accepted else Kept()


def _with_earlier(report: AcceptedReport, keeper: Keeper) -> AcceptedReport:
    """A 收数表 with what the ones before it brought: each asks for what lacks, all of them are the answer."""
    before = keeper.earlier_report(report.whose) if report.whose.kind == REQUEST else None
    if before is None:
        return report
    inputs = {**before.inputs, **report.inputs}
    base, labels = {**before.base, **report.base}, {**before.labels, **report.labels}
    return replace(report, inputs=inputs, base=base, labels=labels)


def _accepted(copy: ReceivedReport, now: dt.datetime, *, chosen: bool) -> AcceptedReport:
    report, read = copy.report, copy.read
    return AcceptedReport(
        report.whose,
        report.inputs,
        report.base,
        report.labels,
        read.file.name,
        read.sha256,
        read.file.data,
        now,
        chosen,
    )


# The list.


def report_rows(
    settled: Sequence[ReportSettled], company: Company, remarks: Mapping[str, str]
) -> Iterator[ListLine]:
    """A line for each report."""
    for one in settled:
        copy = one.chosen or one.submission.latest
        whose, key = copy.report.whose, one.submission.key
        employee = company.people.get(whose.person)
        state, problem = _state(one, copy)
        yield ListLine(
            key.id,
            "" if is_request(copy) else employee.department if employee else whose.team,
            whose.person,
            employee.name if employee else "",
            whose.label,
            whose.team if is_request(copy) else employee.name if employee else "",
            state,
            "是",
            f"{copy.saved_at:%Y-%m-%d %H:%M}",
            copy.label,
            problem,
            remarks.get(key.id, ""),
        )


def _state(one: ReportSettled, copy: ReceivedReport) -> tuple[str, str]:
    if one.left == LEAVE:
        return DECLINED, "按决定没有收"
    if one.left:
        return RECEIVED, "又交来一份不同的，按决定用先前的"
    if one.open:
        return UNDECIDED, f"{len(one.open)} 项要决定，见“{OPEN}”"
    told = _told(copy)
    if faults := errors(list(copy.report.problems)):
        return FAULTY, f"{len(faults)} 处没有收到，见“问题”；{told}"
    return (RECEIVED if copy.answered else UNFILLED), told


def _told(copy: ReceivedReport) -> str:
    """How much was filled in and changed, and how much is still empty."""
    counts: dict[str, int] = {}
    for change in copy.report.changes:
        counts[change.what] = counts.get(change.what, 0) + 1
    parts = [f"{what} {count} 格" for what, count in counts.items()]
    carried = copy.answered - len(copy.report.changes)
    if carried > 0:
        parts.append(f"先前收回、填回的 {carried} 格没有变")
    if not parts:
        parts.append("没有填，也没有改")
    if blank := sum(copy.report.blank.values()):
        parts.append(f"还空着 {blank} 格")
    return f"{'，'.join(parts)}（见“{REPORTS}”）"


def report_lines(settled: Sequence[ReportSettled], company: Company) -> Iterator[ReportLine]:
    """What was filled in and changed, cell by cell, and on which sheets cells are still empty.

    Of several versions all, as long as nobody has said which one counts.
    """
    for one in settled:
        shown = one.submission.variants if one.chosen is None else (one.chosen,)
        for copy in shown:
            yield from _lines_of(copy, _called(copy, company))


def _lines_of(copy: ReceivedReport, called: str) -> Iterator[ReportLine]:
    for change in copy.report.changes:
        yield ReportLine(
            called,
            copy.label,
            change.place.sheet,
            change.place.cell,
            change.label,
            change.what,
            change.was,
            change.now,
        )
    for sheet, count in copy.report.blank.items():
        what = f"要填的格子还空着 {count} 个"
        yield ReportLine(called, copy.label, sheet, "", what, "没有填", "", "")


def report_questions(
    settled: Sequence[ReportSettled], company: Company, decisions: Mapping[str, str]
) -> Iterator[OpenLine]:
    """What is to be decided about reports, what is open first."""
    every = [(one, question) for one in settled for question in one.questions]
    for one, question in sorted(every, key=lambda pair: pair[1] not in pair[0].open):
        whose = one.submission.latest.report.whose
        employee = company.people.get(whose.person)
        choice = decisions.get(question.id, "")
        yield OpenLine(
            question.id,
            whose.person,
            employee.name if employee else whose.team,
            whose.label,
            question.what,
            question.known,
            question.returned,
            str(question.place),
            question.options,
            choice if choice in question.options else "",
        )


def _called(copy: ReceivedReport, company: Company) -> str:
    whose = copy.report.whose
    employee = company.people.get(whose.person)
    return f"{whose.label}（{employee.name}）" if employee else whose.label


def report_json(one: ReportSettled) -> dict[str, Any]:
    """Plain data of a report."""
    copy = one.chosen or one.submission.latest
    whose, report = copy.report.whose, copy.report
    return {
        "kind": whose.kind,
        "person": whose.person,
        "team": whose.team,
        "period": str(whose.period),
        "files": [each.label for each in one.submission.copies],
        "entered": len(report.inputs),
        "changed": len(report.changes),
        "blank": sum(report.blank.values()),
        "problems": len(report.problems),
        "open": len(one.open),
    }
