from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench import render
from tests.workbench.office import Office
from tests.workbench.tools import SETUP_COMMAND, ToolMissing

PNG = b"\x89PNG"


def test_each_page_is_a_picture(office: Office, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    stale = out / "sample-9.png"
    stale.touch()
    pages = render.render(sample, out, office, dpi=20)
    assert [page.name for page in pages] == ["sample-1.png", "sample-2.png", "sample-3.png"]
    assert all(page.read_bytes().startswith(PNG) for page in pages)
    assert not stale.exists()


def test_folders_are_searched_and_lock_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.xlsx", "~$b.xlsx", "c.txt", "sub/a.xlsx"):
        (tmp_path / name).touch()
    found = render.workbooks(tmp_path)
    assert found == [(tmp_path / "b.xlsx", Path()), (tmp_path / "sub/a.xlsx", Path("sub"))]
    assert render.workbooks(tmp_path / "c.txt") == [(tmp_path / "c.txt", Path())]


def test_the_command_prints_the_paths(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(sample, tmp_path / "in" / "form.xlsx")
    out = tmp_path / "out"
    assert render.main([str(tmp_path / "in"), "--out", str(out), "--dpi", "20"]) == 0
    assert capsys.readouterr().out.split() == [str(out / f"form-{page}.png") for page in (1, 2, 3)]


def test_the_command_fails_without_workbooks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render.main([str(tmp_path)]) == 1
    assert "no workbook" in capsys.readouterr().err


def test_a_missing_pdftoppm_names_the_command(
    office: Office, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match=rf"pdftoppm is missing.*{SETUP_COMMAND}"):
        render.render(sample, tmp_path, office)
