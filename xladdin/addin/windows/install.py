"""Put the add-in into Excel's start folder, and take it out again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import rmtree

from xladdin.addin.build import build
from xladdin.paths import RECENT, UNDO_FOLDER
from xladdin.problems import Place, Problem, ProblemsFound, Severity

from . import logon_server, runtime
from .conf import with_interpreter, without_interpreter
from .doctor import examine
from .file_changes import NOT_CHANGED, Done, Step, run
from .findings import NOT_WINDOWS, Finding, State
from .machine import Machine, mark_of

EXCEL_OPEN = "加载项正在使用，不能改动；请先关闭所有 Excel 窗口，再运行一次"
NEXT = (
    "接下来：打开 Excel（如果开着，请先关闭所有窗口），看“绩效助手”选项卡；"
    "没有的话，请运行 xladdin addin doctor。"
)
NOTHING = "没有安装加载项，不用卸载。"


def install(machine: Machine, build: Callable[[], bytes] = build) -> Done:
    """Write what is missing or old.

    Raises ProblemsFound with all that prevents it.  What can be known beforehand is known before
    anything is written.
    """
    _only_windows(machine)
    content = runtime.built(machine, build)
    # Where it cannot be built, what would be written does not matter: that is a problem.
    file = b"" if isinstance(content, Finding) else content
    stopped = _broken(content, runtime.readable_paths(machine))
    # Settings without an add-in do no harm; an add-in without settings fails in every cell.
    changed = run((_conf(machine, _registered), _add_in(machine, file)), stopped)
    told = [*_written(machine, changed), *_unblocked(machine.add_in), NEXT]
    return Done(tuple(told), tuple(_obstacles(examine(machine, lambda: file))))


def uninstall(machine: Machine) -> Done:
    """Take out what install wrote, and nothing else.  Raises ProblemsFound."""
    _only_windows(machine)
    served = logon_server.turn_off(machine) if logon_server.is_there(machine) else Done(())
    if served.problems:
        raise ProblemsFound([*served.problems])
    changed = run((_add_in(machine, None), _conf(machine, _forgotten)))
    snapshots = machine.user_folder / UNDO_FOLDER
    had_snapshots = snapshots.is_dir()
    # They hold people's figures, and without the button nobody would ever clear them away.
    rmtree(snapshots, ignore_errors=True)
    with suppress(OSError):
        (machine.user_folder / RECENT).unlink(missing_ok=True)
    if machine.conf in changed:
        with suppress(OSError):  # other files, such as the log, are in it
            machine.user_folder.rmdir()
    told = {
        machine.add_in: f"加载项已删除：{machine.add_in}",
        machine.conf: f"Python 的登记已删除：{machine.conf}",
    }
    lines = [*served.told, *(told[path] for path in changed)]
    if had_snapshots:
        gone = "已删除" if not snapshots.exists() else "删不掉，请自己删除"
        lines.append(f"撤销用的快照{gone}：{snapshots}")
    return Done(tuple(lines) or (NOTHING,))


def _add_in(machine: Machine, content: bytes | None) -> Step:
    return Step(machine.add_in, lambda _: content, EXCEL_OPEN)


def _conf(machine: Machine, change: Callable[[Machine, bytes | None], bytes | None]) -> Step:
    return Step(machine.conf, partial(change, machine), NOT_CHANGED)


def _registered(machine: Machine, before: bytes | None) -> bytes:
    return with_interpreter(before or b"", machine.python, machine.code_page)


def _forgotten(machine: Machine, before: bytes | None) -> bytes | None:
    if before is None:
        return None
    after = without_interpreter(before, machine.code_page)
    return after if after or not before else None


def _only_windows(machine: Machine) -> None:
    if not machine.is_windows:
        raise ProblemsFound([NOT_WINDOWS.as_problem()])


def _broken(*found: object) -> list[Problem]:
    return [it.as_problem() for it in found if isinstance(it, Finding) and it.is_broken]


def _written(machine: Machine, changed: Collection[Path]) -> Iterator[str]:
    did = "写入" if machine.add_in in changed else "已经是最新的"
    yield f"加载项{did}：{machine.add_in}"
    did = "登记在" if machine.conf in changed else "已经登记在"
    yield f"Excel 将使用 {machine.python}，{did} {machine.conf}"


def _unblocked(path: Path) -> Iterator[str]:
    mark = mark_of(path)
    if not mark.exists():
        return
    try:
        mark.unlink()
    except OSError as error:
        raise ProblemsFound([Problem("not_written", EXCEL_OPEN, Place(file=str(path)))]) from error
    yield "加载项文件“来自网络”的标记已去掉。"


def _obstacles(found: Iterable[Finding]) -> Iterator[Problem]:
    """What the clerk has to repair; the installation itself is done."""
    for finding in found:
        if finding.state is not State.OK:
            yield replace(finding.as_problem(), severity=Severity.WARNING)
