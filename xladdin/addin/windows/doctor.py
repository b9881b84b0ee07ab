"""The examination of a machine: everything that can keep the add-in from working."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from xladdin.addin.build import build
from xladdin.files import reason
from xladdin.ooxml.opening import ZIP

from . import defences, excel_settings, logon_server, runtime
from .conf import broken_lines, is_marked
from .findings import NOT_WINDOWS, WINDOWS, Finding, broken, ok, remark
from .machine import Machine, mark_of

QUARANTINE = (
    "安装过，文件却不见了：多半被杀毒软件隔离了。请在杀毒软件（Windows 安全中心、360、火绒等）的隔离区里"
    "找 xladdin.xlam，恢复并信任它，再运行 xladdin addin install"
)
ENCRYPTED = (
    "请让 IT 把 Excel 的 XLSTART 文件夹和 Python 加入加密软件的例外，再运行 xladdin addin install"
)


def examine(machine: Machine, build: Callable[[], bytes] = build) -> tuple[Finding, ...]:
    """Every check, in the order in which a clerk would repair things."""
    if not machine.is_windows:
        return (NOT_WINDOWS,)
    content = runtime.built(machine, build)
    checks: tuple[Callable[[Machine], Finding | None], ...] = (
        lambda _: ok(WINDOWS, "Windows"),
        excel_settings.installed,
        excel_settings.wps,
        runtime.xlwings,
        runtime.pywin32,
        runtime.readable_paths,
        settings,
        runtime.named,
        runtime.dll,
        partial(add_in, content=content),
        blocked,
        excel_settings.twice,
        excel_settings.disabled,
        excel_settings.switched_off,
        excel_settings.macros,
        logon_server.examined,
        defences.attack_surface,
    )
    return tuple(found for check in checks if (found := check(machine)))


def add_in(machine: Machine, content: bytes | Finding) -> Finding:
    """Whether the add-in is in place, and the one of this version."""
    try:
        there = machine.add_in.read_bytes()
    except FileNotFoundError:
        # The settings are written with it, and taken away with it.
        advice = QUARANTINE if machine.conf.exists() else runtime.INSTALL
        return broken("addin", f"没有安装加载项：{machine.add_in}", advice)
    except OSError as error:
        advice = "请关闭所有 Excel 窗口后再检查一次"
        return remark("addin", f"读不出 {machine.add_in}：{reason(error)}", advice)
    if isinstance(content, Finding):
        return remark("addin", "看不出加载项是不是这个版本的", content.advice)
    if not there.startswith(ZIP):
        return broken("addin", f"{machine.add_in} 读不出内容，多半被公司加密软件加密了", ENCRYPTED)
    if there != content:
        return broken("addin", "加载项是旧版本", runtime.AGAIN)
    return ok("addin", f"加载项已安装：{machine.add_in}")


def blocked(machine: Machine) -> Finding | None:
    """Whether Windows marks the add-in as a download, whose macros Excel refuses."""
    if not machine.add_in.exists():
        return None
    if mark_of(machine.add_in).exists():
        return broken("blocked", "加载项文件带有“来自网络”的标记，Excel 会拦截", runtime.INSTALL)
    return ok("blocked", "加载项文件没有被拦截")


def settings(machine: Machine) -> Finding | None:
    """Whether Excel can read the settings file; that it is missing, others say."""
    try:
        content = machine.conf.read_bytes()
    except OSError:
        return None
    if is_marked(content):
        return broken("conf", f"{machine.conf} 被存成了 Unicode，Excel 读不出", runtime.AGAIN)
    if lines := broken_lines(content):
        numbers = "、".join(map(str, lines))
        advice = '请改成 "名称","值" 的写法，或者删除这些行；不要留空行'
        return broken("conf", f"{machine.conf} 的第 {numbers} 行 Excel 读不出", advice)
    return ok("conf", f"设置文件 {machine.conf}")
