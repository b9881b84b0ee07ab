"""Drop-down lists that follow what stands in the workbook, through defined names.

Validations know no table references, and older versions no other sheets: a name stands between.
``c_roster_id`` is a column down to the last row that is watched over, ``list_roster_id`` the part of
it that is filled.  The first is short because a validation holds 255 characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from xladdin.formula.nodes import Range, Var

from ..name_spelling import spelled


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything that stands in a column."""

    of: Range


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a column where another one holds the row's key, in rows that follow on."""

    of: Range
    by: Range
    key: Var
    otherwise: Source | None = None
    """Where the key stands nowhere; without it, nothing is offered then."""


Source: TypeAlias = Entries | Beside


def column_name(of: Range) -> str:
    """The defined name of a whole column."""
    return "c_" + spelled(of.name).replace(".", "_")


def list_name(of: Range) -> str:
    """The defined name of the filled part of a column."""
    return "list_" + spelled(of.name).replace(".", "_")


def source_text(source: Source, places: Mapping[str, str]) -> str:
    """The formula of a list, without its leading ``=``; ``places`` says where the key stands."""
    match source:
        case Entries(of):
            return list_name(of)
        case Beside(of, by, key, otherwise):
            cell, keys = places[key.name], column_name(by)
            first = f"MATCH({cell},{keys},0)"
            part = f"OFFSET({column_name(of)},{first}-1,0,COUNTIF({keys},{cell}))"
            if otherwise is None:
                return part
            return f"IF(ISNUMBER({first}),{part},{source_text(otherwise, places)})"
        case _:
            assert_never(source)


def filled_part(of: Range) -> str:
    """The formula behind ``list_name``: down to the last cell that is not empty."""
    name = column_name(of)
    last = f'SUMPRODUCT(MAX(({name}<>"")*(ROW({name})-ROW(INDEX({name},1))+1)))'
    return f"OFFSET({name},0,0,MAX(1,{last}),1)"


def ranges_of(source: Source) -> Iterator[Range]:
    """The columns that a list is made from."""
    yield source.of
    if isinstance(source, Beside):
        yield source.by
        yield from ranges_of(source.otherwise) if source.otherwise else ()


def entries_of(source: Source) -> Iterator[Range]:
    """The columns that a list may offer as a whole."""
    match source:
        case Entries(of):
            yield of
        case Beside(otherwise=otherwise):
            yield from entries_of(otherwise) if otherwise else ()
        case _:
            assert_never(source)
