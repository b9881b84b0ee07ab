"""The first sheet says of each month what is there, what is missing, what is wrong."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

from tests.workbench.office import Office
from xladdin.layout.place import results
from xladdin.master.all_sheets import GUIDE_NAME
from xladdin.master.cell_kinds import Row
from xladdin.master.master_book import book
from xladdin.master.month_progress import MONTHS, keys

from .rows import Rows, saved, small

Said = tuple[object, ...]


def said(rows: Rows) -> list[Said]:
    laid_out = book(rows)
    found = results(laid_out, {})
    return [tuple(found[key] for key in keys(n).values()) for n in range(1, MONTHS + 1)]


def _figure(period: str, employee: str, indicator: str, actual: int | None) -> Row:
    value = None if actual is None else Decimal(actual)
    return {"period": period, "employee": employee, "indicator": indicator, "actual": value}


FIGURES = [
    _figure("2026-10", "001", "响应", 20),
    _figure("2026-10", "001", "销售", 9),
    _figure("2026-11", "001", "响应", 20),
    _figure("2026-11", "001", "销售", None),
    _figure("2026-11", "A-1", "响应", 21),
    _figure("2026-11", "A-1", "销量", 4),
    _figure("2026-12", "B", "响应", 4),
]


def test_each_month_is_told_the_latest_first() -> None:
    rows = small() | {"figures": FIGURES}
    assert said(rows) == [
        ("2026-12", "0 人，数据 1 条，已有 0 条", 0, 1),
        ("2026-11", "2 人，数据 4 条，已有 2 条", 1, 1),
        ("2026-10", "1 人，数据 2 条，已有 2 条", 0, 0),
    ]


def test_people_are_counted_once_in_any_order_of_rows() -> None:
    chance = random.Random(7)
    usual = {line[0]: line for line in said(small() | {"figures": FIGURES})}
    for _ in range(5):
        figures = chance.sample(FIGURES, len(FIGURES))
        figures.insert(chance.randrange(len(figures)), {})
        assert {line[0]: line for line in said(small() | {"figures": figures})} == usual


def test_a_month_typed_in_libreoffice_is_there_at_once(tmp_path: Path, office: Office) -> None:
    rows = small() | {"figures": FIGURES}
    path = saved(tmp_path / "master.xlsx", rows)
    with office.open(path) as document:
        document.recalculate()
        grid = document.grid(GUIDE_NAME)
        at = next(i for i, row in enumerate(grid) if row[0] == "2026-12")
        assert grid[at + 1][:4] == ["2026-11", "2 人，数据 4 条，已有 2 条", 1.0, 1.0]
        document.set("月度目标与实际", "A12", "2027-01")
        document.recalculate()
        assert document.grid(GUIDE_NAME)[at][0] == "2027-01"
