"""Nothing is called written that does not read as it was meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.patch.masters import ROWS, write_master
from xladdin.app.imports import importing_rows
from xladdin.app.imports.importing import Imported, import_exports
from xladdin.domain.people import Period
from xladdin.patch.saving import backups
from xladdin.patch.sheet import SheetPatch

EXPORT = "工号,客服销售额,询单转化率\n1001,155307.28,60%\n1004,7,50%\n"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return write_master(tmp_path / "总表.xlsx")


def run(master: Path) -> Imported:
    path = master.with_name("e.csv")
    path.write_text(EXPORT, encoding="utf-8")
    return import_exports(master, [path], Period("2026-11"), today=dt.date(2026, 12, 31))


Change = Callable[[str, Any], tuple[str, Any]]
SPOILED: dict[str, Change] = {
    "another figure": lambda place, value: (place, 8 if value == 7 else value),
    "no figure": lambda place, value: (place, None if value == 7 else value),
    "another cell": lambda place, value: (
        f"E{place[1:]}" if value == Decimal("155307.28") else place,
        value,
    ),
    "another person": lambda place, value: (place, "1002" if value == "1004" else value),
    "another month": lambda place, value: (place, "2026-12" if value == "2026-11" else value),
    "a text for the month": lambda place, value: (place, "46357" if value == "2026-11" else value),
    "another indicator": lambda place, value: (
        place,
        "客单价" if value == "销售目标达成" else value,
    ),
    "somebody else's figure too": lambda place, value: (
        "F6" if value == Decimal(7) else place,
        value,
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_figure_that_does_not_arrive_stops_everything(what: str, master: Path) -> None:
    before = master.read_bytes()
    put = SheetPatch.set

    def spoiled(self: SheetPatch, place: str, value: Any, *rest: Any) -> None:
        place, value = SPOILED[what](place, value)
        put(self, place, Decimal(value) if isinstance(value, int) else value, *rest)

    with mock.patch.object(SheetPatch, "set", spoiled):
        done = run(master)
    codes = [problem.code for problem in done.problems if problem.is_error]
    assert set(codes) == {"write_not_confirmed"}
    assert "没有写入任何数据" in done.problems[-1].message
    assert (done.written, done.counts, master.read_bytes()) == (False, {}, before)
    assert not backups(master)


def test_what_nobody_meant_to_change(master: Path) -> None:
    """A change elsewhere is seen too, and the file is named."""
    before = master.read_bytes()
    kept = importing_rows.FigureSheet.put

    def stray(self: importing_rows.FigureSheet, *rest: Any) -> Any:
        changes = kept(self, *rest)
        SheetPatch(self.patch.book, "员工名册").set("B3", "别人")
        return changes

    with mock.patch.object(importing_rows.FigureSheet, "put", stray):
        done = run(master)
    assert [p.code for p in done.problems if p.is_error] == ["write_not_confirmed"]
    assert "别的内容变了" in done.problems[-1].message
    assert master.read_bytes() == before


def test_the_cell_is_named_with_what_stands_there(master: Path) -> None:
    put = SheetPatch.set

    def spoiled(self: SheetPatch, place: str, value: Any, *rest: Any) -> None:
        put(self, place, Decimal(8) if value == 7 else value, *rest)

    with mock.patch.object(SheetPatch, "set", spoiled):
        told = run(master).problems[-1]
    assert str(told.place) == "总表.xlsx!月度目标与实际!F8"
    assert "应为 7元，写好后再读一遍，读到的是 8元" in told.message


@pytest.mark.parametrize("target", ["约10万", "#DIV/0!"])
def test_a_row_with_another_fault_is_filled_all_the_same(target: str, tmp_path: Path) -> None:
    """Its own cells confirm it; the fault is the check's affair."""
    rows = [dict(row) for row in ROWS]
    rows[1]["target"] = target
    master = write_master(tmp_path / "总表.xlsx", rows)
    done = run(master)
    assert done.written
    assert [p.code for p in done.problems if p.is_error] == []
    assert done.counts["filled"] == 1
