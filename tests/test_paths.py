"""Where the shipped templates are found, and the user's own folder."""

from pathlib import Path

import pytest

from xladdin import paths


def test_the_checkout() -> None:
    assert paths.templates_dir() == Path(__file__).resolve().parents[1] / "workbook_templates"


def test_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "xladdin"
    (package / "_templates").mkdir(parents=True)
    # Another package may put a folder of this name beside ours in site-packages.
    (tmp_path / "workbook_templates").mkdir()
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.templates_dir() == package / "_templates"


def test_no_templates_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "xladdin")
    with pytest.raises(FileNotFoundError, match="workbook_templates"):
        paths.templates_dir()


def test_the_users_folder_lies_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert paths.user_folder() == tmp_path / ".xladdin"
    assert not paths.user_folder().exists()  # to ask for it makes nothing
