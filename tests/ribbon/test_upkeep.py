"""新建总表, 检查本表, 设置, 帮助."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xladdin_udfs
import xlwings as xw

from xladdin.addin.buttons import buttons
from xladdin.app import handbook
from xladdin.master.read_master import read_master
from xladdin.ribbon import desk, windows_excel
from xladdin.ribbon.desk import NO_MACROS
from xladdin.ribbon.upkeep import free_path
from xladdin.unforeseen import log_file

from .desks import ROSTER, Workplace

pytestmark = pytest.mark.xdist_group("calc")
LIST = "检查结果"


def test_problems_are_listed_with_links_to_their_cells(work: Workplace) -> None:
    (row,) = work.rows_of("QC003")
    work.book.sheets[ROSTER].range(f"E{row}").value = "没有的岗位"
    told = work.click("check")
    assert "列在“检查结果”表里" in told
    assert work.last.mode == "critical"
    assert work.sheets[-1] == work.book.sheets.active.name == LIST
    used = work.book.sheets[LIST].used_range
    rows = used.value
    place = next(i for i, each in enumerate(rows) if each[1] == ROSTER and each[2] == f"E{row}")
    assert rows[place][0] == "错误"
    assert "没有的岗位" in rows[place][3]
    link = work.book.sheets[LIST].range((used.row + place, 3)).hyperlink
    assert ROSTER in link
    assert link.endswith(f"E{row}")


def test_checking_again_replaces_the_list(work: Workplace) -> None:
    work.click("check")
    before = work.book.sheets[LIST].used_range.value
    sheets = work.sheets
    work.click("check")
    assert work.sheets == sheets
    assert work.book.sheets[LIST].used_range.value == before


def test_a_form_that_was_put_in_is_no_sheet_of_the_master(work: Workplace, tmp_path: Path) -> None:
    def problems(name: str) -> list[str]:
        work.book.api.SaveCopyAs(str(tmp_path / name))
        return [each.message for each in read_master(tmp_path / name)[1]]

    before = problems("before.xlsx")
    (row,) = work.rows_of("QC003")
    work.select(ROSTER, f"B{row}")
    work.click("insert")
    work.click("check")
    assert problems("after.xlsx") == before


def test_when_all_is_well_no_list_stays(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    work.click("check")
    assert LIST in work.sheets
    monkeypatch.setattr(
        "xladdin.ribbon.master.read_master", lambda path: (read_master(path)[0], [])
    )
    told = work.click("check")
    assert "检查通过" in told
    assert "员工 6 人" in told
    assert LIST not in work.sheets


def test_the_settings_come_to_the_front(work: Workplace) -> None:
    assert work.click("settings") == ""
    assert work.book.sheets.active.name == "设置"


@pytest.mark.parametrize(
    "command", [each.id for each in buttons() if each.id not in ("create", "help", "undo")]
)
def test_another_workbook_is_no_master(calc: xw.App, work: Workplace, command: str) -> None:
    calc.books.add()
    told = work.click(command)
    assert "不是总表" in told
    assert "新建总表" in told
    assert not work.files()


def types(monkeypatch: pytest.MonkeyPatch, *texts: str | None) -> list[str]:
    """What is typed into Excel's box, one after the other; what comes back are the questions."""
    said, asked = iter(texts), list[str]()

    def typed(_: object, question: str, __: str = "") -> str | None:
        asked.append(question)
        return next(said)

    monkeypatch.setattr(windows_excel, "typed_text", typed)
    return asked


def test_without_any_workbook_the_way_is_shown(
    calc: xw.App, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "")
    work.book.close()
    assert "没有打开的工作簿" in work.click("generate")
    assert "从“使用说明”开始" in work.click("create", "no")


def test_in_protected_view_it_is_said_what_to_click(
    calc: xw.App, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.book.close()
    monkeypatch.setattr("xladdin.ribbon.desk.protected_view", lambda app: "收到的总表.xlsx")
    told = work.click("generate")
    assert "收到的总表.xlsx" in told
    assert "启用编辑" in told


def test_a_master_that_was_never_saved_has_no_folder(calc: xw.App, work: Workplace) -> None:
    work.book.impl.path = None
    assert work.book.api.Path == ""
    (row,) = work.rows_of("QC003")
    work.select(ROSTER, f"B{row}")
    assert "请先保存总表" in work.click("generate")


@pytest.mark.parametrize(("answer", "people"), [("yes", 40), ("no", 0)])
def test_a_new_master_is_made_and_opened(
    work: Workplace, answer: str, people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "")
    (Path.home() / "Documents").mkdir(parents=True)
    told = work.click("create", answer)
    path = Path.home() / "Documents" / "绩效考核总表.xlsx"
    assert str(path) in told
    assert work.calc.books.active.name == path.name
    assert len(read_master(path)[0].employees) == people


def test_a_new_master_is_of_the_kind_that_is_named(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path.home() / "Documents").mkdir(parents=True)
    asked = types(monkeypatch, "银行", "3")
    work.click("create", "no")
    assert "3　物业" in asked[0]
    assert asked[1].startswith("没有「银行」这一种。")
    content, problems = read_master(Path.home() / "Documents" / "绩效考核总表.xlsx")
    assert [each.name for each in content.library.positions] == ["物业客服", "物业客服主管"]
    assert problems == []


def test_no_new_master_without_an_answer(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    books = len(work.calc.books)
    work.click("create", "cancel")
    types(monkeypatch, None)
    work.click("create", "no")
    assert len(work.calc.books) == books


def test_a_new_file_takes_no_name_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "总表.xlsx").touch()
    (tmp_path / "总表 (2).xlsx").touch()
    assert free_path(tmp_path, "总表", lambda _: False).name == "总表 (3).xlsx"
    assert free_path(tmp_path, "总表", lambda path: "3" in path.name).name == "总表 (4).xlsx"


def test_the_help_tells_of_every_button_and_function(work: Workplace) -> None:
    work.click("help")
    assert work.calc.books.active.name == "绩效助手使用说明.xlsx"
    book = openpyxl.load_workbook(log_file().with_name("绩效助手使用说明.xlsx"))
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {each.label for each in buttons()} <= texts
    assert {each.tip for each in buttons()} <= texts
    assert {*xladdin_udfs.__all__} <= texts
    assert str(log_file()) in texts
    assert not [name for name in xladdin_udfs.__all__ if not getattr(xladdin_udfs, name).__doc__]


def test_the_help_is_the_manual_where_a_browser_opens(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    monkeypatch.setattr(handbook, "shown", lambda anchor="": asked.append(anchor) or True)
    before = len(work.calc.books)
    assert work.click("help") == ""
    assert (asked, len(work.calc.books)) == ([""], before)


def test_the_help_that_is_open_comes_back_to_the_front(work: Workplace) -> None:
    work.click("help")
    work.book.activate()
    work.click("help")
    assert work.calc.books.active.name == "绩效助手使用说明.xlsx"


@pytest.mark.parametrize("name", [ROSTER, None])
def test_a_sheet_of_ones_own_is_never_taken_for_the_list(work: Workplace, name: str | None) -> None:
    own = work.book.sheets[name] if name else work.book.sheets.add()
    own.range("A1").value = kept = own.range("A1").value or LIST
    own.name = LIST
    work.click("check")
    work.click("check")
    assert work.book.sheets[LIST].range("A1").value == kept
    assert sum(sheet.startswith(LIST) for sheet in work.sheets) >= 2


def test_settings_that_are_hidden_are_shown(work: Workplace) -> None:
    work.book.sheets["设置"].visible = False
    assert work.click("settings") == ""
    assert work.book.sheets.active.name == "设置"


def test_help_that_cannot_be_written_is_no_surprise(work: Workplace) -> None:
    (Path.home()).mkdir(parents=True, exist_ok=True)
    (Path.home() / ".xladdin").write_text("in the way")
    assert "使用说明写不进" in work.click("help")


# What is opened.


@pytest.mark.parametrize(
    ("command", "answers", "opened"),
    [
        ("check", (), "xladdin-"),
        ("create", ("no",), "绩效考核总表"),
        ("help", (), "使用说明"),
        ("generate", (), "2026-10_"),
        ("insert", (), "xladdin-"),
    ],
)
def test_only_what_was_made_here_is_opened_without_macros_or_links(
    work: Workplace,
    command: str,
    answers: tuple[str, ...],
    opened: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And what is opened afterwards, by the user, is as before."""
    types(monkeypatch, "")
    work.select("员工名册", f"B{work.rows_of('QC003')[0]}")
    before = len(work.calc.impl.openings)
    work.click(command, *answers)
    (opening,) = work.calc.impl.openings[before:]
    assert opened in opening.name
    assert (opening.update_links, opening.security) == (False, NO_MACROS)
    assert work.calc.api.AutomationSecurity == 1


def test_excel_is_as_before_where_a_workbook_does_not_open(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no workbook")

    monkeypatch.setattr(work.calc.impl, "noted_opening", broken)
    work.select("员工名册", f"B{work.rows_of('QC003')[0]}")
    assert "出了意外" in work.click("generate")
    assert work.calc.api.AutomationSecurity == 1


def test_one_place_opens_workbooks() -> None:
    folder = Path(desk.__file__).parent
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
    assert [name for name, text in texts.items() if ".books.open(" in text] == ["desk.py"]
    assert not [name for name, text in texts.items() if "xw.Book(" in text]
