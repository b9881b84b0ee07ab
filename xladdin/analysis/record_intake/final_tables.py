"""The tables that metrics are worked out from, made of staged lines; what cannot be is null."""

from __future__ import annotations

from collections.abc import Mapping

from xladdin.analysis.metrics.opinions import CLASSES
from xladdin.analysis.service_records import COLUMNS, DAY, HOUR, TEXT, WHOLE, Source

from .impossible_times import BY_CLOCK, LATER
from .record_fields import Kind
from .record_words import MESSAGE, OPEN, REOPENED, SOLVED, YES, meanings
from .service_hours import ServiceHours, business_time, day_rows
from .sql_text import listed
from .staging import Stage

TYPES = {TEXT: "VARCHAR", WHOLE: "BIGINT"}
"""Of the engine; the rest are truths."""
Columns = Mapping[str, str]
"""Column -> its expression over the staged lines ``s`` and their days."""


def empty_table(source: Source) -> str:
    """A statement that makes a table without lines."""
    columns = ", ".join(
        f'CAST(NULL AS {TYPES.get(kind, "BOOLEAN")}) AS "{name}"'
        for name, kind in COLUMNS[source].items()
    )
    return f"CREATE VIEW {source} AS SELECT {columns} WHERE false"


def make_table(stage: Stage, hours: ServiceHours) -> None:
    """Make the table of a stage, without columns that nobody knows.

    It is a view, so that nothing is held twice: what a metric asks for is worked out of the stage as quickly
    as it would be read.
    """
    _days(stage, hours)
    making = _Making(stage, hours)
    ways = {
        Source.REQUESTS: making.requests,
        Source.CHATS: making.chats,
        Source.ORDERS: making.orders,
    }
    columns = {**making.shared(), **ways[stage.source]()}
    said = ", ".join(
        f'CAST({columns[name]} AS {TYPES.get(kind, "BOOLEAN")}) AS "{name}"'
        for name, kind in COLUMNS[stage.source].items()
        if columns.get(name, "NULL") != "NULL"
    )
    stage.run(f"CREATE VIEW {stage.source} AS SELECT {said} FROM {making.lines()}")


def _days(stage: Stage, hours: ServiceHours) -> None:
    """A row for each day from the first time of the stage to the last."""
    spans = ", ".join(f"min({name}), max({name})" for name in stage.of_kind(Kind.TIME))
    ends = stage.rows(f"SELECT {spans} FROM {stage.name}")[0]
    found = [int(str(one)) // DAY for one in ends if one is not None]
    unknown: set[int] = set()
    rows = day_rows(hours, min(found), max(found), unknown.add) if found else []
    stage.run(
        f"CREATE TABLE {stage.days} "
        "(day BIGINT, month VARCHAR, weekday BIGINT, serves BOOLEAN, before BIGINT)"
    )
    stage.put(stage.days, rows)
    for year in sorted(unknown):
        what = f"{year} 年的节假日还不知道"
        done = "工作日只按周一至周五算"
        stage.quality.add("holidays_unknown", stage.source, what, done, 1)


class _Making:
    """The expressions of a table's columns."""

    def __init__(self, stage: Stage, hours: ServiceHours) -> None:
        self.stage, self.hours = stage, hours
        self.begins = f"s.{stage.begins}"

    def lines(self) -> str:
        """The staged lines, and for each of their times that are measured its day."""
        names = [self.stage.begins]
        if self.hours.business:
            names += [end for end in LATER[self.stage.source].values() if self.has(end)]
        joins = [
            f"LEFT JOIN {self.stage.days} AS {_day(name)} ON {_day(name)}.day = s.{name} // {DAY}"
            for name in names
        ]
        return " ".join([f"{self.stage.name} AS s", *joins])

    def has(self, name: str) -> bool:
        return name in self.stage.fields

    def own(self, name: str) -> str:
        """A field as it was staged; null where no file has it."""
        return f"s.{name}" if self.has(name) else "NULL"

    def is_(self, name: str, word: str) -> str:
        """Whether a column of words says this one."""
        return f"s.{name} = '{word}'" if self.has(name) else "NULL"

    def shared(self) -> Columns:
        """What all tables have."""
        begins, day = self.begins, _day(self.stage.begins)
        clock = f"CASE WHEN NOT {self.stage.only_day(self.stage.begins)} THEN {begins} % {DAY} END"
        return {
            **{name: self.own(name) for name in ("id", "agent", "customer")},
            self.stage.begins: begins,
            "month": f"{day}.month",
            "day": f"{begins} // {DAY}",
            "weekday": f"{day}.weekday",
            "hour": f"{clock} // {HOUR}",
            "clock": clock,
            "score": self.own("score"),
            "file": "s.file",
            "line": "s.line",
        }

    def span(self, name: str) -> str:
        """A duration: between two times where both are known, else as the system gives it."""
        end = LATER[self.stage.source].get(name)
        given = f"CASE WHEN s.{name} >= 0 THEN s.{name} END" if self.is_span(name) else "NULL"
        if end is None or not self.has(end):
            return given
        between = f"CASE WHEN {self._known(end)} THEN {self._between(end)} END"
        return f"CASE WHEN s.{end} IS NULL THEN {given} ELSE {between} END"

    def is_span(self, name: str) -> bool:
        return self.stage.fields.get(name) is Kind.SPAN

    def _known(self, end: str) -> str:
        begins = self.stage.begins
        same = f"{self.stage.only_day(begins)} = {self.stage.only_day(end)}"
        return f"s.{end} >= {self.begins} AND {same}"

    def _between(self, end: str) -> str:
        if not self.hours.business or end in BY_CLOCK:
            return f"s.{end} - {self.begins}"
        until, since = (
            business_time(self.hours, f"s.{name}", _day(name)) for name in (end, self.stage.begins)
        )
        return f"{until} - {since}"

    # The tables.

    def requests(self) -> Columns:
        """服务请求."""
        solve, score = self.span("solve"), self.own("score")
        satisfied, middling, dissatisfied = CLASSES
        of_stars = (
            f"CASE WHEN {score} >= 400 THEN '{satisfied}' WHEN {score} >= 300 THEN '{middling}' "
            f"WHEN {score} IS NOT NULL THEN '{dissatisfied}' END"
        )
        return {
            "channel": self.own("channel"),
            "type": self.own("type"),
            "wait": self.span("wait"),
            "reply": self.span("reply"),
            "solve": f"CASE WHEN NOT {self.open()} THEN {solve} END",
            "open": self.open(),
            "reopened": self.own("reopened"),
            "contacts": self.own("contacts"),
            "satisfaction": f"coalesce({self.own('satisfaction')}, {of_stars})",
            "complaint": self._or_type("complaint"),
            "suggestion": self._or_type("suggestion"),
            "words": self.own("words"),
        }

    def open(self) -> str:
        """Whether it is unsolved: by its state, else by whether a time of solving is there."""
        ends = [f"s.{name} IS NULL" for name in ("solved", "solve") if self.has(name)]
        by_time = f"({' AND '.join(ends)})" if ends else "NULL"
        if not self.has("state"):
            return by_time
        return (
            f"(CASE WHEN s.state = '{SOLVED}' THEN false "
            f"WHEN s.state IN ('{OPEN}', '{REOPENED}') THEN true ELSE {by_time} END)"
        )

    def _or_type(self, name: str) -> str:
        """A mark of its own, else the type that says so, where some line is of it."""
        if self.has(name):
            return self.is_(name, YES)
        if not self.has("type"):
            return "NULL"
        words = [word for word in self.stage.words["type"] if word.lower() in meanings(name)]
        return f"s.type IN {listed(words)}" if words else "NULL"

    def chats(self) -> Columns:
        """会话."""
        person, message = self.is_("person", YES), self.is_("message", YES)
        if not self.has("person"):
            answered = [
                f"s.{name} IS NOT NULL" for name in ("agent", "answered", "first") if self.has(name)
            ]
            person = f"CASE WHEN {' OR '.join(answered)} THEN true END" if answered else "NULL"
        elif not self.has("message") and MESSAGE in self.stage.words["person"]:
            message = self.is_("person", MESSAGE)
        return {
            "first": self.span("first"),
            "mean": self.span("mean"),
            "person": person,
            "message": message,
            "asked": self.is_("asked", YES),
            "ordered": self.span("ordered"),
            "paid": self.span("paid"),
        }

    def orders(self) -> Columns:
        """订单."""
        return {
            "paid": self.own("paid"),
            "cents": self.own("cents"),
            "returned": self.is_("returned", YES),
        }


def _day(name: str) -> str:
    return f"day_of_{name}"
