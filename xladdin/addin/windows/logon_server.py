"""The Python that is started when its user logs on: for machines on which Excel may start no program.

Off unless somebody asks for it.  xlwings' VBA knows the way: where the settings say DEBUG UDFS it asks
Windows for a server that runs, instead of starting one.
"""

from __future__ import annotations

from pathlib import Path

from xladdin.files import reason
from xladdin.problems import Place, Problem, ProblemsFound

from .conf import interpreter, uses_server, with_server, without_server
from .file_changes import NOT_CHANGED, Done, Step, run
from .findings import NOT_WINDOWS, Finding, broken, ok, remark
from .machine import Machine

LINK = "绩效助手的Python服务.lnk"
TIP = "登录时启动绩效助手的 Python，Excel 里的函数和按钮由它计算"
ON = "xladdin addin server --on"
NO_ADD_IN = "还没有安装加载项；请先运行 xladdin addin install，再运行一次"
NO_ANSWER = (
    "服务启动了，但没有应答：请看看杀毒软件有没有拦住 Python，再运行一次；"
    "或者运行 xladdin addin server --off 改回由 Excel 启动"
)
STAYS = "服务没有停下来；注销 Windows 以后它就没有了"


NOT_USED = ok("server", "没有用登录时启动的 Python 服务，由 Excel 自己启动 Python")


def link_of(machine: Machine) -> Path:
    """Where Windows looks for what is started when somebody logs on."""
    menu = machine.app_data / "Microsoft" / "Windows" / "Start Menu"
    return menu / "Programs" / "Startup" / LINK


def windowless(python: str) -> Path:
    """The Python without a console beside another one, where there is such."""
    beside = Path(python).with_name("pythonw.exe")
    return beside if beside.is_file() else Path(python)


def is_on(machine: Machine) -> bool:
    """Whether the settings say so."""
    try:
        return uses_server(machine.conf.read_bytes())
    except OSError:
        return False


def is_there(machine: Machine) -> bool:
    """Whether anything of it is."""
    return is_on(machine) or link_of(machine).exists()


def turn_on(machine: Machine) -> Done:
    """Start it now and at every logon, and have Excel ask for it.  Raises ProblemsFound."""
    _only_windows(machine)
    if _registered(machine) is None:
        raise ProblemsFound([Problem("no_addin", NO_ADD_IN)])
    python = windowless(machine.python)
    link = link_of(machine)
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        machine.server.put_link(link, python, TIP)
    except OSError as error:
        message = f"登录时启动的快捷方式写不进去：{reason(error)}"
        raise ProblemsFound([Problem("no_link", message, Place(file=str(link)))]) from error
    if not machine.server.start(python):
        link.unlink(missing_ok=True)
        raise ProblemsFound([Problem("no_answer", NO_ANSWER)])
    run([Step(machine.conf, lambda before: with_server(before or b""), NOT_CHANGED)])
    return Done(
        (
            "Python 服务正在运行，以后登录 Windows 时自动启动。",
            f"快捷方式：{link}",
            "Excel 不再自己启动 Python；Excel 开着的，请关闭所有 Excel 窗口再打开。",
        )
    )


def turn_off(machine: Machine) -> Done:
    """Back to where Excel starts Python itself.  Raises ProblemsFound."""
    _only_windows(machine)
    link = link_of(machine)
    if not is_there(machine):
        return Done(("没有打开登录时启动的 Python 服务，不用关。",))
    run([Step(machine.conf, _without, NOT_CHANGED), Step(link, lambda _: None, NOT_CHANGED)])
    problems = () if machine.server.stop() else (Problem("still_runs", STAYS),)
    return Done(("登录时启动的 Python 服务已经关掉，由 Excel 自己启动 Python。",), problems)


def examined(machine: Machine) -> Finding | None:
    """Whether what the settings ask for is there; nothing where they do not ask."""
    if not is_on(machine):
        if link_of(machine).exists():
            advice = f"请运行 {ON}，或者 xladdin addin server --off"
            return remark("server", "登录时启动 Python 服务，但 Excel 的设置没有用它", advice)
        return None
    if machine.server.answers():
        return ok("server", "登录时启动的 Python 服务正在运行")
    advice = f"请运行 {ON}；不再需要的话，运行 xladdin addin server --off"
    return broken("server", "Excel 的设置要用登录时启动的 Python 服务，但它没有在运行", advice)


def _without(before: bytes | None) -> bytes | None:
    return None if before is None else without_server(before)


def _registered(machine: Machine) -> str | None:
    try:
        return interpreter(machine.conf.read_bytes(), machine.code_page)
    except OSError:
        return None


def _only_windows(machine: Machine) -> None:
    if not machine.is_windows:
        raise ProblemsFound([NOT_WINDOWS.as_problem()])
