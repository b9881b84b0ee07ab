"""收回考核表, 收表清单, 月度汇总, 关闭本月, in a real spreadsheet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from tests.app.results.calibration_filling import filled
from xladdin.app.generating.generate import generate
from xladdin.app.results.calibration_sheets import write_calibration
from xladdin.app.results.month_scores import month_results
from xladdin.company.calibrating import Board, current_grade
from xladdin.domain.people import Period
from xladdin.layout.package_edits import edited
from xladdin.layout.place import defined_name
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import PeriodChange, PeriodState, Returned
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master
from xladdin.ribbon import windows_excel

from .desks import Workplace

pytestmark = pytest.mark.xdist_group("calc")
MONTH = Period("2026-10")
PROPERTIES = "docProps/core.xml"
LIST, SUMMARY = f"收表清单_{MONTH}.xlsx", f"月度汇总_{MONTH}.xlsx"


@pytest.fixture
def back(work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one form that somebody has commented, which the user picks."""
    company, _ = read_master(work.folder / work.book.name)
    folder = tmp_path / "收到"
    (form,) = generate(company, MONTH, folder, ids=["QC003"]).paths
    book = openpyxl.load_workbook(folder / form)
    ((sheet, place),) = book.defined_names[defined_name("comment.self")].destinations
    book[sheet][place].value = "按时完成"
    book.save(folder / "新建 工作表.xlsx")
    (folder / form).unlink()
    monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: folder)
    work.book.api.Saved = True
    return folder


def returned(work: Workplace) -> list[str]:
    with Ledger(ledger_place(work.folder / "总表.xlsx"), write=False) as ledger:
        return [entry.record.person for entry in ledger.read(Returned)]


def test_a_folder_is_collected_and_the_master_comes_back(work: Workplace, back: Path) -> None:
    told = work.click("collect", "ok")
    assert "看了 1 个文件，收下 1 份表" in told
    assert "台账：记下 1 份" in told
    assert returned(work) == ["QC003"]
    assert [book.name for book in work.calc.books] == ["总表.xlsx", LIST]
    assert work.calc.books.active.name == LIST


def test_a_calibration_sheet_among_the_forms_is_taken(work: Workplace, back: Path) -> None:
    company, _ = read_master(work.folder / work.book.name)
    results, _ = month_results(company, MONTH)
    path = back / "校准.xlsx"
    write_calibration(company, results, path)
    one = Board.of(company, results).people[0]
    other = next(it.name for it in one.scheme.grades if it.name != current_grade(one))
    path.write_bytes(filled(path.read_bytes(), {one.employee.id: (other, "有投诉")}))
    told = work.click("collect", "ok")
    assert "收下 1 份表" in told
    assert "收下2026年10月的绩效校准表 1 份" in told
    assert "1 人的等级和原来的不同；台账新记 1 条" in told


def test_while_the_list_is_open_nothing_is_collected(work: Workplace, back: Path) -> None:
    work.click("collect", "ok")
    work.calc.books["总表.xlsx"].activate()
    assert f"「{LIST}」还开着" in work.click("collect")
    work.calc.books[LIST].close()
    assert work.click("returns") == ""
    assert work.calc.books.active.name == LIST


def test_who_says_no_keeps_everything(work: Workplace, back: Path) -> None:
    before = (work.folder / "总表.xlsx").read_bytes()
    assert "会先关闭" in work.click("collect", "cancel")
    assert [book.name for book in work.calc.books] == ["总表.xlsx"]
    assert (work.folder / "总表.xlsx").read_bytes() == before
    assert work.files() == []
    assert "还没有收过表" in work.click("returns")


def test_after_esc_the_master_is_open_again(work: Workplace, back: Path) -> None:
    looks = iter([False])
    told = work.click("collect", "ok", stop=lambda _: next(looks, True))
    assert "按 Esc 停下了" in told
    assert [book.name for book in work.calc.books] == ["总表.xlsx"]
    assert work.files() == []


@pytest.mark.parametrize("command", ["collect", "close"])
def test_a_master_that_is_not_saved_is_not_read_from_disk(
    work: Workplace, back: Path, command: str
) -> None:
    work.book.sheets["员工名册"].range("A5").value = "改名"
    assert "请先把总表保存" in work.click(command)


def test_the_summary_is_written_and_opened_and_replaced_only_when_told(work: Workplace) -> None:
    told = work.click("month")
    assert "2026年10月的汇总写好了" in told
    assert work.calc.books.active.name == SUMMARY
    work.calc.books.active.close()
    work.book.activate()
    ours = (work.folder / SUMMARY).read_bytes()
    theirs = edited(ours, {PROPERTIES: lambda xml: xml.replace("-01-01T", "-11-26T")})
    (work.folder / SUMMARY).write_bytes(theirs)
    work.click("month", "no")
    assert (work.folder / SUMMARY).read_bytes() == theirs
    work.click("month", "yes")
    assert (work.folder / SUMMARY).read_bytes() == ours


def test_the_summary_takes_what_was_collected_and_says_so(work: Workplace, back: Path) -> None:
    work.click("collect", "ok")
    work.calc.books[LIST].close()
    work.calc.books["总表.xlsx"].activate()
    told = work.click("month")
    assert "得分取自台账里收回的表" in told
    assert "台账里没有收到的表，按总表的数据算" in told


def test_the_month_is_closed_once_the_user_agrees(work: Workplace, back: Path) -> None:
    assert "经办人记作「赵敏」" in work.click("close", "cancel")
    assert "已关闭，经办人记作「赵敏」" in work.click("close", "ok")
    with Ledger(ledger_place(work.folder / "总表.xlsx"), write=False) as ledger:
        assert ledger.state_of(str(MONTH)) is PeriodState.CLOSED
        assert [entry.record.by for entry in ledger.read(PeriodChange)] == ["赵敏"]
    assert "关闭" in work.click("collect", "ok")
    assert returned(work) == []


def test_the_dialog_gives_a_folder_or_nothing() -> None:
    def app(answer: int) -> Any:
        items = SimpleNamespace(Item=lambda number: f"C:/{number}")
        dialog = SimpleNamespace(Show=lambda: answer, SelectedItems=items)
        return SimpleNamespace(api=SimpleNamespace(FileDialog=lambda kind: dialog))

    assert windows_excel.chosen_folder(app(-1), "?", Path("D:/")) == Path("C:/1")
    assert windows_excel.chosen_folder(app(0), "?", Path("D:/")) is None
