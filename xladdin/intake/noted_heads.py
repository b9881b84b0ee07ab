"""Heads of rosters and of tables of figures that a company has noted in 导入对照."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xladdin.problems import Place, Problem, warning

from .exports.mapping import OF_TABLES, Mapping
from .headers import Noted, Wanted, header_key, synonyms
from .tables import Table


def noted_heads(mappings: Sequence[Mapping], wanted: Wanted) -> Noted:
    """Head -> the field of a table that it stands for, the first that is noted of each."""
    known = synonyms(wanted)
    found: dict[str, str] = {}
    for mapping in mappings:
        field = known.get(header_key(mapping.target))
        if field:
            found.setdefault(header_key(mapping.column), field)
    return found


def heads_not_there(mappings: Sequence[Mapping], wanted: Wanted, table: Table) -> Iterator[Problem]:
    """Columns that were noted, of which the file has neither these nor the usual ones.

    Of 工号 and 姓名 nothing is said: their lines are for exports.
    """
    known = synonyms(wanted)
    lacking: dict[str, list[str]] = {}
    for mapping in mappings:
        field = known.get(header_key(mapping.target))
        if table.fields and field and field not in table.fields and mapping.target in OF_TABLES:
            lacking.setdefault(mapping.target, []).append(mapping.column)
    for target, columns in lacking.items():
        said = "、".join(f"「{column}」" for column in columns)
        message = (
            f"“导入对照”写明{said}是{target}，这里没有这一列，也没有「{target}」列，按没有填写读"
        )
        yield warning("mapped_column_missing", message, Place(table.file))
