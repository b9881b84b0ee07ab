"""A month, step by step: what is said to be done next, and that doing it leads to the next thing."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.months.test_opening_month import aimed, master
from tests.ledger.entries import returned
from xladdin.app.months.month_standing import MonthStanding
from xladdin.app.recent_use import Used
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master

TODAY = dt.date(2026, 12, 5)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return master(tmp_path)


def told(path: Path, used: Used | None = None, today: dt.date = TODAY) -> list[str]:
    return list(MonthStanding(path, used or Used(), today).lines())


def typed(line: str) -> str:
    """The command that a line suggests."""
    return line.partition("：xladdin ")[2]


def do(line: str) -> None:
    done = xladdin(*shlex.split(typed(line)))
    assert done.code == 0, (line, done)


def bring_back(path: Path, *people: str) -> None:
    with Ledger(ledger_place(path)) as ledger:
        for person in people:
            ledger.append(returned(person, period="2026-11"))


def everybody(path: Path) -> list[str]:
    company, _ = read_master(path)
    return [one.id for one in company.employees if company.scheme_of(one)]


def test_a_month_from_its_forms_to_the_next_one(path: Path) -> None:
    first = told(path)
    assert "2026年11月已开" in first[0]
    assert "还没有生成" in first[0]
    do(first[1])
    out = told(path)
    assert "已收回 0 份，还差" in out[0]
    assert typed(out[1]) == "collect 总表.xlsx 收到 --period 2026-11"
    one, *others = everybody(path)
    bring_back(path, one)
    assert f"已收回 1 份，还差 {len(others)} 份" in told(path)[0]
    bring_back(path, *others)
    back = told(path)
    assert f"的 {len(others) + 1} 份考核表都收回了" in back[0]
    assert [typed(line).split()[0] for line in back[1:]] == ["summary", "feedback", "period"]
    do(back[-1])
    closed = told(path)
    assert "2026年11月已经关闭，2026年12月还没有开" in closed[0]
    do(closed[1])
    assert "2026年12月已开" in told(path)[0]


def test_a_month_that_is_not_there_yet_is_not_opened(path: Path) -> None:
    xladdin("period", "close", path, "--period", "2026-11")
    lines = told(path, today=dt.date(2026, 11, 28))
    assert "都做完了；到2026年12月再开新月份" in lines[0]


def test_without_any_month_the_current_one_is_opened(tmp_path: Path) -> None:
    rows = aimed()
    rows["figures"] = []
    path = master(tmp_path, rows)
    lines = told(path)
    assert "还没有开过月份" in lines[0]
    assert typed(lines[1]) == "month 总表.xlsx --period 2026-12"
    remembered = told(path, Used("2026-10"))
    assert remembered[1] == "（上次写的月份是 2026-10。）"
    assert typed(remembered[2]) == "month 总表.xlsx --period 2026-12"


def test_errors_come_first(tmp_path: Path) -> None:
    rows = aimed()
    rows["roster"][0]["position"] = "没有这个岗位"
    lines = told(master(tmp_path, rows))
    assert "个错误，先改好" in lines[0]
    assert typed(lines[1]) == "check 总表.xlsx"


def test_nobody_to_appraise(tmp_path: Path) -> None:
    assert xladdin("init", tmp_path / "总表.xlsx", "--kind", "空白").code == 0
    lines = told(tmp_path / "总表.xlsx")
    assert typed(lines[1]) == "check 总表.xlsx"
    assert len(lines) == 2


def test_a_ledger_that_cannot_be_read_is_told(path: Path) -> None:
    (path.parent / "绩效台账.db").write_bytes(b"no database at all" * 100)
    lines = told(path)
    assert "台账读不了" in lines[0]
    assert typed(lines[1]) == "ledger verify 总表.xlsx"


def test_folders_of_the_last_time_are_suggested_and_looked_into(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "十一月 的表"
    used = Used("2026-11", {"generate": str(elsewhere), "collect": str(path.parent / "邮件")})
    assert f'--out "{elsewhere}"' in told(path, used)[1]
    do(told(path, used)[1])
    lines = told(path, used)
    assert "已收回 0 份" in lines[0]
    assert typed(lines[1]) == "collect 总表.xlsx 邮件 --period 2026-11"
    assert "还没有生成" in told(path)[0]


def test_who_has_no_form_yet_is_counted(path: Path) -> None:
    first = everybody(path)[0]
    command = ("generate", path, "--period", "2026-11", "--out", "考核表", "--employee", first)
    assert xladdin(*command).code == 0
    lines = told(path)
    assert f"还有 {len(everybody(path)) - 1} 人没有看到考核表" in lines[2]
    do(lines[2])
    assert len(told(path)) == 2


def test_never_more_than_a_few_lines_and_no_long_ones(path: Path) -> None:
    bring_back(path, *everybody(path))
    assert len(told(path)) <= 4
