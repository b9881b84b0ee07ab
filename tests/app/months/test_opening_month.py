"""A month is opened: who gets which rows, what stays, what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.command import shown, xladdin
from tests.master.rows import Rows, saved, small
from xladdin.app.months.opening_month import Opened, open_month
from xladdin.company.company import Company
from xladdin.company.target_growth import Base, Growth
from xladdin.domain.people import Period, day_number
from xladdin.files import save_whole
from xladdin.master.cell_kinds import Row
from xladdin.master.read_master import read_master
from xladdin.patch.backups import backups
from xladdin.problems import errors

NOVEMBER, DECEMBER = Period("2026-11"), Period("2026-12")


def aimed() -> dict[str, list[Row]]:
    """The small company; 乙 has a target for November's sales."""
    rows = small()
    rows["figures"][1]["target"] = Decimal(100)
    return rows


def master(folder: Path, rows: Rows | None = None) -> Path:
    return saved(folder / "总表.xlsx", rows or aimed())


def targets(path: Path, period: Period) -> dict[tuple[str, str], Decimal | None]:
    """What the ordinary reader finds of a month."""
    company, problems = read_master(path)
    assert errors(problems) == []
    return {
        (one.actual.employee, one.actual.indicator): one.actual.target
        for one in company.figures
        if one.actual.period == period
    }


def codes(done: Opened) -> list[str]:
    return [problem.code for problem in done.problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return master(tmp_path)


def test_everybody_gets_a_row_per_indicator_with_last_months_target(path: Path) -> None:
    before = path.read_bytes()
    known = targets(path, NOVEMBER)
    done = open_month(path, DECEMBER)
    assert (done.written, codes(done)) == (True, [])
    found = targets(path, DECEMBER)
    assert set(found) == {(who, what) for who in ("001", "A-1") for what in ("speed", "sales")}
    assert (found["A-1", "sales"], found["001", "sales"]) == (Decimal(100), None)
    assert targets(path, NOVEMBER) == known
    assert done.told[0] == "2026年12月：2 人，加了 4 行。"
    assert done.told[1] == "目标：沿用上月 1，不用目标 2，空 1（甲「销售」）"
    assert done.told[2] == "要报的数：组长 4 个"
    (backup,) = backups(path)
    assert backup.read_bytes() == before


def test_twice_is_once(path: Path) -> None:
    open_month(path, DECEMBER)
    before = path.read_bytes()
    done = open_month(path, DECEMBER)
    assert (done.written, done.added, path.read_bytes()) == (False, [], before)
    assert done.told == ["2026年12月：2 人的 4 行都有了，没有要加的。"]


def test_only_what_lacks_is_added_and_nothing_is_overwritten(path: Path) -> None:
    before = read_master(path)[0].figures
    done = open_month(path, NOVEMBER)
    assert done.told[0] == "2026年11月：2 人，加了 1 行，原有的 3 行没有动。"
    after = read_master(path)[0].figures
    assert after[: len(before)] == before
    assert [(one.actual.employee, one.actual.indicator) for one in after[len(before) :]] == [
        ("001", "sales")
    ]


def test_joiners_leavers_and_others_are_told(tmp_path: Path) -> None:
    rows = small()
    whole: dict[str, Any] = {"department": "客服部", "position": "客服"}
    rows["roster"] += [
        {**whole, "id": "N1", "name": "新人", "joined": day_of("2026-12-10")},
        {**whole, "id": "N2", "name": "来年", "joined": day_of("2027-01-04")},
        {**whole, "id": "N3", "name": "走了", "left": day_of("2026-11-30")},
        {**whole, "id": "N4", "name": "要走", "left": day_of("2026-12-20")},
        {**whole, "id": "N5", "name": "长假", "state": "停薪"},
        {**whole, "id": "N6", "name": "司机", "position": "驾驶员"},
    ]
    path = master(tmp_path, rows)
    done = open_month(path, DECEMBER)
    people = {who for who, _ in targets_of(path)}
    assert people == {"001", "A-1", "N1", "N4"}
    assert done.told[-2:] == [
        "不满一个月：新人（在岗 2026-12-10 起）、要走（在岗至 2026-12-20）",
        "没有加行：来年（2027-01-04 才入职）、走了（2026-11-30 已离职）、"
        "长假（停薪休假中（要出表请改状态））、司机（没有考核方案）",
    ]


def day_of(text: str) -> Decimal:
    return day_number(dt.date.fromisoformat(text))


def targets_of(path: Path) -> set[tuple[str, str]]:
    company, _ = read_master(path)
    lines = [one.actual for one in company.figures]
    return {(one.employee, one.indicator) for one in lines if one.period == DECEMBER}


def test_growth_is_noted_in_the_master_or_asked_for(tmp_path: Path) -> None:
    rows = aimed()
    rows["indicators"][1] |= {"growth": Decimal("0.1"), "growth_base": "上月目标"}
    path = master(tmp_path, rows)
    company, problems = read_master(path)
    assert errors(problems) == []
    assert company.growths == {("monthly", "sales"): Growth(Decimal("0.1"), Base.LAST_TARGET)}
    done = open_month(path, DECEMBER)
    assert targets(path, DECEMBER)["A-1", "sales"] == 110
    assert done.told[1].startswith("目标：按增长率 1")
    assert codes(done) == ["growth_baseless"]
    assert "甲「销售」" in done.problems[0].message


def test_a_growth_of_no_indicator_is_refused(path: Path) -> None:
    before = path.read_bytes()
    done = open_month(path, DECEMBER, {"销售额": Decimal("0.1")})
    assert codes(done) == ["unknown_indicator"]
    assert "是不是「销售」" in done.problems[0].message
    assert (done.written, path.read_bytes()) == (False, before)


def test_a_row_whose_month_is_unclear_is_not_written_twice(tmp_path: Path) -> None:
    rows = small()
    rows["figures"].append({"period": "12月", "employee": "A-1", "indicator": "销售"})
    done = open_month(master(tmp_path, rows), DECEMBER)
    assert any("不知道是不是2026年12月，没有加一行" in one.message for one in done.problems)
    assert len(done.added) == 3


def test_somebody_who_was_transferred_gets_the_rows_of_the_scheme_of_now(tmp_path: Path) -> None:
    rows = small()
    rows["figures"].append({"period": "2026-12", "employee": "A-1", "indicator": "旧指标"})
    done = open_month(master(tmp_path, rows), DECEMBER)
    assert len(done.added) == 4
    assert "other_scheme" in codes(done)
    assert any("乙「旧指标」" in one.message for one in done.problems)


def test_a_file_that_is_no_master_is_left(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    save_whole(path, b"PK\x03\x04")
    done = open_month(path, DECEMBER)
    assert errors(done.problems)
    assert not done.written


def test_the_command_says_what_was_done(path: Path) -> None:
    code, told = shown("month", path, "--period", "2026-12", "--growth", "销售=5%")
    assert (code, "按增长率 1" in told, "有目标增长率、没有基数的 1 个" in told) == (0, True, True)
    done = xladdin("month", path, "--period", "2026-12", "--json")
    assert '"added": 0' in done.out


@settings(max_examples=6, deadline=None)
@given(
    people=st.lists(st.sampled_from(["客服", "质检", "驾驶员"]), min_size=1, max_size=4),
    there=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["响应", "销售"])), max_size=4),
)
def test_a_month_that_is_opened_twice_is_as_it_is_opened_once(
    tmp_path_factory: pytest.TempPathFactory, people: list[str], there: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("month")
    rows = small()
    rows["roster"] = [
        {"id": f"E{i}", "name": f"人{i}", "department": "客服部", "position": position}
        for i, position in enumerate(people)
    ]
    rows["raters"], rows["figures"] = [], []
    for who, what in dict.fromkeys(there):
        if who < len(people) and people[who] != "驾驶员":
            line: Mapping[str, Any] = {"employee": f"E{who}", "indicator": what}
            rows["figures"].append({"period": "2026-12", "actual": Decimal(7), **line})
    path = master(folder, rows)
    before = company_of(path)
    first = open_month(path, DECEMBER)
    once = path.read_bytes()
    again = open_month(path, DECEMBER)
    assert path.read_bytes() == once
    assert again.added == []
    after = company_of(path)
    kept = [one for one in after.figures if one.actual.actual is not None]
    assert kept == list(before.figures)
    wanted = {
        (f"E{i}", what)
        for i, post in enumerate(people)
        if post != "驾驶员"
        for what in ("speed", "sales")
    }
    assert {(one.actual.employee, one.actual.indicator) for one in after.figures} == wanted
    assert len(first.added) == len(wanted) - len(kept)


def company_of(path: Path) -> Company:
    return read_master(path)[0]
