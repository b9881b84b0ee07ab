"""月度分析, 店铺分析, in a real spreadsheet: a folder of data is chosen, a report is written and opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.returns.report_returns import Returning
from tests.ribbon.desks import Workplace
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.demonstration.demo_records import sample
from xladdin.layout.package_edits import edited
from xladdin.ribbon import windows_excel

pytestmark = pytest.mark.xdist_group("calc")
TICKETS = (
    "工单编号,问题类型,处理人,提交时间,首次回复时间,解决时间,状态,满意度,是否投诉\n"
    + "".join(
        f"T{n},{'订单' if n % 2 else '物流'},QC00{n % 3 + 1},2026-10-{n + 1:02d} 09:00:00,"
        f"2026-10-{n + 1:02d} 09:00:3{n % 9},2026-10-{n + 1:02d} 10:00:00,已解决,满意,否\n"
        for n in range(30)
    )
)
FILES = {
    "report_month": ("客服月度分析_2026-10.xlsx", "客服月度分析报告"),
    "report_shop": ("店铺客服分析_2026-10.xlsx", "店铺客服分析报告"),
}
PROPERTIES = "docProps/core.xml"


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "数据"
    folder.mkdir()
    monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: folder)
    return folder


@pytest.mark.parametrize("command", FILES)
def test_a_report_is_written_and_opened(work: Workplace, chosen: Path, command: str) -> None:
    name, what = FILES[command]
    sample(chosen)
    told = work.click(command)
    assert f"2026年10月的{what}写好了" in told
    assert str(work.folder / name) in told
    assert "客户的话" in told
    assert work.calc.books.active.name == name
    assert work.calc.status_bar in (False, None, "")


def test_a_number_of_the_report_leads_to_its_lines(work: Workplace, chosen: Path) -> None:
    (chosen / "数据.csv").write_text(TICKETS, "utf-8-sig")
    work.click("report_month")
    sheets = [sheet.name for sheet in work.calc.books.active.sheets]
    assert {"类型明细", "客服明细", "时段明细", "评价明细"} <= set(sheets)


def test_who_chooses_no_folder_gets_nothing(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: None)
    assert work.click("report_month") == ""
    assert work.files() == []


def test_an_empty_folder_and_another_month_are_told(work: Workplace, chosen: Path) -> None:
    assert "没有读到任何" in work.click("report_month")
    (chosen / "数据.csv").write_text(TICKETS.replace("2026-10", "2025-10"), "utf-8-sig")
    assert "没有2026年10月的服务请求" in work.click("report_month")
    assert work.files() == []


def test_a_report_that_somebody_has_worked_on_is_replaced_only_when_told(
    work: Workplace, chosen: Path
) -> None:
    (chosen / "数据.csv").write_text(TICKETS, "utf-8-sig")
    work.click("report_month")
    path = work.folder / FILES["report_month"][0]
    assert "还开着" in after_coming_back(work)
    work.calc.books[path.name].close()
    ours = path.read_bytes()
    theirs = edited(ours, {PROPERTIES: lambda xml: xml.replace("-01-01T", "-11-26T")})
    path.write_bytes(theirs)
    after_coming_back(work, "no")
    assert path.read_bytes() == theirs
    after_coming_back(work, "yes")
    assert path.read_bytes() == ours


def test_what_came_back_on_a_report_is_in_the_next_one(work: Workplace, chosen: Path) -> None:
    (chosen / "数据.csv").write_text(TICKETS, "utf-8-sig")
    work.click("report_month")
    path = work.folder / FILES["report_month"][0]
    work.calc.books[path.name].close()
    back = work.folder / "收到"
    back.mkdir()
    returning = Returning.of(path.read_bytes())
    returning.fill({"act.spare1.measure": "提前排班"})
    (back / "月报.xlsx").write_bytes(returning.saved())
    master = work.folder / "总表.xlsx"
    assert collect(master, [back], keeper=LedgerKeeper.of(master)).kept_reports == 1
    assert "收回的“月报.xlsx”填的内容：填回 1 格" in after_coming_back(work)


def after_coming_back(work: Workplace, *answers: str) -> str:
    work.calc.books["总表.xlsx"].activate()
    return work.click("report_month", *answers)


def test_a_report_gets_a_password_where_the_settings_say_so(
    work: Workplace, chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chosen / "数据.csv").write_text(TICKETS, "utf-8-sig")
    typed = iter(["长长的密码123", "长长的密码123"])
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: next(typed))
    settings: Any = work.book.sheets["设置"]
    row = next(row for row in range(1, 40) if settings.range((row, 1)).value == "汇总表加密")
    settings.range((row, 3)).value = "是"
    work.click("report_month")
    path = work.folder / FILES["report_month"][0]
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    with pytest.raises(Exception, match="zip"):
        openpyxl.load_workbook(path)
