"""What the engine could not read at once: read here once for each different text, a column as a whole."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeAlias

from xladdin.analysis.service_records import DAY, SECOND
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.export_reader import sums_up
from xladdin.intake.headers import header_key
from xladdin.intake.numbers import read_number
from xladdin.intake.text import narrow

from .many_texts import to_read
from .moments import (
    CLOCK_ZONE,
    CONTRADICTORY,
    EPOCH,
    UNDECIDED,
    Order,
    order_of_column,
    read_moment,
    settled,
)
from .record_columns import Column
from .record_fields import LABELS, Kind
from .spans import DAY_FRACTION, TWO_PARTS, read_span
from .sql_text import listed, literal
from .staging import Stage, as_time, odd, rough

_CLOCK = r"^(.*[0-9日号])(?:[ T]+)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)$"
"""A date, and a clock that the engine can read by itself."""
_SERIALS = (36_526, 73_051)
"""Day numbers of 2000 to 2099, as spreadsheets count."""
_SERIAL_EPOCH = 25_569
"""The day number of 1970-01-01."""
_SECONDS, _MILLIS = (946_684_800, 4_102_444_800), (946_684_800_000, 4_102_444_800_000)
PATIENCE = 366
"""Days by which a date may lie in the future: an order to be delivered, a clock that is wrong."""
_STARS = re.compile(r"([1-5](?:\.[0-9]{1,2})?) ?(?:颗?星级?|分|stars?)?(?:/5)?")
_SHAPE = re.compile(r"[★⭐]{1,5}[☆]{0,4}")

_SUM = "合计|总计|小计|平均|汇总|总和|均值"
"""Every word for a sum has one of these."""
_BARE = re.compile(r"[0-9.,]+")
AS_MISSING = "当作没有填写，不是 0"
OPEN, UNIT = "open", "unit"
_ORDERS = {"ymd": "年/月/日", "dmy": "日/月/年", "mdy": "月/日/年"}
_GUESSES = {
    DAY_FRACTION: ("是一天的几分之几（Excel 的时间丢了格式）", "换算成时长"),
    TWO_PARTS: ("只有两段（2:23）", "按 分:秒 读；如果是 时:分，请写成三段 02:23:00"),
}
_READ = "(m.micros IS NOT NULL OR m.why IS NOT NULL)"
"""What has been read, or told already."""

Meant: TypeAlias = tuple[int, str, int | None, bool, str | None]
"""Part, text, what it means, whether only a day of it is known, and what is to be told of it."""


class Saying(NamedTuple):
    """What is told of some texts."""

    code: str
    what: str
    done: str


Told: TypeAlias = dict[tuple[int, str], Saying]
"""Part and reason -> what is told."""


def drop_sums(stage: Stage) -> None:
    """Take lines such as 合计, and heads repeated on each page, out of what counts."""
    labels = {
        part.number: {header_key(one.label) for one in part.chosen.columns.values()}
        for part in stage.parts
    }
    words = {one.label for part in stage.parts for one in part.chosen.columns.values()}
    likely = f"regexp_matches(lead, '{_SUM}') OR lead IN {listed(sorted(words))}"
    rows = stage.rows(f"SELECT DISTINCT file, lead FROM {stage.name} WHERE {likely}")
    sums = [(file, lead) for file, lead in rows if sums_up(lead)]
    heads = [(file, lead) for file, lead in rows if header_key(lead) in labels[int(str(file))]]
    _drop(stage, sums, "sum_row", "合计、平均一类的行", "不是一条记录，没有算")
    _drop(stage, heads, "repeated_head", "重复的表头行", "不是一条记录，没有算")
    nothing = (*stage.fields, *map(odd, stage.odds()))
    blank = " AND ".join(f"{name} IS NULL" for name in nothing)
    stage.run(f"DELETE FROM {stage.name} WHERE lead IS NULL AND {blank}")


def _drop(
    stage: Stage, found: Sequence[tuple[object, object]], code: str, what: str, done: str
) -> None:
    if not found:
        return
    pairs = ", ".join(f"({file}, {literal(str(lead))})" for file, lead in found)
    where = f"(file, lead) IN ({pairs})"
    stage.tell(code, where, "lead", what, done)
    stage.run(f"DELETE FROM {stage.name} WHERE {where}")


def settle(stage: Stage, today: dt.date) -> None:
    """Read every odd text that can be read; tell the others, and what was taken for granted."""
    there = stage.met({name: f"{odd(name)} IS NOT NULL" for name in stage.odds()})
    for name in there:
        kind = stage.fields[name]
        if kind is Kind.TIME:
            left = _times(stage, name, today)
        elif kind is Kind.SPAN:
            left = _spans(stage, name)
        else:
            left = _numbers(stage, name, kind)
        _unread(stage, name, left)
    _strange(stage, today)


def _unread(stage: Stage, name: str, left: Sequence[str]) -> None:
    """``left``: what is to be told of texts that were not read one by one."""
    code = f"unread_{stage.fields[name].name.lower()}"
    what = f"{LABELS[stage.source][name]}读不懂"
    done = "；".join([AS_MISSING, *left])
    stage.tell(code, f"{odd(name)} IS NOT NULL", odd(name), what, done)


def _by_part(rows: Iterable[Sequence[object]]) -> Mapping[int, list[str]]:
    """Texts by the part that they stand in."""
    found: dict[int, list[str]] = defaultdict(list)
    for file, text in rows:
        found[int(str(file))].append(str(text))
    return found


# Times.


def _times(stage: Stage, name: str, today: dt.date) -> Sequence[str]:
    _serials(stage, name)
    last = (today - EPOCH).days + PATIENCE
    text = odd(name)
    split = (
        f"SELECT DISTINCT file, {text} AS text, regexp_extract({text}, {literal(_CLOCK)}, 1) AS day, "
        f"TRY_CAST(nullif(regexp_extract({text}, {literal(_CLOCK)}, 2), '') AS TIME) AS clock "
        f"FROM {stage.name} WHERE {text} IS NOT NULL"
    )
    stage.run(
        "CREATE TEMP TABLE odd AS SELECT file, text, clock, "
        f"CASE WHEN clock IS NULL THEN text ELSE day END AS said FROM ({split})"
    )
    told: Told = {}
    meant: list[Meant] = []
    left: list[str] = []
    for file, some in _by_part(stage.rows("SELECT DISTINCT file, said FROM odd")).items():
        chosen, why = to_read(some, lambda text: read_moment(text) is not None)
        meant += _dates(stage, name, file, chosen, last, told)
        left += [why] * bool(why)
    _load(stage, meant)
    joined = (
        f"{stage.name} AS s JOIN odd AS o ON s.file = o.file AND s.{text} = o.text "
        "JOIN meant AS m ON m.file = o.file AND m.text = o.said"
    )
    _tell(stage, name, joined, told)
    stage.run(
        f"UPDATE {stage.name} AS s SET {name} = m.micros + coalesce(epoch_us(o.clock), 0), "
        f"{rough(name)} = m.rough AND o.clock IS NULL, {text} = NULL "
        "FROM odd AS o JOIN meant AS m ON m.file = o.file AND m.text = o.said "
        f"WHERE s.file = o.file AND s.{text} = o.text AND {_READ}"
    )
    stage.run("DROP TABLE odd; DROP TABLE meant")
    return left


def _serials(stage: Stage, name: str) -> None:
    """Bare numbers: day numbers of spreadsheets, and seconds or milliseconds since 1970."""
    value, label = f"TRY_CAST({odd(name)} AS DOUBLE)", LABELS[stage.source][name]
    day = f"{value} >= {_SERIALS[0]} AND {value} < {_SERIALS[1]}"
    # A day number has some 15 digits: thousandths of a second are sure.
    micros = f"CAST(round(({value} - {_SERIAL_EPOCH}) * 86400000) AS BIGINT) * 1000"
    stage.tell("serial_time", day, odd(name), f"{label}是 Excel 的日期序号", "换算成日期和时刻")
    stage.run(
        f"UPDATE {stage.name} SET {name} = {micros}, {rough(name)} = ({value} = floor({value})), "
        f"{odd(name)} = NULL WHERE {day}"
    )
    for (low, high), factor, words in ((_SECONDS, SECOND, "秒"), (_MILLIS, SECOND // 1000, "毫秒")):
        where = f"{value} >= {low} AND {value} < {high}"
        what = f"{label}是 1970 年以来的{words}数"
        stage.tell("unix_time", where, odd(name), what, "按北京时间换算成日期和时刻")
        stage.run(
            f"UPDATE {stage.name} SET {name} = CAST({value} * {factor} AS BIGINT) + {CLOCK_ZONE}, "
            f"{odd(name)} = NULL WHERE {where}"
        )


def _dates(
    stage: Stage, name: str, file: int, texts: Iterable[str], last: int, told: Told
) -> Iterator[Meant]:
    """The texts of one part's column, read as a whole."""
    moments = {text: moment for text in texts if (moment := read_moment(text))}
    label, column = LABELS[stage.source][name], stage.column(file, name)
    order = order_of_column(moments.values(), column.order, last)
    told[file, OPEN] = _open_order(label, column, order)
    if order.order in _ORDERS:
        said = _ORDERS[order.order]
        told[file, order.order] = Saying(
            f"day_order_{order.order}", f"{label}的日期写成{said}", f"整列按{said}读"
        )
    for text, moment in moments.items():
        micros = settled(moment, order, last)
        plain = set(moment.days) == {"ymd"}
        why = OPEN if micros is None else None if plain else order.order or None
        yield file, text, micros, moment.clock is None, why


def _open_order(label: str, column: Column, order: Order) -> Saying:
    """What is told of a column whose dates may be two: nothing is guessed."""
    why = {
        UNDECIDED: "日和月分不清：没有一个大于 12",
        CONTRADICTORY: "有的只能是日/月/年，有的只能是月/日/年，互相矛盾",
    }.get(order.doubt, "不是“导入对照”写明的日期顺序")
    return Saying(
        f"day_order_{order.doubt or 'noted'}",
        f"{label}（「{column.label}」列）的日期{why}",
        f"没有读；请在“导入对照”写：导出列名 {column.label}，对应指标 {label}，条件 日月年 或 月日年",
    )


def _strange(stage: Stage, today: dt.date) -> None:
    """Times of another century or of the future."""
    first = (dt.date(2000, 1, 1) - EPOCH).days * DAY
    last = ((today - EPOCH).days + PATIENCE) * DAY
    strange = {name: f"({name} < {first} OR {name} >= {last})" for name in stage.of_kind(Kind.TIME)}
    for name, where in stage.met(strange).items():
        what = f"{LABELS[stage.source][name]}早于 2000 年，或者远在将来"
        stage.tell("strange_time", where, as_time(name), what, AS_MISSING)
        stage.run(f"UPDATE {stage.name} SET {name} = NULL WHERE {where}")


# Durations and numbers.


def _spans(stage: Stage, name: str) -> Sequence[str]:
    label = LABELS[stage.source][name]
    told: Told = {}

    def read(file: int, text: str) -> tuple[int | None, str | None]:
        column = stage.column(file, name)
        span = read_span(text, column.unit)
        if span.micros is None and column.unit is None and _BARE.fullmatch(narrow(text)):
            told[file, UNIT] = _open_unit(label, column)
            return None, UNIT
        if span.guess:
            told[file, span.guess] = Saying(
                span.guess, f"{label}{_GUESSES[span.guess][0]}", _GUESSES[span.guess][1]
            )
        return span.micros, span.guess or None

    return _each(stage, name, read, told)


def _open_unit(label: str, column: Column) -> Saying:
    return Saying(
        "span_unit",
        f"{label}（「{column.label}」列）没有写单位，看不出是秒、分钟还是小时",
        f"没有读；请在“导入对照”写：导出列名 {column.label}，对应指标 {label}，单位 秒（或 分钟、小时）",
    )


def _numbers(stage: Stage, name: str, kind: Kind) -> Sequence[str]:
    read = {Kind.NUMBER: _whole, Kind.MONEY: _cents, Kind.SCORE: _score}[kind]
    return _each(stage, name, lambda _, text: (read(text), None), {})


def _whole(text: str) -> int | None:
    value = read_number(text, Unit.TIMES).value
    return int(value) if value is not None and value >= 0 else None


def _cents(text: str) -> int | None:
    value = read_number(text, Unit.YUAN).value
    return None if value is None else int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _score(text: str) -> int | None:
    """Stars as words and signs; a score of another scale is none of ours."""
    if _SHAPE.fullmatch(text.strip()):
        return 100 * sum(sign in "★⭐" for sign in text)
    found = _STARS.fullmatch(narrow(text).lower().strip())
    return round(Decimal(found[1]) * 100) if found and Decimal(found[1]) <= 5 else None


def _each(
    stage: Stage,
    name: str,
    read: Callable[[int, str], tuple[int | None, str | None]],
    told: Told,
) -> Sequence[str]:
    """Read each different text of a column, put down what it means, tell what ``told`` says of it.

    Gives what is to be told of texts that were not read one by one.
    """
    text = odd(name)
    rows = stage.rows(f"SELECT DISTINCT file, {text} FROM {stage.name} WHERE {text} IS NOT NULL")
    meant: list[Meant] = []
    left: list[str] = []
    for file, some in _by_part(rows).items():
        # Whatever has a meaning, or of which something is told.
        chosen, doubt = to_read(some, lambda text, file=file: read(file, text) != (None, None))  # type: ignore[misc]
        meant += [
            (file, text, value, False, why) for text in chosen for value, why in [read(file, text)]
        ]
        left += [doubt] * bool(doubt)
    _load(stage, meant)
    joined = f"{stage.name} AS s JOIN meant AS m ON s.file = m.file AND s.{text} = m.text"
    _tell(stage, name, joined, told)
    stage.run(
        f"UPDATE {stage.name} AS s SET {name} = m.micros, {text} = NULL FROM meant AS m "
        f"WHERE s.file = m.file AND s.{text} = m.text AND {_READ}"
    )
    stage.run("DROP TABLE meant")
    return left


def _tell(stage: Stage, name: str, joined: str, told: Told) -> None:
    """What the texts of a column gave to be told, with lines on which they stand."""
    there = stage.rows(
        f"SELECT DISTINCT m.file, m.why FROM {joined} WHERE m.why IS NOT NULL ORDER BY ALL"
    )
    for file, why in there:
        where = f"m.file = {file} AND m.why = {literal(str(why))}"
        stage.tell_joined(joined, where, f"s.{odd(name)}", *told[int(str(file)), str(why)])


def _load(stage: Stage, meant: Sequence[Meant]) -> None:
    stage.run(
        "CREATE TEMP TABLE meant (file BIGINT, text VARCHAR, micros BIGINT, rough BOOLEAN, why VARCHAR)"
    )
    stage.put("meant", [one for one in meant if one[2] is not None or one[4]])
