"""Where does this number come from: the lines of service records behind a figure, shown or written as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xladdin.analysis.engines import NO_SUCH_COLUMN, Engine
from xladdin.analysis.line_conditions import Asked, conditions
from xladdin.analysis.measuring_month import People, called_the_same, different
from xladdin.analysis.metric import Share
from xladdin.analysis.reading_lines import count_lines, lines_of
from xladdin.analysis.record_intake.record_reading import read_records
from xladdin.analysis.record_lines import LINE_HEADS, RecordLine
from xladdin.analysis.service_records import MINUTE, SECOND, Source
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
HEADS = tuple(LINE_HEADS.values())
EPOCH = dt.datetime(1970, 1, 1)
UNITS = {"wait": SECOND, "reply": SECOND, "solve": MINUTE, "score": 100}
COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that Excel would work out when it opens a CSV."""
EXISTS = "已经有这个文件，它不是这样写出的，没有覆盖；请换一个文件名，确实要替换请加 --overwrite"


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The lines that were asked for."""

    words: str
    """The conditions."""
    count: int
    """All that meet them."""
    counted: int | None
    """Of a share: how many of these make it greater."""
    rows: tuple[tuple[str, ...], ...]
    """The first of them, as ``HEADS`` names their parts."""
    problems: tuple[Problem, ...]


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
    _, wrong = conditions(period, typed, lambda name: [])
    if wrong:
        raise ProblemsFound(wrong)
    records, problems = read_records(data, company)
    if records is None:
        raise ProblemsFound(problems)
    with records, engine_over(records, engine) as running:
        asked, _ = conditions(period, typed, lambda name: called_the_same(running, company, name))
        files = tuple(one.name for one in records.files)
        if asked is None or "month" not in running.have(Source.REQUESTS):
            raise ProblemsFound([*problems, Problem("no_requests", "数据里没有服务请求")])
        count, counted, lines = _found(running, asked, most)
        if not count:
            problems += _nothing(running, asked, People(company))
    people = People(company)
    rows = tuple(_texts(line, files, people) for line in lines)
    return RowsFound(asked.words, count, counted, rows, tuple(problems))


def _found(
    engine: Engine, asked: Asked, most: int | None
) -> tuple[int, int | None, list[RecordLine]]:
    try:
        count = count_lines(engine, asked.where)
    except NO_SUCH_COLUMN as error:
        message = f"数据里没有条件要的列（{asked.words}）"
        raise ProblemsFound([Problem("column_lacking", message)]) from error
    counted = None
    if asked.metric is not None and isinstance(asked.metric.figure, Share):
        counted = count_lines(engine, lambda t: asked.where(t) & asked.counting(t))
    return count, counted, lines_of(engine, asked.where, most)


def _nothing(engine: Engine, asked: Asked, people: People) -> Iterator[Problem]:
    """What there is instead of a text that no line has."""
    for label, column, values in asked.texts:
        known = different(engine, column)
        if column == "agent":
            known = [who.name if (who := people.of(each)) else each for each in known]
        if lost := [value for value in values if value not in known]:
            shown = "、".join(dict.fromkeys(known[:MOST_TOLD])) or "没有"
            message = f"数据里没有{label}「{'、'.join(lost)}」；有的是：{shown}"
            yield warning("no_such_text", message)


def _texts(line: RecordLine, files: Sequence[str], people: People) -> tuple[str, ...]:
    who = people.of(line.agent) if line.agent else None
    named = replace(line, agent=who.name) if who else line
    return tuple(_text(named, name, files) for name in LINE_HEADS)


def _text(line: RecordLine, name: str, files: Sequence[str]) -> str:
    said = getattr(line, name)
    if said is None:
        return ""
    if name == "file":
        return files[said] if said < len(files) else ""
    if name == "opened":
        return str((EPOCH + dt.timedelta(microseconds=said)).replace(microsecond=0))
    if name in UNITS:
        return f"{said / UNITS[name]:.1f}"
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
    head = _csv(RowsFound("", 0, None, (), ()))[0]
    try:
        before = replaceable(path, lambda there: there.startswith(head), overwrite=overwrite)
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
    writer.writerow(HEADS)
    for row in found.rows:
        safe = [f"'{each}" if each.startswith(COMMANDS) else each for each in row]
        changed += sum(one != other for one, other in zip(safe, row, strict=True))
        writer.writerow(safe)
    return text.getvalue().encode("utf-8-sig"), changed
