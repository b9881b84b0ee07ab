"""The setup file in Wine: installed, used from 发送到, repaired, updated, removed; what is left.

Runs on this system and starts Windows' programs: ``python -m tests.windows.check_setup SETUP PREFIX [first|rest]``.
``first`` installs and stops there: the other checks then run in the installed Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 600
"""Seconds for one program; nothing may hang for ever."""
REFUSED = 2
CLERKS = "绩效 资料"
MASTER = "我的 总表.xlsx"
HELD = (
    "import win32con, win32file, sys, time;"
    "h = win32file.CreateFile(sys.argv[1], win32con.GENERIC_READ, win32con.FILE_SHARE_READ, None,"
    " win32con.OPEN_EXISTING, 0, None); print('held', flush=True); time.sleep(600)"
)
"""Holds a file as Excel does: others may only read."""


class Windows:
    """The pretended Windows: its user's folders, its programs."""

    def __init__(self, setup: Path, prefix: Path) -> None:
        self.setup = setup
        (self.home,) = [
            path for path in (prefix / "drive_c" / "users").iterdir() if path.name != "Public"
        ]
        self.root = self.home / "AppData/Local/Programs/xladdin"
        self.add_in = self.home / "AppData/Roaming/Microsoft/Excel/XLSTART/xladdin.xlam"
        # Not below Documents: Wine makes that a link into the real home of whoever runs this.
        self.documents = self.home / CLERKS
        self.record = self.home / "record.txt"

    def start(self, program: Path, *words: str) -> int:
        """Exit code of a program; a path among the words is one of Windows."""
        return _run(str(program), *words).returncode

    def shell(self, script: str, *words: str, typed: str = "") -> tuple[int, str]:
        """A script of the folder ``command``, started by cmd: exit code, and what is seen."""
        path = windows_path(self.root / "app/command" / script)
        done = _run("cmd.exe", "/c", path, *words, typed=typed)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def entry(self, job: str, *paths: Path) -> tuple[int, str]:
        """An entry of 发送到 or of the Start menu, without its window: exit code and words."""
        self.record.unlink(missing_ok=True)
        words = ("-B", "-X", "utf8", "-m", "xladdin.explorer.front", job, "--quiet", "--record")
        python = self.root / "app/python/pythonw.exe"
        code = self.start(python, *words, *map(windows_path, (self.record, *paths)))
        return code, self.record.read_bytes().decode("utf-8-sig") if self.record.exists() else ""

    def left(self) -> set[str]:
        """Every file of the user."""
        return {
            path.relative_to(self.home).as_posix()
            for path in self.home.rglob("*")
            # pywin32 keeps a list of types there, for all programs.
            if path.is_file() and "/Temp/" not in f"/{path.relative_to(self.home).as_posix()}"
        }


def _run(*words: str, typed: str = "") -> subprocess.CompletedProcess[bytes]:
    # Both pipes are needed: a Python in Wine gives up without.
    return subprocess.run(
        ["wine", *words],
        input=f"{typed}\n".encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        check=False,
    )


def windows_path(path: Path) -> str:
    found = subprocess.run(["winepath", "-w", str(path)], capture_output=True, check=True)
    return found.stdout.decode().strip()


@contextmanager
def held(windows: Windows, path: Path) -> Iterator[None]:
    """Meanwhile a file is open as Excel has its add-ins open."""
    python = windows.root / "app/python/python.exe"
    process = subprocess.Popen(
        ["wine", str(python), "-B", "-c", HELD, windows_path(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    try:
        yield
    finally:
        process.kill()
        process.wait()
        subprocess.run(
            ["wine", "taskkill", "/F", "/IM", "python.exe"], capture_output=True, check=False
        )
        time.sleep(1)


def installs(windows: Windows) -> None:
    began = time.monotonic()
    assert windows.start(windows.setup, "/S") == 0, windows.record
    print(f"installed in {time.monotonic() - began:.0f} seconds")
    assert windows.add_in.is_file()
    files = [path for path in (windows.root / "app").rglob("*") if path.is_file()]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")
    links = {path.name for path in (windows.home / "AppData/Roaming").rglob("*.lnk")}
    wanted = {"检查总表（绩效助手）.lnk", "修复.lnk", "卸载.lnk", "xladdin 命令行.lnk"}
    assert wanted <= links, links


def sends(windows: Windows) -> None:
    """What a clerk does from 发送到, on a path with Chinese and blanks."""
    windows.documents.mkdir(parents=True, exist_ok=True)
    master = windows.documents / MASTER
    python = windows.root / "app/python/python.exe"
    words = ("-B", "-X", "utf8", "-m", "xladdin.cli", "init", windows_path(master), "--example")
    assert windows.start(python, *words) == 0
    for job, said in (("check", "带批注的副本"), ("generate", "新生成")):
        code, text = windows.entry(job, master)
        print(f"{job}: {code}, {text.splitlines()[-2]}")
        assert code == 0, text
        assert said in text, text
    forms = sorted((windows.documents / "考核表").rglob("*.xlsx"))
    assert len(forms) > 30
    # Not filled in: the list says so, form by form; the master is found beside them.
    code, text = windows.entry("collect", windows.documents / "考核表" / forms[0].parents[1].name)
    print(f"collect: {code}, {text.splitlines()[-2]}")
    assert "收进" in text, text
    assert list(windows.documents.glob("*收表清单*")), text


def commands(windows: Windows) -> None:
    """``xladdin`` as somebody types it: what it says and its exit code, in the window and in scripts."""
    master = windows_path(windows.documents / MASTER)
    code, text = windows.shell("xladdin.cmd", "check", master)
    assert (code, "错误 0 个" in text) == (0, True), text
    code, text = windows.shell("xladdin.cmd", "check", "没有 这个.xlsx")
    assert (code, "没有 这个.xlsx" in text) == (1, True), text
    assert windows.shell("xladdin.cmd", "no-such-command")[0] == REFUSED
    typed = "xladdin templates list\r\nexit\r"
    _, text = windows.shell("xladdin-console.cmd", typed=typed)
    assert "总表" in text, "what stands there when the window opens"
    assert "online_shop_monthly" in text, text
    print("xladdin is a command, in its window and in scripts")


def repairs_and_updates(windows: Windows) -> None:
    broken = windows.root / "app/site/xladdin/formula/nodes.py"
    broken.write_bytes(broken.read_bytes() + b"\n")
    for path in windows.home.joinpath("AppData/Roaming").rglob("*（绩效助手）.lnk"):
        path.unlink()
    code, text = windows.entry("repair")
    assert (code, "被改动过" in text) == (1, True), text
    assert list(windows.home.joinpath("AppData/Roaming").rglob("*（绩效助手）.lnk")), text
    before = windows.left()
    with held(windows, windows.add_in):
        assert windows.start(windows.setup, "/S") == REFUSED, "an open Excel"
    assert windows.left() == before
    assert broken.read_bytes().endswith(b"\n\n"), "nothing was changed"
    assert windows.start(windows.setup, "/S") == 0
    code, text = windows.entry("repair")
    assert (code, "完好" in text) == (0, True), text
    print("repaired, refused while the add-in was open, updated")


def removes(windows: Windows, before: set[str]) -> None:
    where = windows_path(windows.root)
    removing = windows.root / "uninstall.exe"
    with held(windows, windows.add_in):
        assert windows.start(removing, "/S", f"_?={where}") == REFUSED, "an open Excel"
    assert windows.add_in.exists()
    # In its place, so that it can be waited for; then it cannot remove itself.
    assert windows.start(removing, "/S", f"_?={where}") == 0
    removing.unlink()
    windows.record.unlink(missing_ok=True)
    own = {name for name in windows.left() - before if not name.startswith(f"{CLERKS}/")}
    assert own == set(), own
    print("removed; the clerk's own files are all that is left")


def shares(windows: Windows, before: set[str]) -> None:
    """Onto a share: for this user nothing at all; what lies there is enough for Excel and for scripts."""
    drive = windows.home.parents[1]
    windows.root = drive / "共享 文件夹" / "xladdin"
    # Last, and without quotes whatever blanks are in it, as NSIS wants it.
    place = f"/D={windows_path(windows.root)}".split(" ")
    done = _run(str(windows.setup), "/S", "/SHARED", *place)
    assert done.returncode == 0, (windows.root / "安装记录.txt").read_text("utf-8-sig")
    assert (windows.root / "start/xladdin.xlam").is_file()
    assert not (windows.root / "uninstall.exe").exists()
    assert windows.left() <= before | {name for name in windows.left() if name.startswith(CLERKS)}
    code, text = windows.shell("xladdin.cmd", "templates", "list")
    assert (code, "online_shop_monthly" in text) == (0, True), text
    shutil.rmtree(windows.root.parent)
    print("put on a share; nothing of this user was touched")


def main(setup: Path, prefix: Path, part: str) -> None:
    windows = Windows(setup, prefix)
    noted = prefix / "before.txt"
    if part == "first":
        noted.write_text("\n".join(sorted(windows.left())), "utf-8")
        installs(windows)
        return
    sends(windows)
    commands(windows)
    repairs_and_updates(windows)
    before = set(noted.read_text("utf-8").splitlines())
    removes(windows, before)
    shares(windows, before)


if __name__ == "__main__":
    os.environ.setdefault("WINEDEBUG", "-all")
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
