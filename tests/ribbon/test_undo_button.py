"""撤销上一步, in a real spreadsheet: what it says, asks and leaves alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xladdin.paths import UNDO_FOLDER
from xladdin.ribbon import undo_steps

from .book_states import State, differences, state_of
from .desks import ROSTER, Workplace
from .test_colouring import covered, spoilt
from .test_renaming_buttons import types
from .undo_sequences import answered, sent

pytestmark = pytest.mark.xdist_group("calc")
POST, NEW = "网销客服", "线上客服"


def seen(work: Workplace, tmp_path: Path) -> State:
    return state_of(work.calc.books[work.book.name], tmp_path)


def renamed(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    types(monkeypatch, POST, NEW)
    assert "改好了" in work.click("rename", "ok")


def test_nothing_is_taken_back_where_nothing_was_done(work: Workplace) -> None:
    told = work.click("undo")
    assert "「总表.xlsx」里没有可以撤销的步骤" in told
    assert "14 天" in told


def test_a_renaming_is_named_and_taken_back(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = (work.folder / "总表.xlsx").read_bytes()
    before = seen(work, tmp_path)
    renamed(work, monkeypatch)
    assert differences(before, seen(work, tmp_path))
    told = work.click("undo", "ok")
    assert f"改名：岗位「{POST}」改成「{NEW}」" in told
    assert f"{dt.datetime.now():%H:}" in told
    assert "整个文件恢复成那时保存的样子" in told
    assert differences(before, seen(work, tmp_path)) == []
    assert (work.folder / "总表.xlsx").read_bytes() == file
    assert "没有可以撤销的步骤" in work.click("undo")


def test_what_was_saved_afterwards_is_put_back_byte_by_byte(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = (work.folder / "总表.xlsx").read_bytes()
    before = seen(work, tmp_path)
    renamed(work, monkeypatch)
    work.book.save()
    assert (work.folder / "总表.xlsx").read_bytes() != file
    work.click("undo", "ok")
    assert (work.folder / "总表.xlsx").read_bytes() == file
    assert differences(before, seen(work, tmp_path)) == []


def test_what_was_typed_since_elsewhere_stays(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed(work, monkeypatch)
    (row,) = work.rows_of("QC003")
    work.book.sheets[ROSTER].range(f"B{row}").value = "王新"
    told = work.click("undo", "ok")
    assert "只撤这一步改的地方" in told
    assert work.book.sheets[ROSTER].range(f"B{row}").value == "王新"
    assert NEW not in work.book.sheets[ROSTER].range("E1:E20").value


@pytest.mark.parametrize(
    ("answer", "left"), [("yes", POST), ("no", "后来改的"), ("cancel", "后来改的")]
)
def test_what_was_typed_since_over_it_is_asked_about(
    work: Workplace, monkeypatch: pytest.MonkeyPatch, answer: str, left: str
) -> None:
    renamed(work, monkeypatch)
    roster = work.book.sheets[ROSTER]
    first, *others = [row for row in range(1, 20) if roster.range(f"E{row}").value == NEW]
    roster.range(f"E{first}").value = "后来改的"
    told = work.click("undo", answer)
    assert f"其中 1 处后来又改过：{ROSTER} E{first}" in told
    assert roster.range(f"E{first}").value == left
    for row in others:
        assert roster.range(f"E{row}").value == (NEW if answer == "cancel" else POST)


def test_who_says_no_keeps_the_step(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed(work, monkeypatch)
    work.click("undo", "cancel")
    assert NEW in work.book.sheets[ROSTER].range("E1:E20").value
    assert "撤销了" in work.click("undo", "ok")


def test_several_steps_go_back_in_their_order(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt(work)
    before = seen(work, tmp_path)
    work.click("check")
    colours = covered(work.book.sheets[ROSTER])
    checked = seen(work, tmp_path)
    renamed(work, monkeypatch)
    work.select(ROSTER, f"B{work.rows_of('QC002')[0]}")
    work.click("insert")
    work.click("check")
    assert "再点一次，撤更早的一步" in work.click("undo", "ok")
    assert "插入到本工作簿：" in work.click("undo", "ok")
    assert "改名：" in work.click("undo", "ok")
    assert differences(checked, seen(work, tmp_path)) == []
    assert covered(work.book.sheets[ROSTER]) == colours
    assert "检查本表" in work.click("undo", "ok")
    assert differences(before, seen(work, tmp_path)) == []


def test_what_is_no_more_there_need_not_be_taken_back(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed(work, monkeypatch)
    path = work.folder / "总表.xlsx"
    work.book.close()
    work.calc.books.open(str(path))
    assert "不用再撤" in work.click("undo")
    assert "没有可以撤销的步骤" in work.click("undo")


def test_a_sheet_that_is_gone_is_told_and_may_be_skipped(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.select(ROSTER, f"B{work.rows_of('QC003')[0]}")
    work.click("insert")
    renamed(work, monkeypatch)
    work.book.sheets[ROSTER].name = "名册"
    told = work.click("undo", "no")
    assert f"“{ROSTER}”表不在了" in told
    assert "什么也没有改" in told
    work.click("undo", "yes")
    sheets = work.sheets
    assert "插入到本工作簿" in work.click("undo", "ok")
    assert len(work.sheets) == len(sheets) - 1


def test_a_form_that_was_filled_in_is_not_dropped_unasked(work: Workplace) -> None:
    work.select(ROSTER, f"B{work.rows_of('QC003')[0]}")
    work.click("insert")
    form = work.sheets[-1]
    work.book.sheets[form].impl.xl.unprotect("")
    work.book.sheets[form].range("A60").value = "填了"
    assert f"整张工作表“{form}”" in work.click("undo", "no")
    assert form in work.sheets


def test_settings_that_were_shown_are_hidden_again(work: Workplace) -> None:
    work.book.sheets["设置"].visible = False
    work.click("settings")
    work.click("undo", "ok")
    assert not work.book.sheets["设置"].visible
    work.book.sheets["设置"].visible = True
    work.click("settings")
    assert "没有可以撤销的步骤" in work.click("undo")


def test_collecting_is_taken_back_but_not_in_the_ledger(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, sent(tmp_path / "sent"))
    file = (work.folder / "总表.xlsx").read_bytes()
    work.click("collect", "ok")
    assert (work.folder / "总表.xlsx").read_bytes() != file
    work.calc.books["总表.xlsx"].activate()
    told = work.click("undo", "ok")
    assert "台账里已经收下的表还在" in told
    assert (work.folder / "总表.xlsx").read_bytes() == file


def test_after_more_typing_collecting_is_taken_back_cell_by_cell(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, sent(tmp_path / "sent"))
    before = seen(work, tmp_path)
    work.click("collect", "ok")
    book = work.calc.books["总表.xlsx"]
    book.activate()
    (row,) = work.rows_of("QC003")
    book.sheets[ROSTER].range(f"B{row}").value = "王新"
    assert "只撤这一步改的地方" in work.click("undo", "ok")
    different = differences(before, seen(work, tmp_path))
    assert [one.split(":")[0] for one in different] == [f"{ROSTER} B{row}"]


def test_a_snapshot_that_cannot_be_kept_is_told(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path.home().mkdir(parents=True, exist_ok=True)
    (Path.home() / ".xladdin").mkdir(exist_ok=True)
    (Path.home() / ".xladdin" / UNDO_FOLDER).write_text("in the way")
    types(monkeypatch, POST, NEW)
    told = work.click("rename", "ok")
    assert "这一步以后撤不了" in told
    assert NEW in work.book.sheets[ROSTER].range("E1:E20").value


def test_a_broken_step_is_told(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed(work, monkeypatch)
    (step,) = (Path.home() / ".xladdin").rglob(f"*{undo_steps.TOLD}")
    step.write_text("{")
    assert "快照坏了" in work.click("undo", "yes")
    assert "没有可以撤销的步骤" in work.click("undo")
