"""The tables, made from the records; and how a record becomes a row and a row a record.

Only texts and whole numbers are stored, so that every database gives back what it was given.

``ledger_chain`` has a line per entry: its number (1, 2, 3, ...), its table, when it was written, the
hash of its content, the hash of the line before, and the hash of all that.  The content lies in the
table of its kind under the same number, with a salt of its own: once it is deleted, nobody can find
out by trying what a hash that stays stood for.  ``ledger_witness`` says how many lines there are,
and the hash of the last one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

import sqlalchemy as sa

from xladdin.domain.quantities import plain

from .canonical import Value, canonical, digest, read, storable, written
from .records import BY_TABLE, KINDS, PeriodState, Record

R = TypeVar("R", bound=Record)
Row = dict[str, Any]
METADATA = sa.MetaData()
NOTHING_BEFORE = "0" * 64
"""What the first line has in the place of the hash before it."""
SEQ, SALT = "seq", "salt"
WITNESS_ID = 1

CHAIN = sa.Table(
    "ledger_chain",
    METADATA,
    sa.Column(SEQ, sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
WITNESS = sa.Table(
    "ledger_witness",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)


class _Codec(NamedTuple):
    """How the values of a type are stored."""

    write: Callable[[Any], str | int]
    read: Callable[[Any], Any]
    column: type[sa.Text] | type[sa.Integer] = sa.Text


def _moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _listed(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


_CODECS: dict[Any, _Codec] = {
    str: _Codec(storable, str),
    PeriodState: _Codec(str, PeriodState),
    int: _Codec(int, int, sa.Integer),
    Decimal: _Codec(plain, Decimal),
    dt.datetime: _Codec(_moment, dt.datetime.fromisoformat),
    dt.date: _Codec(dt.date.isoformat, dt.date.fromisoformat),
    Mapping[str, Value]: _Codec(written, read),
    tuple[int, ...]: _Codec(canonical, _listed),
    tuple[str, ...]: _Codec(canonical, _listed),
}


class _Stored(NamedTuple):
    """A field of a record as a column."""

    name: str
    codec: _Codec
    optional: bool


def _fields(kind: type[Any]) -> tuple[_Stored, ...]:
    hints = get_type_hints(kind)
    found = []
    for each in fields(kind):
        hint = hints[each.name]
        optional = NoneType in get_args(hint)
        bare = next(it for it in get_args(hint) if it is not NoneType) if optional else hint
        found.append(_Stored(each.name, _CODECS[bare], optional))
    return tuple(found)


_STORED = {kind: _fields(kind) for kind in KINDS}


def _table(kind: type[Record]) -> sa.Table:
    columns = [
        sa.Column(each.name, each.codec.column, nullable=each.optional) for each in _STORED[kind]
    ]
    asked = [name for name in ("period", "person") if name in {each.name for each in _STORED[kind]}]
    indexes = [sa.Index(f"{kind.TABLE}_by_{'_'.join(asked)}", *asked)] if asked else []
    return sa.Table(
        kind.TABLE,
        METADATA,
        sa.Column(
            SEQ, sa.Integer, sa.ForeignKey(CHAIN.c.seq), primary_key=True, autoincrement=False
        ),
        sa.Column(SALT, sa.Text, nullable=False),
        *columns,
        *indexes,
    )


TABLES: dict[type[Record], sa.Table] = {kind: _table(kind) for kind in KINDS}


def row_of(record: Record) -> Row:
    """The columns of a record, without number and salt.

    Raises TypeError or ValueError where a value is none that can be kept exactly.
    """
    return {
        each.name: each.codec.write(value) if value is not None or not each.optional else None
        for each in _STORED[type(record)]
        for value in (getattr(record, each.name),)
    }


def record_of(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record that a row is.  Raises ValueError and the like where somebody has touched it."""
    return kind(
        **{
            each.name: None if row[each.name] is None else each.codec.read(row[each.name])
            for each in _STORED[kind]
        }
    )


def plain_rows(found: sa.CursorResult[Any]) -> Iterator[Row]:
    """What a query gave, row by row as dicts: SQLAlchemy's own mappings take several times as long."""
    names = tuple(found.keys())
    return (dict(zip(names, row, strict=True)) for row in found.all())


def content_hash(kind: str, row: Mapping[str, Any]) -> str:
    """The hash of an entry's content: its table's name, its salt and its columns.

    Columns that came later count only where something stands in them, so that older entries keep theirs.
    """
    later = BY_TABLE[kind].LATER if kind in BY_TABLE else ()
    return digest(
        [
            kind,
            {
                name: value
                for name, value in row.items()
                if name != SEQ and not (name in later and value in (None, ""))
            },
        ]
    )


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash of a line of the chain."""
    return digest([line[name] for name in (SEQ, "kind", "at", "content", "previous")])


def witness_hash(length: object, head: object) -> str:
    """What makes the witness tell of a change to itself."""
    return digest(["witness", length, head])
