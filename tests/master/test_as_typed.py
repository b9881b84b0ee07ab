"""What a person understands and a formula does not is read, and told with what the check says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xladdin.master.cell_kinds import Row
from xladdin.master.read_master import read_master
from xladdin.problems import Problem

from .books import book_of, write
from .rows import SPECS, cell, checks, saved, small
from .test_round_trip import corners

CODE = "check_differs"
# Sheet, row, what is typed there, the cell, and what the reader says of it; the check says more.
CASES: list[tuple[str, int, Row, str]] = [
    ("indicators", 0, {"weight": "70%"}, "权重是文字「70%」，按数字读"),
    ("indicators", 0, {"weight": "７０％"}, "权重是文字「７０％」，按数字读"),
    ("indicators", 0, {"direction": "lower"}, "方向写的是「lower」，按「越低越好」读"),
    ("schemes", 0, {"weights_editable": "Y"}, "权重可改写的是「Y」，按「是」读"),
    ("schemes", 0, {"scale": "五分制"}, "分制写的是「五分制」，按「5分制」读"),
    ("schemes", 0, {"scale": "5"}, "分制写的是「5」，按「5分制」读"),
    ("schemes", 0, {"positions": "质检，客服"}, "适用岗位写的是「质检，客服」，按「质检、客服」读"),
    ("grades", 0, {"sign": "大于等于"}, "符号写的是「大于等于」，按「≥」读"),
    ("figures", 0, {"period": "2026年11月"}, "考核月份写的是「2026年11月」，按「2026-11」读"),
    ("figures", 0, {"period": Decimal(202611)}, "考核月份写的是「202611」，按「2026-11」读"),
    ("figures", 0, {"period": Decimal("2026.11")}, "考核月份写的是「2026.11」，按「2026-11」读"),
    ("raters", 0, {"ratee": " 001"}, "被评人工号「001」里有多余的空格或全角字符，按没有读"),
    ("roster", 0, {"superior": "—"}, "直接上级写的是「—」，按没有填读"),
]  # fmt: skip


def told(path: Path) -> list[Problem]:
    return [problem for problem in read_master(path)[1] if problem.code == CODE]


@pytest.mark.parametrize(("sheet", "row", "typed", "said"), CASES)
def test_it_is_told_where_it_stands(
    sheet: str, row: int, typed: Row, said: str, tmp_path: Path
) -> None:
    rows = small()
    rows[sheet][row] |= typed
    content, problems = read_master(saved(tmp_path / "master.xlsx", rows))
    plain, _ = read_master(saved(tmp_path / "plain.xlsx", small()))
    assert not [str(problem) for problem in problems if problem.is_error]
    name = SPECS[sheet].name
    (first, *_) = (one for one in problems if one.code == CODE and one.place.sheet == name)
    at, message = first.place, first.message
    assert (at.sheet, at.cell) == (name, cell(sheet, *typed))
    assert message.startswith(f"{said}；检查列看不懂这种写法")
    assert f"“{checks(rows, sheet)[row]}”" in message
    if not {"weights_editable", "scale"} & typed.keys():
        assert content == plain


def test_what_hangs_on_it_in_other_rows_is_told_there(tmp_path: Path) -> None:
    rows = small()
    rows["roster"][0]["id"] = "００１"
    problems = told(saved(tmp_path / "master.xlsx", rows))
    found = {problem.place.sheet: problem.message for problem in problems}
    assert set(found) == {"评价人", "月度目标与实际"}
    assert found["评价人"].startswith("检查列显示““员工名册”表中没有“001””：它看不懂别处的有些写法")


def test_a_month_among_the_settings_may_be_a_number(tmp_path: Path) -> None:
    rows = small()
    rows["settings"].append({"setting": "考核月份", "value": Decimal(202611)})
    company, problems = read_master(saved(tmp_path / "master.xlsx", rows))
    assert str(company.month) == "2026-11"
    (one,) = [problem for problem in problems if problem.place.sheet == SPECS["settings"].name]
    assert one.message.startswith("内容写的是「202611」，按「2026-11」读")


@pytest.mark.parametrize("typed", [{"name": "响应（秒）"}, {"id": "SPEED", "name": "Ａ"}])
def test_what_the_check_accepts_is_not_told(typed: Row, tmp_path: Path) -> None:
    rows = small()
    rows["indicators"][1] |= typed
    assert told(saved(tmp_path / "master.xlsx", rows)) == []


def test_a_workbook_without_our_check_has_nothing_to_differ_from(tmp_path: Path) -> None:
    book = book_of(corners())
    page = next(sheet for sheet in book if sheet.name == "指标")
    at = page.cells[0].index("权重")
    page.cells[1][at] = f"{Decimal(page.cells[1][at].value) * 100}%"
    assert told(write(tmp_path / "plain.xlsx", book)) == []
