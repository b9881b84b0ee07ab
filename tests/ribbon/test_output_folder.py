"""The folder for the forms: a workbook of a stranger must not choose one that nobody knows of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.problems import ProblemsFound
from xladdin.ribbon import output_folder
from xladdin.ribbon.output_folder import place_of

from .desks import Workplace
from .test_form_buttons import OTHER, select_people, set_up

pytestmark = pytest.mark.xdist_group("calc")
SETTING = "存放文件夹"
BUTTONS = ("generate", "batch", "rating", "summary", "job")
ON_SERVERS = [
    r"\\server\share",
    r"\\server\share\表",
    "//server/share/表",
    r"\/server\share",
    r"/\server/share",
    r"\\server@SSL@443\DavWWWRoot\表",
    r"\\10.0.0.1\c$\表",
    r"\\\\server\share",
    r'"\\server\share\表"',
    r" \\server\share ",
]
NONE = [
    r"\\?\UNC\server\share",
    r"\\?\C:\表",
    r"\\.\C:\表",
    r"\\.\pipe\表",
    "//./COM1",
    r"\??\C:\表",
    r"\\server",
    "//server/",
    r"\\server\share\..\..\other",
    "nul",
    r"表\CON.xlsx\a",
    "COM1",
    "lpt¹.txt",
    "CONOUT$",
    "a:b",
    "D:",
    "D:表",
    r"D:\表:b",
    ":表",
    r"ab:\表",
    "表.",
    r"表 \a",
    r"..  \a",
    r"...\a",
    "a|b",
    "a\nb",
    "a\0b",
    "%TEMP%",
    "~",
    "https://server/表",
    "长" * 150,
]


@pytest.fixture(autouse=True)
def nothing_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_folder, "_agreed", set())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "考核").mkdir()
    return tmp_path / "考核"


# What a text means.


@pytest.mark.parametrize(
    ("named", "below"),
    [
        ("", ""),
        ("表", "表"),
        (r'"表"', "表"),
        ("“表/2026”", "表/2026"),
        ("./表", "表"),
        (".", ""),
        ("a/../表", "表"),
        ("../考核/表", "表"),
        ("console", "console"),
        ("com10", "com10"),
        ("2026.10", "2026.10"),
    ],
)
def test_what_lies_beside_the_workbook_needs_no_question(
    home: Path, named: str, below: str
) -> None:
    assert place_of(named, home) == output_folder.Place(home / below)


def test_a_full_path_on_this_computer_needs_no_question(home: Path, tmp_path: Path) -> None:
    assert place_of(str(tmp_path / "别处"), home) == output_folder.Place(tmp_path / "别处")
    assert place_of(str(tmp_path / "别处"), None) == output_folder.Place(tmp_path / "别处")


@pytest.mark.parametrize("named", ON_SERVERS)
def test_a_server_is_asked_about_and_not_greeted_before(
    home: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    def greeted(*_: object, **__: object) -> None:
        raise AssertionError("asked the system about it")

    with monkeypatch.context() as patched:
        for name in ("stat", "lstat", "readlink", "scandir", "access", "getcwd"):
            patched.setattr(os, name, greeted)
        place = place_of(named, home)
    assert str(place.folder) in place.question
    assert "网络上另一台电脑" in place.question


@pytest.mark.parametrize("named", ["..", "../别处", r"表/../../别处", "../考核2"])
def test_a_path_that_climbs_is_asked_about_by_where_it_ends(home: Path, named: str) -> None:
    place = place_of(named, home)
    real = Path(os.path.normpath(home / named))
    assert place.folder == real
    assert f"\n{real}\n" in place.question
    assert f"「{named}」" in place.question


def test_a_link_does_not_hide_where_a_path_ends(home: Path, tmp_path: Path) -> None:
    (tmp_path / "else" / "where").mkdir(parents=True)
    (home / "link").symlink_to(tmp_path / "else" / "where")
    assert place_of("link/../表", home).folder == tmp_path / "else" / "表"


@pytest.mark.parametrize("named", NONE)
def test_what_is_no_folder_is_refused_in_words(home: Path, named: str) -> None:
    with pytest.raises(ProblemsFound, match="不能这样写") as found:
        place_of(named, home)
    assert [problem.code for problem in found.value.problems] == ["bad_folder"]
    assert str(found.value).isprintable()


def test_without_a_home_only_a_full_path_will_do(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="还没有保存"):
        place_of("表", None)
    assert place_of(f"{tmp_path}/a/../表", None).question


@given(st.text(st.sampled_from('\\/.? :%$a表U"“ '), max_size=14))
def test_no_way_of_writing_leads_elsewhere_without_a_question(named: str) -> None:
    home = Path("/home of the workbook/考核")
    try:
        place = place_of(named, home)
    except ProblemsFound:
        return
    text = named.strip().strip('"“”').strip()
    full = text.startswith("/")
    assert place.question or full or place.folder.is_relative_to(home)
    assert place.question or not text.replace("/", "\\").startswith("\\\\")
    assert place.question or ".." not in place.folder.parts


# What the buttons make of it.


def test_nothing_is_written_where_the_user_says_no(work: Workplace) -> None:
    for named in (f"/{work.folder.parent}/网上/表", "../别处"):
        set_up(work, SETTING, named)
        for button in BUTTONS:
            select_people(work, "QC003")
            told = work.click(button, "cancel")
            assert told.count("确定要存到那里吗") == 1, button
    assert not {"网上", "别处"} & {path.name for path in work.folder.parent.iterdir()}
    assert work.files() == []


def test_the_user_is_asked_once_and_the_forms_go_there(work: Workplace) -> None:
    there = work.folder.parent / "网上"
    set_up(work, SETTING, f"/{there}")
    select_people(work, "QC003")
    told = work.click("generate", "ok")
    assert f"//{str(there).strip('/')}\n" in told or f"{there}\n" in told
    assert (there / OTHER).is_file()
    assert work.files() == []
    select_people(work, "QC004")
    assert "确定要存到那里吗" not in work.click("generate")


def test_a_batch_names_the_real_folder(work: Workplace) -> None:
    set_up(work, SETTING, "表/../../别处")
    select_people(work, "QC003", "QC004")
    told = work.click("batch", "ok", "cancel")
    real = work.folder.parent / "别处"
    assert told.count(str(real)) == 2
    assert not real.exists()


def test_a_device_is_refused_at_the_button(work: Workplace) -> None:
    for named in (r"\\?\UNC\server\share", r"\\.\C:\a", "nul"):
        set_up(work, SETTING, named)
        select_people(work, "QC003")
        assert "不能这样写" in work.click("generate"), named
        assert work.last.mode == "critical"
        assert work.files() == []
