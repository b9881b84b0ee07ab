"""改名, 复制方案, in a real spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xladdin.app.drafts.copying_scheme import copied_cells
from xladdin.master.read_master import read_master
from xladdin.problems import errors
from xladdin.ribbon import renaming_buttons, windows_excel

from .desks import Workplace

pytestmark = pytest.mark.xdist_group("calc")


def types(monkeypatch: pytest.MonkeyPatch, *texts: str | None) -> None:
    said = iter(texts)
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: next(said))


def test_a_position_is_renamed_in_the_open_workbook(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.book.api.SaveCopyAs(str(tmp_path / "before.xlsx"))
    before = read_master(tmp_path / "before.xlsx")[0]
    post = before.library.positions[0].name
    types(monkeypatch, post, "新岗位名")
    told = work.click("rename", "ok")
    assert f"「{post}」改名为「新岗位名」" in told
    assert "还没有保存" in told
    work.book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
    after, problems = read_master(tmp_path / "after.xlsx")
    assert {one.code for one in errors(problems)} <= {"unknown_position"}  # of people left out
    renamed = [one.position for one in after.employees]
    assert renamed == [
        "新岗位名" if one.position == post else one.position for one in before.employees
    ]


def test_what_is_unknown_or_given_up_changes_nothing(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(monkeypatch, "没有的岗位")
    assert "没有叫「没有的岗位」" in work.click("rename")
    types(monkeypatch, None)
    assert work.click("rename") == ""


def test_a_scheme_is_copied_in_the_open_workbook(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.book.api.SaveCopyAs(str(tmp_path / "before.xlsx"))
    old = read_master(tmp_path / "before.xlsx")[0].library.schemes[0]
    # Calc has no tables that could be made longer; what stands below one is read all the same.
    monkeypatch.setattr(
        renaming_buttons, "copied_cells", lambda *asked: replace(copied_cells(*asked), grown=[])
    )
    types(monkeypatch, old.name, "大客户考核")
    assert "写进了总表：「大客户考核」" in work.click("copy_scheme")
    work.book.api.SaveCopyAs(str(tmp_path / "after.xlsx"))
    schemes = {one.name: one for one in read_master(tmp_path / "after.xlsx")[0].library.schemes}
    assert schemes["大客户考核"].sections == old.sections
