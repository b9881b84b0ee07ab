"""The first sheet says whose figures are missing, month by month, as it is now."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.layout.place import results
from xladdin.master.all_sheets import GUIDE_NAME
from xladdin.master.cell_kinds import Row
from xladdin.master.master_book import book
from xladdin.master.source_progress import HEADING, SOURCES, keys

from .rows import Rows, cell, checks, saved, small


def said(rows: Rows) -> list[tuple[object, ...]]:
    found = results(book(rows), {})
    lines = [tuple(found[key] for key in keys(n).values()) for n in range(1, SOURCES + 1)]
    return [*[line for line in lines if line[0]], (found[HEADING],)]


def figure(period: str, employee: str, indicator: str, actual: int | None = None) -> Row:
    value = None if actual is None else Decimal(actual)
    return {"period": period, "employee": employee, "indicator": indicator, "actual": value}


def rows() -> dict[str, list[Row]]:
    """响应 comes from 组长, 销售 from 财务, for whom 钱会计 delivers."""
    found = small()
    found["indicators"][1]["post"] = "财务"
    found["settings"].append({"setting": "报数人：财务", "value": "钱会计"})
    found["figures"] = [
        figure("2026-11", "001", "响应", 20),
        figure("2026-11", "A-1", "响应"),
        figure("2026-12", "001", "响应"),
        figure("2026-12", "001", "销售"),
        figure("2026-12", "A-1", "响应", 30),
        figure("2026-12", "A-1", "销售"),
    ]
    return found


def test_each_source_is_told_with_its_months_and_who_delivers() -> None:
    assert said(rows()) == [
        ("组长", "2026-12 缺 1 个　2026-11 缺 1 个　", 2),
        ("财务", "由钱会计报，2026-12 缺 2 个　", 2),
        ("还缺谁的数",),
    ]


def test_a_source_that_lacks_nothing_is_not_there() -> None:
    found = rows()
    for line in found["figures"]:
        line["actual"] = line["actual"] or Decimal(5)
    assert said(found) == [("没有缺的数",)]


def test_more_sources_than_there_is_room_for_are_counted() -> None:
    found = rows()
    base = found["indicators"][1]
    for i in range(SOURCES):
        found["indicators"].append(
            {**base, "id": f"more{i}", "name": f"另{i}", "post": f"岗位{i}", "weight": None}
        )
        found["figures"].append(figure("2026-12", "001", f"另{i}"))
    assert said(found)[-1] == ("还缺谁的数（另有 2 个岗位没有列出）",)


def test_it_changes_as_soon_as_a_figure_is_typed(tmp_path: Path, office: Office) -> None:
    path = saved(tmp_path / "master.xlsx", rows())
    assert [str(one) for one in differences(path, office)] == []
    with office.open(path) as document:
        document.recalculate()
        grid = document.grid(GUIDE_NAME)
        at = next(i for i, row in enumerate(grid) if row[0] == "财务")
        assert grid[at][2] == 2
        document.set("月度目标与实际", cell("figures", "actual", 8), 7)
        document.recalculate()
        line = document.grid(GUIDE_NAME)[at]
        assert (line[1], line[2]) == ("由钱会计报，2026-12 缺 1 个　", 1)


def test_the_settings_name_posts_that_there_are() -> None:
    found = rows()
    found["settings"] += [
        {"setting": "报数人：财物", "value": "钱会计"},
        {"setting": "数据定稿天数", "value": "5"},
    ]
    said = checks(found, "settings")
    assert said[1] == "通过"
    assert said[2].startswith("提醒：没有一个指标的数据来源岗位叫这个")
    assert said[3] == "通过"


def test_days_that_are_none_are_refused() -> None:
    found = rows()
    found["settings"] += [{"setting": "数据定稿天数", "value": "五"}]
    assert checks(found, "settings")[-1] == "数据定稿天数请写 0 至 31 的整数"
