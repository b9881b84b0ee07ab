"""述职分析, in a real spreadsheet: year and people are asked for, debriefs are written, one is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.master.small_company import small
from tests.ribbon.desks import ROSTER, Workplace
from xladdin.app.demonstration.demo_records import sample
from xladdin.layout.package_edits import edited
from xladdin.ribbon import windows_excel

pytestmark = pytest.mark.xdist_group("calc")
FOLDER = "述职报告_2026"
PROPERTIES = "docProps/core.xml"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the user types into Excel's box, and the defaults that it showed."""
    words: list[Any] = ["2026"]
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: words.pop(0))
    return words


@pytest.mark.usefixtures("typed")
def test_the_selected_person_gets_a_debrief_and_it_is_opened(work: Workplace) -> None:
    one = small().employees[0]
    work.select(ROSTER, f"A{work.rows_of(one.id)[0]}")
    told = work.click("report_debrief", "ok", "no")
    assert f"选中的 1 人（{one.name}）" in told
    assert "2026年的述职报告写好了 1 份" in told
    (path,) = work.files(f"{FOLDER}/**/*.xlsx")
    assert f"{one.id}_{one.name}" in path
    assert work.calc.books.active.name == Path(path).name


@pytest.mark.usefixtures("typed")
def test_where_nobody_is_selected_everybody_and_each_department_gets_one(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "数据"
    data.mkdir()
    sample(data)
    monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: data)
    work.select(ROSTER, "A1")
    told = work.click("report_debrief", "ok", "yes")
    people = small().employees
    assert f"全部 {len(people)} 人和各部门" in told
    files = work.files(f"{FOLDER}/**/*.xlsx")
    teams = {one.department for one in people}
    assert sum("部门述职报告" in name for name in files) == len(teams)
    assert f"写好了 {len(files)} 份" in told
    assert work.calc.books.active.name == work.book.name


@pytest.mark.parametrize(
    ("said", "answers", "told"),
    [
        (None, (), ""),
        ("去年", (), "「去年」不是年份"),
        ("2026年", ("cancel",), "为选中的"),
        ("２０２６", ("ok", "cancel"), "2025年和2026年的工单"),
    ],
)
def test_who_gives_up_or_types_no_year_gets_nothing(
    work: Workplace, typed: list[Any], said: str | None, answers: tuple[str, ...], told: str
) -> None:
    typed[:] = [said]
    work.select(ROSTER, f"A{work.rows_of(small().employees[0].id)[0]}")
    assert told in work.click("report_debrief", *answers)
    assert work.files() == []


def test_the_year_that_is_offered_is_that_of_the_settings_month(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(windows_excel, "typed_text", lambda *given: offered.append(given[2]))
    work.click("report_debrief")
    assert offered == ["2026"]


def test_a_debrief_that_somebody_has_worked_on_is_replaced_only_when_told(
    work: Workplace, typed: list[Any]
) -> None:
    work.select(ROSTER, f"A{work.rows_of(small().employees[0].id)[0]}")
    work.click("report_debrief", "ok", "no")
    (name,) = work.files(f"{FOLDER}/**/*.xlsx")
    path = work.folder / name
    work.calc.books[path.name].close()
    ours = path.read_bytes()
    theirs = edited(ours, {PROPERTIES: lambda xml: xml.replace("-01-01T", "-11-26T")})
    path.write_bytes(theirs)
    for answer, left in (("no", theirs), ("yes", ours)):
        typed.append("2026")
        work.calc.books["总表.xlsx"].activate()
        work.select(ROSTER, f"A{work.rows_of(small().employees[0].id)[0]}")
        assert "1 份述职报告已经有了" in work.click("report_debrief", "ok", "no", answer)
        assert path.read_bytes() == left


def test_debriefs_get_a_password_where_the_settings_say_so(
    work: Workplace, typed: list[Any]
) -> None:
    typed[:] = ["2026", "长长的密码123", "长长的密码123"]
    settings: Any = work.book.sheets["设置"]
    row = next(row for row in range(1, 40) if settings.range((row, 1)).value == "汇总表加密")
    settings.range((row, 3)).value = "是"
    work.select(ROSTER, f"A{work.rows_of(small().employees[0].id)[0]}")
    work.click("report_debrief", "ok", "no")
    (name,) = work.files(f"{FOLDER}/**/*.xlsx")
    assert (work.folder / name).read_bytes().startswith(b"\xd0\xcf\x11\xe0")
