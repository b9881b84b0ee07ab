"""The script of the setup: what it unpacks, what it takes away again, what it says."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from tests.addin.windows.fake import written
from xladdin.addin.setup import setup_script
from xladdin.addin.windows.menu_entries import ENTRIES, Menu
from xladdin.addin.windows.setup_folder import APP, LISTED, SHARED, UNINSTALLER
from xladdin.explorer.entry_jobs import JOBS


def script() -> str:
    return resources.files("xladdin.addin.setup").joinpath("xladdin.nsi").read_text("utf-8")


def test_every_file_is_unpacked_in_order(tmp_path: Path) -> None:
    for name in ("b/two.py", "a.txt", "b/c/$x.py"):
        written(tmp_path / name)
    place = setup_script.quoted(str(tmp_path))
    assert setup_script.unpacking(tmp_path, r"$INSTDIR\app.new").splitlines() == [
        r'SetOutPath "$INSTDIR\app.new"',
        f'File "{place}/a.txt"',
        r'SetOutPath "$INSTDIR\app.new\b\c"',
        f'File "{place}/b/c/$$x.py"',
        r'SetOutPath "$INSTDIR\app.new\b"',
        f'File "{place}/b/two.py"',
    ]


def test_our_entries_are_taken_away_and_no_others() -> None:
    lines = setup_script.removing_entries().splitlines()
    assert len(lines) == len(ENTRIES) + 1
    assert r'Delete "$SENDTO\检查总表（绩效助手）.lnk"' in lines
    assert r'Delete "$SMPROGRAMS\绩效助手\卸载.lnk"' in lines
    assert r'Delete "$SMPROGRAMS\绩效助手\xladdin 命令行.lnk"' in lines
    assert lines[-1] == r'RMDir "$SMPROGRAMS\绩效助手"'
    assert not [line for line in lines if "/r" in line or "*" in line]


def test_whole_folders_are_only_removed_where_they_are_the_setups_own() -> None:
    removed = re.findall(r'RMDir /r "(.+)"', script())
    assert set(removed) == {rf"$INSTDIR\{APP}{ending}" for ending in ("", ".old", ".new")}


def test_the_script_and_the_program_name_the_same_things() -> None:
    text = script()
    started = set(re.findall(r"\$\{FRONT\} (\w+)", text))
    assert started == {"share", "repair", "remove"}
    assert started <= set(JOBS)
    for name in (rf"$INSTDIR\app\{LISTED}", SHARED, UNINSTALLER):
        assert name in text


def test_nothing_needs_an_administrator_or_a_network() -> None:
    text = script()
    assert "RequestExecutionLevel user" in text
    assert not re.search(r"(?i)HKLM|HKCR|inetc|NSISdl|https?:", text)


def test_every_message_answers_by_itself_in_a_silent_setup() -> None:
    boxes = [line for line in script().splitlines() if "MessageBox" in line]
    assert boxes
    assert all("/SD IDOK" in line for line in boxes)


def test_every_entry_has_its_job() -> None:
    jobs = [entry.job for entry in ENTRIES if entry.job]
    assert set(jobs) <= set(JOBS)
    assert len({(entry.menu, entry.file) for entry in ENTRIES}) == len(ENTRIES)
    assert [entry.label for entry in ENTRIES if entry.menu is Menu.SEND_TO] == [
        "检查总表",
        "生成本月考核表",
        "收回考核表",
    ]
