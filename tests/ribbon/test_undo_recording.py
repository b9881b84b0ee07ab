"""Every button either changes nothing in the open workbook, or 撤销上一步 takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.addin.buttons import buttons
from xladdin.app.demonstration.demo_records import sample
from xladdin.ribbon import undo_steps, windows_excel

from .book_states import differences, state_of
from .desks import ROSTER, Workplace
from .undo_sequences import NAME, answered, sent

pytestmark = pytest.mark.xdist_group("calc")
ANSWERS = {
    "print": ["yes"],
    "print_slips": ["yes"],
    "create": ["no"],
    "report_debrief": ["ok", "no"],
    "evidence": ["ok"],
}
"""What is asked, where the default is not meant."""
TYPED = {
    "rename": ("网销客服", "线上客服"),
    "copy_scheme": ("店铺网站客服月度绩效考核", "新方案"),
    "open_month": ("2026-11",),
    "create": ("空白",),
    "simulate": ("2026-01 至 2026-10",),
    "evidence": ("2026-10",),
}
CHANGING = {button.id for button in buttons() if button.changes}
SETTINGS = "设置"


def steps() -> list[Path]:
    return list((Path.home() / ".xladdin").rglob(f"*{undo_steps.TOLD}"))


@pytest.fixture
def typed(work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a button asks for is there."""
    (tmp_path / "home" / "Documents").mkdir(parents=True)
    answered(monkeypatch, sent(tmp_path / "sent"))
    work.select(ROSTER, f"B{work.rows_of('QC003')[0]}")


@pytest.mark.usefixtures("typed")
def test_a_button_that_says_so_leaves_a_step_and_no_other_does(
    work: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "数据"
    data.mkdir()
    sample(data)
    before = state_of(work.book, tmp_path)
    work.book.api.Saved = True
    for button in buttons():
        if button.id in CHANGING:
            continue
        said = iter(TYPED.get(button.id, ["2026"] * 3))
        monkeypatch.setattr(windows_excel, "typed_text", lambda *_, said=said: next(said))
        monkeypatch.setattr(windows_excel, "chosen_folder", lambda *_: data)
        told = work.click(button.id, *ANSWERS.get(button.id, ()))
        assert "出了意外" not in told, (button.id, told)
        for book in list(work.calc.books):
            if book.name != NAME:
                book.close()
        work.book.activate()
    assert differences(before, state_of(work.book, tmp_path)) == []
    assert steps() == []


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize("command", sorted(CHANGING - {"undo"}))
def test_a_button_that_changes_the_workbook_leaves_a_step(
    work: Workplace, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    if command == "settings":
        work.book.sheets[SETTINGS].visible = False
    said = iter(TYPED.get(command, ()))
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: next(said))
    told = work.click(command)
    (step,) = steps()
    kept = undo_steps.newest(step.parent)
    assert kept is not None
    assert kept.step is not None
    assert next(b.label for b in buttons() if b.id == command) in kept.step.label, told
