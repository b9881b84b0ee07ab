"""Read service records: files of any of the kinds that systems export, into tables for an engine."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from xladdin.analysis.engines import Duck
from xladdin.analysis.service_records import TABLE_LABELS, Source
from xladdin.company.company import Company
from xladdin.problems import Place, Problem, warning

from .chats_as_requests import fill_requests, known_of_requests
from .data_quality import Example, Finding, Quality
from .final_tables import empty_table, make_table
from .impossible_times import tell_impossible
from .last_lines import one_line_each
from .moments import EPOCH
from .odd_values import drop_sums, settle
from .record_columns import RecordPlan
from .record_database import (
    MISTAKES,
    Connection,
    EngineError,
    open_database,
    parquet_columns,
)
from .record_fields import LABELS
from .record_files import Part, Parts, files_of
from .record_words import read_words
from .service_hours import ServiceHours, service_hours
from .sql_text import literal
from .staging import Stage

NEEDED: Mapping[Source, Sequence[tuple[tuple[str, ...], str]]] = {
    Source.REQUESTS: (
        (("agent",), "按客服的分析"),
        (("type",), "按类型的分析"),
        (("reply", "replied"), "响应时间"),
        (("solve", "solved"), "解决时间"),
        (("score", "satisfaction"), "满意度"),
    ),
    Source.CHATS: ((("agent",), "按客服的分析"), (("first", "answered"), "首次响应时间")),
    Source.ORDERS: ((("customer",), "重复购买率"), (("paid",), "重复购买率和付款转化")),
}
"""Fields of which one has to be there, and for what."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file, or a sheet of one, that was read; lines know it by its place in the list."""

    name: str
    source: Source
    lines: int
    """Those below its head."""


@dataclass
class ServiceRecords:
    """The tables, and what is known about them.  To be closed: they may lie in a folder of their own."""

    engine: Duck
    files: tuple[RecordFile, ...]
    hours: ServiceHours
    filled: Mapping[Source, frozenset[str]]
    """The columns in which some line says something."""
    counts: Mapping[Source, int]
    """Lines of each table."""
    spans: Mapping[Source, tuple[dt.date, dt.date]]
    """The first and last day of each table that has one."""
    quality: tuple[Finding, ...]
    _connection: Connection = field(repr=False)
    _folder: Path | None = field(repr=False)

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day of all."""
        days = [day for span in self.spans.values() for day in span]
        return (min(days), max(days)) if days else None

    def parquet(self, folder: Path) -> Mapping[Source, Path]:
        """The tables as Parquet files in a folder, for an engine outside of this process."""
        found = {source: folder / f"{source}.parquet" for source in Source}
        for source, path in found.items():
            self._connection.execute(
                f"COPY (FROM {source}) TO {literal(str(path))} (FORMAT parquet)"
            )
        return found

    def requests_from_chats(self) -> bool:
        """Take the chats for the requests of a shop that has no tickets; whether that was needed."""
        if self.counts[Source.REQUESTS] or not self.counts[Source.CHATS]:
            return False
        fill_requests(self._connection)
        known = known_of_requests(self.filled[Source.CHATS])
        self.filled = {**self.filled, Source.REQUESTS: known}
        self.engine = Duck(self._connection, self.filled)
        return True

    def close(self) -> None:
        """Let the tables go."""
        self._connection.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> ServiceRecords:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_records(
    paths: Iterable[str | Path],
    company: Company,
    folder: Path | None = None,
    *,
    today: dt.date | None = None,
) -> tuple[ServiceRecords | None, list[Problem]]:
    """The tables made of some files and folders, and what is wrong with those.

    None where nothing could be read.  ``folder``: where the tables may lie while they are used, a
    temporary one by itself.  ``today`` tells what is of the future.  What is wrong with lines is in
    the records' ``quality``; a problem is what a clerk should mend: a file, a head, a setting.
    """
    today = today or dt.date.today()
    room = Path(tempfile.mkdtemp(prefix="xladdin-records-", dir=folder))
    connection = open_database(room)
    try:
        records, problems = _read([Path(path) for path in paths], company, connection, room, today)
    except BaseException:
        connection.close()
        shutil.rmtree(room, ignore_errors=True)
        raise
    if records is None:
        connection.close()
        shutil.rmtree(room, ignore_errors=True)
    return records, problems


def _read(
    paths: Sequence[Path], company: Company, connection: Connection, room: Path, today: dt.date
) -> tuple[ServiceRecords | None, list[Problem]]:
    hours, problems = service_hours(company.setting, Place(company.file))
    found = Parts(
        RecordPlan(company.mappings), room, lambda path: parquet_columns(connection, path)
    )
    for path in files_of(paths):
        found.add(path)
    quality = Quality()
    problems += [*found.problems, *_columns_told(found.parts, quality)]
    if not found.parts:
        message = "没有读到任何服务请求、会话或订单"
        return None, [*problems, Problem("no_records", message)]
    stages: dict[Source, list[Part]] = defaultdict(list)
    for part in found.parts:
        stages[part.source].append(part)
    for source in Source:
        if source not in stages:
            connection.execute(empty_table(source))
            continue
        try:
            _table(Stage(connection, source, stages[source], quality), company, hours, today)
        except MISTAKES:
            raise
        except EngineError as error:
            problems.append(_failed(stages[source], error))
            return None, problems
    return _records(connection, found.parts, hours, quality, room), problems


def _table(stage: Stage, company: Company, hours: ServiceHours, today: dt.date) -> None:
    """From the files to one table."""
    stage.fill()
    drop_sums(stage)
    settle(stage, today)
    read_words(stage, company.employees)
    one_line_each(stage)
    tell_impossible(stage, hours)
    make_table(stage, hours)


def _failed(parts: Sequence[Part], error: Exception) -> Problem:
    names = "、".join(dict.fromkeys(part.name for part in parts[:3]))
    why = str(error).splitlines()[0][:100]
    message = f"读不下去，没有结果：文件可能已损坏，或者磁盘放不下（{why}）"
    return Problem("records_unreadable", message, Place(names))


def _columns_told(parts: Sequence[Part], quality: Quality) -> Iterator[Problem]:
    """Heads that stand for nothing, once each; and what no file says."""
    unknown: dict[str, Example] = {}
    passed: dict[str, tuple[str, Example]] = {}
    for part in parts:
        head = part.chosen.row + 1
        for label in part.chosen.unknown:
            unknown.setdefault(label, Example(part.name, head, label))
        for label, other in part.chosen.passed_over.items():
            passed.setdefault(label, (other, Example(part.name, head, label)))
    if unknown:
        what, done = "没有用到的列", "没有读；要用的，请在“导入对照”写明各列对应什么"
        quality.add("columns_unused", None, what, done, len(unknown), [*unknown.values()])
        message = f"{what}：{'、'.join(unknown)}；要用的，请在“导入对照”写明各列对应什么"
        yield warning("columns_unused", message, Place(next(iter(unknown.values())).file))
    for label, (other, example) in passed.items():
        what, done = f"「{label}」这一列没有读", f"已经有「{other}」列，读的是那一列"
        quality.add("column_passed_over", None, what, done, 1, [example])
        yield warning("column_passed_over", f"{what}：{done}", Place(example.file))
    for source in dict.fromkeys(part.source for part in parts):
        there = {name for part in parts if part.source is source for name in part.columns}
        yield from _lacking(source, there, quality)


def _lacking(source: Source, there: set[str], quality: Quality) -> Iterator[Problem]:
    labels = LABELS[source]
    for names, purpose in NEEDED[source]:
        if there & set(names):
            continue
        either = " 或 ".join(labels[name] for name in names)
        what = f"没有{either}，没有{purpose}"
        done = (
            "有这一列时，请在“导入对照”写：导出列名 写那一列的表头，"
            f"对应指标 写 {either}；没有的，报告里空着，不是 0"
        )
        quality.add("column_lacking", source, what, done, 1)
        yield warning("column_lacking", f"{TABLE_LABELS[source]}里{what}；{done}")


def _records(
    connection: Connection,
    parts: Sequence[Part],
    hours: ServiceHours,
    quality: Quality,
    room: Path,
) -> ServiceRecords:
    filled: dict[Source, frozenset[str]] = {}
    counts: dict[Source, int] = {}
    spans: dict[Source, tuple[dt.date, dt.date]] = {}
    for source in Source:
        columns = [str(row[0]) for row in connection.execute(f"DESCRIBE {source}").fetchall()]
        asked = ", ".join(f'count("{name}")' for name in columns)
        row = connection.execute(
            f"SELECT count(*), min(day), max(day), {asked} FROM {source}"
        ).fetchone()
        number, first, last, *said = row or (0, None, None)
        counts[source] = int(number)
        filled[source] = frozenset(name for name, n in zip(columns, said, strict=False) if n)
        if first is not None:
            spans[source] = (EPOCH + dt.timedelta(days=first), EPOCH + dt.timedelta(days=last))
    files = tuple(RecordFile(part.name, part.source, part.lines) for part in parts)
    return ServiceRecords(
        Duck(connection, filled),
        files,
        hours,
        filled,
        counts,
        spans,
        quality.findings,
        connection,
        room,
    )
