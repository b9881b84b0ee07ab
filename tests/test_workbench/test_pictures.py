"""Pictures of every form, and the page to look through them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench import pictures
from tests.workbench.office import Office
from tests.workbench.screens import SCREENS


def test_a_workbook_becomes_pages_and_screens(office: Office, sample: Path, tmp_path: Path) -> None:
    drawn = pictures.draw(pictures.Sample("form", sample), tmp_path, office)
    pages = [path for path in drawn if path.name.startswith("A4")]
    assert len(pages) == 3
    assert len(drawn) - len(pages) == len(SCREENS) * 3
    assert {path.parent for path in drawn} == {tmp_path / "form"}


def test_old_and_new_stand_side_by_side(tmp_path: Path) -> None:
    for folder, name in (("old", "gone.png"), ("old", "both.png"), ("new", "both.png")):
        (tmp_path / folder / "form").mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "form" / name).touch()
    text = pictures.index(tmp_path / "new", tmp_path / "old").read_text("utf-8")
    gone, both = text.index("gone.png"), text.index("both.png")
    assert both < gone
    assert text.count("<img") == 3
    assert text.count("<i>—</i>") == 1


def test_only_what_is_asked_for_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "工作分析").mkdir()
    (tmp_path / "工作分析" / "工作分析表_网销主管.xlsx").touch()
    found = [sample.name for sample in pictures.samples(tmp_path, "工作分析")]
    assert found == ["工作分析表_网销主管"]
    assert "自评: no" in capsys.readouterr().err
