"""Lines of all parts of a table, side by side: what could be read at once, and what could not beside it.

Most cells are as systems write them and are read by the engine itself; an odd one keeps its text in a
column of its own (``opened_odd``), which costs nothing where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xladdin.analysis.service_records import SECOND, Source
from xladdin.intake.numbers import MISSING_MARKS
from xladdin.intake.times import SECONDS

from .data_quality import SHOWN, Example, Quality
from .moments import CLOCK_ZONE
from .record_columns import Column
from .record_database import MISTAKES, Connection, EngineError
from .record_fields import BEGINS, KINDS, MEASURED, Kind
from .record_files import Part
from .record_texts import Rewritten
from .sql_text import listed, named

_ALSO = (
    "?",
    "？",
    "??",
    "／",
    "－",
    "－－",
    "·",
    "空",
    "(空)",
    "（空）",
    "未填写",
    "null",
    "none",
    "nan",
    "na",
    "n/a",
    "#N/A",
)
MISSING = sorted(
    {mark for one in (*MISSING_MARKS, *_ALSO) for mark in (one, one.upper(), one.capitalize())}
    - {""}
)
"""What people and systems write where there is nothing."""
PLAIN_MARKS = [mark for mark in MISSING if "0" <= mark[0] <= "z"]
"""Those that begin as most texts do."""
_BLANKS = "' \t\r\n\u00a0\u3000\ufeff'"
_ISO_ZONED = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)"
_ISO_FRACTION = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\.\d{1,9}"
LONGEST_SHOWN = 60
"""Characters of an example."""
BATCH = 20_000
"""Rows that are put into a table at a time."""
ROUGH = "rough"
"""Suffix of the column that says of a time that only its day is known."""


def odd(name: str) -> str:
    """The column that holds what could not be read of a field."""
    return f"{name}_odd"


def rough(name: str) -> str:
    """The column that says of a time that only its day is known."""
    return f"{name}_{ROUGH}"


def text_of(column: str) -> str:
    """A text without blanks around it; null where it says that there is nothing.

    Most texts begin and end with a letter or digit; to look for every kind of blank takes ten times as long.
    """
    bare = f"trim({column}, {_BLANKS})"
    return (
        f"CASE WHEN {_begins_plainly(column)} AND {column}[-1] BETWEEN '0' AND 'z' THEN {column} "
        f"WHEN {_said(bare)} THEN nullif({bare}, '') END"
    )


def _begins_plainly(column: str) -> str:
    """Whether a text begins with a letter or digit, and is no mark that does so, too.

    Texts are compared byte by byte, so that nothing is cut off to see how they begin.
    """
    return f"{column} >= '0' AND {column} < '{{' AND {_said(column, PLAIN_MARKS)}"


def _said(text: str, marks: Sequence[str] = MISSING) -> str:
    """Whether a text is no mark of what is missing."""
    longest = max(len(mark.encode()) for mark in marks)
    return f"(strlen({text}) > {longest} OR {text} NOT IN {listed(marks)})"


def key_of(column: str) -> str:
    """A text to compare by; 1001.0 and ="0001" and '0001 are ids all the same."""
    # What most ids are like, by what is quickest to see first.
    equal = f"({column} >= '=' AND {column} < '>')"
    end = f"{column}[-1] BETWEEN '1' AND 'z' OR ({column}[-1] = '0' AND {column}[-2] <> '.')"
    plain = f"{_begins_plainly(column)} AND NOT {equal} AND ({end})"
    dirty = f"left({column}, 1) IN ('=', '''') OR ends_with({column}, '.0')"
    inner = f"regexp_replace({column}, '^=\"(.*)\"$', '\\1')"
    cleaned = f"nullif(regexp_replace({inner}, '^''|\\.0$', '', 'g'), '')"
    return f"CASE WHEN {plain} THEN {column} WHEN {dirty} THEN {cleaned} ELSE {text_of(column)} END"


def _time_of_text(column: str) -> str:
    """Microseconds of the commonest writings; of local ones by their length alone, which is quick."""
    minute = f"strlen({column}) = 16 AND {column}[14] = ':'"
    second = f"strlen({column}) = 19 AND {column}[17] = ':' AND {column}[5] IN ('-', '/')"
    local = f"CASE WHEN {second} OR ({minute} AND {column}[5] IN ('-', '/')) THEN TRY_CAST({column} AS TIMESTAMP) END"
    fraction = f"CASE WHEN regexp_full_match({column}, '{_ISO_FRACTION}') THEN TRY_CAST({column} AS TIMESTAMP) END"
    zoned = f"CASE WHEN regexp_full_match({column}, '{_ISO_ZONED}') THEN TRY_CAST({column} AS TIMESTAMPTZ) END"
    return f"coalesce(epoch_us({local}), epoch_us({fraction}), epoch_us({zoned}) + {CLOCK_ZONE})"


def _time_of(column: str, kind: str) -> str | None:
    """Microseconds of a column that holds times as such."""
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_us({column}) + {CLOCK_ZONE}"
    if kind.startswith("TIMESTAMP"):
        return f"epoch_us(CAST({column} AS TIMESTAMP))"
    return f"epoch_us(CAST({column} AS TIMESTAMP))" if kind == "DATE" else None


def _span_of_text(column: str, unit: int | None) -> str:
    clock = f"strlen({column}) = 8 AND {column}[3] = ':' AND {column}[6] = ':'"
    read = f"epoch_us(CASE WHEN {clock} THEN TRY_CAST({column} AS INTERVAL) END)"
    if unit is None:
        return read
    value = f"TRY_CAST({column} AS DOUBLE)"
    # What is shorter than a hundredth of a second is a part of a day: it is read with the odd ones.
    likely = f"{value} = 0 OR abs({value}) * {unit} >= 0.01"
    return f"coalesce(CASE WHEN {likely} THEN CAST(round({value} * {unit * SECOND}) AS BIGINT) END, {read})"


_NUMBER = {
    Kind.NUMBER: "CASE WHEN {value} = round({value}) AND {value} BETWEEN 0 AND 1e9 THEN CAST({value} AS BIGINT) END",
    Kind.SCORE: "CASE WHEN {value} BETWEEN 1 AND 5 THEN CAST(round({value} * 100) AS BIGINT) END",
    Kind.MONEY: "CASE WHEN abs({value}) < 1e12 THEN CAST(round({value} * 100) AS BIGINT) END",
}


def _measured(part: Part, name: str, kind: Kind) -> str:
    """What can be read of a field at once."""
    column, type_ = named(part.columns[name]), part.types.get(name, "")
    if kind is Kind.TIME:
        own = _time_of(column, type_)
        return own or _time_of_text(f"CAST({column} AS VARCHAR)" if type_ else column)
    if kind is Kind.SPAN:
        if type_ in ("INTERVAL", "TIME"):
            return f"epoch_us({column})"
        unit = part.chosen.columns[name].unit
        text = f"CAST({column} AS VARCHAR)" if type_ else column
        return _span_of_text(text, SECONDS[unit] if unit else None)
    as_money = "DECIMAL(18, 4)" if kind is Kind.MONEY else "DOUBLE"
    return _NUMBER[kind].format(value=f"TRY_CAST({column} AS {as_money})")


def _as_such(type_: str) -> bool:
    """Whether a column holds times or durations as such, which are read or missing, never odd."""
    return type_.startswith("TIMESTAMP") or type_ in ("INTERVAL", "TIME")


def columns_of(source: Source, parts: Sequence[Part]) -> dict[str, Kind]:
    """The fields that some part of a table has, in their order."""
    there = {name for part in parts for name in part.columns}
    return {name: kind for name, kind in KINDS[source].items() if name in there}


class Stage:
    """The lines of one table, and what has been found out about them."""

    def __init__(
        self, connection: Connection, source: Source, parts: Sequence[Part], quality: Quality
    ) -> None:
        self.connection, self.source, self.parts, self.quality = connection, source, parts, quality
        self.name, self.days = f"staged_{source}", f"days_of_{source}"
        self.fields = columns_of(source, parts)
        self.begins = BEGINS[source]
        self.names = {part.number: part.name for part in parts}
        self.words: dict[str, frozenset[str]] = {}
        """What the columns of words say once they have been read."""
        self._parts = {part.number: part for part in parts}
        self.sure = frozenset(name for name in self.fields if self._is_sure(name))
        """Fields that no part has as texts or bare numbers."""

    def _is_sure(self, name: str) -> bool:
        types = [part.types.get(name, "") for part in self.parts if name in part.columns]
        return self.fields[name] in (Kind.TIME, Kind.SPAN) and all(map(_as_such, types))

    def of_kind(self, *kinds: Kind) -> list[str]:
        """The fields of some kinds that are there."""
        return [name for name, kind in self.fields.items() if kind in kinds]

    def fill(self) -> None:
        """Read every part; raises EngineError where the engine cannot go on."""
        for index, part in enumerate(self.parts):
            done = None
            if not part.relation and part.otherwise:
                part.relation, done = part.otherwise()
            rows = self._put(part, first=index == 0)
            if done is None and part.otherwise and rows != part.expected:
                # Its lines are not its rows after all: quoted breaks, blank lines, marks without a mate.
                if index:
                    self.run(f"DELETE FROM {self.name} WHERE file = {part.number}")
                else:
                    self.run(f"DROP TABLE IF EXISTS {self.name}")
                part.relation, done = part.otherwise()
                rows = self._put(part, first=index == 0)
            part.lines = max(rows, 0)
            if done:
                self._tell(part, done)

    def _put(self, part: Part, *, first: bool) -> int:
        """The number of rows; -1 where the engine did not understand the file as it lies."""
        into = f"CREATE TABLE {self.name} AS" if first else f"INSERT INTO {self.name} BY NAME"
        try:
            found = self.connection.execute(f"{into} {self._select(part)}").fetchone()
        except MISTAKES:
            raise
        except EngineError:
            if part.otherwise is None or part.expected == 0:
                raise
            return -1
        return int(found[0]) if found else 0

    def _select(self, part: Part) -> str:
        """The lines of a part; what is read of a cell is worked out once, below what is asked of it."""
        inner, outer = ["line"], [f"CAST({part.number} AS BIGINT) AS file", "line"]
        for name, kind in self.fields.items():
            if name not in part.columns:
                outer += [f"CAST(NULL AS {type_}) AS {own}" for own, type_ in self._own(name)]
                continue
            column, type_ = named(part.columns[name]), part.types.get(name, "")
            if kind not in MEASURED:
                text = f"CAST({column} AS VARCHAR)" if type_ else column
                read = {Kind.KEY: key_of, Kind.TEXT: text_of}.get(kind, lambda each: each)(text)
                inner.append(f"{read} AS {name}")
                outer.append(name)
                continue
            inner += [f"{_measured(part, name, kind)} AS {name}", f"{column} AS raw_{name}"]
            outer += [f"{value} AS {own}" for own, value in self._read(name, type_)]
        inner += [f"{named(name)} AS leading_{place}" for place, name in enumerate(part.first)]
        leading = ", ".join(
            f"nullif(trim(CAST(leading_{place} AS VARCHAR)), '')"
            for place in range(len(part.first))
        )
        # What the first cell of a line says that says anything: it may be a sum.
        outer.append(f"CASE WHEN {self.begins} IS NULL THEN coalesce({leading}) END AS lead")
        return f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {part.relation})"

    def _own(self, name: str) -> list[tuple[str, str]]:
        """The columns of a field, and their types."""
        kind = self.fields[name]
        if kind not in MEASURED:
            return [(name, "VARCHAR")]
        if name in self.sure:
            return [(name, "BIGINT")]
        days = [(rough(name), "BOOLEAN")] if kind is Kind.TIME else []
        return [(name, "BIGINT"), (odd(name), "VARCHAR"), *days]

    def _read(self, name: str, type_: str) -> Iterator[tuple[str, str]]:
        """The columns of a field that was read, and what they hold."""
        yield name, name
        if name in self.sure:
            return
        raw = f"CAST(raw_{name} AS VARCHAR)" if type_ else f"raw_{name}"
        left = f"CASE WHEN {name} IS NULL THEN {text_of(raw)} END"
        yield odd(name), "CAST(NULL AS VARCHAR)" if _as_such(type_) or type_ == "DATE" else left
        if self.fields[name] is Kind.TIME:
            days = f"CASE WHEN {name} IS NOT NULL THEN true END"
            yield rough(name), days if type_ == "DATE" else "CAST(NULL AS BOOLEAN)"

    def odds(self) -> list[str]:
        """The fields of which something may not have been read."""
        return [name for name in self.of_kind(*MEASURED) if name not in self.sure]

    def only_day(self, name: str) -> str:
        """Whether of a time only its day is known."""
        return "false" if name in self.sure else f"coalesce({rough(name)}, false)"

    def _tell(self, part: Part, done: Rewritten) -> None:
        rows = [Example(part.name, line, text) for line, text in done.too_long]
        what = "这一行的格数比表头多，多半是内容里有没加引号的分隔符"
        self.quality.add("row_too_long", self.source, what, "没有读", len(rows), rows)
        if done.broken:
            line, why = done.broken
            what = f"从这一行起读不下去：{why}"
            self.quality.add(
                "csv_broken",
                self.source,
                what,
                "从这一行起没有读",
                1,
                [Example(part.name, line, why)],
            )

    def column(self, file: int, name: str) -> Column:
        """The column of a part that holds a field."""
        return self._parts[file].chosen.columns[name]

    # Asking.

    def run(self, statement: str) -> None:
        """Do something."""
        self.connection.execute(statement)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a query gives."""
        return self.connection.execute(statement).fetchall()

    def put(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Many rows into a table, which all have its columns."""
        types = [str(row[1]) for row in self.rows(f"DESCRIBE {table}")]
        marks = ", ".join(f"unnest(CAST(${n} AS {type_}[]))" for n, type_ in enumerate(types, 1))
        for begin in range(0, len(rows), BATCH):
            columns = [list(column) for column in zip(*rows[begin : begin + BATCH], strict=True)]
            self.connection.execute(f"INSERT INTO {table} SELECT {marks}", columns)

    def met(self, conditions: Mapping[str, str]) -> dict[str, str]:
        """Of some conditions by name those that some line meets; in one pass."""
        if not conditions:
            return {}
        asked = ", ".join(f"bool_or({where})" for where in conditions.values())
        found = self.rows(f"SELECT {asked} FROM {self.name}")[0]
        return {each: conditions[each] for each, met in zip(conditions, found, strict=True) if met}

    def example(self, file: object, line: object, shown: object) -> Example:
        """One line."""
        number = int(str(file))
        return Example(self.names[number], int(str(line)), shortened(shown))

    def tell(self, code: str, where: str, shown: str, what: str, done: str) -> None:
        """Count the lines that meet a condition, and take them down."""
        self.tell_joined(self.name, where, shown, code, what, done, at="")

    def tell_joined(
        self, joined: str, where: str, shown: str, code: str, what: str, done: str, at: str = "s."
    ) -> None:
        """The same of lines beside which something stands; ``at``: how the lines are called there."""
        found = int(str(self.rows(f"SELECT count(*) FROM {joined} WHERE {where}")[0][0]))
        if found:
            rows = self.rows(
                f"SELECT {at}file, {at}line, {shown} FROM {joined} WHERE {where} "
                f"ORDER BY {at}file, {at}line LIMIT {SHOWN}"
            )
            examples = [self.example(*row) for row in rows]
            self.quality.add(code, self.source, what, done, found, examples)


def shortened(shown: object) -> str:
    """A text as an example shows it."""
    text = " ".join(str("" if shown is None else shown).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def as_time(column: str) -> str:
    """A time as people read it."""
    return f"strftime(make_timestamp({column}), '%Y-%m-%d %H:%M:%S')"
