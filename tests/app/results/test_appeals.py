"""申诉 from the command line: slips collected, listed, answered in the list or at once, and told in results."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.app.command import xladdin
from tests.app.results.appeal_filling import answered, objected
from tests.app.results.issued import PERIOD, slip_of
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.appeals import list_appeals
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import Appeal
from xladdin.ledger.store import Ledger

MONTH = ("--period", str(PERIOD))


def object_to(master: Path) -> list[int]:
    """Two appeals on one slip, collected; their numbers."""
    rows = [
        {
            "item": "首次响应时间",
            "claimed": "20秒",
            "grounds": "漏记",
            "filed": dt.date(2026, 11, 30),
        },
        {"item": "其他", "grounds": "等级不对"},
    ]
    objected(slip_of(master, "QC025"), rows)
    done = xladdin("collect", str(master), str(master.parent / "反馈单"), *MONTH, "--json")
    said = json.loads(done.out)
    assert said["appeals"] == {"slips": 1, "kept": 2, "known": 0, "late": said["appeals"]["late"]}
    with Ledger(ledger_place(master), write=False) as ledger:
        return [entry.seq for entry in ledger.read(Appeal)]


def test_without_appeals_the_list_is_empty(issued_master: Path) -> None:
    done = xladdin("appeals", "list", str(issued_master))
    assert (done.code, done.out.splitlines()[0]) == (0, "没有答复的申诉 0 条。")
    issued_master.with_name(LEDGER_NAME).unlink()
    out = issued_master.with_name("清单.xlsx")
    assert xladdin("appeals", "list", str(issued_master), "--out", str(out)).code == 0
    assert "没有要答复的申诉" in str(
        CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    )


@pytest.mark.parametrize("command", ["answer", "collect"])
def test_from_the_slip_to_the_next_summary(command: str, issued_master: Path) -> None:
    first, second = object_to(issued_master)
    text = xladdin("appeals", "list", str(issued_master)).out
    assert text.startswith("没有答复的申诉 2 条")
    assert (
        f"第{first}条 韩雪凝（QC025）2026年10月「首次响应时间」（现在 14秒），认为应是 20秒：漏记"
        in text
    )
    out = issued_master.with_name("申诉清单.xlsx")
    asked = ("appeals", "list", str(issued_master), "--out", str(out))
    assert xladdin(*asked).code == 0
    untouched = xladdin("appeals", "answer", str(issued_master), str(out))
    assert "1 份清单还没有人填" in untouched.out
    upheld = {"outcome": "成立", "after": "20秒", "answer": "核对属实", "by": "赵敏"}
    answered(
        out,
        {str(first): upheld, str(second): {"outcome": "不成立", "answer": "没有错", "by": "赵敏"}},
    )
    refused = xladdin(*asked)
    assert refused.code == 1
    assert "有人改过，没有覆盖" in refused.err
    words = ("appeals", "answer") if command == "answer" else ("collect",)
    done = xladdin(*words, str(issued_master), str(out))
    assert done.code == 0, done
    assert "答复申诉 2 条：成立 1 条，不成立 1 条" in done.out
    assert "首次响应时间：14秒→20秒，总分 98→96.5" in done.out
    target = issued_master.with_name("汇总.xlsx")
    assert xladdin("summary", str(issued_master), *MONTH, "--out", str(target)).code == 0
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("排名").to_python()
    mine = next(row for row in rows if "QC025" in row)
    assert 96.5 in mine
    assert any("申诉更正：首次响应时间：14秒→20秒（赵敏，" in str(cell) for cell in mine)
    assert any("1 人有申诉后更正的数" in str(cell) for cell in rows[2 - 1] + rows[2])
    every = json.loads(xladdin("appeals", "list", str(issued_master), "--all", "--json").out)
    assert [it["outcome"] for it in every["appeals"]] == ["成立", "不成立"]
    assert (every["open"], every["appeals"][0]["corrected"]) == (0, "20秒")


def test_a_span_a_new_slip_and_the_pack_of_evidence_have_it(issued_master: Path) -> None:
    first, _ = object_to(issued_master)
    at_once = ("--outcome", "成立", "--figure", "20秒", "--why", "核对属实", "--by", "赵敏")
    done = xladdin("appeals", "answer", str(issued_master), "--number", str(first), *at_once)
    assert done.code == 0, done
    folder = issued_master.parent
    target = folder / "季度.xlsx"
    span = xladdin("summary", str(issued_master), "--period", "2026Q4", "--out", str(target))
    assert span.code == 0
    sheets = CalamineWorkbook.from_path(str(target))
    cells = [str(cell) for row in sheets.get_sheet_by_index(0).to_python() for cell in row]
    assert any("10月申诉更正：首次响应时间：14秒→20秒" in cell for cell in cells)
    slips = folder / "新反馈单"
    one = ("--employee", "QC025", "--out", str(slips))
    assert xladdin("feedback", str(issued_master), *MONTH, *one).code == 0
    book = CalamineWorkbook.from_path(str(next(slips.rglob("*.xlsx"))))
    assert "申诉更正：首次响应时间：14秒→20秒" in str(book.get_sheet_by_name("申诉").to_python())
    assert "有申诉后的更正，见“申诉”表" in str(book.get_sheet_by_name("反馈单").to_python())
    pack = folder / "证据.zip"
    packed = xladdin(
        "evidence", "pack", str(issued_master), "--employee", "QC025", "--out", str(pack)
    )
    assert packed.code == 0, packed
    with zipfile.ZipFile(pack) as files:
        page = files.read("概览.html").decode()
        originals = [name for name in files.namelist() if name.startswith("原件/")]
    for words in ("申诉答复", "更正", "20秒", "核对属实", "认为应是", "申诉期限"):
        assert words in page
    assert len(originals) >= 2
    assert xladdin("evidence", "verify", str(pack)).code == 0


def test_an_overdue_answer_is_marked_by_working_days(issued_master: Path) -> None:
    object_to(issued_master)
    company, _ = read_master_company(issued_master)
    with Ledger(ledger_place(issued_master), write=False) as ledger:
        due = ledger.read(Appeal)[0].record.due
    assert due is not None
    on_time = list_appeals(issued_master, company, due)
    assert {it.state for it in on_time.listed} == {"今天到期"}
    late = list_appeals(issued_master, company, due + dt.timedelta(days=14))
    assert all(it.is_overdue and it.left < -5 for it in late.listed)
    assert late.told[0] == "没有答复的申诉 2 条，2 条已经逾期。"
    assert late.as_json()["overdue"] == 2


def test_somebody_who_is_gone_is_listed_and_told(issued_master: Path) -> None:
    object_to(issued_master)
    company, _ = read_master_company(issued_master)
    rest = [one for one in company.employees if one.id != "QC025"]
    smaller = type(company)(tuple(rest), company.library, settings=company.settings)
    found = list_appeals(issued_master, smaller, dt.date(2026, 12, 1))
    assert [it.name for it in found.listed] == ["QC025", "QC025"]
    assert [it.code for it in found.problems] == ["not_on_roster"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "请给出填好的申诉清单，或用 --number"),
        (("--number", "3"), "请写 成立 或 不成立"),
        (("清单.xlsx", "--why", "属实"), "这些写在申诉清单里"),
        (("清单.xlsx", "--number", "3"), "请给出填好的申诉清单，或用 --number"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], told: str, issued_master: Path) -> None:
    done = xladdin("appeals", "answer", str(issued_master), *words)
    assert done.code == 2
    assert told in done.err


def test_a_workbook_that_is_no_list_is_told(issued_master: Path) -> None:
    path = slip_of(issued_master, "QC025")
    done = xladdin("appeals", "answer", str(issued_master), str(path))
    assert done.code == 1
    assert "不是申诉清单" in done.err
