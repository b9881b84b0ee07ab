"""Debriefs from the command line: who gets which file, from what, and what is told."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.app.command import xladdin
from tests.patch.masters import write_master
from xladdin.app.reporting.debriefs import Asked, debriefs
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.company.kept_results import KeptForm
from xladdin.domain.people import Employee, Period, State
from xladdin.problems import Place

HEAD = ("工单编号", "处理人", "提交时间", "解决时间", "状态", "满意度", "是否投诉")
TEAM = tuple(
    Employee(id=f"QC{number:03d}", name=name, department="网络销售部", position="网销客服")
    for number, name in enumerate(("陆雨桐", "方嘉禾", "何思琪", "宋知遥", "周沐阳"), start=1)
)
OTHER = Employee(id="QC009", name="林晚晴", department="售后部", position="售后客服")
GONE = Employee(
    id="QC010", name="许星河", department="售后部", position="售后客服", left=dt.date(2024, 5, 1)
)  # fmt: skip
PEOPLE = (*TEAM, OTHER, GONE)
SETTINGS = (Setting("公司名称", "青禾电商"), Setting("培训日期 QC001", "2026-05-12 产品知识"))


def tickets(path: Path, people: Sequence[str], until: dt.date = dt.date(2026, 12, 31)) -> Path:
    """A request a day and person from January 2025 on: in the second year faster and with better marks."""
    rows: list[Sequence[object]] = []
    first = dt.date(2025, 1, 1)
    for n in range((until - first).days + 1):
        day = first + dt.timedelta(days=n)
        for i, name in enumerate(people):
            asked = dt.datetime.combine(day, dt.time(10, i))
            minutes = (15 if day.year == 2025 else 10) + i
            happy = "满意" if n % (5 if day.year == 2025 else 10) else "不满意"
            done = asked + dt.timedelta(minutes=minutes)
            rows.append(
                (f"T{n}-{i}", name, asked, done, "已解决", happy, "是" if day.day == 7 else "否")
            )
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [one.name for one in (*TEAM, OTHER)]
    return tickets(tmp_path_factory.mktemp("data") / "工单.csv", [*names, "外来的人"])


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("master") / "总表.xlsx"
    return write_master(path, [], employees=PEOPLE, mappings=(), settings=SETTINGS)


def company() -> Company:
    return Company(PEOPLE, settings=SETTINGS, file="总表.xlsx")


def debrief(master: Path, out: Path, *more: str | Path) -> Any:
    return xladdin("report", "debrief", master, "--year", "2026", "--out", out, *more)


def texts(path: Path, sheet: str) -> str:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


def everything(path: Path) -> str:
    book = CalamineWorkbook.from_path(path)
    return "\n".join(texts(path, name) for name in book.sheet_names)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.xlsx"))


def test_everybody_and_every_department_has_a_workbook(
    master: Path, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "述职"
    done = debrief(master, out, "--data", data)
    assert done.code == 0, done.err
    assert names(out) == [
        "售后部/2026年_QC009_林晚晴_述职报告.xlsx",
        "售后部/2026年_售后部_部门述职报告.xlsx",
        *(f"网络销售部/2026年_{one.id}_{one.name}_述职报告.xlsx" for one in TEAM),
        "网络销售部/2026年_网络销售部_部门述职报告.xlsx",
    ]
    assert "写好了 8 份述职报告" in done.out
    assert "外来的人" in done.err
    paths = [out / name for name in names(out)]
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)
    mine = out / f"网络销售部/2026年_{TEAM[0].id}_{TEAM[0].name}_述职报告.xlsx"
    page = texts(mine, "述职报告")
    assert (
        "平均处理时间：从去年的15分钟（365条）到今年的10分钟（365条），比去年缩短33.3%，好转"
        in page
    )
    assert "每月投诉数：从去年的1次（12个整月）到今年的1次（12个整月），与去年持平" in page
    assert "参加“产品知识”后" in page
    told = everything(mine)
    for one in (*TEAM[1:], OTHER):
        assert one.name not in told
        assert one.id not in told
    assert "外来的人" not in told
    assert "工单.csv" not in told
    whole = out / "网络销售部/2026年_网络销售部_部门述职报告.xlsx"
    assert "外来的人" in texts(whole, "数据质量")
    assert not any(one.name in texts(whole, "述职报告") for one in TEAM)
    again = debrief(master, out, "--department", "售后部", "--data", data)
    assert again.code == 0, again.err


def test_one_person_or_one_department_may_be_a_single_file(
    master: Path, data: Path, tmp_path: Path
) -> None:
    mine, whole = tmp_path / "我.xlsx", tmp_path / "部门.xlsx"
    assert debrief(master, mine, "--employee", "QC002", "--data", data).code == 0
    assert "方嘉禾（QC002）" in texts(mine, "述职报告")
    assert debrief(master, whole, "--department", "售后部", "--data", data).code == 0
    assert "部门全体" in texts(whole, "述职报告")
    several = debrief(master, tmp_path / "都.xlsx", "--employee", "QC001", "--employee", "QC002")
    assert several.code == 1
    assert "请写文件夹" in several.err
    assert not (tmp_path / "都.xlsx").exists()


def test_two_people_asked_for_make_no_department(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "述职"
    assert debrief(master, out, "--employee", "QC001", "--employee", "QC009").code == 0
    assert len(names(out)) == 2


def test_who_was_not_there_and_who_is_not_known_is_told(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "述职"
    done = debrief(master, out, "--employee", "QC010", "--employee", "QC001")
    assert done.code == 0
    assert "许星河（QC010）2026年没有在岗的月份（2024-05-01 已离职）" in done.err
    alone = debrief(master, out, "--employee", "QC010")
    assert alone.code == 1
    assert "没有要写述职报告的人" in alone.err
    unknown = debrief(master, out, "--employee", "QC777")
    assert unknown.code == 1
    assert "名册中没有工号「QC777」" in unknown.err
    assert debrief(master, out, "--department", "没有的部门").code == 1


def test_without_data_and_ledger_everything_is_asked_for(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "我.xlsx"
    done = debrief(master, out, "--employee", "QC001")
    assert done.code == 0
    assert "还缺：今年的满意率" in texts(out, "述职报告")
    assert "没有服务数据，请在黄色格里填写" in texts(out, "数据质量")


def test_a_year_that_is_not_over_says_until_when(master: Path, tmp_path: Path) -> None:
    few = tickets(tmp_path / "工单.csv", [one.name for one in TEAM], dt.date(2026, 4, 20))
    out = tmp_path / "我.xlsx"
    done = debrief(master, out, "--employee", "QC001", "--data", few)
    assert "2026年的数据到4月" in done.out
    page = texts(out, "述职报告")
    assert "2026年1月至2026年4月（全年没有结束）" in page
    assert "从去年同期的" in page
    assert "4月只有4月1日至4月20日" in texts(out, "月度数据")


def test_records_of_other_years_or_people_are_told(master: Path, tmp_path: Path) -> None:
    strangers = tickets(tmp_path / "a.csv", ["外来的人"])
    done = debrief(master, tmp_path / "一.xlsx", "--employee", "QC001", "--data", strangers)
    assert "没有2025年和2026年名册上的人的请求" in done.err
    old = tickets(tmp_path / "b.csv", ["陆雨桐"], dt.date(2025, 3, 31))
    done = debrief(master, tmp_path / "二.xlsx", "--employee", "QC001", "--data", old)
    assert "没有2026年的请求" in done.err
    none = debrief(
        master, tmp_path / "三.xlsx", "--employee", "QC001", "--data", tmp_path / "没有.csv"
    )
    assert none.code == 1
    assert not (tmp_path / "三.xlsx").exists()


def test_a_file_that_is_in_the_way_keeps_no_other_from_being_written(
    master: Path, tmp_path: Path
) -> None:
    out = tmp_path / "述职"
    path = out / "网络销售部/2026年_QC001_陆雨桐_述职报告.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    done = debrief(master, out, "--employee", "QC001", "--employee", "QC002")
    assert done.code == 1
    assert "不是生成的述职报告" in done.err
    assert "写好了 1 份" in done.out
    assert path.read_bytes() == b"mine"
    over = debrief(master, out, "--employee", "QC001", "--employee", "QC002", "--overwrite")
    assert over.code == 0


def test_a_debrief_may_have_a_password_and_the_settings_recall_it(
    master: Path, tmp_path: Path
) -> None:
    word, out = tmp_path / "密码.txt", tmp_path / "我.xlsx"
    word.write_text("correct-horse-9\n", "utf-8")
    word.chmod(0o600)
    done = debrief(master, out, "--employee", "QC001", "--password-file", word)
    assert done.code == 0, done.err
    assert out.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    wanted = tmp_path / "总表.xlsx"
    settings = (*SETTINGS, Setting("汇总表加密", "是"))
    write_master(wanted, [], employees=PEOPLE, mappings=(), settings=settings)
    told = debrief(wanted, tmp_path / "又.xlsx", "--employee", "QC001")
    assert "要有密码请加 --password" in told.err


# The ledger's results.


def form(person: str, month: str, total: str, grade: str = "良好") -> KeptForm:
    results = {"total": Decimal(total), "grade": grade}
    return KeptForm(person, Period(month), results, Place("绩效台账.db", field="第1条"))


def kept(*forms: KeptForm) -> dict[tuple[str, Period], KeptForm]:
    return {(one.person, one.period): one for one in forms}


def made(tmp_path: Path, known: Company, *forms: KeptForm, **asked: Any) -> list[Path]:
    return debriefs(known, Asked(2026, tmp_path / "述职", **asked), kept(*forms)).written


def test_totals_and_grades_are_ones_own_and_the_median_is_the_teams(tmp_path: Path) -> None:
    forms = [form(one.id, "2026-03", str(80 + 5 * i)) for i, one in enumerate(TEAM[:5])]
    forms.append(form(TEAM[0].id, "2025-03", "71.5", "一般"))
    (path,) = made(tmp_path, company(), *forms, ids=[TEAM[0].id])
    told = texts(path, "考核结果")
    assert "80" in told
    assert "71.5" in told
    assert "一般" in told
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("考核结果").to_python()
    march = next(row for row in rows if row[0] == "3月")
    assert march[:6] == ["3月", 71.5, "一般", 80, "良好", "▲8.5分"]
    assert march[7:9] == ["不足5人", 90]
    assert "95" not in told


def test_a_departments_totals_are_a_mean_of_five_at_least(tmp_path: Path) -> None:
    forms = [form(one.id, "2026-03", str(80 + 5 * i), "优秀") for i, one in enumerate(TEAM[:5])]
    forms += [form(one.id, "2026-04", "77") for one in TEAM[:4]]
    path = made(tmp_path, company(), *forms, department="网络销售部")[0]
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("考核结果").to_python()
    march, april = (next(row for row in rows if row[0] == f"{month}月") for month in (3, 4))
    assert march[3:5] == [90, 5]
    assert april[3:5] == ["", ""]
    assert april[8] == "不足5人"
    told = texts(path, "考核结果")
    assert "优秀" in told
    assert "77" not in told


def test_a_departments_grades_are_not_told_of_four_people(tmp_path: Path) -> None:
    forms = [form(one.id, "2026-03", "80", "优秀") for one in TEAM[:4]]
    path = made(tmp_path, company(), *forms, department="网络销售部")[0]
    assert "优秀" not in texts(path, "考核结果")


def test_a_form_without_a_total_has_no_grade(tmp_path: Path) -> None:
    open_ = replace(form(TEAM[0].id, "2026-03", "0"), results={"total": "待定", "grade": "良好"})
    (path,) = made(tmp_path, company(), open_, ids=[TEAM[0].id])
    assert "良好" not in texts(path, "考核结果")


def test_somebody_suspended_is_told(tmp_path: Path) -> None:
    away = OTHER.model_copy(update={"state": State.SUSPENDED})
    known = replace(company(), employees=(*TEAM, away))
    found = debriefs(known, Asked(2026, tmp_path, ids=[away.id, TEAM[0].id]))
    assert ["停薪休假中" in one.message for one in found.problems] == [True]


def test_without_records_the_ledger_says_how_far_the_year_has_gone(tmp_path: Path) -> None:
    forms = [form(TEAM[1].id, "2026-08", "80"), form(TEAM[0].id, "2026-03", "80")]
    forms.append(form(OTHER.id, "2026-11", "80"))
    (path,) = made(tmp_path, company(), *forms, ids=[TEAM[0].id])
    assert "2026年1月至2026年8月（全年没有结束）" in texts(path, "述职报告")


def test_of_whom_there_are_no_records_is_told(master: Path, tmp_path: Path) -> None:
    some = tickets(tmp_path / "工单.csv", [TEAM[0].name], dt.date(2026, 2, 28))
    done = debrief(master, tmp_path / "述职", "--department", "网络销售部", "--data", some)
    assert (
        "没有方嘉禾（QC002）、何思琪（QC003）、宋知遥（QC004）、周沐阳（QC005）的请求" in done.err
    )
    assert done.code == 0
