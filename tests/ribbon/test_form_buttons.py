"""The buttons that write forms, in a real spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

import openpyxl
import pytest
import xlwings as xw

from tests.calc.hands import filter_out, select_areas, select_shape

from .desks import FIGURES, FIRST, POSITIONS, ROSTER, Workplace

pytestmark = pytest.mark.xdist_group("calc")
MONTHLY = "考核表/2026-10/网络销售部/2026-10_{}_月度绩效考核表.xlsx"
OTHER = MONTHLY.format("QC003_方嘉禾")


def pressed_before(number: int) -> Callable[[xw.App], bool]:
    """Esc is pressed before so many forms are begun (one look comes before the command)."""
    looks = iter(range(number + 1))
    return lambda _: next(looks, None) is None


def select_people(work: Workplace, *ids: str) -> None:
    work.select(ROSTER, "A1")
    select_areas(work.calc, *(f"B{row}" for row in work.rows_of(*ids)))


def set_up(work: Workplace, name: str, value: str) -> None:
    """Write a value into the settings, as text."""
    settings = work.book.sheets["设置"]
    row = next(row for row in range(1, 20) if settings.range(f"A{row}").value == name)
    settings.range(f"C{row}").value = f"'{value}"


# 生成考核表


def test_a_click_makes_the_form_of_the_selected_row_and_opens_it(work: Workplace) -> None:
    select_people(work, "QC003")
    told = work.click("generate")
    assert work.files() == [OTHER]
    assert str(work.folder / OTHER) in told
    assert "2026年10月" in told
    assert work.calc.books.active.name == "2026-10_QC003_方嘉禾_月度绩效考核表.xlsx"
    assert work.calc.books.active.sheets.active.name == "考核表"
    assert work.last.mode == "info"


def test_progress_is_shown_below_and_taken_away(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("generate")
    first, *rest = work.calc.impl.messages
    assert "1/1：方嘉禾（QC003）" in first
    assert "Esc" in first
    assert rest[-1] is False


def test_what_is_not_saved_yet_counts_and_the_master_stays_unsaved(work: Workplace) -> None:
    (row,) = work.rows_of("QC003")
    work.book.sheets[ROSTER].range(f"A{row}").value = "方禾"
    select_people(work, "QC003")
    work.click("generate")
    assert work.files() == [MONTHLY.format("QC003_方禾")]
    assert work.book.api.Saved is False
    on_disk = openpyxl.load_workbook(work.folder / work.book.name)[ROSTER]
    assert on_disk[f"A{row}"].value == "方嘉禾"


@pytest.mark.parametrize(("sheet", "place"), [("评价人", "C5"), (FIGURES, "F6")])
def test_any_sheet_with_ids_will_do(work: Workplace, sheet: str, place: str) -> None:
    work.select(sheet, place)
    work.click("generate")
    assert len(work.files("考核表/**/*.xlsx")) == 1


def test_a_row_of_figures_means_its_own_month(work: Workplace) -> None:
    work.select(FIGURES, "A5")
    assert work.book.sheets[FIGURES].range("A5").value == "2026-09"
    assert "2026年9月" in work.click("generate")
    assert work.files("考核表/2026-09/**/*.xlsx")


def test_the_month_is_that_of_the_settings(work: Workplace) -> None:
    set_up(work, "考核月份", "2026年9月")
    select_people(work, "QC003")
    assert "2026年9月" in work.click("generate")
    assert work.files() == [OTHER.replace("2026-10", "2026-09")]


def test_the_folder_is_that_of_the_settings(work: Workplace) -> None:
    set_up(work, "存放文件夹", '"发出去的表"')
    select_people(work, "QC003")
    work.click("generate")
    assert work.files() == [f"发出去的表/{OTHER}"]


# Opening a workbook takes as long as a click, and these clicks change nothing: one for them all.


def test_a_row_without_anybody_is_explained(work: Workplace) -> None:
    for place in ("A1", f"A{FIRST - 1}", "A900"):
        work.select(ROSTER, place)
        assert "请先在“员工名册”里点一下" in work.click("generate"), place
        assert work.last.mode == "critical"
        assert not work.files()


def test_a_month_that_is_none_is_not_guessed(work: Workplace) -> None:
    for month in ("13月", "全年", "2026-13", "2026-1101", "2026-09至2026-11"):
        set_up(work, "考核月份", month)
        select_people(work, "QC003")
        assert f"“设置”里的“考核月份”写的是「{month}」" in work.click("generate")
        assert not work.files()


def test_a_folder_that_is_none_is_not_made(work: Workplace) -> None:
    for folder in ("a:b", "%USERPROFILE%/表", "~/桌面", "file:///c/表", "长" * 200):
        set_up(work, "存放文件夹", folder)
        select_people(work, "QC003")
        assert "“设置”里的“存放文件夹”写的是" in work.click("generate"), folder
        assert not work.files()


def test_a_row_without_an_id_is_named(work: Workplace) -> None:
    (row,) = work.rows_of("QC003")
    work.book.sheets[ROSTER].range(f"C{row}").value = None
    work.select(ROSTER, f"B{row}")
    assert f"选中的第 {row} 行没有填工号" in work.click("generate")


def test_a_form_that_is_open_is_not_written_over(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("generate")
    select_people(work, "QC003")
    assert "请关闭后再生成" in work.click("generate")


def test_esc_stops_the_other_months_too(work: Workplace) -> None:
    work.select(FIGURES, "A1:A300")
    told = work.click("generate", stop=pressed_before(1))
    assert len(work.files()) == 1
    assert "还有 3 份没有生成" in told
    assert "共 1 份" in told
    told = work.click("batch", "ok", stop=pressed_before(0))
    assert "选中的 2 人" in told
    assert len(work.files()) == 1


def test_forms_that_are_out_are_not_given_other_tokens(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("rating")
    before = work.files()
    (work.folder / "能力考核/评价人对照表（人力资源专用）.xlsx").unlink()
    assert "评价人对照表不见了" in work.click("rating")
    assert {*work.files()} < {*before}


def test_a_selected_picture_is_no_row(work: Workplace) -> None:
    work.select(ROSTER, "A1")
    select_shape(work.calc)
    assert "请先在“员工名册”里点一下" in work.click("generate")


def test_a_person_who_is_not_in_the_roster_is_named(work: Workplace) -> None:
    work.book.sheets[FIGURES].range("C5").value = "QC999"
    work.select(FIGURES, "C5")
    assert "QC999" in work.click("generate")
    assert not work.files()


def test_somebody_without_a_scheme_is_told_of(work: Workplace) -> None:
    select_people(work, "QC001")
    told = work.click("generate")
    assert "没有生成2026年10月的考核表" in told
    assert "没有考核方案" in told
    assert work.last.mode == "critical"


def test_errors_elsewhere_do_not_stop_but_are_mentioned(work: Workplace) -> None:
    (row,) = work.rows_of("QC004")
    work.book.sheets[ROSTER].range(f"E{row}").value = "没有的岗位"
    select_people(work, "QC003")
    told = work.click("generate")
    assert work.files() == [OTHER]
    assert "处错误" in told
    assert "检查本表" in told


def filled(work: Workplace) -> None:
    """A form that somebody has opened, filled in and saved."""
    select_people(work, "QC003")
    work.click("generate")
    work.calc.books.active.close()
    form = openpyxl.load_workbook(work.folder / OTHER)
    form.worksheets[0]["A1"] = "填过了"
    form.save(work.folder / OTHER)
    select_people(work, "QC003")


@pytest.mark.parametrize(("answer", "lost"), [("yes", True), ("no", False)])
def test_what_somebody_filled_in_is_lost_only_when_agreed(
    work: Workplace, answer: str, lost: bool
) -> None:
    filled(work)
    told = work.click("generate", answer)
    assert "有人填过或改过" in told
    text = openpyxl.load_workbook(work.folder / OTHER).worksheets[0]["A1"].value
    assert (text != "填过了") is lost


@pytest.mark.parametrize(("answer", "moved"), [("yes", True), ("no", False)])
def test_a_form_of_another_department_moves_only_when_agreed(
    work: Workplace, answer: str, moved: bool
) -> None:
    select_people(work, "QC003")
    work.click("generate")
    work.calc.books.active.close()
    (row,) = work.rows_of("QC003")
    heads = [work.book.sheets[ROSTER].range((FIRST - 1, column)).value for column in range(1, 12)]
    column = heads.index("部门") + 1
    work.book.sheets[ROSTER].range((row, column)).value = "网销一部"
    select_people(work, "QC003")
    told = work.click("generate", answer)
    assert "留在原处" in told
    assert work.files() == [OTHER.replace("网络销售部", "网销一部") if moved else OTHER]


def test_many_people_are_asked_about_first(work: Workplace) -> None:
    work.select(ROSTER, "A1:A300")
    assert "选中了 6 人" in work.click("insert", "cancel")
    work.select(ROSTER, "A1:A300")
    assert "选中了 6 人" in work.click("generate", "cancel")
    assert not work.files()


# 批量生成


def test_selected_rows_are_done(work: Workplace) -> None:
    select_people(work, "QC002", "QC004")
    told = work.click("batch", "ok")
    assert "选中的 2 人" in told
    assert [name.split("_")[1] for name in work.files()] == ["QC002", "QC004"]
    assert len(work.calc.books) == 1


def test_rows_that_a_filter_leaves_are_done(work: Workplace) -> None:
    sheet = work.book.sheets[ROSTER]
    filter_out(sheet, *work.rows_of("QC001", "QC002", "QC024", "QC028"))
    select_people(work, "QC003")
    assert "筛选出的 2 人" in work.click("batch", "ok")
    assert [name.split("_")[1] for name in work.files()] == ["QC003", "QC004"]


def test_hidden_rows_of_a_selection_are_left_out(work: Workplace) -> None:
    sheet = work.book.sheets[ROSTER]
    filter_out(sheet, *work.rows_of("QC003"))
    first, last = work.rows_of("QC002", "QC004")
    work.select(ROSTER, f"A{first}:G{last}")
    assert "选中的 2 人" in work.click("batch", "ok")
    assert [name.split("_")[1] for name in work.files()] == ["QC002", "QC004"]


@pytest.mark.parametrize("sheet", [ROSTER, "使用说明", FIGURES])
def test_without_any_choice_it_is_everybody(work: Workplace, sheet: str) -> None:
    work.select(sheet, "A1")
    told = work.click("batch", "ok")
    assert "全部 6 人" in told
    assert "没有考核方案" in told
    assert [name.split("_")[1] for name in work.files()] == ["QC028", "QC002", "QC003", "QC004"]


def test_nothing_is_written_without_agreement(work: Workplace) -> None:
    work.select(ROSTER, "A1")
    work.click("batch", "cancel")
    assert not work.files()


def test_esc_stops_between_two_people_and_the_next_click_goes_on(work: Workplace) -> None:
    work.select(ROSTER, "A1")
    told = work.click("batch", "ok", stop=pressed_before(2))
    assert len(work.files()) == 2
    assert "按 Esc 停下了，还有 2 份没有生成" in told
    assert all(openpyxl.load_workbook(work.folder / name) for name in work.files())
    assert work.calc.impl.messages[-1] is False
    assert "共 4 份" in work.click("batch", "ok")


# 插入到本工作簿


def test_a_form_becomes_a_sheet_of_the_open_workbook(work: Workplace) -> None:
    before = work.sheets
    select_people(work, "QC003")
    assert work.click("insert") == ""
    assert work.sheets == [*before, "方嘉禾（QC003） 2026-10"]
    sheet = work.book.sheets[-1]
    assert work.book.sheets.active.name == sheet.name
    assert not work.files()
    assert len(work.calc.books) == 1
    texts = [str(value) for row in sheet.used_range.value for value in row if value is not None]
    assert "2026年10月月度绩效考核表" in texts
    assert "方嘉禾" in texts


def test_the_sheet_computes_in_its_new_place(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("insert")
    sheet = work.book.sheets[-1]
    formulas = [text for row in sheet.used_range.formula for text in row if str(text)[:1] == "="]
    assert formulas
    assert not [text for text in formulas if "file:" in text or "[" in text]
    work.calc.calculate()
    assert "#" not in "".join(str(v) for row in sheet.used_range.value for v in row if v)


def test_each_insertion_is_a_sheet_of_its_own(work: Workplace) -> None:
    for _ in range(2):
        select_people(work, "QC003")
        work.click("insert")
    assert work.sheets[-2:] == ["方嘉禾（QC003） 2026-10", "方嘉禾（QC003） 2026-10 (2)"]


def test_a_protected_workbook_takes_no_sheet(work: Workplace) -> None:
    work.book.impl.xl.protect("")
    select_people(work, "QC003")
    assert "结构有密码保护" in work.click("insert")
    work.book.impl.xl.unprotect("")


# 工作分析表, 评分表, 个人总结


@pytest.mark.parametrize(
    ("sheet", "place", "name"),
    [
        (ROSTER, f"A{FIRST + 2}", "网销客服"),
        (POSITIONS, "B5", "售后客服"),
        ("职责", "C5", "售后客服"),
    ],
)
def test_the_job_analysis_of_a_position(work: Workplace, sheet: str, place: str, name: str) -> None:
    work.select(sheet, place)
    told = work.click("job")
    assert work.files() == [f"工作分析/工作分析表_{name}.xlsx"]
    assert work.calc.books.active.name == f"工作分析表_{name}.xlsx"
    assert "工作分析表生成好了" in told


def test_a_row_without_a_position_is_explained(work: Workplace) -> None:
    work.select("设置", "A5")
    assert "请先在“岗位”表里点一下" in work.click("job")


def test_the_rating_forms_of_a_person(work: Workplace) -> None:
    select_people(work, "QC003")
    told = work.click("rating")
    assert told.splitlines()[1] == str(work.folder / "能力考核")
    assert any("绩效总结" in name for name in work.files())
    assert len(work.files("能力考核/发给评价人/**/*.xlsx")) >= 2
    assert work.files("能力考核/*.xlsx") == ["能力考核/评价人对照表（人力资源专用）.xlsx"]


def test_the_personal_summary(work: Workplace) -> None:
    select_people(work, "QC003")
    work.click("summary")
    assert work.files() == ["个人工作总结/网络销售部/2026-10_QC003_方嘉禾_个人工作总结表.xlsx"]
    assert "个人工作总结表" in work.calc.books.active.name
