"""The shop's report: records read, measured by an engine, written as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xladdin.analysis.measuring_shop import shop_figures
from xladdin.analysis.month_targets import month_targets
from xladdin.analysis.record_intake.record_reading import read_records
from xladdin.analysis.service_levels import service_levels
from xladdin.analysis.shop_figures import SHOP_MAIN, ShopFigures
from xladdin.app.results.result_files import ResultFile
from xladdin.books.reports.report_identity import shop_identity
from xladdin.books.shop.report_shop import TITLE, with_what_was_kept
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Problem, ProblemsFound

from .kept_reports import (
    NONE_KEPT,
    KeptReports,
    put_back_told,
    told_of,
    with_last_targets,
)
from .month_report import DUCKDB, engine_over, nothing_of, untold, with_notes

REPORT = ResultFile("报告", TITLE)


@dataclass(frozen=True, slots=True)
class ShopReportMade:
    """What came of it."""

    figures: ShopFigures
    problems: tuple[Problem, ...]
    put_back: str = ""
    """What of an earlier report that came back was put back, for a person."""


def shop_report(
    company: Company,
    data: Sequence[Path],
    period: Period,
    path: Path,
    *,
    engine: str = DUCKDB,
    overwrite: bool = False,
    sealing: Sealing = UNSEALED,
    kept: KeptReports = NONE_KEPT,
) -> ShopReportMade:
    """Write a shop's report of a month from files and folders of service records.

    Where there are chats and no tickets, each chat is a request.  ``engine``, ``sealing`` and ``kept`` as
    for the monthly report.  Raises ProblemsFound where nothing could be read, nothing of the month, the engine does
    not start, or the file cannot be written.
    """
    REPORT.check_name(path)
    whose = shop_identity(period)
    own, before = kept.of(whose), kept.before(whose)
    targets, problems = month_targets(company, SHOP_MAIN)
    targets, told = with_last_targets(targets, before, SHOP_MAIN)
    levels, unread = service_levels(company)
    records, more = read_records(data, company)
    problems = [*problems, *told, *unread, *more]
    if records is None:
        raise ProblemsFound(problems)
    with records:
        from_chats = records.requests_from_chats()
        days = records.hours.service_days
        with engine_over(records, engine) as running:
            figures = shop_figures(running, company, period, days, levels)
        figures = replace(with_notes(figures, records), targets=targets, from_chats=from_chats)
    if not figures.has(period):
        nothing = nothing_of(period, figures, path, "请求、会话和订单")
        raise ProblemsFound([*problems, *untold(records, problems), nothing])
    book, lines = with_what_was_kept(figures, own, before)
    made = workbook_bytes(book, {})
    problems += REPORT.write(made, path, overwrite=overwrite, sealing=sealing)
    problems += told_of(own, lines, str(path))
    return ShopReportMade(figures, tuple(problems), put_back_told(own, lines))
