"""Where does this number come from: the lines of service records behind a figure, shown or written as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xladdin.analysis.engines import NO_SUCH_COLUMN, Engine
from xladdin.analysis.line_conditions import METRICS, Asked, conditions
from xladdin.analysis.measuring_month import People, called_the_same, different
from xladdin.analysis.metric import Condition, Table
from xladdin.analysis.reading_lines import count_lines, lines_of
from xladdin.analysis.record_intake.record_reading import read_records
from xladdin.analysis.record_lines import HEADS, MOMENTS, UNITS, Line
from xladdin.analysis.service_levels import service_levels
from xladdin.analysis.service_records import TABLE_LABELS, Source
from xladdin.app.results.result_files import refused
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .month_report import DUCKDB, engine_over

SUFFIX = ".csv"
MOST_TOLD = 30
CENTS = 100
FROM_CHATS = "没有工单数据，服务请求就是会话（报告里也这样算）"
EPOCH = dt.datetime(1970, 1, 1)
COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that Excel would work out when it opens a CSV."""
EXISTS = "已经有这个文件，它不是这样写出的，没有覆盖；请换一个文件名，确实要替换请加 --overwrite"


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The lines that were asked for."""

    source: Source
    words: str
    """The conditions."""
    count: int
    """All that meet them."""
    counted: int | None
    """Of a share: how many of these make it greater."""
    people: int | None
    """Of a figure that counts customers: how many these are."""
    rows: tuple[tuple[str, ...], ...]
    """The first of them, as ``heads`` names their parts."""
    problems: tuple[Problem, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the parts of a line are called."""
        return tuple(HEADS[self.source].values())

    @property
    def unit(self) -> str:
        """What is counted: 条, or of orders 个."""
        return "个" if self.source is Source.ORDERS else "条"


def record_rows(
    company: Company,
    data: Sequence[Path],
    period: Period,
    typed: Sequence[str] = (),
    *,
    engine: str = DUCKDB,
    most: int | None = None,
) -> RowsFound:
    """The lines of a month that meet conditions such as ``类型=订单``; the first ``most`` of them.

    Ids of customers and numbers and addresses in their words are masked: the file and line that stand
    beside lead to them.  Raises ProblemsFound for conditions that are none, and where nothing can be read.
    """
    # Told before anything is read, which may take a while.
    levels, unread = service_levels(company)
    metrics = {**METRICS, **{level.metric.name: level.metric for level in levels}}
    _, wrong = conditions(period, typed, lambda source, name: [], metrics)
    if wrong:
        raise ProblemsFound(wrong)
    records, problems = read_records(data, company)
    problems = [*unread, *problems]
    if records is None:
        raise ProblemsFound(problems)
    with records:
        if records.requests_from_chats():
            problems.append(warning("requests_from_chats", FROM_CHATS))
        with engine_over(records, engine) as running:
            asked, _ = conditions(
                period,
                typed,
                lambda source, name: called_the_same(running, company, name, source),
                metrics,
            )
            files = tuple(one.name for one in records.files)
            if asked is None or "month" not in running.have(asked.source):
                what = TABLE_LABELS[Source.REQUESTS if asked is None else asked.source]
                raise ProblemsFound([*problems, Problem("no_requests", f"数据里没有{what}")])
            found = _found(running, asked, most)
            if not found.count:
                problems += _nothing(running, asked, People(company))
    people = People(company)
    rows = tuple(_texts(line, asked.source, files, people) for line in found.lines)
    return RowsFound(
        asked.source, asked.words, found.count, found.counted, found.people, rows, tuple(problems)
    )


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    counted: int | None
    people: int | None
    lines: Sequence[Line]


def _found(engine: Engine, asked: Asked, most: int | None) -> _Found:
    source, people, counted = asked.source, None, None
    try:
        count = count_lines(engine, asked.lines, source)
        if asked.people is not None:
            people = count_lines(engine, lambda t: _filtered(asked.lines(t), asked.people), source)
        if asked.is_share:
            of = asked.people
            counted = count_lines(engine, lambda t: _filtered(asked.counting(t), of), source)
    except NO_SUCH_COLUMN as error:
        message = f"数据里没有条件要的列（{asked.words}）"
        raise ProblemsFound([Problem("column_lacking", message)]) from error
    return _Found(count, counted, people, lines_of(engine, asked.lines, most, source))


def _filtered(lines: Table, condition: Condition | None) -> Table:
    return lines if condition is None else lines.filter(condition(lines))


def _nothing(engine: Engine, asked: Asked, people: People) -> Iterator[Problem]:
    """What there is instead of a text that no line has."""
    for label, column, values in asked.texts:
        known = different(engine, column, asked.source)
        if column == "agent":
            known = [who.name if (who := people.of(each)) else each for each in known]
        if lost := [value for value in values if value not in known]:
            shown = "、".join(dict.fromkeys(known[:MOST_TOLD])) or "没有"
            message = f"数据里没有{label}「{'、'.join(lost)}」；有的是：{shown}"
            yield warning("no_such_text", message)


def _texts(line: Line, source: Source, files: Sequence[str], people: People) -> tuple[str, ...]:
    who = people.of(line.agent) if line.agent else None
    named = replace(line, agent=who.name) if who else line
    return tuple(_text(named, source, name, files) for name in HEADS[source])


def _text(line: Line, source: Source, name: str, files: Sequence[str]) -> str:
    said = getattr(line, name)
    if said is None:
        return ""
    if name == "file":
        return files[said] if said < len(files) else ""
    if name in MOMENTS[source]:
        return str((EPOCH + dt.timedelta(microseconds=said)).replace(microsecond=0))
    if unit := UNITS[source].get(name):
        places = 2 if unit == CENTS else 1
        return f"{said / unit:.{places}f}"
    if isinstance(said, bool):
        return "是" if said else "否"
    return str(said)


def write_rows(found: RowsFound, path: Path, *, overwrite: bool = False) -> list[Problem]:
    """Write the lines as a CSV that Excel opens, for its owner alone; what is to be said of it.

    A text that Excel would take for a formula gets an apostrophe before it.  Raises ProblemsFound where
    the file cannot be written, or is not one of ours.
    """
    if path.suffix.lower() != SUFFIX:
        raise refused("wrong_suffix", f"行的文件名应以 {SUFFIX} 结尾", path)
    content, changed = _csv(found)
    heads = [_csv(RowsFound(one, "", 0, None, None, (), ()))[0] for one in Source]
    try:
        before = replaceable(
            path, lambda there: there.startswith(tuple(heads)), overwrite=overwrite
        )
        save_if_same(path, before, content, private=True)
    except (NotOursError, FileChangedError) as error:
        raise refused("exists", EXISTS, path) from error
    except FileLockedError as error:
        raise refused("file_locked", "文件打不开或正在被使用，请关闭后再试", path) from error
    except OSError as error:
        raise refused("not_written", f"写不进去：{reason(error)}", path) from error
    if not changed:
        return []
    message = f"{changed} 处文字以 = + - @ 开头，前面加了 '，免得 Excel 当成公式"
    return [warning("apostrophe_added", message, Place(file=str(path)))]


def _csv(found: RowsFound) -> tuple[bytes, int]:
    text, changed = io.StringIO(), 0
    writer = csv.writer(text)
    writer.writerow(found.heads)
    for row in found.rows:
        safe = [f"'{each}" if each.startswith(COMMANDS) else each for each in row]
        changed += sum(one != other for one, other in zip(safe, row, strict=True))
        writer.writerow(safe)
    return text.getvalue().encode("utf-8-sig"), changed
