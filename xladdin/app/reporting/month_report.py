"""The monthly service report: records read, measured by an engine, written as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from xladdin.analysis.engines import Engine
from xladdin.analysis.masking import masked_text
from xladdin.analysis.measuring_month import month_figures
from xladdin.analysis.metric import Table
from xladdin.analysis.month_figures import MAIN, MonthFigures, QualityNote
from xladdin.analysis.month_targets import month_targets
from xladdin.analysis.record_intake.data_quality import Finding
from xladdin.analysis.record_intake.record_reading import ServiceRecords, read_records
from xladdin.analysis.service_records import TABLE_LABELS, Source
from xladdin.analysis.spark_session import LOCAL, NoSparkError, spark
from xladdin.app.results.result_files import ResultFile
from xladdin.books.reports.report_identity import monthly_identity
from xladdin.books.reports.report_monthly import TITLE, with_what_was_kept
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .kept_reports import (
    NONE_KEPT,
    KeptReports,
    put_back_told,
    told_of,
    with_last_targets,
)

Measured = TypeVar("Measured", bound=MonthFigures)
DUCKDB, SPARK = "duckdb", "spark"
REPORT = ResultFile("报告", TITLE)


@dataclass(frozen=True, slots=True)
class ReportMade:
    """What came of it."""

    figures: MonthFigures
    problems: tuple[Problem, ...]
    put_back: str = ""
    """What of an earlier report that came back was put back, for a person."""


def month_report(
    company: Company,
    data: Sequence[Path],
    period: Period,
    path: Path,
    *,
    engine: str = DUCKDB,
    overwrite: bool = False,
    sealing: Sealing = UNSEALED,
    kept: KeptReports = NONE_KEPT,
) -> ReportMade:
    """Write a month's report from files and folders of service records.

    ``kept``: reports that came back; what people had filled in goes back, last month's targets and
    measures stand beside.  ``engine``: ``duckdb``, ``spark`` on this machine, or a Spark master's address (``spark://...``).
    ``sealing`` gives the file a password.  Raises ProblemsFound where nothing could be read, or nothing of
    the month, where the engine does not start, or the file cannot be written.
    """
    REPORT.check_name(path)
    whose = monthly_identity(period)
    own, before = kept.of(whose), kept.before(whose)
    targets, problems = month_targets(company)
    targets, told = with_last_targets(targets, before, MAIN)
    problems += told
    records, more = read_records(data, company)
    problems += more
    if records is None:
        raise ProblemsFound(problems)
    with records:
        figures = replace(_measured(records, company, period, engine), targets=targets)
    if not figures.has(period):
        raise ProblemsFound(
            [*problems, *untold(records, problems), nothing_of(period, figures, path)]
        )
    book, lines = with_what_was_kept(figures, own, before)
    made = workbook_bytes(book, {})
    problems += REPORT.write(made, path, overwrite=overwrite, sealing=sealing)
    problems += told_of(own, lines, str(path))
    return ReportMade(figures, tuple(problems), put_back_told(own, lines))


def nothing_of(
    period: Period, figures: MonthFigures, path: Path, what: str = "服务请求"
) -> Problem:
    """That the records hold nothing of a month, and of which days they are."""
    message = f"数据里没有{period.label}的{what}，没有写报告"
    if figures.first and figures.last:
        message += f"；数据是 {figures.first.isoformat()} 至 {figures.last.isoformat()} 的"
    return Problem("nothing_of_month", message, Place(file=str(path)))


def untold(records: ServiceRecords, problems: Iterable[Problem]) -> Iterator[Problem]:
    """What a report's sheet 数据质量 would have told, where there is none: why lines are of no month."""
    told = {problem.code for problem in problems}
    for found in records.quality:
        if found.code not in told:
            note = _note(found)
            examples = f"（{note.examples}）" if note.examples else ""
            message = f"{note.table}：{found.what}，{found.count} 处{examples}；{found.done}"
            yield warning(found.code, message)


def _measured(
    records: ServiceRecords, company: Company, period: Period, engine: str
) -> MonthFigures:
    """The month's figures, and what is known of the data."""
    with engine_over(records, engine) as running:
        figures = month_figures(running, company, period, records.hours.service_days)
    return with_notes(figures, records)


def with_notes(figures: Measured, records: ServiceRecords) -> Measured:
    """The figures with what is known of the data that they were made from."""
    notes, files, serving = data_notes(records)
    return replace(figures, quality=(*notes, *figures.quality), files=files, serving=serving)


def data_notes(
    records: ServiceRecords,
) -> tuple[tuple[QualityNote, ...], tuple[tuple[str, str, int], ...], str]:
    """What a report tells of the data: what was found in it, the files read, how time is counted."""
    counted = "只算服务时间内的" if records.hours.business else "按钟表时间"
    files = tuple((one.name, TABLE_LABELS[one.source], one.lines) for one in records.files)
    return tuple(map(_note, records.quality)), files, f"服务时间：{records.hours}；时长{counted}。"


def _note(found: Finding) -> QualityNote:
    table = "文件" if found.source is None else TABLE_LABELS[found.source]
    examples = "；".join(
        f"{one.file} 第{one.line}行{f'：{masked_text(one.text)}' if one.text else ''}"
        for one in found.examples
    )
    return QualityNote(table, found.what, found.done, found.count, examples)


@dataclass(frozen=True, slots=True)
class _Filled:
    """An engine that knows only the columns in which some line says something."""

    engine: Engine
    records: ServiceRecords

    def have(self, source: Source) -> Collection[str]:
        return self.records.filled[source]

    def rows(self, expression: Table) -> list[tuple[Any, ...]]:
        return self.engine.rows(expression)


@contextmanager
def engine_over(records: ServiceRecords, name: str) -> Iterator[Engine]:
    """The engine of a name over the tables that were read; ProblemsFound where it does not start."""
    if name == DUCKDB:
        yield _Filled(records.engine, records)
        return
    url = LOCAL if name == SPARK else name
    with tempfile.TemporaryDirectory(prefix="xladdin-spark-") as folder:
        tables = records.parquet(Path(folder))
        try:
            with spark(url, tables, records.filled) as running:
                yield _Filled(running, records)
        except NoSparkError as error:
            raise ProblemsFound([Problem("no_spark", str(error))]) from error
