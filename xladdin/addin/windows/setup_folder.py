"""What the setup put on a machine: where it lies, whether it is whole, and repairing it.

The setup puts all that is its own into one folder, ``app``, which is replaced as a whole.  Beside every
file's hash in ``files.json`` nothing is remembered: what is right can be seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xladdin.addin.build import build
from xladdin.files import reason
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .file_changes import Done
from .install import install
from .machine import Machine

APP, LISTED, UNINSTALLER = "app", "files.json", "uninstall.exe"
CONSOLE = "command/xladdin-console.cmd"
"""Below ``app``: opens a console in which ``xladdin`` is a command."""
SHARED = "shared.txt"
"""Beside ``app`` where the setup was put on a share: nobody's Start menu points at it."""
MOST = 5
"""Files that are named when many are damaged."""
NOT_BY_SETUP = (
    "这个 Python 不是用安装程序装的，没有可以核对的文件；请运行 xladdin addin install，"
    "或者用 pip 重新安装"
)
SETUP_AGAIN = "请重新运行安装程序，它会换上完好的文件，不会动您自己的表"


@dataclass(frozen=True, slots=True)
class SetupFolder:
    """The folder that somebody installed into."""

    root: Path

    @property
    def app(self) -> Path:
        return self.root / APP

    @property
    def windowed_python(self) -> Path:
        return self.app / "python" / "pythonw.exe"

    @property
    def console(self) -> Path:
        return self.app / CONSOLE

    @property
    def uninstaller(self) -> Path:
        return self.root / UNINSTALLER

    @property
    def is_shared(self) -> bool:
        return (self.root / SHARED).exists()


def setup_of(machine: Machine) -> SetupFolder | None:
    """The setup's folder that the running Python belongs to; None where it came otherwise."""
    app = Path(machine.python).parent.parent
    return SetupFolder(app.parent) if app.name == APP and (app / LISTED).is_file() else None


def damage(app: Path) -> list[tuple[str, str]]:
    """The files that are not as they were installed, each with what is wrong."""
    listed: dict[str, str] = json.loads((app / LISTED).read_text("utf-8"))
    return [
        (name, wrong) for name, digest in listed.items() if (wrong := _wrong(app / name, digest))
    ]


def _wrong(path: Path, digest: str) -> str:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "不见了"
    except OSError as error:
        return f"读不出：{reason(error)}"
    return "" if found == digest else "被改动过"


def repair(
    machine: Machine,
    links: Callable[[SetupFolder], Iterable[str]],
    build: Callable[[], bytes] = build,
) -> Done:
    """Everything again that needs no setup file: the add-in, its settings, the entries of the menus.

    ``links`` makes those.  What only the setup file can replace is told.  Raises ProblemsFound where this
    was not installed by the setup.
    """
    setup = setup_of(machine)
    if setup is None:
        raise ProblemsFound([Problem("no_setup", NOT_BY_SETUP)])
    problems = list(_damaged(setup.app))
    told = [] if problems else ["安装的文件都是完好的。"]
    try:
        done = install(machine, build)
        told += done.told
        problems += done.problems
    except ProblemsFound as found:
        problems += found.problems
    if not setup.is_shared:
        try:
            told += links(setup)
        except OSError as error:
            message = f"开始菜单和“发送到”没有补上：{error}"
            problems.append(warning("no_links", message, Place(file=str(setup.root))))
    return Done(tuple(told), tuple(problems))


def _damaged(app: Path) -> Iterator[Problem]:
    try:
        found = damage(app)
    except (OSError, ValueError):
        found = [(LISTED, "读不出")]
    for name, wrong in found[:MOST]:
        yield Problem("damaged", f"安装的文件{wrong}；{SETUP_AGAIN}", Place(file=str(app / name)))
    if len(found) > MOST:
        message = f"这样的文件一共 {len(found)} 个；{SETUP_AGAIN}"
        yield Problem("damaged", message, Place(file=str(app)))
