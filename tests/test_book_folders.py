"""Where open workbooks lie, by what Excel says of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xladdin.book_folders import folder_of


def book(place: str) -> Any:
    return SimpleNamespace(api=SimpleNamespace(Path=place))


def test_a_folder_on_this_computer(tmp_path: Path) -> None:
    assert folder_of(book(str(tmp_path))) == tmp_path
    assert folder_of(book("")) is None
    assert folder_of(book(str(tmp_path / "gone"))) is None


@pytest.mark.parametrize(
    ("address", "variable"),
    [
        ("https://d.docs.live.net/0123456789abcdef/人事/考核 2026", "OneDriveConsumer"),
        ("https://d.docs.live.net/0123456789abcdef/人事/考核%202026", "OneDriveConsumer"),
        (
            "https://firm-my.sharepoint.com/personal/li_firm_cn/Documents/人事/考核 2026",
            "OneDriveCommercial",
        ),
    ],
)
def test_a_folder_in_the_cloud_that_is_kept_here_too(
    tmp_path: Path, address: str, variable: str
) -> None:
    folder = tmp_path / "人事" / "考核 2026"
    folder.mkdir(parents=True)
    assert folder_of(book(address), {variable: str(tmp_path)}) == folder
    assert folder_of(book(address), {}) is None
    assert folder_of(book(address), {variable: str(tmp_path / "else")}) is None


def test_a_folder_that_is_in_the_cloud_alone(tmp_path: Path) -> None:
    environment = {"OneDriveCommercial": str(tmp_path), "OneDriveConsumer": str(tmp_path)}
    assert folder_of(book("https://firm.sharepoint.com/sites/HR/表"), environment) is None
