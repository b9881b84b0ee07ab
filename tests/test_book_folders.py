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
        (
            "https://firm-my.sharepoint.cn/personal/li_firm_cn/Documents/人事/考核 2026",
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


@pytest.mark.parametrize(
    ("address", "below"),
    [
        ("https://firm.sharepoint.cn/sites/HR/Shared%20Documents/人事/考核 2026", "人事/考核 2026"),
        ("https://FIRM.sharepoint.cn/sites/hr/Shared Documents/人事/考核%202026", "人事/考核 2026"),
        ("https://firm.sharepoint.cn/sites/HR/Shared Documents", ""),
    ],
)
def test_a_library_is_where_onedrive_notes_that_it_keeps_it(
    tmp_path: Path, address: str, below: str
) -> None:
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    kept = [
        ("https://firm.sharepoint.cn/sites/HR/Shared Documents/", str(tmp_path)),
        ("https://firm.sharepoint.cn/sites/HR/Shared Documents 2/", str(tmp_path / "other")),
        ("https://", str(tmp_path)),
    ]
    assert folder_of(book(address), {}, lambda: kept) == tmp_path / below


def test_the_library_nearest_to_it_is_the_one(tmp_path: Path) -> None:
    whole, part = tmp_path / "all", tmp_path / "part"
    for folder in (whole / "人事" / "考核", part / "考核"):
        folder.mkdir(parents=True)
    kept = [
        ("https://firm.sharepoint.cn/sites/HR/表", str(whole)),
        ("https://firm.sharepoint.cn/sites/HR/表/人事", str(part)),
    ]
    address = "https://firm.sharepoint.cn/sites/HR/表/人事/考核"
    assert folder_of(book(address), {}, lambda: kept) == part / "考核"
    (part / "考核").rmdir()
    assert folder_of(book(address), {}, lambda: kept) == whole / "人事" / "考核"


def test_another_library_is_none(tmp_path: Path) -> None:
    kept = [("https://firm.sharepoint.cn/sites/HR/表", str(tmp_path))]
    assert folder_of(book("https://firm.sharepoint.cn/sites/HR/表2"), {}, lambda: kept) is None
    assert folder_of(book("https://evil.example/sites/HR/表"), {}, lambda: kept) is None
