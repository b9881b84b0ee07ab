"""Exports into the master workbook: what is certain is written, the rest is told."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.app.command import xladdin
from tests.patch.masters import CONVERSION, EMPLOYEES, REPLY, ROWS, SALES, write_master
from tests.patch.parts import by_openpyxl, changed, differing, parts, sound
from tests.workbench.office import Office
from xladdin.app.imports.importing import Imported, import_exports
from xladdin.company.settling import state_on
from xladdin.domain.people import Period
from xladdin.master.all_sheets import SHEETS
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master
from xladdin.patch.saving import backups

NOVEMBER = Period("2026-11")
EARLY, LATE = dt.date(2026, 12, 1), dt.date(2026, 12, 5)
EXPORT = """\
店铺客服绩效,,,,,
2026-11-01 至 2026-11-30,,,,,
旺旺昵称,客服销售额,咨询人数,询单转化率,平均响应时长（秒）,会员数
晴川-小雨,"155,307.28",120,60%,00:00:29,3
晴川－禾苗,97793.24,98,105%,-,1
店铺汇总值,253100.52,218,58%,33,4
店铺平均值,126550.26,109,58%,33,2
"""
PART = f"xl/worksheets/sheet{SHEETS.index(FIGURES) + 1}.xml"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return write_master(tmp_path / "总表.xlsx")


def export(folder: Path, text: str = EXPORT, name: str = "赤兔.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def run(master: Path, *paths: Path, today: dt.date = LATE) -> Imported:
    return import_exports(master, paths, NOVEMBER, today=today)


def values(path: Path) -> list[list[Any]]:
    """The lines of the figures, from period to origin."""
    rows = by_openpyxl(path, FIGURES.name).iter_rows(min_row=3, values_only=True)
    return [list(row) for row in rows if any(row)]


def codes(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems]


def test_figures_go_into_their_rows_and_new_ones_below(
    master: Path, tmp_path: Path, office: Office
) -> None:
    before = master.read_bytes()
    done = run(master, export(tmp_path))
    assert done.counts == {
        "figures": 5, "added": 1, "filled": 1, "changed": 2, "same": 1, "kept": 0
    }  # fmt: skip
    origin = "赤兔.csv：{}".format
    sales, rate = origin("客服销售额"), origin("询单转化率")
    assert values(master) == [
        ["2026-10", "1001", None, SALES, None, 120000, None, None, None, None],
        ["2026-11", "1001", "陆雨桐", SALES, 145000, 155307.28, None, None, "最终", sales],
        ["2026-11", "1001", None, CONVERSION, None, 0.6, None, None, "最终", rate],
        ["2026-11", "1002", None, SALES, 109000, 97793.24, None, "财务口径", "最终", sales],
        ["2026-11", "1002", None, CONVERSION, None, 1.05, None, None, "最终", rate],
        [
            "2026-11",
            "1001",
            "陆雨桐",
            REPLY,
            None,
            29,
            None,
            None,
            "最终",
            origin("平均响应时长（秒）"),
        ],
    ]
    assert changed(before, master) <= {PART, "xl/styles.xml"}
    assert {sheet for sheet, _ in differing(before, master)} == {FIGURES.name}
    sheet = by_openpyxl(master, FIGURES.name)
    assert [sheet[f"F{row}"].number_format for row in (4, 5, 7, 8)] == [
        "General", "0.00%", "0.00%", "General"
    ]  # fmt: skip
    sound(master.read_bytes(), master)
    with office.open(master) as document:
        total = 120000 + 155307.28 + 0.6 + 97793.24 + 1.05 + 29
        assert document.get("我的汇总", "A1") == pytest.approx(total)
    (backup,) = backups(master)
    assert backup.read_bytes() == before


def test_what_was_written_is_what_the_reader_reads(master: Path, tmp_path: Path) -> None:
    run(master, export(tmp_path))
    content, problems = read_master(master)
    assert not [problem for problem in problems if problem.place.sheet == FIGURES.name]
    found = {
        (f.actual.period, f.actual.employee, f.actual.indicator): f.actual.actual
        for f in content.figures
    }
    assert found["2026-11", "1002", "inquiry_conversion"] == Decimal("1.05")
    assert found["2026-11", "1001", "response_time"] == 29


def test_a_second_run_changes_nothing(master: Path, tmp_path: Path) -> None:
    run(master, export(tmp_path))
    after = master.read_bytes()
    done = run(master, export(tmp_path))
    assert done.counts["same"] == done.counts["figures"] == 5
    assert not done.written
    assert master.read_bytes() == after
    assert "没有需要写入的改动" in done.told[-1]


def test_changes_are_told_from_old_to_new(master: Path, tmp_path: Path) -> None:
    done = run(master, export(tmp_path))
    told = [problem for problem in done.problems if problem.code == "value_changed"]
    assert [problem.message for problem in told] == [
        "方嘉禾的「销售目标达成」由「90000」改为 97793.24元（原来从「旧.csv：客服销售额」导入）",
        "方嘉禾的「日常询盘转换率」由「54.8%」改为 105%（原来是手填的）",
    ]
    assert str(told[0].place) == "总表.xlsx!月度目标与实际!F6"


def test_final_figures_are_not_overwritten_by_provisional_ones(
    master: Path, tmp_path: Path
) -> None:
    done = run(master, export(tmp_path), today=EARLY)
    assert done.state == "暂定"
    assert done.counts["kept"] == 1
    rows = values(master)
    assert rows[3][5:9] == [90000, None, "财务口径", "最终"]
    assert rows[1][8] == rows[4][8] == rows[5][8] == "暂定"
    kept = next(problem for problem in done.problems if problem.code == "final_kept")
    assert kept.message.startswith("已是最终数据「90000」，没有用暂定的 97793.24元（赤兔.csv")
    again = run(master, export(tmp_path))
    assert (again.counts["changed"], again.counts["same"]) == (1, 4)
    assert {row[8] for row in values(master)[1:]} == {"最终"}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-11-05", "暂定"),
        ("2026-12-03", "暂定"),
        ("2026-12-04", "最终"),
        ("2027-05-01", "最终"),
    ],
)
def test_a_month_is_final_four_days_after_its_end(day: str, state: str) -> None:
    assert state_on(NOVEMBER, dt.date.fromisoformat(day)) == state


def test_the_table_grows_when_it_is_full(master: Path, tmp_path: Path) -> None:
    write_master(master, ROWS, spare=0)
    text = "工号,平均响应时长（秒）,中差评率\n1001,29,1.7%\n1002,41,2%\n1004,44,80.5%\n"
    done = run(master, export(tmp_path, text))
    assert done.counts["added"] == 6
    sound(master.read_bytes(), master)
    assert 'ref="A2:J13"' in parts(master)["xl/tables/table1.xml"].decode()
    sheet = by_openpyxl(master, FIGURES.name)
    formats = [[sheet[f"{c}{row}"].number_format for c in "EF"] for row in range(8, 14)]
    assert formats == [["General"] * 2, ["0.00%"] * 2] * 3


def test_two_files_that_differ_leave_both_out(master: Path, tmp_path: Path) -> None:
    one = export(tmp_path, "工号,客服销售额\n1001,1000\n1002,5\n", "甲.csv")
    two = export(tmp_path, "工号,客服销售额\n1001,2000\n1002,5\n", "乙.csv")
    done = run(master, one, two)
    assert codes(done).count("figures_differ") == 1
    assert done.counts["figures"] == 1
    assert values(master)[1][5] is None


def test_a_formula_and_a_merged_cell_are_left_alone(master: Path, tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    rows[1]["actual"] = "=100000+5"
    write_master(master, rows)
    done = run(master, export(tmp_path))
    assert "formula_kept" in codes(done)
    assert values(master)[1][5] == "=100000+5"


def test_a_figure_that_stands_twice_is_not_touched(master: Path, tmp_path: Path) -> None:
    write_master(master, [*ROWS, ROWS[1]])
    done = run(master, export(tmp_path))
    assert "duplicate_actual" in codes(done)
    assert [row[5] for row in values(master) if row[1:4:2] == ["1001", SALES]][1:] == [None, None]


def test_ids_and_months_as_the_column_has_them(master: Path, tmp_path: Path) -> None:
    """A clerk who typed numbers looks them up as numbers."""
    write_master(master, [{**ROWS[0], "employee": 1001}])
    run(master, export(tmp_path))
    assert {row[1] for row in values(master)} == {1001, 1002}


def test_columns_that_a_clerk_took_away(master: Path, tmp_path: Path) -> None:
    """State and origin are told to be missing, and the figures are written all the same."""
    own = tmp_path / "自己的.xlsx"
    book = openpyxl.load_workbook(master)
    book[FIGURES.name].delete_cols(9, 2)
    del book[FIGURES.name].tables["tbl_figures"]
    book.save(own)
    done = run(own, export(tmp_path))
    assert codes(done).count("column_missing") == 2
    assert done.counts["added"] == 1
    assert values(own)[-1][:8] == ["2026-11", "1001", "陆雨桐", REPLY, None, 29, None, None]


def test_no_room_below_the_table(master: Path, tmp_path: Path) -> None:
    """All of it is written, or nothing."""
    write_master(master, ROWS, spare=0, note="制表人：")
    before = master.read_bytes()
    done = run(master, export(tmp_path))
    assert codes(done)[-1] == "no_room"
    assert str(done.problems[-1].place) == "总表.xlsx!月度目标与实际!B8"
    assert (done.written, done.counts, master.read_bytes()) == (False, {}, before)


@pytest.mark.parametrize("owner", ["~$总表.xlsx", ".~lock.总表.xlsx#"])
def test_a_workbook_that_is_open_is_not_written(master: Path, tmp_path: Path, owner: str) -> None:
    before = master.read_bytes()
    (tmp_path / owner).write_bytes(b"")
    done = run(master, export(tmp_path))
    assert codes(done)[-1] == "file_locked"
    assert (done.written, done.counts) == (False, {})
    assert master.read_bytes() == before


def test_nothing_but_the_workbook_is_there(tmp_path: Path) -> None:
    assert codes(run(tmp_path / "没有.xlsx")) == ["file_missing"]
    other = tmp_path / "名册.csv"
    other.write_text("工号,姓名\n", encoding="utf-8")
    assert codes(run(other)) == ["file_not_workbook"]


def command(master: Path, *arguments: str | Path) -> tuple[int, str, str]:
    done = xladdin("import", master, *arguments, "--period", "2026-11")
    return done.code, done.out, done.err


def test_the_command(master: Path, tmp_path: Path) -> None:
    code, out, err = command(master, export(tmp_path))
    assert code == 0
    assert "赤兔.csv：2 行，认出 2 人，去掉汇总行 2 行，空值 1 格" in out
    assert "没有用到的列：会员数" in out
    assert re.search(r"2026年11月（(暂定|最终)）：新增 1 条，填入 1 条，改动 \d 条", out)
    assert "改为 105%" in err


def test_the_command_with_somebody_unknown(master: Path, tmp_path: Path) -> None:
    unknown = export(tmp_path, EXPORT + "晴川-外人,1,1,1%,1,1\n")
    code, out, err = command(master, unknown, "--json")
    assert code == 1
    data = json.loads(out)
    assert data["files"][0]["unmatched"] == ["名册里没有「晴川-外人」"]
    assert data["counts"]["added"] == 1
    assert [p["code"] for p in data["problems"] if p["severity"] == "error"] == ["unknown_employee"]
    assert err == ""


@pytest.mark.parametrize("arguments", [["--period", "13月"], []])
def test_wrong_usage(master: Path, arguments: Sequence[str]) -> None:
    assert xladdin("import", master, *arguments).code == 2


def test_everybody_is_in_the_roster(master: Path) -> None:
    content, problems = read_master(master)
    assert content.employees == EMPLOYEES
    assert [problem for problem in problems if problem.is_error] == []
