"""Masters with rows that somebody got wrong: single cells changed, emptied, swapped, repeated."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal

from xladdin.company.starting import example_company
from xladdin.domain.quantities import plain
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_kinds import NO, NUMBERS, YES, CellValue, Kind, Row
from xladdin.master.sheet_spec import Column, SheetSpec
from xladdin.master.writing_rows import rows_of

from .edits import calm
from .rows import small
from .test_round_trip import corners

Rows = dict[str, list[Row]]
BASES: tuple[Rows, ...] = (
    rows_of(calm(example_company())),
    rows_of(corners()),
    {spec.key: [*small()[spec.key]] for spec in SHEETS},
)
FULL_ROWS = tuple(
    {
        spec.key: [
            {column.key: row.get(column.key) for column in spec.columns} for row in base[spec.key]
        ]
        for spec in SHEETS
    }
    for base in BASES
)

_FIGURES = (
    "0 1 2 3 0.2 0.6 0.65 0.95 1.2 5 10 30 60 79.99 80 90 95.5 100 110 150 "
    "2000000000 46000 0.205 0.20555 7.125"
)
NUMBERS_TRIED = tuple(map(Decimal, _FIGURES.split()))
TEXTS = (
    "随便",
    "x",
    "abc_d",
    "Abc",
    "a__b",
    "a_",
    "1x",
    "长" * 61,
    "长" * 601,
    "=1+1",
    "甲、乙",
    "A|B",
    "2026-11",
)
IDS = ("abc", "abc_d", "ABC", "a__b", "a-b", "a" * 41, "QC002", "qc002", "a b", "-a")
MONTHS = ("2026-11", "2026-08", "2026-12", "八月", "2026-13", "2026")


WIDE = str.maketrans("0123456789.%Yabc-", "０１２３４５６７８９．％Ｙａｂｃ－")
ONE_IN = 12
"""Of so many rows one is changed, and at least so many."""


def mutant(chance: random.Random, *, oddly: bool = False) -> Rows:
    """A master with some of its rows changed; ``oddly``: some only in how a person wrote them."""
    rows = deepcopy(chance.choice(FULL_ROWS))
    for _ in range(max(ONE_IN, sum(map(len, rows.values())) // ONE_IN)):
        _change(rows, chance, oddly=oddly)
    return rows


def _change(rows: Rows, chance: random.Random, *, oddly: bool) -> None:
    spec = chance.choice(SHEETS)
    found = rows[spec.key]
    if not found:
        return
    match chance.randrange(12):
        case 0:
            found.append(dict(chance.choice(found)))
        case 1:
            del found[chance.randrange(len(found))]
        case 2:
            chance.shuffle(found)
        case 3 | 4 | 5 if oddly:
            row, column = chance.choice(found), chance.choice(spec.columns)
            row[column.key] = unusual(column, row.get(column.key), chance)
        case _:
            row = chance.choice(found)
            column = chance.choice(spec.columns)
            row[column.key] = _another(spec, column, rows, chance)


def unusual(column: Column, value: CellValue, chance: random.Random) -> CellValue:
    """The same, as a person may have typed it; a dash where there is nothing."""
    if value is None:
        return chance.choice(("-", "—", "无", " "))
    written = chance.choice(tuple(_writings(column, value)))
    return chance.choice((written, written, f"{written} ", f"　{written}", written.translate(WIDE)))


def _writings(column: Column, value: CellValue) -> Iterator[str]:
    """Ways to write a value as a text."""
    if isinstance(value, Decimal):
        yield from (f"{value:,f}", f"{plain(value * 100)}%", f"{plain(value)}分")
        return
    text = str(value)
    yield text
    match column.kind:
        case Kind.CHOICE:
            yield from column.aliases
            yield from column.choices
        case Kind.YES_NO:
            yield from ("Y", "true", "√", "有", "no")
        case Kind.PERIOD:
            yield from (text.replace("-", "/"), text.replace("-", "年") + "月")
        case Kind.NAMES:
            yield from (text.replace("、", sign) for sign in "，;,")
        case _:
            yield from (text.upper(), text.lower())


def _another(spec: SheetSpec, column: Column, rows: Rows, chance: random.Random) -> CellValue:
    if chance.random() < 0.25:
        return chance.choice((None, None, "—")) if column.required else None
    if chance.random() < 0.35:
        # What stands in some other row of the column, or where the column refers to.
        refers = column.refers.replace(".called", ".name")
        sheet, _, key = (refers or f"{spec.key}.{column.key}").partition(".")
        return chance.choice(rows[sheet]).get(key) if rows[sheet] else None
    match column.kind:
        case kind if kind in NUMBERS:
            return chance.choice(NUMBERS_TRIED) if chance.random() < 0.8 else "很多"
        case Kind.CHOICE:
            return chance.choice((*column.choices.values(), "别的"))
        case Kind.YES_NO:
            return chance.choice((YES, NO, "也许"))
        case Kind.DATE:
            return chance.choice((Decimal(46000), Decimal(46001), Decimal("46000.5"), "昨天"))
        case Kind.PERIOD:
            return chance.choice(MONTHS)
        case Kind.KEY:
            return chance.choice(IDS)
        case _:
            return chance.choice(TEXTS)
