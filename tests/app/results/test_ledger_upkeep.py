"""The ledger's and the months' commands, as they are typed: what they say, write and refuse."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.app.command import Done, xladdin
from tests.ledger.entries import MONTH, one_of_each, returned
from tests.patch.masters import SMALL, write_master
from xladdin.company.company_settings import RETENTION_SETTING
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import Returned, ReturnedReport
from xladdin.ledger.store import Ledger
from xladdin.patch.backups import backups


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return write_master(tmp_path / "总表.xlsx", **SMALL)


def fill(master: Path, *people: str) -> None:
    archive = Archive(master.parent)
    with Ledger(ledger_place(master)) as ledger:
        for person in people:
            digest = archive.keep(person.encode(), f"{person}.xlsx")
            for record in one_of_each(person):
                has_file = isinstance(record, Returned | ReturnedReport)
                own = {"file_name": f"{person}.xlsx", "file_sha256": digest}
                ledger.append(replace(record, **own) if has_file else record)


def replied(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    done = xladdin(*arguments, "--json")
    return done.code, json.loads(done.out)


def of_month(master: Path, what: str, *more: str) -> Done:
    return xladdin("period", what, master, "--period", MONTH, *more)


def test_a_month_from_its_opening_to_its_reopening(master: Path) -> None:
    assert of_month(master, "open", "--by", "钱进").out == f"{MONTH} 已打开，经办人记作「钱进」。\n"
    assert "没有改动" in of_month(master, "open").out
    fill(master, "CS001")
    closed = of_month(master, "close", "--by", "赵敏")
    assert f"{MONTH} 已关闭，经办人记作「赵敏」。" in closed.out
    assert "台账共 12 条，末条指纹 " in closed.out
    refused = of_month(master, "open")
    assert refused.code == 1
    assert "要再打开请用 period reopen" in refused.err
    assert of_month(master, "reopen").code == 2
    assert "写明原因" in of_month(master, "reopen", "--why", " ").err
    assert of_month(master, "reopen", "--why", "漏了一张表").code == 0
    code, data = replied("period", "close", master, "--period", MONTH)
    assert (code, data["state"], data["new"], data["length"]) == (0, "closed", True, 14)


def test_the_list_says_who_did_what_when_and_why(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody is named, whoever is logged in."""
    monkeypatch.setattr("getpass.getuser", lambda: "login-name")
    assert xladdin("period", "list", master).code == 1
    of_month(master, "open")
    of_month(master, "close", "--by", "赵敏")
    of_month(master, "reopen", "--why", "漏了一张表", "--by", "钱进")
    xladdin("period", "open", master, "--period", "2026-12", "--by", "赵敏")
    code, data = replied("period", "list", master)
    assert code == 0
    assert data["states"] == {"2026-11": "reopened", "2026-12": "open"}
    said = [(each["period"], each["state"], each["by"], each["why"]) for each in data["changes"]]
    assert said == [
        ("2026-11", "open", "login-name", None),
        ("2026-11", "closed", "赵敏", None),
        ("2026-11", "reopened", "钱进", "漏了一张表"),
        ("2026-12", "open", "赵敏", None),
    ]
    rows = [line for line in xladdin("period", "list", master).out.splitlines() if "2026-1" in line]
    assert len(rows) == 4
    assert all(text in rows[2] for text in ("已重新打开", "钱进", "漏了一张表"))


def test_no_ledger_is_begun_for_a_master_that_is_not_there(tmp_path: Path) -> None:
    for command in (["period", "open"], ["ledger", "verify"]):
        more = ["--period", MONTH] if command[0] == "period" else []
        done = xladdin(*command, tmp_path / "总裱.xlsx", *more)
        assert done.code == 1
        assert "找不到这个总表" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_touched_entry_is_named_with_the_way_back(master: Path) -> None:
    fill(master, "CS001")
    fill(master, "CS002")
    assert "没有被改动" in xladdin("ledger", "verify", master).out
    with closing(sqlite3.connect(master.parent / LEDGER_NAME)) as raw:
        raw.execute("UPDATE ledger_results SET total='99' WHERE person='CS001'")
        raw.commit()
    done = xladdin("ledger", "verify", master)
    assert done.code == 1
    assert "第 3 条（得分）的内容被改过" in done.err
    assert "CS001" not in done.out + done.err
    (copy,) = backups(master.parent / LEDGER_NAME)
    assert f"可以恢复的备份：{copy.name}（10 条）" in done.err
    back = xladdin("ledger", "restore", master)
    assert back.code == 0
    assert f"已用 {copy.name} 恢复台账，共 10 条" in back.out
    assert "换下的台账另存为 绩效台账.换下-" in back.out
    assert "换下的台账多 8 条" in back.err or "换下的台账多 9 条" in back.err
    assert "没有被改动" in xladdin("ledger", "verify", master).out


def test_a_touched_copy_is_not_restored(master: Path) -> None:
    fill(master, "CS001")
    _, data = replied("ledger", "backup", master)
    copy = Path(data["copy"])
    assert data["length"] == 10
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("UPDATE ledger_chain SET at='2026-01-01' WHERE seq=2")
        raw.commit()
    done = xladdin("ledger", "restore", master, "--from", copy)
    assert done.code == 1
    assert "第 2 条" in done.err
    assert "没有恢复" in done.err
    assert "没有核对无误的备份" in xladdin("ledger", "restore", master).err
    assert "没有被改动" in xladdin("ledger", "verify", master).out


def test_a_kept_file_that_was_touched_is_named(master: Path) -> None:
    fill(master, "CS001", "CS002")
    archive = Archive(master.parent)
    one, two = (archive.find(archive.keep(id_, "")) for id_ in (b"CS001", b"CS002"))
    assert one is not None
    assert two is not None
    one.write_bytes(b"other")
    two.unlink()
    done = xladdin("ledger", "verify", master)
    assert done.code == 1
    assert "存档的文件被改过（CS001.xlsx）" in done.err
    assert "收回的表有 1 份原件不在存档里" in done.err


def test_who_is_in_it(master: Path) -> None:
    fill(master, "CS001", "CS999")
    code, data = replied("ledger", "people", master)
    assert code == 0
    assert [line["employee"] for line in data["people"]] == ["CS001", "CS999"]
    assert data["people"][0]["entries"]["收回的表"] == 1
    assert data["people"][1]["name"] is None
    assert data["keep_from"] is None
    said = xladdin("ledger", "people", master).out
    assert "（名册中没有）" in said
    assert "收回的表 1、收回的报告 1" in said


def test_somebody_is_deleted_with_files_and_copies(master: Path) -> None:
    fill(master, "CS001", "CS002")
    fill(master, "CS003")
    forget = ("ledger", "forget", master, "--employee", "CS001", "--why", "离职")
    before = (master.parent / LEDGER_NAME).read_bytes()
    asked = xladdin(*forget)
    assert asked.code == 0
    assert "将删除 1 人的 9 条内容和 1 份存档文件；确认后加 --yes" in asked.out
    assert (master.parent / LEDGER_NAME).read_bytes() == before
    done = xladdin(*forget, "--yes")
    assert done.code == 0, done.err
    assert "旧备份里也有这些内容" in done.out
    for path in master.parent.rglob("*"):
        assert path == master or not path.is_file() or b"CS001" not in path.read_bytes(), path
    assert len(backups(master.parent / LEDGER_NAME)) == 1
    assert "没有被改动" in xladdin("ledger", "verify", master).out
    again = xladdin(*forget, "--yes")
    assert again.code == 1
    assert "台账里没有工号「CS001」" in again.err


def set_retention(master: Path, value: object) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["设置"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "设置项")
    for offset, said in enumerate((RETENTION_SETTING, value)):
        sheet.cell(head.row + 1, head.column + offset, said)
    book.save(master)


def test_what_is_older_than_the_setting_is_deleted(master: Path) -> None:
    with Ledger(ledger_place(master)) as ledger:
        for month in ("2020-01", "2020-02", MONTH):
            ledger.append(returned(period=month))
    forget = ("ledger", "forget", master, "--expired", "--why", "过了保留期", "--yes")
    assert "不知道保留多久" in xladdin(*forget).err
    set_retention(master, "三年")
    assert "应为 1 到 1200 的整数" in xladdin(*forget).err
    set_retention(master, 36)
    assert "2 条（1 人）已过保留期" in xladdin("ledger", "people", master).out
    assert "已删除 1 人的 2 条内容" in xladdin(*forget).out
    with Ledger(ledger_place(master), write=False) as ledger:
        assert [it.record.period for it in ledger.read(Returned)] == [MONTH]


@pytest.mark.parametrize(
    "more", [[], ["--employee", "CS001", "--expired"], ["--employee", "CS001", "--why", " "]]
)
def test_what_is_to_be_deleted_must_be_said(master: Path, more: list[str]) -> None:
    why = [] if "--why" in more else ["--why", "离职"]
    assert xladdin("ledger", "forget", master, *more, *why).code == 2


def test_a_wrong_url_is_told_without_its_password(master: Path) -> None:
    done = xladdin("ledger", "verify", master, "--ledger", "mysql://hr:secret@db/kpi")
    assert done.code == 1
    assert "台账地址" in done.err
    assert "secret" not in done.out + done.err
