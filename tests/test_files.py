"""Names that every system takes, and files that are whole or not there."""

from __future__ import annotations

import errno
import re
import stat
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xladdin import files
from xladdin.files import FileLockedError, in_use, reason, safe_name, save_whole, too_long

DEVICES = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
DEVICES += [f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"]
"""Names that Windows keeps for itself, with any ending and any blanks before it."""
LONGEST_ON_DISK = 255


@given(st.text())
@example("")
@example("...")
@example(" . ")
@example("../../etc/passwd")
@example("C:\\temp\\a")
@example('a/b\\c:d*e?f"g<h>i|j\nk\tl\x00m')
@example("字" * 300)
@example("😀" * 100)
@example("\udcff")
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
    assert name == name.strip(" .")
    assert len(f"{name}.xlsx".encode()) <= LONGEST_ON_DISK
    assert Path("folder", name).parts == ("folder", name)
    assert PureWindowsPath("folder", name).parts == ("folder", name)
    assert not PureWindowsPath(name).drive


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066张三\u2069", "张三"),
        ("A1\x1b[2J", "A1"),
        ("张\u200b三", "张三"),
        ("一\u2028二\x85三", "一_二_三"),
        ("\u202e", "_"),
        ("con\u200b", "_con"),
        ("阿依·古丽", "阿依·古丽"),
        ("𠮷野家👩\u200d💻", "𠮷野家👩\u200d💻"),
    ],
)
def test_nothing_in_a_name_is_hidden(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(
    st.sampled_from(DEVICES),
    st.sampled_from(["", ".xlsx", ".tar.gz", " .txt", "  "]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_device_is_never_a_name(device: str, ending: str, case: object) -> None:
    assert callable(case)
    name = safe_name(case(device + ending))
    stem = name.partition(".")[0].rstrip()
    assert stem.upper() not in DEVICES


@given(st.text())
def test_a_safe_name_is_kept(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) in (name, name[:80].strip(" ."))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-11_QC001_张三_月度绩效考核表", "2026-11_QC001_张三_月度绩效考核表"),
        ("客服/售前", "客服_售前"),
        ("第一行\r\n第二行", "第一行_第二行"),
        ("nul", "_nul"),
        ("COM1.月报", "_COM1.月报"),
        ("console", "console"),
        ("", "_"),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("owner", ["~$考核表.xlsx", "~$表.xlsx", ".~lock.考核表.xlsx#"])
def test_a_file_with_an_owner_file_beside_it_is_in_use(owner: str, tmp_path: Path) -> None:
    form = tmp_path / "考核表.xlsx"
    form.touch()
    assert not in_use(form)
    (tmp_path / owner).touch()
    assert in_use(form)
    with pytest.raises(FileLockedError):
        save_whole(form, b"new")
    assert form.read_bytes() == b""


def test_a_file_is_written_with_its_folders_and_can_be_handed_around(tmp_path: Path) -> None:
    form = tmp_path / "a" / "b" / "c.xlsx"
    save_whole(form, b"one")
    save_whole(form, b"two")
    assert form.read_bytes() == b"two"
    assert stat.S_IMODE(form.stat().st_mode) & 0o444 == 0o444
    assert list(form.parent.iterdir()) == [form]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, "full"), MemoryError])
@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_beside_it(
    error: type[BaseException] | OSError,
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = tmp_path / "c.xlsx"
    save_whole(form, b"old")

    def break_off(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, step, break_off)
    with pytest.raises(error if isinstance(error, type) else OSError):
        save_whole(form, b"new")
    assert form.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [form]


def test_a_target_that_may_not_be_replaced_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileLockedError):
        save_whole(tmp_path / "c.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "c.xlsx").mkdir()
    with pytest.raises(FileLockedError):
        save_whole(tmp_path / "c.xlsx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["c.xlsx"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "没有写入的权限"),
        (errno.EROFS, "这个位置只能读，不能写"),
        (errno.ENOTDIR, "路径中有一段是文件，不是文件夹"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.EIO, "something odd"),
    ],
)
def test_why_a_file_could_not_be_written_is_told_in_chinese(code: int, said: str) -> None:
    assert reason(OSError(code, "something odd")) == said
    assert reason(OSError("nothing known")) == "nothing known"


def test_on_windows_an_owner_file_that_nobody_holds_is_left_from_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, owner = tmp_path / "a.xlsx", tmp_path / "~$a.xlsx"
    monkeypatch.setattr(files, "WINDOWS", True)
    assert not in_use(path)
    owner.write_bytes(b"somebody")
    assert not in_use(path)
    assert owner.read_bytes() == b"somebody"

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "open", held)
    assert in_use(path)


def test_only_windows_has_paths_that_excel_cannot_open(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("/" + "字" * files.LONGEST_PATH)
    assert not too_long(path)
    monkeypatch.setattr(files, "WINDOWS", True)
    assert too_long(path)
    assert not too_long(Path(str(path)[:-1]))
