"""One picture drawn; that all are drawn and shown: tests/docs/test_manual_text.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.workbench.handbook_pictures import PICTURES, Drawn, draw
from tests.workbench.office import Office


@pytest.mark.parametrize("sheet", ["", "考核表"])
def test_a_page_and_a_screen(sheet: str, office: Office, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    drawn = Drawn("样张", sample.name, sheet=sheet, folder=out)
    made = draw(drawn, sample.parent, office, tmp_path)
    assert made.read_bytes().startswith(b"\x89PNG")
    assert made == out / "样张.png"


def test_a_workbook_that_is_not_there_is_named(office: Office, tmp_path: Path) -> None:
    drawn = replace(PICTURES[0], folder=tmp_path)
    with pytest.raises(FileNotFoundError, match=PICTURES[0].name):
        draw(drawn, tmp_path, office, tmp_path)
