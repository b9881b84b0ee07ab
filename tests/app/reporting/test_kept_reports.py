"""A report that is written again shows what came back on an earlier one; last month's targets are this month's."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.report_desk import NOVEMBER, ReportDesk
from xladdin.analysis.month_figures import MAIN
from xladdin.app.reporting.kept_reports import (
    NONE_KEPT,
    kept_reports,
    with_last_targets,
)
from xladdin.books.reports.finished_report import KEPT_NAME
from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.reports.report_identity import debrief_identity, monthly_identity
from xladdin.domain.people import Period
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import Sealing


@pytest.fixture
def desk(tmp_path: Path) -> ReportDesk:
    return ReportDesk(tmp_path)


def a_finding(desk: ReportDesk) -> str:
    """The row of a finding, as its keys have it in the middle."""
    keys = desk.keys("act.")
    return next(key.removeprefix("act.").removesuffix(".owner") for key in keys if ".owner" in key)


def test_what_was_filled_in_stands_in_its_cells_again(desk: ReportDesk) -> None:
    row = a_finding(desk)
    values = {
        f"act.{row}.owner": "赵敏",
        f"act.{row}.due": 46346,
        "act.spare1.says": "双十一",
        "team.size": 24,
        "next.solved": 0.95,
        "told.requests": "本月来量平稳。",
    }
    desk.fill(values)
    desk.collect()
    made = desk.report()
    assert made.put_back.endswith("填回 6 格，列在“收回内容”里")
    assert "收回的“报告.xlsx”" in made.put_back
    for key, value in values.items():
        found = desk.value(key)
        assert (found if isinstance(value, str) else float(_serial(found))) == value
    rows = list(desk.opened("报告.xlsx")[KEPT_NAME].iter_rows(values_only=True))[3:]
    assert ("总体情况·月末人数·团队", "24", "已经填回") in rows
    assert len(rows) == 6
    # Sent and brought back without another word, it says the same.
    desk.fill({})
    assert desk.collect().kept_reports == 0
    # With a word more, all of it is kept.
    desk.fill({"act.spare2.measure": "多排一个班"})
    desk.collect()
    assert set(desk.kept()[-1].inputs) == {*values, "act.spare2.measure"}


def _serial(value: object) -> float:
    import datetime as dt  # noqa: PLC0415

    if isinstance(value, dt.datetime):
        return (value - dt.datetime(1899, 12, 30)).days
    return float(str(value))


def test_a_figure_whose_data_are_others_now_is_told_and_not_put_back(desk: ReportDesk) -> None:
    desk.fill({"m.requests.12": 70, "act.spare1.says": "双十一"})
    desk.collect()
    with desk.data.open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))
    with desk.data.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([*rows[:-1], rows[-1], *[["X1", *rows[100][1:]]]])
    made = desk.report()
    (told,) = [one.message for one in made.problems if one.code == "not_put_back"]
    assert "那时62，现在63" in told
    assert desk.value("m.requests.12") == 63
    assert desk.value("act.spare1.says") == "双十一"


def test_next_months_targets_are_the_targets_of_the_next_report(desk: ReportDesk) -> None:
    desk.fill({"next.solved": 0.95, "next.reply_mean": 40})
    desk.collect()
    desk.report("十一月.xlsx", NOVEMBER)
    assert desk.value("target.solved", "十一月.xlsx") == 0.95
    assert desk.value("target.reply_mean", "十一月.xlsx") == 40
    assert desk.value("target.complaints", "十一月.xlsx") is None
    sheet = desk.opened("十一月.xlsx")["总体情况"]
    prompts = {one.prompt for one in sheet.data_validations.dataValidation if one.prompt}
    assert any("收回的“报告.xlsx”里的下月目标" in prompt for prompt in prompts)


def test_measures_of_last_month_stand_beside_this_months(desk: ReportDesk) -> None:
    row = a_finding(desk)
    desk.fill({f"act.{row}.owner": "赵敏", f"act.{row}.aim": "30秒", f"act.{row}.due": 46346})
    desk.collect()
    desk.report("十一月.xlsx", NOVEMBER)
    rows = list(desk.opened("十一月.xlsx")["分析与措施"].iter_rows(values_only=True))
    (found,) = [one for one in rows if one[0] == "上月1"]
    assert found[3] == "赵敏"
    assert "（目标：30秒）" in str(found[2])
    (done,) = desk.keys("past.", "十一月.xlsx")
    desk.fill({done: "已经做到"}, "十一月.xlsx", "十一月回来.xlsx")
    desk.collect()
    desk.report("十一月.xlsx", NOVEMBER)
    assert desk.value(done, "十一月.xlsx") == "已经做到"


def test_a_measure_whose_finding_is_gone_goes_to_another_line(desk: ReportDesk) -> None:
    row = next(key for key in desk.keys("act.") if key.startswith("act.no_complaints"))
    row = row.rpartition(".")[0]
    # Whoever takes the figure away takes the finding away, too.
    desk.fill({f"{row}.owner": "赵敏", "m.complaints.12": None})
    desk.collect()
    made = desk.report()
    assert [one.code for one in made.problems if one.code == "not_put_back"] == []
    assert desk.value(f"{row}.owner") == "赵敏"
    assert "投诉" in str(desk.value(f"{row}.says"))
    # It stays there once it has come back from there.
    desk.fill({f"{row}.aim": "月底前"})
    desk.collect()
    desk.report()
    assert (desk.value(f"{row}.owner"), desk.value(f"{row}.aim")) == ("赵敏", "月底前")


def test_a_debrief_is_ones_own(desk: ReportDesk) -> None:
    desk.debrief("QC001")
    desk.fill({"superior.comment": "进步明显。"}, "述职.xlsx")
    desk.collect()
    assert (desk.kept()[0].person, desk.kept()[0].period) == ("QC001", "2026-12")
    made = desk.debrief("QC001")
    assert len(made.put_back) == 1
    assert desk.value("superior.comment", "述职.xlsx") == "进步明显。"
    desk.debrief("QC002", "别人.xlsx")
    assert desk.value("superior.comment", "别人.xlsx") is None


def test_a_report_with_a_password_comes_back_with_it(desk: ReportDesk) -> None:
    word = "长长的密码123"
    desk.fill({"team.size": 24})
    path = desk.back / "报告.xlsx"
    path.write_bytes(Sealing(word).sealed(path.read_bytes()))
    assert "file_protected" in {one.code for one in desk.collect().problems}
    with passwords.tried([word]):
        assert desk.collect().kept_reports == 1
    desk.report(sealing=Sealing(word))
    assert (desk.folder / "报告.xlsx").read_bytes().startswith(b"\xd0\xcf\x11\xe0")


def test_the_command_puts_back_and_may_be_told_not_to(desk: ReportDesk) -> None:
    desk.fill({"team.size": 24})
    desk.collect()
    command = ("report", "monthly", desk.master, "--data", desk.data, "--period", "2026-10")
    command += ("--out", desk.folder / "报告.xlsx", "--overwrite")
    done = xladdin(*command)
    assert (done.code, "填回 1 格" in done.out) == (0, True)
    assert desk.value("team.size") == 24
    done = xladdin(*command, "--no-ledger")
    assert (done.code, "填回" in done.out) == (0, False)
    assert desk.value("team.size") == 23
    assert xladdin(*command, "--no-ledger", "--ledger", "sqlite:///x.db").code == 2


# Without files.


def test_without_a_ledger_nothing_is_kept(tmp_path: Path) -> None:
    assert kept_reports(tmp_path / "总表.xlsx") == NONE_KEPT
    assert NONE_KEPT.of(monthly_identity(Period("2026-10"))) is None


def test_the_month_before_january_is_december() -> None:
    december = monthly_identity(Period("2025-12"))
    known = KeptReport({}, {}, {}, "a.xlsx", "2026-01-05")
    kept = type(NONE_KEPT)("台账", {december: known})
    assert kept.before(monthly_identity(Period("2026-01"))) is known
    assert kept.before(debrief_identity(2026, "QC001", "")) is None


def test_what_last_months_report_says_counts_before_the_settings_and_is_told() -> None:
    inputs = {"next.solved": Decimal("0.95"), "next.gone": Decimal(3), "next.score": None}
    before = KeptReport(inputs, {}, {}, "月报.xlsx", "2026-11-03")
    ours = {"solved": Decimal("0.9"), "complaints": Decimal(3)}
    targets, problems = with_last_targets(ours, before, MAIN)
    assert targets == {"solved": Decimal("0.95"), "complaints": Decimal(3)}
    assert [one.code for one in problems] == ["target_decided", "target_unread"]
    assert "「设置」里是90%，上月报告里定的是95%" in problems[0].message
    assert with_last_targets(ours, None, MAIN) == (ours, [])
