"""Names that every system takes, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xladdin import files
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    in_use,
    reason,
    replaceable,
    safe_name,
    same_file,
    save_if_same,
    save_whole,
    sweep,
    sweeping_once,
    too_long,
)

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
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
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

    monkeypatch.setattr(files.os, step, break_off)
    monkeypatch.setattr(files._rename, "__defaults__", (files.os.replace,))
    for write in (lambda: save_whole(form, b"new"), lambda: save_if_same(form, b"old", b"new")):
        with pytest.raises(error if isinstance(error, type) else OSError):
            write()
        assert form.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [form]


@pytest.mark.parametrize("step", ["replace", "link"])
def test_a_target_that_may_not_be_replaced_is_locked(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(files.os, step, refuse)
    monkeypatch.setattr(files._rename, "__defaults__", (files.os.replace,))
    form = tmp_path / "c.xlsx"
    if step == "replace":
        with pytest.raises(FileLockedError):
            save_whole(form, b"new")
        assert list(tmp_path.iterdir()) == []
    else:
        # No hard links on this file system: the file is renamed into its place.
        save_if_same(form, None, b"new")
        with pytest.raises(FileChangedError):
            save_if_same(form, None, b"newer")
        assert form.read_bytes() == b"new"
        assert list(tmp_path.iterdir()) == [form]


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


# Only over what was read.


def test_a_file_is_replaced_only_while_it_holds_what_was_read(tmp_path: Path) -> None:
    form = tmp_path / "c.xlsx"
    save_if_same(form, None, b"one")
    save_if_same(form, b"one", b"two")
    for before in (None, b"one", b""):
        with pytest.raises(FileChangedError):
            save_if_same(form, before, b"three")
    assert form.read_bytes() == b"two"
    form.unlink()
    with pytest.raises(FileChangedError):
        save_if_same(form, b"two", b"three")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["in place", "by renaming"])
def test_a_save_while_the_file_is_written_aside_is_seen(how: str, tmp_path: Path) -> None:
    form = tmp_path / "c.xlsx"
    form.write_bytes(b"old")
    with files.written_aside(form, b"new") as aside:
        if how == "in place":
            form.write_bytes(b"colleague")
        else:
            save_whole(form, b"colleague")
        with pytest.raises(FileChangedError):
            files.put(aside, form, b"old")
    assert form.read_bytes() == b"colleague"
    assert list(tmp_path.iterdir()) == [form]


def test_a_save_after_the_content_was_compared_is_seen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "c.xlsx"
    form.write_bytes(b"old")

    def read_then_saved(path: Path) -> bytes:
        content = path.read_bytes()
        path.write_bytes(b"colleague")
        return content

    monkeypatch.setattr(files, "content_of", read_then_saved)
    with pytest.raises(FileChangedError):
        save_if_same(form, b"old", b"new")
    assert form.read_bytes() == b"colleague"


def test_of_many_who_make_a_file_at_once_one_wins(tmp_path: Path) -> None:
    form, won = tmp_path / "c.xlsx", []

    def make(number: int) -> None:
        try:
            save_if_same(form, None, str(number).encode())
        except FileChangedError:
            return
        won.append(number)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [form.read_bytes()] == [str(number).encode() for number in won]
    assert list(tmp_path.iterdir()) == [form]


def test_what_may_be_replaced(tmp_path: Path) -> None:
    form = tmp_path / "c.xlsx"
    assert replaceable(form, lambda _: False, overwrite=False) is None
    form.write_bytes(b"ours")
    assert replaceable(form, lambda content: content == b"ours", overwrite=False) == b"ours"
    form.write_bytes(b"theirs")
    with pytest.raises(NotOursError):
        replaceable(form, lambda content: content == b"ours", overwrite=False)
    assert replaceable(form, lambda _: False, overwrite=True) == b"theirs"
    with pytest.raises(FileLockedError):
        replaceable(tmp_path, lambda _: True, overwrite=True)


def test_one_file_under_many_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, other = tmp_path / "c.xlsx", tmp_path / "d.xlsx"
    form.write_bytes(b"one")
    (tmp_path / "soft.xlsx").symlink_to(form)
    (tmp_path / "hard.xlsx").hardlink_to(form)
    monkeypatch.chdir(tmp_path)
    names = ["c.xlsx", "soft.xlsx", "hard.xlsx", f"../{tmp_path.name}/c.xlsx"]
    assert all(same_file(form, Path(name)) for name in names)
    assert not same_file(form, other)
    assert same_file(other, Path("d.xlsx"))
    other.write_bytes(b"one")
    assert not same_file(form, other)


# Who may read it.


@pytest.fixture(params=[0o022, 0o027, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_mode_of_the_umask_and_a_private_one_its_own(
    umask: int, tmp_path: Path
) -> None:
    save_whole(tmp_path / "a" / "b" / "form", b"")
    save_if_same(tmp_path / "p" / "q" / "list", None, b"", private=True)
    assert mode(tmp_path / "a" / "b" / "form") == 0o666 & ~umask
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o777 & ~umask
    assert mode(tmp_path / "p" / "q" / "list") == 0o600
    assert mode(tmp_path / "p") == mode(tmp_path / "p" / "q") == 0o700


@pytest.mark.parametrize("given", [0o600, 0o640, 0o660, 0o644, 0o664])
@pytest.mark.parametrize("private", [False, True])
def test_a_file_that_is_replaced_keeps_its_mode(
    given: int, private: bool, umask: int, tmp_path: Path
) -> None:
    form = tmp_path / "c.xlsx"
    form.write_bytes(b"one")
    form.chmod(given)
    save_whole(form, b"two", private=private)
    save_if_same(form, b"two", b"three", private=private)
    assert mode(form) == given


def test_owner_and_group_are_kept_or_the_group_has_no_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, asked = tmp_path / "c.xlsx", []
    form.write_bytes(b"one")
    form.chmod(0o664)
    was = form.stat()
    theirs = os.stat_result((*was[:4], was.st_uid + 1, was.st_gid + 1, *was[6:]))

    def refuse(_: int, user: int, group: int) -> None:
        asked.append((user, group))
        raise PermissionError

    monkeypatch.setattr(files, "_stat", lambda _: theirs)
    monkeypatch.setattr(files.os, "fchown", refuse)
    save_whole(form, b"two")
    assert asked == [(theirs.st_uid, theirs.st_gid), (-1, theirs.st_gid)]
    assert mode(form) == 0o604


def test_a_share_that_knows_no_modes_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    form = tmp_path / "c.xlsx"
    form.write_bytes(b"one")
    monkeypatch.setattr(files.os, "fchmod", refuse)
    save_whole(form, b"two")
    assert form.read_bytes() == b"two"


@pytest.mark.parametrize("code", files.NO_SYNC)
def test_a_share_that_cannot_sync_is_no_error(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(files.os, "fsync", refuse)
    save_whole(tmp_path / "c.xlsx", b"two")
    assert (tmp_path / "c.xlsx").read_bytes() == b"two"


# What killed runs leave.


def left(folder: Path, process: int, host: str = files.HOST, age: float = 0) -> Path:
    path = folder / f".xladdin-{host}-{process}-0123abcd.tmp"
    path.write_bytes(b"half")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    left(tmp_path, dead_process())
    save_whole(tmp_path / "c.xlsx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["c.xlsx"]


def test_what_somebody_is_writing_is_not_swept(tmp_path: Path) -> None:
    kept = {
        left(tmp_path, os.getpid()),
        left(tmp_path, os.getppid(), age=files.LEFT_BEHIND / 2),
        left(tmp_path, dead_process(), host="0" * 8),
    }
    for name in ("x.tmp", ".xladdin-notes.txt", "a.xladdin-0123abcd.tmp"):
        (tmp_path / name).write_bytes(b"somebody's")
        kept.add(tmp_path / name)
    os.utime(tmp_path / "x.tmp", (0, 0))
    sweep(tmp_path)
    assert set(tmp_path.iterdir()) == kept


def test_what_is_old_is_swept_whoever_wrote_it(tmp_path: Path) -> None:
    left(tmp_path, os.getpid(), age=files.LEFT_BEHIND * 2)
    left(tmp_path, 1, host="0" * 8, age=files.LEFT_BEHIND * 2)
    old = tmp_path / ".xladdin-abcd_123.tmp"
    old.touch()
    os.utime(old, (0, 0))
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_on_windows_nobody_is_asked_whether_they_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There, asking is ending."""

    def end(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(files.os, "kill", end)
    young = left(tmp_path, 1)
    sweep(tmp_path)
    assert young.exists()


def test_within_one_command_a_folder_is_swept_once(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with sweeping_once():
        sweep(tmp_path)
        late = left(tmp_path, dead_process())
        elsewhere = left(tmp_path / "other", dead_process())
        sweep(tmp_path)
        sweep(tmp_path / "other")
        assert (late.exists(), elsewhere.exists()) == (True, False)
    sweep(tmp_path)
    assert not late.exists()


def test_a_folder_that_cannot_be_swept_is_no_error(tmp_path: Path) -> None:
    sweep(tmp_path / "missing")


def test_a_scanner_that_holds_a_fresh_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def held(aside: Path, path: Path) -> None:
        tried.append(path)
        if len(tried) < 3:
            raise PermissionError
        os.replace(aside, path)

    monkeypatch.setattr(files, "SCANNED", (0.0, 0.001, 0.001, 0.001))
    aside, form = tmp_path / "aside", tmp_path / "c.xlsx"
    aside.write_bytes(b"new")
    files._rename(aside, form, held)
    assert form.read_bytes() == b"new"
    assert len(tried) == 3
